// One reader over one item: takes lines, records or a document, and in the end adds what
// they gave to the facts. One thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "collector/analysis/facts.h"
#include "collector/base/json.h"
#include "collector/manifest/fact_reader.h"

namespace casepack::analysis {

class FactCollector {
 public:
  FactCollector(const manifest::FactReader& reader, std::string item)
      : reader_(reader), item_(std::move(item)) {}

  [[nodiscard]] const manifest::FactReader& reader() const { return reader_; }

  void Line(const std::string& member, uint64_t number, std::string_view text);
  // `text` is the record as it stands in its line, 0 for a document as a whole.
  void Record(const std::string& member, uint64_t number, std::string_view text,
              const base::Json& record);
  void Outcome(const bundle::ItemRow& row);
  // `whole`: nothing of the item is missing, so that what was not found is not there.
  void Finish(bool whole, Facts* facts);

 private:
  struct Gathered {
    Fact fact;
    int64_t count = 0;
    double sum = 0;
    bool integral = true;
  };

  // The two halves of a pair, by their index.
  struct Half {
    std::string name;
    std::optional<manifest::FactValue> value;
    Fact place;
  };

  void Pair(const std::string& member, uint64_t number, std::string_view text);
  void Join();
  void Take(const std::string& key, manifest::FactValue value, Fact place);
  [[nodiscard]] Fact PlaceOf(const std::string& member, uint64_t number,
                             std::string_view text) const;
  [[nodiscard]] bool IsWanted(const base::Json& record) const;
  [[nodiscard]] manifest::FactValue Typed(std::string_view raw) const;

  const manifest::FactReader& reader_;
  std::string item_;
  std::map<std::string, Gathered, std::less<>> found_;
  std::map<std::string, Half, std::less<>> halves_;
};

// RFC 6901; nullptr when it leads nowhere.
const base::Json* At(const base::Json& value, std::string_view pointer);

}  // namespace casepack::analysis

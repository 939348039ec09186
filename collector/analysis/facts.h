// What is known of a host: facts by key, each with the line that says it, and for what is
// not there whether its source was looked through.
//
// Filled by read_facts.h by one thread, then only read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/bundle/index.h"
#include "collector/manifest/fact_reader.h"

namespace casepack::analysis {

struct Fact {
  manifest::FactValue value;
  manifest::FactClass klass = manifest::FactClass::kState;
  bool verified = true;
  std::string item;
  std::string member;  // empty: how the item ended
  uint64_t line = 0;
  std::string text;
};

// A reader that was applied, and whether what it does not give is really not there.
struct Applied {
  std::string key;  // with its places
  std::string item;
  bool whole = false;  // the item came in full, and all of it was read
  bool verified = true;
};

// "17", "true", "on": for people and for index.json.
std::string TextOf(const manifest::FactValue& value);

class Facts {
 public:
  // The first one of a key stays.
  void Add(std::string key, Fact fact);
  void Add(Applied applied) { applied_.push_back(std::move(applied)); }

  [[nodiscard]] const Fact* Find(std::string_view key) const;
  // All whose key is `pattern`, in which `*` stands for anything.
  [[nodiscard]] std::vector<std::string> Keys(std::string_view pattern) const;
  // Is it certain that there is no such fact? All that would give it were looked through.
  // Then whether each of them reads what was seen on a real host; else nullopt.
  struct Absent {
    bool verified = true;
  };
  [[nodiscard]] std::optional<Absent> FindAbsent(std::string_view key) const;

  [[nodiscard]] const std::map<std::string, Fact, std::less<>>& all() const { return facts_; }

 private:
  std::map<std::string, Fact, std::less<>> facts_;
  std::vector<Applied> applied_;
};

bundle::EvidenceRow EvidenceOf(std::string_view key, const Fact& fact);

}  // namespace casepack::analysis

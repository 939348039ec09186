// The values of an item's options, checked against its kind's fields and with the
// fallbacks filled in, and its limits: what a kind is given. Values; any thread may read.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "collector/base/time.h"

namespace casepack::manifest {

struct Limits {
  base::Duration timeout = std::chrono::seconds(30);
  uint64_t max_bytes = 10U << 20U;  // redacted bytes that the item may put into the bundle
  uint64_t max_files = 1000;        // members

  bool operator==(const Limits&) const = default;
};

class Options {
 public:
  using Value =
      std::variant<bool, int64_t, uint64_t, base::Duration, std::string, std::vector<std::string>>;

  void Set(std::string name, Value value) {
    values_.insert_or_assign(std::move(name), std::move(value));
  }

  // For a name and type that the kind's fields hold and that is required or has a
  // fallback there: anything else is a mistake in the program and asserts.
  [[nodiscard]] const std::string& Text(std::string_view name) const;  // kText, kChoice
  [[nodiscard]] const std::vector<std::string>& TextList(std::string_view name) const;
  [[nodiscard]] int64_t Integer(std::string_view name) const;
  [[nodiscard]] uint64_t Size(std::string_view name) const;
  [[nodiscard]] base::Duration Duration(std::string_view name) const;
  [[nodiscard]] bool Flag(std::string_view name) const;
  [[nodiscard]] bool Has(std::string_view name) const {
    return values_.find(name) != values_.end();
  }

 private:
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace casepack::manifest

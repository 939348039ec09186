// A list of hosts that somebody keeps: names in lines, a console's CSV export (in any of its
// encodings), or the API's list of computers; with what stands beside each name. Pure.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace casepack::fleet {

struct ListedHost {
  std::string name;
  std::vector<std::pair<std::string, std::string>> values;  // "site" -> "tokyo"
};

// Lines are "HOST" or "HOST NAME=VALUE ...", `#` begins a comment. CSV has a row of headings
// with one for the name ("host", "Name", "ホスト名", "コンピュータ"). JSON has objects with a
// "hostName", "host", "displayName" or "name", in an array or in a member that is one.
std::vector<ListedHost> ParseHostList(std::string_view text);

// Finds hosts by name: in any case of its letters; by the part before the first dot where
// only one has it.
class HostNames {
 public:
  void Add(std::string_view name, size_t index);
  static constexpr size_t kNone = SIZE_MAX;
  [[nodiscard]] size_t Find(std::string_view name) const;

 private:
  std::unordered_map<std::string, size_t> whole_;
  std::unordered_map<std::string, size_t> short_;  // kNone: several have it
};

}  // namespace casepack::fleet

// Named sets of processes, given by the manifest: the processes of a product, those of
// other products. A process may be of several. A piece of processes alone; one thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/base/json.h"
#include "collector/manifest/options.h"
#include "collector/os/glob.h"
#include "collector/os/read.h"

namespace casepack::kinds::processes {

constexpr std::string_view kDeleted = " (deleted)";  // what /proc/PID/exe says when it is gone
constexpr size_t kShortName = 15;                    // of a name, the kernel keeps no more

// What a process is known by.
struct Identity {
  std::string_view name;        // of /proc/PID/stat
  std::string_view executable;  // empty: not known
};

// "falcon-sensor", "ds_*": a program's name. "/opt/dsm/": the folder that it runs from.
inline bool Matches(std::string_view pattern, const Identity& process) {
  std::string_view path = process.executable;
  if (path.ends_with(kDeleted)) path.remove_suffix(kDeleted.size());
  if (pattern.starts_with('/')) {
    return pattern.ends_with('/') ? path.starts_with(pattern) : path == pattern;
  }
  const size_t slash = path.rfind('/');
  const std::string_view program = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (!program.empty() && os::MatchName(pattern, program)) return true;
  if (os::MatchName(pattern, process.name)) return true;
  // The program's own name may only be known by its beginning.
  return process.name.size() == kShortName && pattern.size() > kShortName &&
         !os::HasWildcard(pattern) && pattern.starts_with(process.name) && program.empty();
}

// The sums over a set.
struct Sums {
  uint64_t count = 0;
  double percent = 0;
  double seconds = 0;
  int64_t resident = 0;
  uint64_t replaced = 0;  // run from a file that is not there any more: after an update
  std::optional<std::string> oldest;
  std::optional<std::string> newest;
};

struct Set {
  std::string name;
  bool verified = true;
  std::vector<std::string> patterns;
  Sums sums;
};

// "name: pattern pattern"
inline Set ParseSet(std::string_view text, bool verified) {
  Set set;
  set.verified = verified;
  const size_t colon = std::min(text.find(':'), text.size());
  set.name = os::Trim(text.substr(0, colon));
  std::string_view rest = text.substr(std::min(colon + 1, text.size()));
  while (!(rest = os::Trim(rest)).empty()) {
    const size_t end = std::min(rest.find(' '), rest.size());
    set.patterns.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return set;
}

inline std::vector<Set> ParseSets(const manifest::Options& options) {
  std::vector<Set> sets;
  for (const char* option : {"sets", "unverified_sets"}) {
    if (!options.Has(option)) continue;
    for (const std::string& text : options.TextList(option))
      sets.push_back(ParseSet(text, std::string_view(option) == "sets"));
  }
  return sets;
}

inline bool IsOf(const Set& set, const Identity& process) {
  return std::any_of(set.patterns.begin(), set.patterns.end(),
                     [&](const std::string& pattern) { return Matches(pattern, process); });
}

// `record` is the process as it stands in the table of all.
inline void Count(const base::Json& record, Sums& sums) {
  const auto number = [&](const char* name) {
    const base::Json* value = record.Find(name);
    const double* found = value == nullptr ? nullptr : value->number();
    return found == nullptr ? 0.0 : *found;
  };
  ++sums.count;
  sums.percent += number("cpu_percent");
  sums.seconds += number("cpu_seconds");
  sums.resident += record.IntegerOr("rss", 0);
  if (record.StringOr("exe", "").ends_with(kDeleted)) ++sums.replaced;
  const std::string started = record.StringOr("started", "");
  if (started.empty()) return;
  if (!sums.oldest || started < *sums.oldest) sums.oldest = started;
  if (!sums.newest || started > *sums.newest) sums.newest = started;
}

// {"set name": {...}}, also for those of which nothing runs.
inline base::Json Describe(const std::vector<Set>& sets) {
  const auto text = [](const std::optional<std::string>& value) {
    return value ? base::Json(*value) : base::Json();
  };
  const auto rounded = [](double value) { return std::round(value * 10.0) / 10.0; };
  base::Json all{base::Json::Object()};
  for (const Set& set : sets) {
    if (all.Find(set.name) != nullptr) continue;
    base::Json json;
    json.Set("verified", set.verified);
    json.Set("count", set.sums.count);
    json.Set("cpu_percent", rounded(set.sums.percent));
    json.Set("cpu_seconds", rounded(set.sums.seconds));
    json.Set("rss", set.sums.resident);
    json.Set("replaced_on_disk", set.sums.replaced);
    json.Set("oldest_started", text(set.sums.oldest));
    json.Set("newest_started", text(set.sums.newest));
    all.Set(set.name, std::move(json));
  }
  return all;
}

}  // namespace casepack::kinds::processes

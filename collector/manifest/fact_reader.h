// Which facts an item's output holds, and how they are read, as data. The format is in
// manifests/README.md, "Facts". Values; any thread may read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "collector/base/pattern.h"

namespace casepack::manifest {

using FactValue = std::variant<bool, int64_t, double, std::string>;

// Decides what a comparison of two hosts shows.
enum class FactClass { kIdentity, kConfiguration, kState, kVersions, kMeasure, kVolatile };

enum class FactType { kText, kInteger, kNumber, kFlag };

struct FactReader {
  // kLines: lines of a text. kPairs: of two patterns, each with a group `index`, the lines
  // with the same index belong together: the one has the name, the other the value. kKeyValue: a
  // line that begins with exactly `name` and goes on with `:` or `=`. kJson: a document. kRecords:
  // JSON, one object a line. kItem: how the item itself ended.
  enum class From { kLines, kPairs, kKeyValue, kJson, kRecords, kItem };
  // kValue: what the pattern's group or the pointer gives. kMatch: is there any? kCount: how
  // many? kSum, kMost: of the values.
  enum class Give { kValue, kMatch, kCount, kSum, kMost };
  enum class Take { kFirst, kLast };

  std::string item;  // whose output it reads; empty: of the item it stands in
  std::string key;   // "agent.am.mode"; {1} and {/name} are filled from the line or record
  From from = From::kLines;
  Give give = Give::kValue;
  Take take = Take::kFirst;
  FactType type = FactType::kText;
  FactClass klass = FactClass::kState;
  std::optional<base::Pattern> pattern;        // kLines; kPairs: the index and the name
  std::optional<base::Pattern> value_pattern;  // kPairs: the index and the value
  std::string name;                            // kKeyValue; kItem: "outcome" or "exit"
  std::string pointer;                         // RFC 6901, kJson and kRecords
  // kRecords: each pointer's value is one of its patterns (`*` and `?`).
  std::vector<std::pair<std::string, std::vector<std::string>>> where;
  std::string member;                    // only members whose name ends so; empty: all
  std::map<std::string, FactValue> map;  // what a raw text means; others stay as they are
  bool verified = true;                  // false: the shape was never seen on a real host
};

// A fact that is made of others, when all of them are known.
struct DerivedFact {
  std::string key;
  std::string text;                     // with {other.fact} in it; or
  std::vector<std::string> difference;  // two facts: the first less the second
  // What the text means: the first pattern (`*`) that it matches; none: no fact.
  std::vector<std::pair<std::string, std::string>> map;
  FactClass klass = FactClass::kState;
  bool verified = true;
};

}  // namespace casepack::manifest

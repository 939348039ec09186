// Reads single values of a manifest. Each function returns nullopt after it has told the
// list what was expected there. Pure but for that; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/json.h"
#include "collector/base/time.h"
#include "collector/manifest/format.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

std::optional<std::string> ReadText(const base::Json& value, ProblemList& problems);
std::optional<int64_t> ReadInteger(const base::Json& value, ProblemList& problems);
std::optional<uint64_t> ReadSize(const base::Json& value, ProblemList& problems);
std::optional<base::Duration> ReadDuration(const base::Json& value, ProblemList& problems);
std::optional<bool> ReadFlag(const base::Json& value, ProblemList& problems);
// `choices` as in Field: "head|tail".
std::optional<std::string> ReadChoice(const base::Json& value, std::string_view choices,
                                      ProblemList& problems);

enum class Empty { kAllowed, kRefused };
// One text, or a list of them. Each element must be good, or there is no list.
std::optional<std::vector<std::string>> ReadTextList(const base::Json& value, Empty empty,
                                                     ProblemList& problems);

enum class IdForm { kPlain, kWithDot };
std::optional<std::string> ReadId(const base::Json& value, IdForm form, ProblemList& problems);

// "head|tail" -> {"head", "tail"}
std::vector<std::string> SplitChoices(std::string_view choices);

// False after it has told the list that what was read from `value` is out of range.
template <typename T>
bool Within(const base::Json& value, T read, const Range<T>& range, ProblemList& problems) {
  if (read >= range.least && read <= range.most) return true;
  problems.Add(value.place, {"manifest.range",
                             {{"found", ShownValue(value)},
                              {"least", std::string(range.least_text)},
                              {"most", std::string(range.most_text)}}});
  return false;
}

}  // namespace casepack::manifest

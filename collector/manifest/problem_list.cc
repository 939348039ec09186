#include "collector/manifest/problem_list.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "collector/base/utf8.h"

namespace casepack::manifest {
namespace {

constexpr size_t kMaxColumns = 60;

bool StandsBefore(const Problem& a, const Problem& b) {
  return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
}

}  // namespace

void ProblemList::Add(base::Place place, base::Message message, std::string_view nearest) {
  problems_.push_back({file_, place, std::move(message), std::string(nearest)});
}

std::vector<Problem> ProblemList::Take() {
  std::stable_sort(problems_.begin(), problems_.end(), StandsBefore);
  return std::exchange(problems_, {});
}

std::string Shown(std::string_view text) {
  std::string visible = base::Visible(text);
  return base::DisplayWidth(visible) <= kMaxColumns ? visible
                                                    : base::FitColumns(visible, kMaxColumns);
}

std::string ShownValue(const base::Json& value) {
  if (value.object() != nullptr) return "{…}";
  if (value.array() != nullptr) return "[…]";
  if (value.string() != nullptr) return '"' + Shown(*value.string()) + '"';
  return WriteJson(value, base::JsonStyle::kOneLine);
}

}  // namespace casepack::manifest

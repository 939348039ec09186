#include "collector/analysis/compare.h"

#include <algorithm>
#include <optional>

#include "collector/analysis/facts.h"

namespace casepack::analysis {
namespace {

using manifest::FactValue;
using Op = manifest::Condition::Op;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The digits, or what is none, that the text begins with; taken away from it.
std::string_view TakePart(std::string_view* text, bool digits) {
  const auto end =
      std::find_if(text->begin(), text->end(), [digits](char c) { return IsDigit(c) != digits; });
  const auto size = static_cast<size_t>(end - text->begin());
  const std::string_view part = text->substr(0, size);
  text->remove_prefix(size);
  return part;
}

int Sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

int CompareDigits(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return Sign(a.compare(b));
}

std::optional<double> NumberOf(const FactValue& value) {
  if (const auto* integer = std::get_if<int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return std::nullopt;
}

}  // namespace

int CompareVersions(std::string_view a, std::string_view b) {
  for (bool digits = true; !a.empty() || !b.empty(); digits = !digits) {
    const std::string_view left = TakePart(&a, digits);
    const std::string_view right = TakePart(&b, digits);
    const int order = digits ? CompareDigits(left, right) : Sign(left.compare(right));
    if (order != 0) return order;
  }
  return 0;
}

bool Compare(Op op, const FactValue& a, const FactValue& b) {
  const auto left = NumberOf(a);
  const auto right = NumberOf(b);
  const bool equality = op == Op::kEqual || op == Op::kNotEqual;
  if (left.has_value() != right.has_value() && !equality) return false;
  int order = 0;
  if (left && right) {
    order = *left < *right ? -1 : *left > *right ? 1 : 0;
  } else if (equality) {
    order = TextOf(a) == TextOf(b) ? 0 : 1;
  } else {
    order = CompareVersions(TextOf(a), TextOf(b));
  }
  switch (op) {
    case Op::kEqual:
      return order == 0;
    case Op::kNotEqual:
      return order != 0;
    case Op::kLess:
      return order < 0;
    case Op::kAtMost:
      return order <= 0;
    case Op::kMore:
      return order > 0;
    case Op::kAtLeast:
      return order >= 0;
    case Op::kExists:
    case Op::kMatches:
      break;
  }
  return false;
}

}  // namespace casepack::analysis

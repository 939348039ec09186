#include <algorithm>

#include "redaction/match.h"
#include "redaction/names.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLongestTag = 256;
constexpr size_t kLongestValue = 2048;

// The rule for the element that is opened by the tag ending at `at`.
const NameRule* RuleForTag(const View& view, size_t at, bool escaped, Memory* memory) {
  size_t begin = at;
  const size_t lowest = std::max(view.floor, at > kLongestTag ? at - kLongestTag : 0);
  while (begin > lowest && view.text[begin - 1] != '<' && view.text[begin - 1] != '>' &&
         view.text[begin - 1] != '\n' && view.text[begin - 1] != '&') {
    --begin;
  }
  if (begin == lowest) return nullptr;
  if (escaped) {
    if (!StartsAt(view, begin - 1, "&lt;")) return nullptr;
    begin += 3;
  } else if (view.text[begin - 1] != '<') {
    return nullptr;
  }
  const std::string_view tag = view.text.substr(begin, at - begin);
  if (tag.empty() || tag.back() == '/') return nullptr;
  size_t end = 0;
  while (end < tag.size() && (IsName(tag[end]) || tag[end] == ':'))
    ++end;
  std::string_view name = tag.substr(0, end);
  name.remove_prefix(name.rfind(':') + 1);  // ns:Password
  if (const NameRule* rule = memory->names.Classify(name); rule != nullptr) return rule;
  // <entry key="password">
  const bool named =
      memory->named != nullptr && IsQuote(tag.back()) && view.offset + at <= memory->named_until;
  return named ? memory->named : nullptr;
}

// "Usage: login <password> [options]" is no element. One has text at once, or its end
// tag within reach, which may be some lines further on.
bool IsElement(const View& view, size_t begin, bool escaped, Ending* ending) {
  if (IsAlnum(view.At(begin))) return true;
  for (size_t i = begin; i < begin + kLongestValue; ++i) {
    const char c = view.At(i);
    if (c == '\0') return false;
    if (c == '\n') ending->lines = true;
    const bool end_tag = escaped ? StartsAt(view, i, "&lt;/") : StartsAt(view, i, "</");
    if (end_tag) return true;
    if (c == '<') return false;
  }
  return false;
}

}  // namespace

Found MatchMarkup(const View& view, size_t at, Memory* memory) {
  const bool escaped = view.At(at) == '&';
  if (escaped && !StartsAt(view, at, "&gt;")) return std::nullopt;
  const char before = at > view.floor ? view.text[at - 1] : '\0';
  if (!IsName(before) && !IsQuote(before) && before != ';' && !IsBlank(before)) return std::nullopt;
  const NameRule* rule = RuleForTag(view, at, escaped, memory);
  if (rule == nullptr) return std::nullopt;
  Value value;
  value.begin = at + (escaped ? 4 : 1);
  value.ending.kind = Ending::Kind::kMarkup;
  value.ending.quote = escaped ? '&' : '\0';
  if (StartsAt(view, value.begin, "<![CDATA[")) {
    value.begin += 9;
    value.ending.lines = true;
  } else if (!IsElement(view, value.begin, escaped, &value.ending)) {
    return std::nullopt;
  }
  return Hide(view, value, rule->id, rule->strength);
}

}  // namespace casepack::redaction

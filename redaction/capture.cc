#include "redaction/capture.h"

#include <re2/re2.h>

#include <array>
#include <optional>

namespace casepack::redaction {
namespace {

constexpr int64_t kMemoryOfRule = int64_t{1} << 20;  // RE2's automaton; it goes on without

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

struct Parts {
  std::string before;
  std::string value;
};

// Where the bracket expression that begins at `at` ends.
size_t EndOfClass(std::string_view pattern, size_t at) {
  size_t i = at + 1;
  if (i < pattern.size() && pattern[i] == '^') ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;
  for (; i < pattern.size() && pattern[i] != ']'; ++i) {
    if (pattern[i] == '\\') ++i;
  }
  return i;
}

// `(?i)` and its like, for what stands behind it.
bool IsFlags(std::string_view group) {
  const size_t end = group.find_first_not_of("imsU-", 2);
  return group.substr(0, 2) == "(?" && end != std::string_view::npos && end > 2 &&
         group[end] == ')';
}

// Nothing where the expression has alternatives, flags in its midst, or another shape.
std::optional<Parts> PartsOf(std::string_view pattern) {
  if (pattern.find("\\Q") != std::string_view::npos) return std::nullopt;  // quotes, to \E
  size_t flags = 0;
  if (IsFlags(pattern)) flags = pattern.find(')') + 1;
  size_t depth = 0;
  size_t group = std::string_view::npos;
  for (size_t i = flags; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (c == '[') {
      i = EndOfClass(pattern, i);
    } else if (c == '(') {
      if (IsFlags(pattern.substr(i)) || pattern.substr(i, 4) == "(?P<") return std::nullopt;
      const bool capturing = pattern.substr(i, 2) != "(?";
      if (capturing && (depth != 0 || group != std::string_view::npos)) return std::nullopt;
      if (capturing) group = i;
      ++depth;
    } else if (c == ')') {
      if (depth == 0) return std::nullopt;
      --depth;
    } else if (c == '|' && depth == 0) {
      return std::nullopt;
    }
    const bool closed = group != std::string_view::npos && depth == 0;
    if (closed && i + 1 != pattern.size()) return std::nullopt;
  }
  if (group == std::string_view::npos || depth != 0 || group == flags) return std::nullopt;
  const std::string_view content = pattern.substr(group + 1, pattern.size() - group - 2);
  return Parts{std::string(pattern.substr(0, group)),
               std::string(pattern.substr(0, flags)) + "(?:" + std::string(content) + ")"};
}

}  // namespace

std::unique_ptr<RE2> CompileExpression(std::string_view expression) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_max_mem(kMemoryOfRule);
  return std::make_unique<RE2>(Piece(expression), options);
}

std::string InLines(std::string_view pattern) { return "(?m:" + std::string(pattern) + ")"; }

Capture::Capture(std::string_view pattern, const RE2& whole) : whole_(&whole) {
  const std::optional<Parts> parts = PartsOf(pattern);
  if (!parts || whole.NumberOfCapturingGroups() != 1) return;
  auto before = CompileExpression(InLines(parts->before));
  auto value = CompileExpression(InLines(parts->value));
  if (!before->ok() || !value->ok()) return;
  before_ = std::move(before);
  value_ = std::move(value);
}

Capture::~Capture() = default;

// Where a text has no match, mostly its first part has none.
std::optional<Capture::Found> Capture::MatchAt(std::string_view text, size_t from,
                                               size_t last) const {
  re2::StringPiece found;
  if (before_ != nullptr) {
    if (!before_->Match(Piece(text), from, last, RE2::ANCHOR_START, &found, 1)) return std::nullopt;
    const size_t begin = from + found.size();
    if (value_->Match(Piece(text), begin, last, RE2::ANCHOR_START, &found, 1))
      return Found{begin + found.size(), text.substr(begin, found.size())};
  }
  if (!whole_->Match(Piece(text), from, last, RE2::ANCHOR_START, &found, 1)) return std::nullopt;
  const size_t end = from + found.size();
  return Found{end, ValueIn(text, from, end, last)};
}

std::string_view Capture::ValueIn(std::string_view text, size_t from, size_t end,
                                  size_t last) const {
  if (whole_->NumberOfCapturingGroups() == 0) return text.substr(from, end - from);
  std::array<re2::StringPiece, 2> found;
  // The match alone; what looks behind its end (\B) is not the same there, and is asked about
  // all that was shown.
  if (!whole_->Match(Piece(text), from, end, RE2::ANCHOR_BOTH, found.data(), 2))
    whole_->Match(Piece(text), from, last, RE2::ANCHOR_START, found.data(), 2);
  return {found[1].data(), found[1].size()};
}

}  // namespace casepack::redaction

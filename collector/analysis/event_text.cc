#include "collector/analysis/event_text.h"

#include <algorithm>

namespace casepack::analysis {
namespace {

constexpr std::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\u00a0", "\u3000", "\u202f"};
constexpr std::string_view kWideColon = "：";
constexpr size_t kLabelBytes = 64;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Full-width ASCII is U+FF01 to U+FF5E: EF BC 81 to EF BD 9E.
char NarrowOf(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xef') return '\0';
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  if (third < 0x80 || third > 0xbf) return '\0';
  if (second == 0xbc && third > 0x80) return static_cast<char>(third - 0x81 + '!');
  if (second == 0xbd && third <= 0x9e) return static_cast<char>(third - 0x80 + '`');
  return '\0';
}

size_t BlankAt(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.substr(0, blank.size()) == blank) return blank.size();
  }
  return 0;
}

// The first character of `text`; returns its bytes.
size_t AppendFolded(std::string_view text, std::string& out) {
  const char narrow = NarrowOf(text);
  const char c = narrow != '\0' ? narrow : text.front();
  out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return narrow != '\0' ? 3 : 1;
}

}  // namespace

std::string_view TrimEventText(std::string_view text) {
  while (const size_t blank = BlankAt(text))
    text.remove_prefix(blank);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      if (text.size() < blank.size() || text.substr(text.size() - blank.size()) != blank) continue;
      text.remove_suffix(blank.size());
      again = true;
    }
  }
  return text;
}

std::string FoldEventName(std::string_view text) {
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const size_t blank = BlankAt(text);
    text.remove_prefix(blank > 0 ? blank : AppendFolded(text, folded));
  }
  return folded;
}

std::string FoldEventClause(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const size_t blank = BlankAt(text);
    if (blank == 0) {
      text.remove_prefix(AppendFolded(text, folded));
      continue;
    }
    const bool line_end = text[0] == '\n';
    if (!folded.empty() && folded.back() == ' ' && line_end) folded.pop_back();
    if (line_end || folded.empty() || (folded.back() != ' ' && folded.back() != '\n'))
      folded += line_end ? '\n' : ' ';
    text.remove_prefix(blank);
  }
  return folded;
}

std::string CutEventText(std::string_view text, size_t bytes) {
  if (text.size() > bytes) {
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U)
      --bytes;
    text = text.substr(0, bytes);
  }
  return std::string(text);
}

std::optional<int64_t> ParseEventId(std::string_view text) {
  text = TrimEventText(text);
  if (text.empty() || text.size() > 9) return std::nullopt;
  int64_t id = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    id = id * 10 + (c - '0');
  }
  return id;
}

bool MentionsNumber(std::string_view text, int64_t number) {
  const std::string digits = std::to_string(number);
  for (size_t at = text.find(digits); at != std::string_view::npos;
       at = text.find(digits, at + 1)) {
    const char before = at > 0 ? text[at - 1] : ' ';
    const size_t end = at + digits.size();
    const char after = end < text.size() ? text[end] : ' ';
    const bool label = before == ':' && (text.substr(0, at - 1).ends_with("ID") ||
                                         text.substr(0, at - 1).ends_with("id"));
    const bool inside = IsHexDigit(before) || before == '.' || before == 'x' || before == '-' ||
                        (before == ':' && !label);  // a clock, a line of a file
    // "2209.5" is another number, "2209." the end of a sentence.
    const bool joined = after == '.' || after == '-' || after == ':';
    const bool goes_on =
        IsHexDigit(after) || (joined && end + 1 < text.size() && IsDigit(text[end + 1]));
    if (!inside && !goes_on) return true;
  }
  return false;
}

std::optional<LabelledLine> SplitLabel(std::string_view line) {
  const std::string_view head = line.substr(0, kLabelBytes);
  const size_t narrow = head.find(':');
  const size_t wide = head.find(kWideColon);
  const size_t at = std::min(narrow, wide);
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  const size_t width = at == narrow ? 1 : kWideColon.size();
  return LabelledLine{TrimEventText(line.substr(0, at)), TrimEventText(line.substr(at + width))};
}

bool EventLines::Next() {
  if (rest_.empty()) return false;
  const size_t end = rest_.find('\n');
  line_ = rest_.substr(0, end);
  rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
  if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
  number_ = next_number_++;
  return true;
}

}  // namespace casepack::analysis

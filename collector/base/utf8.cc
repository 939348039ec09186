#include "collector/base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "collector/base/width_table.h"

namespace casepack::base {
namespace {

constexpr char32_t kNotUtf8 = 0xFFFFFFFF;
constexpr std::string_view kEllipsis = "\u2026";

struct Decoded {
  char32_t code;  // kNotUtf8 for a byte that begins no character
  size_t length;
};

struct Form {  // of a character, by its first byte
  size_t length;
  char32_t bits;      // what the first byte gives
  char32_t smallest;  // below it the form is overlong
};

constexpr unsigned char Byte(char c) { return static_cast<unsigned char>(c); }

constexpr Form FormOf(unsigned char lead) {
  if (lead < 0x80) return {1, lead, 0};
  if (lead >= 0xC2 && lead < 0xE0) return {2, lead & 0x1FU, 0x80};
  if (lead >= 0xE0 && lead < 0xF0) return {3, lead & 0x0FU, 0x800};
  if (lead >= 0xF0 && lead < 0xF5) return {4, lead & 0x07U, 0x10000};
  return {0, 0, 0};
}

// The character at the start of a text that is not empty.
Decoded Decode(std::string_view text) {
  const Decoded broken{kNotUtf8, 1};
  const Form form = FormOf(Byte(text.front()));
  if (form.length == 0 || form.length > text.size()) return broken;
  char32_t code = form.bits;
  for (const char c : text.substr(1, form.length - 1)) {
    if ((Byte(c) & 0xC0U) != 0x80U) return broken;
    code = (code << 6U) | (Byte(c) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < form.smallest || surrogate || code > 0x10FFFF) return broken;
  return {code, form.length};
}

bool In(std::span<const CodePoints> table, char32_t code) {
  const auto* after =
      std::upper_bound(table.data(), table.data() + table.size(), code,
                       [](char32_t value, const CodePoints& range) { return value < range.first; });
  return after != table.data() && code <= std::prev(after)->last;
}

bool IsControl(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

// The bidirectional controls, and the two separators that end a line.
bool MovesText(char32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

size_t Columns(char32_t code) {
  if (code == kNotUtf8) return 1;  // shown as one replacement character
  if (IsControl(code)) return 0;
  if (code < 0x300) return 1;
  if (In(kNoColumn, code)) return 0;
  return In(kTwoColumns, code) ? 2 : 1;
}

void AppendEscape(std::string& out, char32_t code) {
  switch (code) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  // A byte has two digits, a character above ASCII four: they cannot be confused.
  const auto number = static_cast<uint32_t>(code);
  out += code < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{:04x}", number);
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const Decoded next = Decode(text);
    if (next.code == kNotUtf8) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

std::string Visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Decoded next = Decode(text);
    if (next.code == kNotUtf8) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", Byte(text.front()));
    } else if (IsControl(next.code) || MovesText(next.code)) {
      AppendEscape(out, next.code);
    } else {
      out += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return out;
}

size_t DisplayWidth(std::string_view text) {
  size_t columns = 0;
  while (!text.empty()) {
    const Decoded next = Decode(text);
    columns += Columns(next.code);
    text.remove_prefix(next.length);
  }
  return columns;
}

std::string FitColumns(std::string_view text, size_t columns) {
  if (columns == 0) return {};
  size_t end = 0;  // of what was measured, and the columns it takes
  size_t used = 0;
  size_t kept = 0;  // of what leaves a column for the ellipsis
  size_t kept_used = 0;
  while (end < text.size()) {
    const Decoded next = Decode(text.substr(end));
    used += Columns(next.code);
    if (used > columns) {
      std::string cut(text.substr(0, kept));
      // A wide character may have left two columns for the ellipsis, which takes one.
      return cut.append(kEllipsis).append(columns - 1 - kept_used, ' ');
    }
    end += next.length;
    if (used < columns) {
      kept = end;
      kept_used = used;
    }
  }
  return std::string(text).append(columns - used, ' ');
}

std::string CutUtf8(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  size_t end = bytes;
  for (int back = 0; back < 3 && end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80;
       ++back)
    --end;
  return std::string(text.substr(0, end));
}

}  // namespace casepack::base

#include "collector/analysis/event_encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "collector/analysis/event_cp932_table.h"
#include "collector/base/utf8.h"

namespace casepack::analysis {
namespace {

using std::literals::operator""sv;

constexpr char32_t kReplacement = 0xfffd;

constexpr uint8_t Byte(char c) { return static_cast<uint8_t>(c); }

void Append(char32_t code, std::string& out) {
  const auto add = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (code == 0) return;
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xc0U | code >> 6U);
    add(0x80U | (code & 0x3fU));
  } else if (code < 0x10000) {
    add(0xe0U | code >> 12U);
    add(0x80U | (code >> 6U & 0x3fU));
    add(0x80U | (code & 0x3fU));
  } else {
    add(0xf0U | code >> 18U);
    add(0x80U | (code >> 12U & 0x3fU));
    add(0x80U | (code >> 6U & 0x3fU));
    add(0x80U | (code & 0x3fU));
  }
}

constexpr std::array<const Cp932Row*, 256> RowsByLead() {
  std::array<const Cp932Row*, 256> rows = {};
  for (const Cp932Row& row : kCp932Rows)
    rows[row.lead] = &row;
  return rows;
}
constexpr auto kRowOf = RowsByLead();

constexpr bool IsLead(uint8_t byte) {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
}

// The character of two bytes, kReplacement when there is none.
char32_t Cp932Pair(uint8_t lead, uint8_t trail) {
  if (trail < 0x40 || trail == 0x7f || trail > 0xfc) return kReplacement;
  const size_t at = trail - 0x40U - (trail > 0x7f ? 1U : 0U);
  // Characters that a company made for itself: kept apart from each other, at least.
  if (lead >= 0xf0 && lead <= 0xf9)
    return static_cast<char32_t>(0xe000 + (lead - 0xf0) * 188U + at);
  const Cp932Row* row = kRowOf[lead];
  if (row == nullptr || at >= row->characters.size() || row->characters[at] == u' ')
    return kReplacement;
  return row->characters[at];
}

// False when a character was none.
bool AppendCp932(std::string_view text, std::string& out) {
  bool good = true;
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t byte = Byte(text[i]);
    char32_t code = byte;
    if (byte >= 0xa1 && byte <= 0xdf) {
      code = 0xff61U + (byte - 0xa1U);  // half-width katakana
    } else if (byte >= 0x80) {
      const bool pair = IsLead(byte) && i + 1 < text.size();
      code = pair ? Cp932Pair(byte, Byte(text[i + 1])) : kReplacement;
      if (code != kReplacement) ++i;
    }
    good = good && code != kReplacement;
    Append(code, out);
  }
  return good;
}

size_t ShapeOf(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

// UTF-8, in which bytes that are not become U+FFFD.
void AppendUtf8(std::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size();) {
    const size_t length = ShapeOf(Byte(text[i]));
    const std::string_view character = text.substr(i, std::max<size_t>(length, 1));
    if (character == "\0"sv) {
    } else if (character.size() == length && (length == 1 || base::IsUtf8(character))) {
      out += character;
    } else {
      Append(kReplacement, out);
      ++i;
      continue;
    }
    i += length;
  }
}

void AppendLines(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    const size_t before = out.size();
    if (base::IsUtf8(line)) {
      AppendUtf8(line, out);
    } else if (!AppendCp932(line, out)) {
      out.resize(before);
      AppendUtf8(line, out);
    }
    text.remove_prefix(end);
  }
}

enum class Order { kLittle, kBig };

std::string FromUtf16(std::string_view bytes, Order order) {
  std::string out;
  out.reserve(bytes.size());
  const size_t high_at = order == Order::kLittle ? 1 : 0;
  char32_t high = 0;  // a surrogate that waits for its partner
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const char32_t unit =
        static_cast<char32_t>(Byte(bytes[i + high_at]) << 8U) | Byte(bytes[i + (1 - high_at)]);
    const bool is_low = unit >= 0xdc00 && unit < 0xe000;
    if (high != 0)
      Append(is_low ? 0x10000 + ((high - 0xd800) << 10U) + (unit - 0xdc00) : kReplacement, out);
    if (is_low && high != 0) {
      high = 0;
      continue;
    }
    high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    if (high == 0 && unit != 0xfeff) Append(is_low ? kReplacement : unit, out);
  }
  return out;
}

// By where the NUL bytes of the first characters stand: those are ASCII in every form.
bool LooksLikeUtf16(std::string_view bytes, Order order) {
  const std::string_view head = bytes.substr(0, 64);
  size_t zeros = 0;
  for (size_t i = 0; i + 1 < head.size(); i += 2) {
    const bool first = head[i] == '\0';
    const bool second = head[i + 1] == '\0';
    if ((order == Order::kLittle ? first : second)) return false;
    zeros += (order == Order::kLittle ? second : first) ? 1U : 0U;
  }
  return zeros >= 4 && zeros * 4 >= head.size();
}

// One character of UTF-8 that is known to be good.
char32_t TakeCode(std::string_view& text) {
  const uint8_t first = Byte(text.front());
  const size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t code = length == 1 ? first : first & (0x7fU >> length);
  for (size_t i = 1; i < length; ++i)
    code = code << 6U | (Byte(text[i]) & 0x3fU);
  text.remove_prefix(length);
  return code;
}

bool AppendAsCp932(char32_t code, std::string& out) {
  if (code < 0x80 || (code >= 0xff61 && code <= 0xff9f)) {
    out += static_cast<char>(code < 0x80 ? code : code - 0xff61U + 0xa1U);
    return true;
  }
  if (code > 0xffff) return false;
  for (const Cp932Row& row : kCp932Rows) {
    const size_t at = row.characters.find(static_cast<char16_t>(code));
    if (at == std::u16string_view::npos) continue;
    out += static_cast<char>(row.lead);
    out += static_cast<char>(0x40U + at + (at >= 0x3f ? 1U : 0U));
    return true;
  }
  return false;
}

}  // namespace

std::string EventTextToUtf8(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xff\xfe"sv) return FromUtf16(bytes.substr(2), Order::kLittle);
  if (bytes.substr(0, 2) == "\xfe\xff"sv) return FromUtf16(bytes.substr(2), Order::kBig);
  if (LooksLikeUtf16(bytes, Order::kLittle)) return FromUtf16(bytes, Order::kLittle);
  if (LooksLikeUtf16(bytes, Order::kBig)) return FromUtf16(bytes, Order::kBig);
  const bool marked = bytes.substr(0, 3) == "\xef\xbb\xbf"sv;
  if (marked) bytes.remove_prefix(3);
  std::string out;
  out.reserve(bytes.size());
  if (base::IsUtf8(bytes)) {
    AppendUtf8(bytes, out);
    return out;
  }
  if (!marked && AppendCp932(bytes, out)) return out;
  out.clear();
  AppendLines(bytes, out);
  return out;
}

std::optional<std::string> EventTextToCp932(std::string_view utf8) {
  if (!base::IsUtf8(utf8)) return std::nullopt;
  std::string out;
  while (!utf8.empty()) {
    if (!AppendAsCp932(TakeCode(utf8), out)) return std::nullopt;
  }
  return out;
}

}  // namespace casepack::analysis

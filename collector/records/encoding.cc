#include "collector/records/encoding.h"

#include <algorithm>
#include <cstdint>

namespace casepack::records {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";
constexpr size_t kLooked = 64;

uint32_t UnitAt(Encoding encoding, std::string_view text, size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const auto second = static_cast<unsigned char>(text[at + 1]);
  return encoding == Encoding::kUtf16Le ? first | uint32_t{second} << 8U
                                        : second | uint32_t{first} << 8U;
}

void Append(uint32_t unit, std::string& out) {
  if (unit < 0x80) {
    out += static_cast<char>(unit);
  } else if (unit < 0x800) {
    out += static_cast<char>(0xC0U | unit >> 6U);
    out += static_cast<char>(0x80U | (unit & 0x3FU));
  } else if (unit >= 0xD800 && unit < 0xE000) {
    out += '?';  // half of a character beyond the 65,536: no stamp has one
  } else {
    out += static_cast<char>(0xE0U | unit >> 12U);
    out += static_cast<char>(0x80U | (unit >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (unit & 0x3FU));
  }
}

}  // namespace

Encoding EncodingOf(std::string_view first_bytes) {
  if (first_bytes.starts_with(kUtf16LeMark)) return Encoding::kUtf16Le;
  if (first_bytes.starts_with(kUtf16BeMark)) return Encoding::kUtf16Be;
  size_t even = 0;
  size_t odd = 0;
  const size_t looked = std::min(first_bytes.size(), kLooked);
  for (size_t i = 0; i < looked; ++i) {
    if (first_bytes[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  if (looked < 8) return Encoding::kBytes;
  if (odd > looked / 4 && even == 0) return Encoding::kUtf16Le;
  if (even > looked / 4 && odd == 0) return Encoding::kUtf16Be;
  return Encoding::kBytes;
}

size_t MarkOf(std::string_view first_bytes) {
  if (first_bytes.starts_with(kUtf8Mark)) return kUtf8Mark.size();
  const bool wide = first_bytes.starts_with(kUtf16LeMark) || first_bytes.starts_with(kUtf16BeMark);
  return wide ? kUtf16LeMark.size() : 0;
}

std::string_view MarkFor(Encoding encoding) {
  if (encoding == Encoding::kBytes) return {};
  return encoding == Encoding::kUtf16Le ? kUtf16LeMark : kUtf16BeMark;
}

size_t EndOfLine(Encoding encoding, std::string_view text) {
  size_t at = 0;
  while (true) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return at;
    if (encoding == Encoding::kBytes) return at + 1;
    const size_t unit = at & ~size_t{1};
    if (unit + 1 >= text.size()) return std::string_view::npos;
    if (UnitAt(encoding, text, unit) == '\n') return unit + 2;
    ++at;
  }
}

std::string FromUtf8(Encoding encoding, std::string_view text) {
  if (encoding == Encoding::kBytes) return std::string(text);
  std::string out;
  const auto unit = [&](uint32_t value) {
    const char low = static_cast<char>(value & 0xFFU);
    const char high = static_cast<char>(value >> 8U);
    out += encoding == Encoding::kUtf16Le ? low : high;
    out += encoding == Encoding::kUtf16Le ? high : low;
  };
  for (size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + length > text.size()) break;
    uint32_t code = length == 1 ? first : first & (0x7FU >> length);
    for (size_t i = 1; i < length; ++i)
      code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    at += length;
    if (code >= 0x10000) {
      code -= 0x10000;
      unit(0xD800U | code >> 10U);
      code = 0xDC00U | (code & 0x3FFU);
    }
    unit(code);
  }
  return out;
}

std::string ToUtf8(Encoding encoding, std::string_view text) {
  if (encoding == Encoding::kBytes) return std::string(text);
  std::string out;
  for (size_t at = 0; at + 1 < text.size(); at += 2)
    Append(UnitAt(encoding, text, at), out);
  return out;
}

}  // namespace casepack::records

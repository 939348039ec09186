#include "collector/archive/filter.h"

#include <array>
#include <cstdint>

#include "collector/archive/bounds.h"
#include "collector/archive/byte_source.h"
#include "collector/archive/decode.h"

namespace casepack::archive {
namespace {

using std::string_view_literals::operator""sv;

uint8_t ByteAt(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }

bool IsBzip2(std::string_view head) {
  if (head.size() < 10 || head.substr(0, 3) != "BZh" || head[3] < '1' || head[3] > '9')
    return false;
  const std::string_view block = head.substr(4, 6);
  return block == "1AY&SY" || block == "\x17\x72\x45\x38\x50\x90"sv;
}

// .lzma has no magic: properties, a dictionary of 2^n or 2^n + 2^(n-1) bytes, and a size
// that is unknown or below 256 GiB, as liblzma sees it.
bool IsLzma(std::string_view head) {
  if (head.size() < 13 || ByteAt(head, 0) >= 9 * 5 * 5) return false;
  uint32_t dictionary = 0;
  for (size_t i = 4; i >= 1; --i)
    dictionary = dictionary << 8U | ByteAt(head, i);
  if (dictionary < 4096) return false;
  uint32_t low = dictionary & (~dictionary + 1);  // the lowest bit
  if (dictionary != low && dictionary != low + (low << 1U)) return false;
  if (head.substr(5, 8) == "\xff\xff\xff\xff\xff\xff\xff\xff"sv) return true;
  return ByteAt(head, 9) < 64 && head.substr(10, 3) == "\0\0\0"sv;
}

uint64_t Octal(std::string_view digits) {
  uint64_t value = 0;
  while (!digits.empty() && digits.front() == ' ')
    digits.remove_prefix(1);
  for (const char c : digits) {
    if (c < '0' || c > '7') break;
    value = value << 3U | static_cast<uint64_t>(c - '0');
  }
  return value;
}

}  // namespace

Filter DetectFilter(std::string_view head) {
  const auto starts = [&](std::string_view magic) { return head.starts_with(magic); };
  if (starts("\x1f\x8b\x08"sv)) return Filter::kGzip;
  if (starts("\x1f\x9d"sv)) return Filter::kCompress;
  if (IsBzip2(head)) return Filter::kBzip2;
  if (starts("\xfd\x37zXZ\0"sv)) return Filter::kXz;
  if (starts("LZIP\x01"sv)) return Filter::kLzip;
  if (starts("\x28\xb5\x2f\xfd"sv)) return Filter::kZstd;
  if (starts("\x04\x22\x4d\x18"sv)) return Filter::kLz4;
  // A skippable frame is in both formats; only parallel zstd begins with one.
  if (head.size() > 8 && (ByteAt(head, 0) & 0xf0U) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18"sv)
    return Filter::kZstd;
  if (IsLzma(head)) return Filter::kLzma;
  return Filter::kNone;
}

bool LooksLikeZip(std::string_view head) {
  return head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv) ||
         head.starts_with("PK\x07\x08PK\x03\x04"sv) || head.starts_with("PK00PK\x03\x04"sv);
}

bool LooksLikeTar(std::string_view head) {
  if (head.size() < 512 || head[0] == '\0') return false;
  const std::string_view stored = head.substr(148, 8);
  uint64_t sum = 0;
  int64_t signed_sum = 0;  // some old ones count so
  for (size_t i = 0; i < 512; ++i) {
    const char c = i >= 148 && i < 156 ? ' ' : head[i];
    sum += static_cast<uint8_t>(c);
    signed_sum += static_cast<signed char>(c);
  }
  const uint64_t said = Octal(stored);
  return said != 0 && (said == sum || static_cast<int64_t>(said) == signed_sum);
}

ArchiveKind Detect(std::string_view head) {
  if (LooksLikeZip(head)) return ArchiveKind::kZip;
  if (LooksLikeTar(head)) return ArchiveKind::kTar;
  const Filter filter = DetectFilter(head);
  if (filter == Filter::kNone) return ArchiveKind::kNone;
  MemorySource packed(head);
  Budget budget({});
  const auto unpacked = OpenDecoder(packed, filter, budget);
  PeekSource inner(*unpacked);
  return LooksLikeTar(inner.Peek(kHeadBytes)) ? ArchiveKind::kTar : ArchiveKind::kSingle;
}

}  // namespace casepack::archive

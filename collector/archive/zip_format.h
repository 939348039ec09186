// The few numbers of PKWARE's APPNOTE that the reader and the writer share, and fields of
// a zip in the order of their bytes. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casepack::archive::zip {

inline constexpr uint32_t kLocal = 0x04034b50;
inline constexpr uint32_t kCentral = 0x02014b50;
inline constexpr uint32_t kDescriptor = 0x08074b50;
inline constexpr uint32_t kEnd = 0x06054b50;
inline constexpr uint32_t kEnd64 = 0x06064b50;
inline constexpr uint32_t kLocator64 = 0x07064b50;

inline constexpr size_t kLocalBytes = 30;
inline constexpr size_t kCentralBytes = 46;
inline constexpr size_t kEndBytes = 22;
inline constexpr size_t kEnd64Bytes = 56;
inline constexpr size_t kLocator64Bytes = 20;

inline constexpr unsigned kEncrypted = 1U << 0U;
inline constexpr unsigned kLzmaHasEnd = 1U << 1U;
inline constexpr unsigned kSizesBehind = 1U << 3U;
inline constexpr unsigned kStrong = 1U << 6U;
inline constexpr unsigned kUtf8 = 1U << 11U;

inline constexpr unsigned kExtra64 = 0x0001;
inline constexpr unsigned kExtraTime = 0x5455;
inline constexpr uint32_t kIn64 = 0xffffffff;
inline constexpr uint16_t kIn64Short = 0xffff;

inline constexpr unsigned kStored = 0;
inline constexpr unsigned kDeflated = 8;

// The number of `bytes` bytes at `at`; 0 where there are not so many.
inline uint64_t Number(std::string_view text, size_t at, size_t bytes) {
  uint64_t value = 0;
  if (at > text.size() || text.size() - at < bytes) return 0;
  for (size_t i = bytes; i > 0; --i)
    value = value << 8U | static_cast<uint8_t>(text[at + i - 1]);
  return value;
}
inline uint32_t Long(std::string_view text, size_t at) {
  return static_cast<uint32_t>(Number(text, at, 4));
}
inline uint16_t Short(std::string_view text, size_t at) {
  return static_cast<uint16_t>(Number(text, at, 2));
}

class Fields {
 public:
  Fields& Put(uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
      text.push_back(static_cast<char>(value >> (8 * i)));
    return *this;
  }
  Fields& Short(uint64_t value) { return Put(value, 2); }
  Fields& Long(uint64_t value) { return Put(value, 4); }
  Fields& Bytes(std::string_view bytes) {
    text.append(bytes);
    return *this;
  }
  std::string text;
};

}  // namespace casepack::archive::zip

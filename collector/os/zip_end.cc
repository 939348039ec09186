#include "collector/os/zip_end.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace casepack::os {
namespace {

constexpr size_t kEndSize = 22;
constexpr size_t kLocatorSize = 20;
constexpr size_t kEnd64Size = 56;
constexpr size_t kMaxComment = 65'535;
constexpr std::string_view kLocal("PK\3\4", 4);
constexpr std::string_view kCentral("PK\1\2", 4);
constexpr std::string_view kEnd("PK\5\6", 4);
constexpr std::string_view kEnd64("PK\6\6", 4);
constexpr std::string_view kLocator("PK\6\7", 4);

uint64_t Little(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Fewer bytes at the end of the file.
base::Result<std::string> ReadAt(File& file, uint64_t offset, size_t size) {
  RETURN_IF_ERROR(file.Seek(offset));
  std::string bytes(size, '\0');
  size_t filled = 0;
  while (filled < size) {
    ASSIGN_OR_RETURN(const size_t got, file.Read(std::span<char>(bytes).subspan(filled)));
    if (got == 0) break;
    filled += got;
  }
  bytes.resize(filled);
  return bytes;
}

struct Directory {
  uint64_t offset = 0;
  uint64_t size = 0;
  uint64_t entries = 0;
  uint64_t behind = 0;  // where what follows it begins: its own end, if all is well
};

// `end` is where the end record stands in `tail`, which begins at `tail_offset`.
base::Result<Directory> ReadEnd(File& file, std::string_view tail, size_t end,
                                uint64_t tail_offset) {
  Directory directory{Little(tail, end + 16, 4), Little(tail, end + 12, 4),
                      Little(tail, end + 10, 2), tail_offset + end};
  const bool large =
      directory.offset == 0xffffffff || directory.size == 0xffffffff || directory.entries == 0xffff;
  if (!large || end < kLocatorSize || tail.substr(end - kLocatorSize, 4) != kLocator) {
    return directory;
  }
  const uint64_t at = Little(tail, end - kLocatorSize + 8, 8);
  if (at > file.info().size) return directory;
  ASSIGN_OR_RETURN(const std::string record, ReadAt(file, at, kEnd64Size));
  if (record.size() < kEnd64Size || !record.starts_with(kEnd64)) return directory;
  return Directory{Little(record, 48, 8), Little(record, 40, 8), Little(record, 32, 8), at};
}

// The end record, whose comment reaches to the end of the file; npos: there is none.
size_t FindEnd(std::string_view tail) {
  if (tail.size() < kEndSize) return std::string_view::npos;
  for (size_t at = tail.size() - kEndSize + 1; at-- > 0;) {
    if (tail.substr(at, 4) != kEnd) continue;
    if (at + kEndSize + Little(tail, at + 20, 2) == tail.size()) return at;
  }
  return std::string_view::npos;
}

}  // namespace

base::Result<ZipEnd> LookAtZipEnd(File& file) {
  ASSIGN_OR_RETURN(const std::string first, ReadAt(file, 0, 4));
  if (first != kLocal && first != kEnd) return ZipEnd::kNotZip;
  const uint64_t size = file.info().size;
  const uint64_t want = std::min<uint64_t>(size, kEndSize + kMaxComment + kLocatorSize);
  ASSIGN_OR_RETURN(const std::string tail, ReadAt(file, size - want, static_cast<size_t>(want)));
  const size_t end = FindEnd(tail);
  if (end == std::string_view::npos) return ZipEnd::kCut;
  ASSIGN_OR_RETURN(const Directory directory, ReadEnd(file, tail, end, size - want));
  const bool fits =
      directory.offset <= directory.behind && directory.size == directory.behind - directory.offset;
  if (!fits) return ZipEnd::kCut;
  if (directory.entries == 0) return directory.size == 0 ? ZipEnd::kWhole : ZipEnd::kCut;
  ASSIGN_OR_RETURN(const std::string entry, ReadAt(file, directory.offset, 4));
  return entry == kCentral ? ZipEnd::kWhole : ZipEnd::kCut;
}

}  // namespace casepack::os

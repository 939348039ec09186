// What a zip says of its entries: by the table at its end, or, where that is cut off or
// damaged, by the headers in front of each content. One thread; the zip is lent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/archive/bounds.h"
#include "collector/archive/byte_source.h"

namespace casepack::archive {

struct ZipRow {
  std::string name;  // any bytes
  std::string comment;
  unsigned flags = 0;
  unsigned method = 0;
  uint32_t crc = 0;
  uint64_t packed = 0;
  uint64_t size = 0;
  uint64_t offset = 0;  // of its local header
  uint32_t dos_time = 0;
  std::optional<uint32_t> modified;  // seconds since 1970
  uint32_t mode = 0;                 // Unix, with the type; 0 when it does not say
  bool folder = false;
  bool overlaps = false;      // with the content of another
  bool size_unknown = false;  // told behind the content, and there is no table

  [[nodiscard]] bool encrypted() const;
  [[nodiscard]] bool symlink() const { return (mode & 0170000U) == 0120000U; }
  [[nodiscard]] bool special() const;  // a device and the like
};

class ZipTable {
 public:
  ZipTable(RandomAccess& zip, const Bounds& bounds);

  // nullopt at the end, or where it can be read no further: then damage() says why.
  std::optional<ZipRow> Next();
  // Where the content of the row stands; nullopt when there is no such header.
  std::optional<uint64_t> ContentOf(const ZipRow& row);
  // After a row whose size was unknown: where its content ended.
  void SetEnd(uint64_t end);
  // No table: rows come from the local headers, as long as one follows the other.
  [[nodiscard]] bool scanning() const { return scanning_; }
  [[nodiscard]] const std::string& comment() const { return comment_; }
  [[nodiscard]] base::Status damage() const { return damage_; }

 private:
  struct Extent {
    uint64_t start;
    uint64_t end;
  };
  std::string At(uint64_t offset, size_t size);
  bool FindEnd();
  bool ReadEnd64(uint64_t end, uint64_t entries);
  void FindExtents();
  [[nodiscard]] bool Overlaps(const ZipRow& row) const;
  std::optional<ZipRow> NextCentral();
  std::optional<ZipRow> NextLocal();
  void Damage(const char* key);

  RandomAccess& zip_;
  const Bounds& bounds_;
  bool scanning_ = false;
  uint64_t table_ = 0;
  uint64_t table_end_ = 0;
  uint64_t entries_ = 0;  // that the table has, as it says
  uint64_t given_ = 0;
  uint64_t position_ = 0;
  std::string comment_;
  std::vector<Extent> extents_;  // by start
  std::string buffer_;           // of the table
  uint64_t buffer_at_ = 0;
  base::Status damage_;
};

}  // namespace casepack::archive

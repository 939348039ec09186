#include "collector/archive/zip_table.h"

#include <algorithm>

#include "collector/archive/zip_format.h"

namespace casepack::archive {

using base::Code;
using base::Status;

namespace {

constexpr size_t kLongestComment = 65535;
constexpr size_t kBufferBytes = 256U << 10U;  // more than the longest row of a table
constexpr unsigned kUnixHost = 3;
constexpr unsigned kMacHost = 19;
constexpr uint32_t kDosFolder = 0x10;

void ReadExtra(std::string_view extra, ZipRow* row) {
  while (extra.size() >= 4) {
    const unsigned id = zip::Short(extra, 0);
    const size_t size = std::min<size_t>(zip::Short(extra, 2), extra.size() - 4);
    const std::string_view field = extra.substr(4, size);
    extra.remove_prefix(4 + size);
    if (id == zip::kExtraTime && field.size() >= 5 && (field[0] & 1) != 0)
      row->modified = zip::Long(field, 1);
    if (id != zip::kExtra64) continue;
    size_t at = 0;
    const auto wide = [&](uint64_t* value) {
      if (*value != zip::kIn64 || field.size() < at + 8) return;
      *value = zip::Number(field, at, 8);
      at += 8;
    };
    wide(&row->size);
    wide(&row->packed);
    wide(&row->offset);
  }
}

ZipRow Central(std::string_view bytes, size_t name, size_t extra, size_t comment) {
  ZipRow row;
  row.flags = zip::Short(bytes, 8);
  row.method = zip::Short(bytes, 10);
  row.dos_time = zip::Long(bytes, 12);
  row.crc = zip::Long(bytes, 16);
  row.packed = zip::Long(bytes, 20);
  row.size = zip::Long(bytes, 24);
  row.offset = zip::Long(bytes, 42);
  const unsigned host = zip::Short(bytes, 4) >> 8U;
  const uint32_t attributes = zip::Long(bytes, 38);
  if (host == kUnixHost || host == kMacHost) row.mode = attributes >> 16U;
  row.name = bytes.substr(zip::kCentralBytes, name);
  ReadExtra(bytes.substr(zip::kCentralBytes + name, extra), &row);
  row.comment = bytes.substr(zip::kCentralBytes + name + extra, comment);
  const bool named = row.name.ends_with('/') || (row.mode & 0170000U) == 0040000U ||
                     (host == 0 && (attributes & kDosFolder) != 0);
  row.folder = named && row.size == 0;  // or its content would be lost
  return row;
}

}  // namespace

bool ZipRow::encrypted() const {
  constexpr unsigned kAes = 99;
  return (flags & (zip::kEncrypted | zip::kStrong)) != 0 || method == kAes;
}

bool ZipRow::special() const {
  const uint32_t type = mode & 0170000U;
  return type == 0010000U || type == 0020000U || type == 0060000U || type == 0140000U;
}

ZipTable::ZipTable(RandomAccess& zip, const Bounds& bounds) : zip_(zip), bounds_(bounds) {
  const bool found = FindEnd();
  const bool starts =
      found && (table_ == table_end_ || zip::Long(At(table_, 4), 0) == zip::kCentral);
  if (starts) {
    FindExtents();
    position_ = table_;
    given_ = 0;
    return;
  }
  Damage(found ? "archive.zip.table" : "archive.zip.no_end");
  scanning_ = true;
  position_ = zip::Long(At(0, 4), 0) == zip::kLocal ? 0 : 4;  // behind a split's marker
}

std::string ZipTable::At(uint64_t offset, size_t size) {
  std::string bytes(size, '\0');
  const auto got = zip_.ReadAt(offset, bytes);
  bytes.resize(got ? *got : 0);
  return bytes;
}

// The last end record whose comment ends with the zip.
bool ZipTable::FindEnd() {
  const uint64_t size = zip_.size();
  const uint64_t tail = std::min<uint64_t>(size, zip::kEndBytes + kLongestComment);
  const std::string bytes = At(size - tail, static_cast<size_t>(tail));
  size_t at = bytes.size();
  while ((at = at == 0 ? std::string::npos : bytes.rfind("PK\x05\x06", at - 1)) !=
         std::string::npos) {
    const std::string_view record = std::string_view(bytes).substr(at);
    if (record.size() < zip::kEndBytes) continue;
    if (zip::kEndBytes + zip::Short(record, 20) > record.size()) continue;
    comment_ = record.substr(zip::kEndBytes, zip::Short(record, 20));
    if (zip::kEndBytes + comment_.size() < record.size()) Damage("archive.zip.behind_end");
    if (zip::Short(record, 4) != 0 && zip::Short(record, 4) != zip::kIn64Short) return false;
    const uint64_t end = size - tail + at;
    table_ = zip::Long(record, 16);
    table_end_ = table_ + zip::Long(record, 12);
    if (ReadEnd64(end, zip::Short(record, 10))) return true;
    return table_end_ <= end;
  }
  return false;
}

bool ZipTable::ReadEnd64(uint64_t end, uint64_t entries) {
  entries_ = entries;
  if (end < zip::kLocator64Bytes) return false;
  const std::string locator = At(end - zip::kLocator64Bytes, zip::kLocator64Bytes);
  if (zip::Long(locator, 0) != zip::kLocator64) return false;
  const std::string record = At(zip::Number(locator, 8, 8), zip::kEnd64Bytes);
  if (record.size() < zip::kEnd64Bytes || zip::Long(record, 0) != zip::kEnd64) return false;
  entries_ = zip::Number(record, 32, 8);
  table_ = zip::Number(record, 48, 8);
  const uint64_t size = zip::Number(record, 40, 8);
  table_end_ = table_ + size;
  return size <= end && table_ <= end - size;
}

// By what the table says of itself: local extra fields are not counted, so that what
// overlaps by them alone is not seen here; each content is checked by its CRC anyhow.
void ZipTable::FindExtents() {
  position_ = table_;
  while (extents_.size() < bounds_.max_entries) {
    const auto row = NextCentral();
    if (!row) break;
    const uint64_t head = row->offset + zip::kLocalBytes + row->name.size();
    extents_.push_back({row->offset, head + std::min(row->packed, UINT64_MAX / 2)});
  }
  std::sort(extents_.begin(), extents_.end(),
            [](const Extent& a, const Extent& b) { return a.start < b.start; });
  uint64_t reached = 0;  // so that one long content covers all that begin in it
  for (Extent& extent : extents_) {
    const bool covered = extent.start < reached;
    reached = std::max(reached, extent.end);
    if (covered) extent.end = 0;
  }
}

bool ZipTable::Overlaps(const ZipRow& row) const {
  const auto less = [](const Extent& a, uint64_t start) { return a.start < start; };
  auto at = std::lower_bound(extents_.begin(), extents_.end(), row.offset, less);
  if (at == extents_.end() || at->start != row.offset) return false;
  const auto next = at + 1;
  if (next != extents_.end() && next->start == row.offset) return true;
  return at->end == 0 || (next != extents_.end() && next->start < at->end);
}

std::optional<ZipRow> ZipTable::Next() {
  if (scanning_) return NextLocal();
  auto row = NextCentral();
  if (row) row->overlaps = Overlaps(*row);
  return row;
}

std::optional<ZipRow> ZipTable::NextCentral() {
  if (position_ >= table_end_) {
    if ((given_ & 0xffffU) != (entries_ & 0xffffU)) Damage("archive.zip.table");
    return std::nullopt;
  }
  // A row has less than 193 KiB.
  constexpr size_t kKept = 48U << 10U;
  if (buffer_.empty() || position_ < buffer_at_ || position_ - buffer_at_ > kKept) {
    buffer_ = At(position_, kBufferBytes);
    buffer_at_ = position_;
  }
  const std::string_view bytes =
      std::string_view(buffer_).substr(std::min<size_t>(buffer_.size(), position_ - buffer_at_));
  const size_t name = zip::Short(bytes, 28);
  const size_t extra = zip::Short(bytes, 30);
  const size_t comment = zip::Short(bytes, 32);
  const size_t whole = zip::kCentralBytes + name + extra + comment;
  if (zip::Long(bytes, 0) != zip::kCentral || bytes.size() < whole) {
    Damage("archive.zip.table");
    return std::nullopt;
  }
  ++given_;
  position_ += whole;
  return Central(bytes, name, extra, comment);
}

std::optional<ZipRow> ZipTable::NextLocal() {
  const std::string header = At(position_, zip::kLocalBytes);
  if (header.size() < zip::kLocalBytes || zip::Long(header, 0) != zip::kLocal) return std::nullopt;
  ZipRow row;
  row.offset = position_;
  row.flags = zip::Short(header, 6);
  row.method = zip::Short(header, 8);
  row.dos_time = zip::Long(header, 10);
  row.crc = zip::Long(header, 14);
  row.packed = zip::Long(header, 18);
  row.size = zip::Long(header, 22);
  const size_t name = zip::Short(header, 26);
  const size_t extra = zip::Short(header, 28);
  const std::string rest = At(position_ + zip::kLocalBytes, name + extra);
  if (rest.size() < name + extra) return std::nullopt;
  row.name = rest.substr(0, name);
  ReadExtra(std::string_view(rest).substr(name), &row);
  row.folder = row.name.ends_with('/') && row.size == 0;
  row.size_unknown = (row.flags & zip::kSizesBehind) != 0 && row.packed == 0;
  position_ += zip::kLocalBytes + name + extra;
  if (!row.size_unknown) SetEnd(position_ + std::min(row.packed, UINT64_MAX / 2));
  return row;
}

std::optional<uint64_t> ZipTable::ContentOf(const ZipRow& row) {
  const std::string header = At(row.offset, zip::kLocalBytes);
  if (header.size() < zip::kLocalBytes || zip::Long(header, 0) != zip::kLocal) return std::nullopt;
  return row.offset + zip::kLocalBytes + zip::Short(header, 26) + zip::Short(header, 28);
}

void ZipTable::SetEnd(uint64_t end) {
  position_ = end;
  // The sizes that stand behind: with and without their mark, short and wide.
  const std::string behind = At(end, 28);
  if (zip::Long(behind, 0) == zip::kDescriptor) {
    position_ += zip::Long(behind, 16) == zip::kLocal || behind.size() <= 16 ? 16 : 24;
  } else if (zip::Long(behind, 0) != zip::kLocal && zip::Long(behind, 12) == zip::kLocal) {
    position_ += 12;
  }
}

void ZipTable::Damage(const char* key) {
  if (damage_.ok()) damage_ = {Code::kInvalid, {key, {}}};
}

}  // namespace casepack::archive

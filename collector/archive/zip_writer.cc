#include "collector/archive/zip_writer.h"

#include <algorithm>

#include "collector/archive/zip_format.h"

namespace casepack::archive {

using base::Status;

namespace {

constexpr unsigned kVersion = 20;
constexpr unsigned kVersion64 = 45;
constexpr unsigned kMadeByUnix = 3U << 8U;
constexpr size_t kLongestComment = 65535;

uint64_t Clipped(uint64_t value) { return std::min<uint64_t>(value, zip::kIn64); }

std::string TimeField(const ZipEntry& entry) {
  if (!entry.modified) return {};
  return zip::Fields().Short(zip::kExtraTime).Short(5).Put(1, 1).Long(*entry.modified).text;
}

// The end of it could be taken for the end of the zip.
std::string_view SafeComment(std::string_view comment) {
  return comment.find("PK") == std::string_view::npos ? comment.substr(0, kLongestComment)
                                                      : std::string_view();
}

class CountingSink : public os::ByteSink {
 public:
  explicit CountingSink(os::ByteSink& out) : out_(out) {}
  Status Write(std::string_view bytes) override {
    count += bytes.size();
    return out_.Write(bytes);
  }
  Status Commit() override { return {}; }
  uint64_t count = 0;

 private:
  os::ByteSink& out_;
};

}  // namespace

Status ZipWriter::Put(std::string_view bytes) {
  offset_ += bytes.size();
  return out_.Write(bytes);
}

Status ZipWriter::Add(const ZipEntry& entry, const PackedEntry* content) {
  const uint64_t size = content == nullptr ? 0 : content->size();
  const uint64_t packed = content == nullptr ? 0 : content->packed();
  const uint32_t crc = content == nullptr ? 0 : content->crc();
  const uint64_t start = offset_;
  const bool wide = size >= zip::kIn64 || packed >= zip::kIn64;
  const bool far = start >= zip::kIn64;
  const std::string time = TimeField(entry);
  const unsigned version = wide || far ? kVersion64 : kVersion;

  zip::Fields common;  // from the flags to the sizes
  common.Short(zip::kUtf8).Short(entry.method).Long(entry.dos_time).Long(crc);
  common.Long(wide ? zip::kIn64 : packed).Long(wide ? zip::kIn64 : size);
  common.Short(entry.name.size());

  zip::Fields local;
  zip::Fields sizes;
  if (wide) sizes.Short(zip::kExtra64).Short(16).Put(size, 8).Put(packed, 8);
  local.Long(zip::kLocal).Short(version).Bytes(common.text);
  local.Short(sizes.text.size() + time.size()).Bytes(entry.name).Bytes(sizes.text).Bytes(time);
  RETURN_IF_ERROR(Put(local.text));
  if (content != nullptr) {
    CountingSink counted(out_);
    RETURN_IF_ERROR(content->CopyTo(counted));
    offset_ += counted.count;
  }

  zip::Fields extra;
  if (wide || far) {
    extra.Short(zip::kExtra64).Short((wide ? 16 : 0) + (far ? 8 : 0));
    if (wide) extra.Put(size, 8).Put(packed, 8);
    if (far) extra.Put(start, 8);
  }
  extra.Bytes(time);
  const std::string_view comment = SafeComment(entry.comment);
  zip::Fields row;
  row.Long(zip::kCentral).Short(kMadeByUnix | version).Short(version).Bytes(common.text);
  row.Short(extra.text.size()).Short(comment.size()).Short(0).Short(0);
  row.Long(uint64_t{entry.mode} << 16U).Long(Clipped(start));
  row.Bytes(entry.name).Bytes(extra.text).Bytes(comment);
  ++entries_;
  return table_.Write(row.text);
}

Status ZipWriter::Finish(std::string_view comment) {
  const uint64_t table = offset_;
  RETURN_IF_ERROR(table_.CopyTo(out_));
  const uint64_t end = table + table_.size();
  zip::Fields fields;
  if (entries_ >= zip::kIn64Short || end >= zip::kIn64) {
    fields.Long(zip::kEnd64).Put(zip::kEnd64Bytes - 12, 8).Short(kMadeByUnix | kVersion64);
    fields.Short(kVersion64).Long(0).Long(0).Put(entries_, 8).Put(entries_, 8);
    fields.Put(table_.size(), 8).Put(table, 8);
    fields.Long(zip::kLocator64).Long(0).Put(end, 8).Long(1);
  }
  const uint64_t entries = std::min<uint64_t>(entries_, zip::kIn64Short);
  const std::string_view safe = SafeComment(comment);
  fields.Long(zip::kEnd).Short(0).Short(0).Short(entries).Short(entries);
  fields.Long(Clipped(table_.size())).Long(Clipped(table)).Short(safe.size()).Bytes(safe);
  return out_.Write(fields.text);
}

}  // namespace casepack::archive

#include "collector/archive/zip_content.h"

#include <zlib.h>

#include <algorithm>
#include <optional>

#include "collector/archive/zip_format.h"

namespace casepack::archive {

using base::Code;
using base::Status;

namespace {

constexpr unsigned kLzma = 14;

std::optional<Filter> FilterOf(unsigned method) {
  switch (method) {
    case zip::kStored:
      return Filter::kNone;
    case zip::kDeflated:
      return Filter::kDeflate;
    case 12:
      return Filter::kBzip2;
    case kLzma:
      return Filter::kLzma;
    case 20:
    case 93:
      return Filter::kZstd;
    case 95:
      return Filter::kXz;
    default:
      return std::nullopt;
  }
}

// LZMA in a zip has a header of nine bytes, which makes one of an .lzma.
class LzmaFront : public ByteSource {
 public:
  LzmaFront(ByteSource& in, uint64_t size) : in_(in), size_(size) {}
  base::Result<size_t> Read(std::span<char> buffer) override {
    if (!begun_) RETURN_IF_ERROR(Begin());
    if (front_.empty()) return in_.Read(buffer);
    const size_t got = front_.copy(buffer.data(), buffer.size());
    front_.erase(0, got);
    return got;
  }

 private:
  Status Begin() {
    begun_ = true;
    std::string header(9, '\0');
    size_t had = 0;
    while (had < header.size()) {
      ASSIGN_OR_RETURN(const size_t got, in_.Read(std::span(header).subspan(had)));
      if (got == 0) return {Code::kInvalid, {"archive.filter.truncated", {}}};
      had += got;
    }
    if (zip::Short(header, 2) != 5) return {Code::kInvalid, {"archive.filter.damaged", {}}};
    front_ = zip::Fields().Bytes(std::string_view(header).substr(4)).Put(size_, 8).text;
    return {};
  }

  ByteSource& in_;
  const uint64_t size_;
  bool begun_ = false;
  std::string front_;
};

}  // namespace

ZipContent::ZipContent(RandomAccess& zip, const ZipRow& row, uint64_t offset, Budget& budget)
    : row_(row),
      zip_(zip),
      offset_(offset),
      range_(zip, offset, row.size_unknown ? UINT64_MAX : row.packed) {
  row_.name.clear();
  row_.comment.clear();
  const auto filter = FilterOf(row.method);
  if (!filter) {
    failure_ = {Code::kUnsupported,
                {"archive.zip.method", {{"method", std::to_string(row.method)}}}};
    return;
  }
  if (row.size_unknown && *filter == Filter::kNone) {
    failure_ = {Code::kInvalid, {"archive.zip.no_size", {}}};
    return;
  }
  ByteSource* in = &range_;
  if (row.method == kLzma) {
    const bool has_end = (row.flags & zip::kLzmaHasEnd) != 0;
    front_ = std::make_unique<LzmaFront>(range_, has_end ? UINT64_MAX : row.size);
    in = front_.get();
  }
  decoded_ = OpenDecoder(*in, *filter, budget, Members::kOne);
}

base::Result<size_t> ZipContent::Read(std::span<char> buffer) {
  if (!failure_.ok()) return failure_;
  const auto got = decoded_->Read(buffer);
  if (!got) {
    failure_ = got.error();
    return failure_;
  }
  crc_ = static_cast<uint32_t>(crc32_z(crc_, reinterpret_cast<const Bytef*>(buffer.data()), *got));
  size_ += *got;
  if (*got > 0 || buffer.empty()) return *got;
  failure_ = Check();
  if (!failure_.ok()) return failure_;
  return size_t{0};
}

uint64_t ZipContent::end() const { return offset_ + (decoded_ ? decoded_->taken() : 0); }

Status ZipContent::Check() {
  if (row_.size_unknown) {
    std::string behind(8, '\0');
    const auto got = zip_.ReadAt(end(), behind);
    const bool marked = got && zip::Long(behind, 0) == zip::kDescriptor;
    row_.crc = zip::Long(behind, marked ? 4 : 0);
    row_.size = size_;
  } else if (decoded_->taken() < row_.packed && row_.method != kLzma) {
    return {Code::kInvalid, {"archive.zip.size", {}}};
  }
  if (size_ != row_.size) return {Code::kInvalid, {"archive.zip.size", {}}};
  if (crc_ != row_.crc) return {Code::kInvalid, {"archive.zip.crc", {}}};
  return {};
}

}  // namespace casepack::archive

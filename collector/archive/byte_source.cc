#include "collector/archive/byte_source.h"

#include <algorithm>

namespace casepack::archive {

base::Result<size_t> FileSource::Read(std::span<char> buffer) {
  ASSIGN_OR_RETURN(const size_t got, ReadAt(position_, buffer));
  position_ += got;
  return got;
}

base::Result<size_t> FileSource::ReadAt(uint64_t offset, std::span<char> buffer) {
  RETURN_IF_ERROR(file_.Seek(offset));
  size_t got = 0;
  while (got < buffer.size()) {
    ASSIGN_OR_RETURN(const size_t more, file_.Read(buffer.subspan(got)));
    if (more == 0) break;
    got += more;
  }
  return got;
}

base::Result<size_t> MemorySource::Read(std::span<char> buffer) {
  ASSIGN_OR_RETURN(const size_t got, ReadAt(position_, buffer));
  position_ += got;
  return got;
}

base::Result<size_t> MemorySource::ReadAt(uint64_t offset, std::span<char> buffer) {
  if (offset >= bytes_.size()) return size_t{0};
  return bytes_.copy(buffer.data(), buffer.size(), static_cast<size_t>(offset));
}

base::Result<size_t> RangeSource::Read(std::span<char> buffer) {
  const auto wanted = static_cast<size_t>(std::min<uint64_t>(buffer.size(), left_));
  if (wanted == 0) return size_t{0};
  ASSIGN_OR_RETURN(const size_t got, whole_.ReadAt(offset_, buffer.first(wanted)));
  offset_ += got;
  left_ = got == 0 ? 0 : left_ - got;
  return got;
}

std::string_view PeekSource::Peek(size_t size) {
  while (front_.size() < size && failure_.ok()) {
    const size_t had = front_.size();
    front_.resize(size);
    const auto got = inner_.Read(std::span(front_).subspan(had));
    front_.resize(had + (got ? *got : 0));
    if (!got) failure_ = got.error();
    if (!got || *got == 0) break;
  }
  return std::string_view(front_).substr(0, size);
}

base::Result<size_t> PeekSource::Read(std::span<char> buffer) {
  if (!front_.empty()) {
    const size_t got = front_.copy(buffer.data(), buffer.size());
    front_.erase(0, got);
    return got;
  }
  if (!failure_.ok()) return failure_;
  return inner_.Read(buffer);
}

}  // namespace casepack::archive

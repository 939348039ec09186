#include "collector/archive/packed_entry.h"

#include <zlib.h>

namespace casepack::archive {

PackedEntry::PackedEntry(const Bounds& bounds, Filter filter)
    : filter_(filter), spool_(bounds), encoder_(OpenEncoder(spool_, filter)) {}

base::Status PackedEntry::Write(std::string_view bytes) {
  size_ += bytes.size();
  crc_ = static_cast<uint32_t>(
      crc32_z(crc_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  return encoder_->Write(bytes);
}

void PackedEntry::Reset() {
  spool_.Clear();
  encoder_ = OpenEncoder(spool_, filter_);
  size_ = 0;
  crc_ = 0;
}

}  // namespace casepack::archive

// The safe content of one entry, packed as it will stand in the archive, until its sizes
// are known. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "collector/archive/bounds.h"
#include "collector/archive/encode.h"
#include "collector/archive/spool.h"

namespace casepack::archive {

class PackedEntry : public os::ByteSink {
 public:
  PackedEntry(const Bounds& bounds, Filter filter);

  base::Status Write(std::string_view bytes) override;
  // Ends it; then it can be copied. The sizes are those of now.
  base::Status Commit() override { return encoder_->Commit(); }
  // As if nothing had been written.
  void Reset();

  [[nodiscard]] uint64_t size() const { return size_; }  // before it was packed
  [[nodiscard]] uint64_t packed() const { return spool_.size(); }
  [[nodiscard]] uint32_t crc() const { return crc_; }
  base::Status CopyTo(os::ByteSink& out) const { return spool_.CopyTo(out); }

 private:
  const Filter filter_;
  Spool spool_;
  std::unique_ptr<os::ByteSink> encoder_;
  uint64_t size_ = 0;
  uint32_t crc_ = 0;
};

}  // namespace casepack::archive

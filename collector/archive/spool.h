// Bytes kept until they are wanted: in memory at first, then in a file without a name.
// A Spool is for what is redacted already. A SealedSpool is for what is not (a zip in an
// archive has to be read from its end): what leaves the memory is encrypted (AES-256-CTR)
// with a key that exists in this object only, and so nothing readable reaches a disk.
// One thread each.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "collector/archive/bounds.h"
#include "collector/archive/byte_source.h"
#include "collector/base/result.h"
#include "collector/os/output.h"

namespace casepack::archive {

class Spool : public os::ByteSink {
 public:
  explicit Spool(const Bounds& bounds)
      : memory_limit_(bounds.memory), folder_(bounds.temp_folder) {}

  base::Status Write(std::string_view bytes) override;
  base::Status Commit() override { return {}; }
  // All of it in order. It stays.
  base::Status CopyTo(os::ByteSink& out) const;
  base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer) const;
  void Clear();
  [[nodiscard]] uint64_t size() const { return memory_.size() + (file_ ? file_->size() : 0); }

 private:
  const size_t memory_limit_;
  const std::string folder_;
  std::string memory_;  // the front of it
  std::optional<os::TempFile> file_;
};

class SealedSpool : public RandomAccess {
 public:
  explicit SealedSpool(const Bounds& bounds);
  ~SealedSpool() override;
  SealedSpool(const SealedSpool&) = delete;
  SealedSpool& operator=(const SealedSpool&) = delete;

  base::Status Write(std::string_view bytes);
  [[nodiscard]] uint64_t size() const override { return spool_.size(); }
  base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer) override;

 private:
  base::Status Crypt(uint64_t offset, std::span<char> bytes);

  Spool spool_;
  std::array<unsigned char, 32> key_{};
  std::string block_;
  base::Status failure_;
};

}  // namespace casepack::archive

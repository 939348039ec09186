// Where the bytes of an archive come from, pulled: a file, memory, a part of another
// source. A source that can be read at any place says so by random(); a zip needs one.
// Each belongs to one thread; what it reads from is lent to it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "collector/base/result.h"
#include "collector/os/file.h"

namespace casepack::archive {

class RandomAccess {
 public:
  virtual ~RandomAccess() = default;
  [[nodiscard]] virtual uint64_t size() const = 0;
  // Bytes read; fewer than asked for only at the end.
  virtual base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer) = 0;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Bytes read, 0 at the end and only there. A failure is told again by every later call.
  virtual base::Result<size_t> Read(std::span<char> buffer) = 0;
  // The whole of it from its beginning, whatever was read; nullptr when it only flows.
  virtual RandomAccess* random() { return nullptr; }
};

// A file, from where it stands.
class FileSource : public ByteSource, private RandomAccess {
 public:
  explicit FileSource(os::File file) : file_(std::move(file)) {}
  base::Result<size_t> Read(std::span<char> buffer) override;
  RandomAccess* random() override { return this; }

 private:
  [[nodiscard]] uint64_t size() const override { return file_.info().size; }
  base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer) override;

  os::File file_;
  uint64_t position_ = 0;
};

class MemorySource : public ByteSource, private RandomAccess {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  base::Result<size_t> Read(std::span<char> buffer) override;
  RandomAccess* random() override { return this; }

 private:
  [[nodiscard]] uint64_t size() const override { return bytes_.size(); }
  base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer) override;

  std::string_view bytes_;
  uint64_t position_ = 0;
};

// A part of a random one; it ends early where that does.
class RangeSource : public ByteSource {
 public:
  RangeSource(RandomAccess& whole, uint64_t offset, uint64_t length)
      : whole_(whole), offset_(offset), left_(length) {}
  base::Result<size_t> Read(std::span<char> buffer) override;

 private:
  RandomAccess& whole_;
  uint64_t offset_;
  uint64_t left_;
};

// Looks at the front of a source before it is read.
class PeekSource : public ByteSource {
 public:
  explicit PeekSource(ByteSource& inner) : inner_(inner) {}
  // What is still to come, `size` bytes of it or all. A failure behind them is told by
  // the Read that reaches it.
  std::string_view Peek(size_t size);
  base::Result<size_t> Read(std::span<char> buffer) override;
  RandomAccess* random() override { return inner_.random(); }

 private:
  ByteSource& inner_;
  std::string front_;
  base::Status failure_;
};

}  // namespace casepack::archive

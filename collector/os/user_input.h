// A file that the user named on the command line, or standard input ("-"), read in pieces.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "collector/base/result.h"
#include "collector/os/handle.h"

namespace casepack::os {

// Owns its descriptor, but for standard input. One thread.
class UserInput {
 public:
  // kMissing, kDenied, kInvalid for a folder.
  static base::Result<UserInput> Open(const std::string& path);

  // Fills a part of the buffer and tells how much; 0 at the end.
  base::Result<size_t> Read(std::span<char> buffer);
  // The same from any place of a file that has a size; Read is not moved by it.
  base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer);

  // Of a regular file that stands at its beginning; nullopt for what only flows.
  [[nodiscard]] std::optional<uint64_t> size() const { return size_; }

 private:
  UserInput() = default;
  [[nodiscard]] int handle() const;

  Handle file_;
  std::optional<uint64_t> size_;
  std::string path_;
};

}  // namespace casepack::os

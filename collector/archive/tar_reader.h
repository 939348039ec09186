// The entries of a tar that is not trusted, in their order: libarchive's reader behind a
// bound on what one header may cost it. Damaged parts are passed over and told. One
// thread; the source and the budget are lent.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "collector/archive/bounds.h"
#include "collector/archive/byte_source.h"

namespace casepack::archive {

enum class TarType { kFile, kFolder, kSymlink, kHardLink, kOther };

struct TarHeader {
  std::string name;  // any bytes
  TarType type = TarType::kFile;
  std::string target;  // of a link
  uint32_t mode = 0;   // rwx bits only
  int64_t modified = 0;
};

class TarReader {
 public:
  TarReader(ByteSource& in, Budget& budget);
  ~TarReader();
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;

  // The next entry; what was left of the one before is passed over. nullopt at the end of
  // the tar, or where it can be read no further: then damage() says why.
  std::optional<TarHeader> Next();
  // The content of the entry that Next told; the holes of a sparse one are zeros.
  ByteSource& content();
  // The first thing that was wrong; kOk once all was read and there is an end.
  [[nodiscard]] base::Status damage() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casepack::archive

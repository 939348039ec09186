// A tar with nothing of its origin but names, permissions and times: owner 0/0 without
// names, no extended attributes, whole seconds; ustar, with pax records where that cannot
// say it. The same entries give the same bytes. One thread; the sink is lent.
#pragma once

#include <string>

#include "collector/archive/packed_entry.h"
#include "collector/archive/tar_reader.h"
#include "collector/os/output.h"

namespace casepack::archive {

class TarWriter {
 public:
  explicit TarWriter(os::ByteSink& out) : out_(out) {}

  // `content` is nullptr for what has none. The name and target are safe ones.
  base::Status Add(const TarHeader& header, const PackedEntry* content);
  base::Status Finish();

 private:
  os::ByteSink& out_;
};

}  // namespace casepack::archive

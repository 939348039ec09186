// A zip whose entries' sizes stand in front of them, with zip64 where it must be: readable
// by all. Names are UTF-8. The same entries give the same bytes: no clock, no time zone.
// One thread; the sink is lent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collector/archive/packed_entry.h"
#include "collector/archive/spool.h"
#include "collector/os/output.h"

namespace casepack::archive {

struct ZipEntry {
  std::string name;  // safe; ends in `/` for a folder
  std::string comment;
  uint32_t mode = 0;  // Unix, with the type
  uint32_t dos_time = 0;
  std::optional<uint32_t> modified;
  unsigned method = 0;  // what `content` is packed with: stored or deflated
};

class ZipWriter {
 public:
  ZipWriter(os::ByteSink& out, const Bounds& bounds) : out_(out), table_(bounds) {}

  // `content` is nullptr for what has none.
  base::Status Add(const ZipEntry& entry, const PackedEntry* content);
  base::Status Finish(std::string_view comment);

 private:
  base::Status Put(std::string_view bytes);

  os::ByteSink& out_;
  Spool table_;
  uint64_t offset_ = 0;
  uint64_t entries_ = 0;
};

}  // namespace casepack::archive

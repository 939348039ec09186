// Turns the content of one member into compressed blocks in the spool: always the same
// blocks for the same content, however it was cut on its way here. For a tar the header
// and the padding are in them, so that sealing only has to copy; a small member is one
// block with all three. One thread; the spool and the compressor are lent to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/compressor.h"
#include "collector/bundle/format.h"
#include "collector/bundle/spool.h"

namespace casepack::bundle {

class BlockWriter {
 public:
  struct Target {
    Format format = Format::kTarGz;
    std::string path;  // in the archive
    base::Timestamp modified{};
  };

  BlockWriter(Spool& spool, Compressor& compressor, Target target);

  base::Status Write(std::string_view bytes);
  [[nodiscard]] uint64_t bytes() const { return bytes_; }
  // The end of the content. Nothing may be written any more.
  base::Result<Stored> Close();

 private:
  base::Status Append(std::string_view bytes);

  Spool& spool_;
  Compressor& compressor_;
  Target target_;
  std::string pending_;  // at most one block: the last one waits for the padding
  uint64_t bytes_ = 0;
  Stored stored_;
};

}  // namespace casepack::bundle

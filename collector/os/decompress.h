// A file's bytes with its compression taken off (.gz .xz .zst .bz2, by content and not by
// name; several members in a row are one stream). The four libraries and nothing above
// them: none can start a program, and none may take more than 32 MiB. One thread at a time.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "collector/base/result.h"
#include "collector/os/file.h"

namespace casepack::os {

// "gzip", "xz", "zstd", "bzip2", or empty: from the first bytes of a file.
std::string_view CompressionOf(std::string_view first_bytes);

// Reads the whole file through its decompressor. `each` returns false to stop. kInvalid
// when the stream is damaged, cut short or followed by something else, kRefused when it
// asks for too much memory; what came before has been told by then.
base::Status Decompress(File& file, const std::function<bool(std::string_view)>& each);

}  // namespace casepack::os

// Whether a zip file is whole, told from its end alone: for packages that another program
// may still be writing. Thread-safe as far as the File is one thread's.
#pragma once

#include "collector/base/result.h"
#include "collector/os/file.h"

namespace casepack::os {

enum class ZipEnd {
  kWhole,   // its central directory stands where its end record says, and begins as one
  kCut,     // no end record, or a directory that is not there: cut off, or being written
  kNotZip,  // does not even begin as one
};

// PKWARE APPNOTE 4.3.12, 4.3.14 to 4.3.16, zip64 too. Moves the file's position. Reads at
// most 70 KiB, whatever the file's size is.
base::Result<ZipEnd> LookAtZipEnd(File& file);

}  // namespace casepack::os

// The zip of a bundle, for desks where a tar is a stranger. libarchive's, deflate, UTF-8
// names, zip64 where it must be. One thread; the sink is lent to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/os/output.h"

namespace casepack::bundle {

class ZipWriter {
 public:
  ZipWriter(os::ByteSink& sink, std::string folder);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // The next member; the one before it ends. The first failure is told by all that follows.
  base::Status Begin(const std::string& name, uint64_t bytes, base::Timestamp modified);
  base::Status Write(std::string_view content);
  base::Status Finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casepack::bundle

// The first member of a bundle, and nothing behind it: what a fleet of ten thousand reads.
// The same bounds and refusals as Reader's; as fast as the disk and libdeflate allow.
//
// A FrontReader belongs to one thread and keeps its buffers from file to file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "collector/base/result.h"
#include "collector/bundle/reader.h"

namespace casepack::bundle {

struct Front {
  std::string index;  // the text of index.json
  std::string facts;  // of facts.json; empty: the bundle has none
};

class FrontReader {
 public:
  explicit FrontReader(const ReaderLimits& limits = {});
  ~FrontReader();
  FrontReader(const FrontReader&) = delete;
  FrontReader& operator=(const FrontReader&) = delete;

  // Into `front`, whose room is used again. kMissing, kDenied; kUnsupported: encrypted;
  // kInvalid: not a bundle, damaged or hostile. What the texts say is not looked at.
  base::Status Read(const std::string& path, Front* front);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casepack::bundle

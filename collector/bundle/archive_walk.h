// Walks over the members of an archive that is not trusted, by libarchive's tar and zip
// readers, and refuses what a bundle never has: links, devices, holes, names that lead
// out of its folder, the same name twice, and more than the limits. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "collector/base/result.h"
#include "collector/bundle/decoder.h"
#include "collector/bundle/input.h"
#include "collector/bundle/reader.h"

namespace casepack::bundle {

class ArchiveWalk {
 public:
  // A tar in a chain that the decoder reads; it is lent.
  ArchiveWalk(Decoder& decoder, const ReaderLimits& limits);
  // A zip.
  ArchiveWalk(Input& input, const ReaderLimits& limits);
  ~ArchiveWalk();
  ArchiveWalk(const ArchiveWalk&) = delete;
  ArchiveWalk& operator=(const ArchiveWalk&) = delete;

  // The next member, nullopt behind the last. kInvalid: refused, damaged or cut short.
  base::Result<std::optional<MemberInfo>> Next();
  // The content of the member that Next told, once. `sink` returns false to stop.
  base::Status Content(const std::function<bool(std::string_view)>& sink);
  // After Next told the end: that the archive has one, and nothing behind it.
  base::Status CheckEnd();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casepack::bundle

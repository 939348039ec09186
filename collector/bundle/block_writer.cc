#include "collector/bundle/block_writer.h"

#include <algorithm>

#include "collector/bundle/tar.h"

namespace casepack::bundle {

BlockWriter::BlockWriter(Spool& spool, Compressor& compressor, Target target)
    : spool_(spool), compressor_(compressor), target_(std::move(target)) {
  stored_.modified = target_.modified;
}

base::Status BlockWriter::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (pending_.size() == kBlockBytes) {
      RETURN_IF_ERROR(Append(pending_));
      pending_.clear();
    }
    const size_t part = std::min(bytes.size(), kBlockBytes - pending_.size());
    pending_.append(bytes.substr(0, part));
    bytes_ += part;
    bytes.remove_prefix(part);
  }
  return {};
}

base::Result<Stored> BlockWriter::Close() {
  if (target_.format == Format::kZip) {
    if (!pending_.empty()) RETURN_IF_ERROR(Append(pending_));
    return std::move(stored_);
  }
  ASSIGN_OR_RETURN(const std::string header, TarHeader(target_.path, bytes_, target_.modified));
  pending_ += TarPadding(bytes_);
  if (stored_.blocks.empty()) {
    RETURN_IF_ERROR(Append(header + pending_));
    return std::move(stored_);
  }
  RETURN_IF_ERROR(Append(pending_));
  // Its size is known only now, and it comes first.
  RETURN_IF_ERROR(Append(header));
  std::rotate(stored_.blocks.begin(), stored_.blocks.end() - 1, stored_.blocks.end());
  return std::move(stored_);
}

base::Status BlockWriter::Append(std::string_view bytes) {
  ASSIGN_OR_RETURN(const Extent block, spool_.Append(compressor_.Compress(bytes)));
  stored_.blocks.push_back(block);
  return {};
}

}  // namespace casepack::bundle

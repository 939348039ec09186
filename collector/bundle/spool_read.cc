#include "collector/bundle/spool_read.h"

#include <algorithm>
#include <string>

#include "collector/bundle/compressor.h"
#include "collector/bundle/tar.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::Status;

// A block holds a piece of content, and the header or the padding of a tar beside it.
constexpr size_t kMaxBlock = kBlockBytes + (64U << 10U);

// The header of a tar stands in the first block, alone or with all of a small member.
size_t HeaderBytes(Format format, const MemberRow& row, size_t first_block) {
  if (format == Format::kZip) return 0;
  const uint64_t whole = row.bytes + TarPadding(row.bytes).size();
  return whole < first_block ? first_block - static_cast<size_t>(whole) : first_block;
}

}  // namespace

Status ReadSpooled(const Spool& spool, Format format, const MemberRow& row,
                   const std::function<bool(std::string_view)>& sink) {
  const Stored* stored = spool.Find(row.name);
  if (stored == nullptr) {
    return {Code::kMissing, {"bundle.seal.unknown_member", {{"name", row.name}}}};
  }
  uint64_t left = row.bytes;
  bool first = true;
  std::string block;
  std::string content;
  for (const Extent& extent : stored->blocks) {
    RETURN_IF_ERROR(spool.Read(extent, &block));
    const bool good = format == Format::kTarZst ? DecompressZstd(block, kMaxBlock, &content)
                                                : DecompressGzip(block, kMaxBlock, &content);
    if (!good) return {Code::kFailed, {"bundle.seal.spool_damaged", {}}};
    std::string_view bytes(content);
    if (first) bytes.remove_prefix(HeaderBytes(format, row, bytes.size()));
    first = false;
    bytes = bytes.substr(0, static_cast<size_t>(std::min<uint64_t>(left, bytes.size())));
    left -= bytes.size();
    if (!bytes.empty() && !sink(bytes)) return {};
  }
  return {};
}

}  // namespace casepack::bundle

#include "collector/bundle/seal.h"

#include <algorithm>
#include <vector>

#include "collector/bundle/compressor.h"
#include "collector/bundle/index_write.h"
#include "collector/bundle/layout.h"
#include "collector/bundle/leave_out.h"
#include "collector/bundle/tar.h"
#include "collector/bundle/zip.h"

namespace casepack::bundle {
namespace {

using base::Status;

class Sealing {
 public:
  Sealing(Spool& spool, const SealPlace& place, const SealOptions& options, Index& index)
      : spool_(spool),
        place_(place),
        options_(options),
        index_(index),
        compressor_(place.format == Format::kTarZst ? Codec::kZstd : Codec::kGzip) {}

  Status Run(os::ByteSink& sink) {
    RETURN_IF_ERROR(Prepare());
    if (options_.max_size) RETURN_IF_ERROR(Fit(*options_.max_size));
    RETURN_IF_ERROR(place_.format == Format::kZip ? WriteZip(sink) : WriteTar(sink));
    return sink.Commit();
  }

 private:
  // Brings the index into its final state for the members that are in it now.
  Status Prepare() {
    auto members = MembersOf(index_, spool_);
    if (!members) return members.error();
    members_ = std::move(*members);
    if (place_.format != Format::kZip) Place(members_);
    FillTotals(index_);
    Translate();
    front_ = options_.front ? options_.front(index_) : std::vector<FrontMember>();
    front_.insert(front_.begin(), {"index.json", WriteIndexJson(index_)});
    return {};
  }

  void Translate() {
    if (!options_.translate) return;
    for (ItemRow& item : index_.items) {
      Translate(item.reason);
      for (NoteRow& note : item.notes)
        Translate(note.text);
    }
    for (LeftOutRow& row : index_.left_out)
      Translate(row.reason);
  }
  void Translate(Text& text) const {
    if (!text.message.key.empty()) options_.translate(text);
  }

  // Each round leaves out something, so the rows' own size settles soon; from round to
  // round it saves more than it must, so that it ends soon.
  Status Fit(uint64_t max_size) {
    for (uint64_t round = 1;; ++round) {
      auto size = EstimatedSize();
      if (!size) return size.error();
      if (*size <= max_size) return {};
      const auto size_of = [this](const MemberRow& row) {
        return EstimatedSize(row, *spool_.Find(row.name));
      };
      const uint64_t saved =
          LeaveOut(index_, (*size - max_size) * round, options_.left_out_reason, size_of);
      if (saved == 0) {
        return {base::Code::kFull,
                {"bundle.seal.max_size",
                 {{"limit", std::to_string(max_size)}, {"size", std::to_string(*size)}}}};
      }
      RETURN_IF_ERROR(Prepare());
    }
  }

  // Exact for a tar. A zip is compressed anew at its end: with a margin.
  base::Result<uint64_t> EstimatedSize() {
    auto first = FirstBlock();
    if (!first) return first.error();
    uint64_t size = first->size() + compressor_.Compress(TarEnd()).size();
    for (const Placed& member : members_)
      size += EstimatedSize(*member.row, *member.stored);
    return size;
  }
  [[nodiscard]] uint64_t EstimatedSize(const MemberRow& row, const Stored& stored) const {
    const uint64_t compressed = stored.Compressed();
    if (place_.format != Format::kZip) return compressed;
    return compressed + compressed / 12 + 2 * (place_.folder.size() + row.name.size()) + 256;
  }

  base::Result<std::string> FirstBlock() {
    std::string tar;
    for (const FrontMember& member : front_) {
      ASSIGN_OR_RETURN(const std::string header, TarHeader(place_.folder + "/" + member.name,
                                                           member.content.size(), place_.created));
      tar += header;
      tar += member.content;
      tar += TarPadding(member.content.size());
    }
    return compressor_.Compress(tar);
  }

  Status WriteTar(os::ByteSink& sink) {
    ASSIGN_OR_RETURN(const std::string first, FirstBlock());
    RETURN_IF_ERROR(sink.Write(first));
    std::string block;
    for (const Placed& member : members_) {
      for (const Extent& extent : member.stored->blocks) {
        RETURN_IF_ERROR(spool_.Read(extent, &block));
        RETURN_IF_ERROR(sink.Write(block));
        spool_.Release(extent);
      }
    }
    return sink.Write(compressor_.Compress(TarEnd()));
  }

  Status WriteZip(os::ByteSink& sink) {
    ZipWriter zip(sink, place_.folder);
    for (const FrontMember& member : front_) {
      RETURN_IF_ERROR(zip.Begin(member.name, member.content.size(), place_.created));
      RETURN_IF_ERROR(zip.Write(member.content));
    }
    std::string block;
    std::string content;
    for (const Placed& member : members_) {
      RETURN_IF_ERROR(zip.Begin(member.row->name, member.row->bytes, member.stored->modified));
      for (const Extent& extent : member.stored->blocks) {
        RETURN_IF_ERROR(spool_.Read(extent, &block));
        if (!DecompressGzip(block, kBlockBytes, &content)) {
          return {base::Code::kFailed, {"bundle.seal.spool_damaged", {}}};
        }
        RETURN_IF_ERROR(zip.Write(content));
        spool_.Release(extent);
      }
    }
    return zip.Finish();
  }

  Spool& spool_;
  const SealPlace& place_;
  const SealOptions& options_;
  Index& index_;
  Compressor compressor_;
  std::vector<Placed> members_;
  std::vector<FrontMember> front_;  // index.json first
};

}  // namespace

Status SealBundle(Spool& spool, const SealPlace& place, const SealOptions& options, Index& index,
                  os::ByteSink& sink) {
  return Sealing(spool, place, options, index).Run(sink);
}

}  // namespace casepack::bundle

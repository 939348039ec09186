#include "collector/bundle/archive_walk.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "collector/base/utf8.h"
#include "collector/bundle/member_rules.h"
#include "collector/bundle/tar.h"

namespace casepack::bundle {

using base::Code;
using base::Status;

namespace {

constexpr size_t kZipReadBytes = 64U << 10U;
constexpr uint64_t kFreeBytes = 64U << 20U;  // below this no ratio is suspicious
// libarchive holds a zip's whole table in memory; bounds it before the first member.
constexpr uint64_t kTableBytesPerMember = 256;

Status Refuse(const char* key, std::string_view name) {
  return {Code::kInvalid, {key, {{"name", std::string(name)}}}};
}

}  // namespace

class ArchiveWalk::Impl {
 public:
  Impl(Decoder& decoder, const ReaderLimits& limits)
      : decoder_(&decoder), limits_(limits), rules_(limits.name_bytes) {
    archive_read_support_format_tar(archive_.get());
    archive_read_open(archive_.get(), this, nullptr, &Impl::ReadTar, nullptr);
  }
  Impl(Input& input, const ReaderLimits& limits)
      : input_(&input), limits_(limits), rules_(limits.name_bytes), buffer_(kZipReadBytes, '\0') {
    table_left_ = limits.members * kTableBytesPerMember + (uint64_t{1} << 20U);
    archive_read_support_format_zip_seekable(archive_.get());
    archive_read_set_read_callback(archive_.get(), &Impl::ReadZip);
    archive_read_set_seek_callback(archive_.get(), &Impl::SeekZip);
    archive_read_set_callback_data(archive_.get(), this);
    archive_read_open1(archive_.get());
  }

  base::Result<std::optional<MemberInfo>> Next() {
    for (;;) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(archive_.get(), &entry);
      table_left_.reset();
      if (result == ARCHIVE_EOF) {
        RETURN_IF_ERROR(failure_);
        return std::optional<MemberInfo>();
      }
      if (result < ARCHIVE_WARN) return Why();
      if (++members_ > limits_.members) {
        return Status(Code::kInvalid,
                      {"bundle.reader.members", {{"limit", std::to_string(limits_.members)}}});
      }
      const char* path = archive_entry_pathname(entry);
      auto name = rules_.Accept(path == nullptr ? std::string_view() : path);
      if (!name) return name.error();
      RETURN_IF_ERROR(CheckType(entry, *name));
      if (archive_entry_filetype(entry) == AE_IFDIR) continue;
      RETURN_IF_ERROR(CheckSize(entry, *name));
      return std::optional(MemberInfo{name_, declared_});
    }
  }

  Status Content(const std::function<bool(std::string_view)>& sink) {
    uint64_t position = 0;
    for (;;) {
      const void* bytes = nullptr;
      size_t size = 0;
      la_int64_t offset = 0;
      const int result = archive_read_data_block(archive_.get(), &bytes, &size, &offset);
      if (result == ARCHIVE_EOF) break;
      if (result != ARCHIVE_OK) return Why();
      if (size == 0) continue;
      if (offset < 0 || static_cast<uint64_t>(offset) != position)
        return Refuse("bundle.reader.holes", name_);
      position += size;
      RETURN_IF_ERROR(Count(size, position));
      if (!sink({static_cast<const char*>(bytes), size})) return {};
    }
    return position == declared_ ? Status() : Why();
  }

  Status CheckEnd() {
    if (decoder_ == nullptr) return {};
    for (;;) {
      ASSIGN_OR_RETURN(const std::string_view bytes, Pull());
      if (bytes.empty()) break;
      if (zeros_ < bytes.size()) return {Code::kInvalid, {"bundle.reader.behind_end", {}}};
    }
    if (zeros_ < TarEnd().size()) return {Code::kInvalid, {"bundle.reader.truncated", {}}};
    return {};
  }

 private:
  Status CheckType(archive_entry* entry, const std::string& name) {
    const auto type = archive_entry_filetype(entry);
    const bool link =
        archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
    if (link || type == AE_IFLNK) return Refuse("bundle.reader.link", name);
    if (type == AE_IFDIR) return {};
    if (name.empty()) return Refuse("bundle.reader.other_folder", name);
    if (type != AE_IFREG) return Refuse("bundle.reader.not_regular", name);
    if (archive_entry_sparse_count(entry) > 0) return Refuse("bundle.reader.holes", name);
    return {};
  }

  Status CheckSize(archive_entry* entry, const std::string& name) {
    const la_int64_t size = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : -1;
    if (size < 0) return Refuse("bundle.reader.no_size", name);
    name_ = name;
    declared_ = static_cast<uint64_t>(size);
    if (declared_ > limits_.member_bytes) return Refuse("bundle.reader.member_bytes", name);
    return {};
  }

  Status Count(uint64_t size, uint64_t position) {
    total_ += size;
    if (position > declared_) return {Code::kInvalid, {"bundle.reader.damaged", {}}};
    if (total_ > limits_.total_bytes) return {Code::kInvalid, {"bundle.reader.total_bytes", {}}};
    if (input_ != nullptr && total_ > kFreeBytes &&
        total_ / std::max<uint64_t>(1, limits_.ratio) > input_->size()) {
      return {Code::kInvalid, {"bundle.reader.ratio", {}}};
    }
    return {};
  }

  // What libarchive did not like: our own reason where we have one.
  Status Why() {
    if (!failure_.ok()) return failure_;
    return {Code::kInvalid, {at_end_ ? "bundle.reader.truncated" : "bundle.reader.damaged", {}}};
  }

  // The decoder's next bytes, counting the zeros at the end of all that came.
  base::Result<std::string_view> Pull() {
    ASSIGN_OR_RETURN(const std::string_view bytes, decoder_->Next());
    const size_t last = bytes.find_last_not_of('\0');
    zeros_ = last == std::string_view::npos ? zeros_ + bytes.size() : bytes.size() - last - 1;
    at_end_ = bytes.empty();
    return bytes;
  }

  static la_ssize_t ReadTar(archive* tar, void* self, const void** bytes) {
    auto* walk = static_cast<Impl*>(self);
    const auto next = walk->Pull();
    if (!next) {
      walk->failure_ = next.error();
      archive_set_error(tar, EIO, "chain");
      return -1;
    }
    *bytes = next->data();
    return static_cast<la_ssize_t>(next->size());
  }

  static la_ssize_t ReadZip(archive* zip, void* self, const void** bytes) {
    auto* walk = static_cast<Impl*>(self);
    const size_t got = walk->input_->ReadAt(walk->position_, walk->buffer_);
    walk->position_ += got;
    if (walk->table_left_ && got > *walk->table_left_) {
      walk->failure_ = {
          Code::kInvalid,
          {"bundle.reader.members", {{"limit", std::to_string(walk->limits_.members)}}}};
      archive_set_error(zip, EIO, "table");
      return -1;
    }
    if (walk->table_left_) *walk->table_left_ -= got;
    *bytes = walk->buffer_.data();
    return static_cast<la_ssize_t>(got);
  }

  static la_int64_t SeekZip(archive* /*zip*/, void* self, la_int64_t offset, int whence) {
    auto* walk = static_cast<Impl*>(self);
    const auto size = static_cast<la_int64_t>(walk->input_->size());
    la_int64_t base = 0;
    if (whence == SEEK_CUR) base = static_cast<la_int64_t>(walk->position_);
    if (whence == SEEK_END) base = size;
    if (offset < -base || offset > size - base) return ARCHIVE_FATAL;
    walk->position_ = static_cast<uint64_t>(base + offset);
    return base + offset;
  }

  Decoder* decoder_ = nullptr;  // of a tar
  Input* input_ = nullptr;      // of a zip
  const ReaderLimits limits_;
  MemberRules rules_;
  std::string buffer_;
  uint64_t position_ = 0;
  std::optional<uint64_t> table_left_;
  uint64_t zeros_ = 0;
  bool at_end_ = false;
  uint64_t members_ = 0;
  uint64_t total_ = 0;
  std::string name_;
  uint64_t declared_ = 0;
  Status failure_;
  // Last: its end may call back.
  std::unique_ptr<archive, int (*)(archive*)> archive_{archive_read_new(), archive_read_free};
};

ArchiveWalk::ArchiveWalk(Decoder& decoder, const ReaderLimits& limits)
    : impl_(std::make_unique<Impl>(decoder, limits)) {}
ArchiveWalk::ArchiveWalk(Input& input, const ReaderLimits& limits)
    : impl_(std::make_unique<Impl>(input, limits)) {}
ArchiveWalk::~ArchiveWalk() = default;

base::Result<std::optional<MemberInfo>> ArchiveWalk::Next() { return impl_->Next(); }
Status ArchiveWalk::Content(const std::function<bool(std::string_view)>& sink) {
  return impl_->Content(sink);
}
Status ArchiveWalk::CheckEnd() { return impl_->CheckEnd(); }

}  // namespace casepack::bundle

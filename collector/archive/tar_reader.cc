#include "collector/archive/tar_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>

namespace casepack::archive {

using base::Code;
using base::Status;

namespace {

constexpr size_t kBufferBytes = 64U << 10U;
constexpr uint64_t kBlock = 512;

std::string Text(const char* text) { return text == nullptr ? std::string() : text; }

}  // namespace

class TarReader::Impl : public ByteSource {
 public:
  Impl(ByteSource& in, Budget& budget) : in_(in), budget_(budget) {
    archive_read_support_format_tar(tar_.get());
    // Or what stands behind the first end would be lost without a word.
    archive_read_set_options(tar_.get(), "tar:read_concatenated_archives=1");
    if (archive_read_open(tar_.get(), this, nullptr, &Impl::Pull, nullptr) != ARCHIVE_OK)
      Damage("archive.tar.damaged");
    ended_ = !damage_.ok();
  }

  std::optional<TarHeader> Next() {
    if (open_) PassOver();
    open_ = false;
    header_left_ = budget_.bounds().header_bytes;
    while (!ended_) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(tar_.get(), &entry);
      if (result == ARCHIVE_RETRY) {
        Damage("archive.tar.damaged");
        continue;
      }
      if (result == ARCHIVE_EOF && zeros_ < kBlock) Damage("archive.tar.no_end");
      if (result < ARCHIVE_WARN) Damage("archive.tar.damaged");
      ended_ = result == ARCHIVE_EOF || result < ARCHIVE_WARN;
      if (ended_) break;
      header_left_.reset();
      return Begin(entry);
    }
    return std::nullopt;
  }

  base::Result<size_t> Read(std::span<char> buffer) override {
    if (!failure_.ok()) return failure_;
    while (block_.empty() && hole_ == 0) {
      if (at_end_) return size_t{0};
      failure_ = NextBlock();
      if (!failure_.ok()) return failure_;
    }
    if (hole_ > 0) {
      const auto part = static_cast<size_t>(std::min<uint64_t>(hole_, buffer.size()));
      std::fill_n(buffer.begin(), part, '\0');
      hole_ -= part;
      failure_ = budget_.Unpack(part);
      if (!failure_.ok()) return failure_;
      return part;
    }
    const size_t part = block_.copy(buffer.data(), buffer.size());
    block_.remove_prefix(part);
    return part;
  }

  [[nodiscard]] Status damage() const { return damage_; }

 private:
  TarHeader Begin(archive_entry* entry) {
    TarHeader header;
    header.name = Text(archive_entry_pathname(entry));
    header.mode = archive_entry_perm(entry) & 0777U;
    header.modified = archive_entry_mtime_is_set(entry) != 0 ? archive_entry_mtime(entry) : 0;
    size_ = archive_entry_size_is_set(entry) != 0
                ? static_cast<uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)))
                : 0;
    const auto type = archive_entry_filetype(entry);
    // A hard link with content of its own is a file.
    const char* hard_link = size_ == 0 ? archive_entry_hardlink(entry) : nullptr;
    if (hard_link != nullptr) {
      header.type = TarType::kHardLink;
      header.target = hard_link;
    } else if (type == AE_IFLNK) {
      header.type = TarType::kSymlink;
      header.target = Text(archive_entry_symlink(entry));
    } else if (type == AE_IFDIR) {
      header.type = TarType::kFolder;
    } else if (type != AE_IFREG && archive_entry_hardlink(entry) == nullptr) {
      header.type = TarType::kOther;
    }
    open_ = true;
    at_end_ = false;
    failure_ = {};
    block_ = {};
    hole_ = position_ = 0;
    return header;
  }

  Status NextBlock() {
    const void* bytes = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(tar_.get(), &bytes, &size, &offset);
    at_end_ = result == ARCHIVE_EOF;
    if (result != ARCHIVE_OK && !at_end_) {
      Damage("archive.tar.truncated");
      ended_ = true;
      return damage_;
    }
    const uint64_t start = at_end_ ? size_ : static_cast<uint64_t>(std::max<la_int64_t>(0, offset));
    if (start > position_) hole_ = start - position_;
    if (!at_end_ && start < position_) return {Code::kInvalid, {"archive.tar.sparse", {}}};
    position_ = start;
    if (at_end_) return {};
    block_ = {static_cast<const char*>(bytes), size};
    position_ += size;
    return {};
  }

  void PassOver() {
    while (!at_end_ && !ended_) {
      const void* bytes = nullptr;
      size_t size = 0;
      la_int64_t offset = 0;
      const int result = archive_read_data_block(tar_.get(), &bytes, &size, &offset);
      at_end_ = result == ARCHIVE_EOF;
      if (result == ARCHIVE_OK || at_end_) continue;
      Damage("archive.tar.truncated");
      ended_ = true;
    }
  }

  // The first one counts, and what the source says before what libarchive thinks of it.
  void Damage(const char* key) {
    if (!damage_.ok()) return;
    damage_ = source_failure_.ok() ? Status(Code::kInvalid, {key, {}}) : source_failure_;
  }

  static la_ssize_t Pull(struct ::archive* tar, void* self, const void** bytes) {
    auto* that = static_cast<Impl*>(self);
    const auto got = that->in_.Read(that->buffer_);
    Status status = got ? Status() : got.error();
    if (status.ok()) status = that->Account(*got);
    if (!status.ok()) {
      that->source_failure_ = status;
      archive_set_error(tar, EIO, "source");
      return -1;
    }
    *bytes = that->buffer_.data();
    return static_cast<la_ssize_t>(*got);
  }

  // Zeros at the end of all that came; and what a header costs, which libarchive keeps in
  // memory (a sparse map has no bound of its own).
  Status Account(size_t got) {
    const std::string_view bytes = std::string_view(buffer_).substr(0, got);
    const size_t last = bytes.find_last_not_of('\0');
    const bool blank = last == std::string_view::npos;
    zeros_ = blank ? zeros_ + got : got - last - 1;
    if (!header_left_ || blank) return {};
    if (got > *header_left_) return {Code::kFull, {"archive.bounds.header", {}}};
    *header_left_ -= got;
    return {};
  }

  ByteSource& in_;
  Budget& budget_;
  std::string buffer_ = std::string(kBufferBytes, '\0');
  uint64_t zeros_ = 0;
  std::optional<uint64_t> header_left_;
  Status source_failure_;
  Status damage_;
  bool ended_ = false;
  // Of the entry:
  bool open_ = false;
  bool at_end_ = false;
  uint64_t size_ = 0;
  uint64_t position_ = 0;
  std::string_view block_;
  uint64_t hole_ = 0;  // zeros to give before block_
  Status failure_;
  // Last: its end may call back.
  std::unique_ptr<struct ::archive, int (*)(struct ::archive*)> tar_{archive_read_new(),
                                                                     archive_read_free};
};

TarReader::TarReader(ByteSource& in, Budget& budget) : impl_(std::make_unique<Impl>(in, budget)) {}
TarReader::~TarReader() = default;
std::optional<TarHeader> TarReader::Next() { return impl_->Next(); }
ByteSource& TarReader::content() { return *impl_; }
Status TarReader::damage() const { return impl_->damage(); }

}  // namespace casepack::archive

#include "collector/archive/tar_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

namespace casepack::archive {

using base::Code;
using base::Status;

namespace {

constexpr uint64_t kBlock = 512;
// What ustar can hold, 1970 to 2242; a time outside is none.
constexpr int64_t kLastTime = (int64_t{1} << 33) - 1;

unsigned FileType(TarType type) {
  if (type == TarType::kFolder) return AE_IFDIR;
  return type == TarType::kSymlink ? AE_IFLNK : AE_IFREG;
}

base::Result<std::string> HeaderBytes(const TarHeader& header, uint64_t size) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                       archive_entry_free);
  archive_entry_set_pathname_utf8(entry.get(), header.name.c_str());
  archive_entry_set_filetype(entry.get(), FileType(header.type));
  archive_entry_set_perm(entry.get(), static_cast<mode_t>(header.mode));
  archive_entry_set_uid(entry.get(), 0);
  archive_entry_set_gid(entry.get(), 0);
  const bool timed = header.modified >= 0 && header.modified <= kLastTime;
  archive_entry_set_mtime(entry.get(), timed ? static_cast<time_t>(header.modified) : 0, 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  if (header.type == TarType::kSymlink)
    archive_entry_set_symlink_utf8(entry.get(), header.target.c_str());
  if (header.type == TarType::kHardLink)
    archive_entry_set_hardlink_utf8(entry.get(), header.target.c_str());

  // Freeing the archive fills up the content that is not here, as far as there is room in
  // the memory: so the memory has to be there longer, and the size is taken before.
  std::string memory(2 * (header.name.size() + header.target.size()) + 16 * kBlock, '\0');
  size_t used = 0;
  const std::unique_ptr<struct ::archive, int (*)(struct ::archive*)> tar(archive_write_new(),
                                                                          archive_write_free);
  archive_write_set_format_pax_restricted(tar.get());
  archive_write_set_bytes_per_block(tar.get(), 0);
  if (archive_write_open_memory(tar.get(), memory.data(), memory.size(), &used) == ARCHIVE_OK &&
      archive_write_header(tar.get(), entry.get()) == ARCHIVE_OK) {
    return memory.substr(0, used);
  }
  const char* detail = archive_error_string(tar.get());
  return Status(Code::kFailed,
                {"archive.tar.writer", {{"detail", detail == nullptr ? "" : detail}}});
}

}  // namespace

Status TarWriter::Add(const TarHeader& header, const PackedEntry* content) {
  const uint64_t size = content == nullptr ? 0 : content->size();
  ASSIGN_OR_RETURN(const std::string bytes, HeaderBytes(header, size));
  RETURN_IF_ERROR(out_.Write(bytes));
  if (content == nullptr) return {};
  RETURN_IF_ERROR(content->CopyTo(out_));
  return out_.Write(std::string((kBlock - size % kBlock) % kBlock, '\0'));
}

Status TarWriter::Finish() { return out_.Write(std::string(2 * kBlock, '\0')); }

}  // namespace casepack::archive

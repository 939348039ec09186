#include "collector/bundle/tar.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

namespace casepack::bundle {

int64_t TarTime(base::Timestamp time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
  return std::clamp<int64_t>(seconds, 0, UINT32_MAX);
}

base::Result<std::string> TarHeader(const std::string& path, uint64_t bytes,
                                    base::Timestamp modified) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                       archive_entry_free);
  archive_entry_set_pathname_utf8(entry.get(), path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_uid(entry.get(), 0);
  archive_entry_set_gid(entry.get(), 0);
  archive_entry_set_mtime(entry.get(), static_cast<time_t>(TarTime(modified)), 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));

  // Freeing the archive fills up the content that is not here, as far as there is room in
  // the memory: so the memory has to be there longer, and the size is taken before.
  std::string memory(path.size() * 2 + 16 * kTarRecord, '\0');  // with its pax records
  size_t used = 0;
  const std::unique_ptr<archive, int (*)(archive*)> tar(archive_write_new(), archive_write_free);
  archive_write_set_format_pax_restricted(tar.get());
  archive_write_set_bytes_per_block(tar.get(), 0);
  if (archive_write_open_memory(tar.get(), memory.data(), memory.size(), &used) == ARCHIVE_OK &&
      archive_write_header(tar.get(), entry.get()) == ARCHIVE_OK) {
    return memory.substr(0, used);
  }
  const char* detail = archive_error_string(tar.get());
  return base::Status(base::Code::kFailed,
                      {"bundle.seal.archive", {{"detail", detail == nullptr ? "" : detail}}});
}

std::string TarPadding(uint64_t bytes) {
  return std::string((kTarRecord - bytes % kTarRecord) % kTarRecord, '\0');
}

std::string TarEnd() { return std::string(2 * kTarRecord, '\0'); }

}  // namespace casepack::bundle

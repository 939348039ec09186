#include "collector/bundle/zip.h"

#include <archive.h>
#include <archive_entry.h>

#include "collector/bundle/tar.h"

namespace casepack::bundle {

using base::Status;

class ZipWriter::Impl {
 public:
  Impl(os::ByteSink& sink, std::string folder) : sink_(sink), folder_(std::move(folder)) {
    archive_write_set_format_zip(zip_.get());
    archive_write_zip_set_compression_deflate(zip_.get());
    archive_write_set_options(zip_.get(), "zip:hdrcharset=UTF-8");
    archive_write_set_bytes_in_last_block(zip_.get(), 1);
    static_cast<void>(Say(archive_write_open(zip_.get(), this, nullptr, &Impl::Pass, nullptr)));
  }

  Status Begin(const std::string& name, uint64_t bytes, base::Timestamp modified) {
    if (!status_.ok()) return status_;
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname_utf8(entry.get(), (folder_ + "/" + name).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_uid(entry.get(), 0);
    archive_entry_set_gid(entry.get(), 0);
    archive_entry_set_mtime(entry.get(), static_cast<time_t>(TarTime(modified)), 0);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));
    return Say(archive_write_header(zip_.get(), entry.get()));
  }

  Status Write(std::string_view content) {
    while (status_.ok() && !content.empty()) {
      const la_ssize_t written = archive_write_data(zip_.get(), content.data(), content.size());
      if (written <= 0) return Say(ARCHIVE_FATAL);
      content.remove_prefix(static_cast<size_t>(written));
    }
    return status_;
  }

  Status Finish() {
    if (!status_.ok()) return status_;
    return Say(archive_write_close(zip_.get()));
  }

  // Or freeing it would write the table of an unfinished zip.
  void GiveUp() { given_up_ = true; }

 private:
  Status Say(int result) {
    if (result == ARCHIVE_OK || !status_.ok()) return status_;
    const char* detail = archive_error_string(zip_.get());
    status_ = {base::Code::kFailed,
               {"bundle.seal.archive", {{"detail", detail == nullptr ? "" : detail}}}};
    return status_;
  }

  // libarchive is told that all is well: when its writes fail it does not free all that it
  // holds. Our own status is the one that counts.
  static la_ssize_t Pass(archive* /*zip*/, void* self, const void* bytes, size_t size) {
    auto* writer = static_cast<Impl*>(self);
    if (writer->status_.ok() && !writer->given_up_) {
      writer->status_ = writer->sink_.Write({static_cast<const char*>(bytes), size});
    }
    return static_cast<la_ssize_t>(size);
  }

  os::ByteSink& sink_;
  const std::string folder_;
  Status status_;
  bool given_up_ = false;
  std::unique_ptr<archive, int (*)(archive*)> zip_{archive_write_new(), archive_write_free};
};

ZipWriter::ZipWriter(os::ByteSink& sink, std::string folder)
    : impl_(std::make_unique<Impl>(sink, std::move(folder))) {}
ZipWriter::~ZipWriter() { impl_->GiveUp(); }

Status ZipWriter::Begin(const std::string& name, uint64_t bytes, base::Timestamp modified) {
  return impl_->Begin(name, bytes, modified);
}
Status ZipWriter::Write(std::string_view content) { return impl_->Write(content); }
Status ZipWriter::Finish() { return impl_->Finish(); }

}  // namespace casepack::bundle

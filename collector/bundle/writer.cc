#include "collector/bundle/writer.h"

#include <mutex>

#include "collector/bundle/entry_state.h"
#include "collector/bundle/seal.h"
#include "collector/bundle/spool_read.h"

namespace casepack::bundle {

class Writer::Impl {
 public:
  Impl(WriterOptions options, std::shared_ptr<Spool> spool)
      : options_(std::move(options)), spool_(std::move(spool)) {}

  Entry NewTopEntry(std::string_view item_id, const EntryLimits& limits) {
    return Entry(std::make_shared<EntryState>(spool_, PlaceOf(item_id), limits));
  }

  Entry NewEntry(std::string_view item_id, const EntryLimits& limits) {
    EntryPlace place = PlaceOf(item_id);
    {
      const std::lock_guard lock(mutex_);
      place.prefix =
          "raw/" + folders_.Unique(SafeRedactedName(options_.redaction, item_id, nullptr)) + "/";
    }
    return Entry(std::make_shared<EntryState>(spool_, std::move(place), limits));
  }

  [[nodiscard]] base::Status status() const { return spool_->status(); }

  base::Status Read(const MemberRow& row, const std::function<bool(std::string_view)>& sink) const {
    return ReadSpooled(*spool_, options_.format, row, sink);
  }

  base::Status Seal(Index& index, const SealOptions& options, os::ByteSink& sink) {
    RETURN_IF_ERROR(spool_->status());
    const SealPlace place{options_.format, options_.folder, options_.created};
    return SealBundle(*spool_, place, options, index, sink);
  }

 private:
  [[nodiscard]] EntryPlace PlaceOf(std::string_view item_id) const {
    EntryPlace place;
    place.format = options_.format;
    place.folder = options_.folder;
    place.item_id = std::string(item_id);
    place.created = options_.created;
    place.redaction = options_.redaction;
    return place;
  }

  const WriterOptions options_;
  const std::shared_ptr<Spool> spool_;
  std::mutex mutex_;
  NameSet folders_;
};

base::Result<std::unique_ptr<Writer>> Writer::Create(const WriterOptions& options) {
  ASSIGN_OR_RETURN(std::shared_ptr<Spool> spool, Spool::Create(options.spool_folder));
  WriterOptions safe = options;
  safe.folder = SafeName(options.folder);
  return std::unique_ptr<Writer>(
      new Writer(std::make_unique<Impl>(std::move(safe), std::move(spool))));
}

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Writer::~Writer() = default;

Entry Writer::NewEntry(std::string_view item_id, const EntryLimits& limits) {
  return impl_->NewEntry(item_id, limits);
}
Entry Writer::NewTopEntry(std::string_view item_id, const EntryLimits& limits) {
  return impl_->NewTopEntry(item_id, limits);
}
base::Status Writer::status() const { return impl_->status(); }
base::Status Writer::Read(const MemberRow& row,
                          const std::function<bool(std::string_view)>& sink) const {
  return impl_->Read(row, sink);
}
base::Status Writer::Seal(Index& index, const SealOptions& options, os::ByteSink& sink) {
  return impl_->Seal(index, options, sink);
}

}  // namespace casepack::bundle

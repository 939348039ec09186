#include "collector/bundle/spool.h"

namespace casepack::bundle {

uint64_t Stored::Compressed() const {
  uint64_t bytes = 0;
  for (const Extent& block : blocks)
    bytes += block.length;
  return bytes;
}

base::Result<std::shared_ptr<Spool>> Spool::Create(const std::string& folder) {
  ASSIGN_OR_RETURN(os::TempFile file, os::TempFile::Create(folder));
  return std::make_shared<Spool>(std::move(file));
}

base::Result<Extent> Spool::Append(std::string_view block) {
  const base::Result<uint64_t> offset = file_.Append(block);
  if (offset) return Extent{*offset, block.size()};
  const std::lock_guard lock(mutex_);
  if (failure_.ok()) failure_ = offset.error();
  return failure_;
}

base::Status Spool::Read(const Extent& block, std::string* out) const {
  out->resize(block.length);
  return file_.ReadAt(block.offset, *out);
}

void Spool::Keep(const std::string& name, Stored stored) {
  const std::lock_guard lock(mutex_);
  members_[name] = std::move(stored);
}

const Stored* Spool::Find(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = members_.find(name);
  return found == members_.end() ? nullptr : &found->second;
}

base::Status Spool::status() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

}  // namespace casepack::bundle

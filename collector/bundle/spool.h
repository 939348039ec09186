// The spool: compressed and redacted blocks in the order in which they came, and the
// table of which member has which. Thread-safe. Shared, because a thread that hangs may
// still hold its entry when the writer is gone.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/index.h"
#include "collector/os/output.h"

namespace casepack::bundle {

struct Stored {                // one member
  std::vector<Extent> blocks;  // in the spool, in the member's order
  base::Timestamp modified{};

  [[nodiscard]] uint64_t Compressed() const;
};

class Spool {
 public:
  static base::Result<std::shared_ptr<Spool>> Create(const std::string& folder);
  explicit Spool(os::TempFile file) : file_(std::move(file)) {}

  base::Result<Extent> Append(std::string_view block);
  [[nodiscard]] base::Status Read(const Extent& block, std::string* out) const;
  // Will not be read again.
  void Release(const Extent& block) { file_.Release(block.offset, block.length); }

  void Keep(const std::string& name, Stored stored);
  // nullptr for a name that was not kept. Valid as long as nothing is kept any more.
  [[nodiscard]] const Stored* Find(const std::string& name) const;

  // The first failure of an Append.
  [[nodiscard]] base::Status status() const;

 private:
  os::TempFile file_;
  mutable std::mutex mutex_;
  std::map<std::string, Stored, std::less<>> members_;
  base::Status failure_;
};

}  // namespace casepack::bundle

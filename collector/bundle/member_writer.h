// The way of one member: redact, cap, digest, cut into blocks, compress, spool. Belongs to
// the item's thread; holds the entry's state alive.
#pragma once

#include <memory>
#include <optional>

#include "collector/bundle/block_writer.h"
#include "collector/bundle/digest.h"
#include "collector/bundle/entry.h"
#include "collector/bundle/entry_state.h"
#include "redaction/stream.h"

namespace casepack::bundle {

class MemberWriter::Impl {
 public:
  Impl(std::shared_ptr<EntryState> state, uint64_t slot, MemberRow row, base::Timestamp modified);

  base::Status Write(std::string_view bytes);
  base::Status WriteJson(const base::Json& value, base::JsonStyle style);
  void MarkCut(Cut cut);
  base::Status Close();

 private:
  // Says the failure that was there before, and learns that the entry has ended.
  base::Status Check();
  base::Status Fail(base::Status status);
  void Accept(std::string_view redacted);  // of the redaction stream
  void Store(std::string_view bytes);
  [[nodiscard]] base::Status FullStatus() const;
  void Withhold();

  std::shared_ptr<EntryState> state_;
  uint64_t slot_;
  MemberRow row_;
  BlockWriter blocks_;
  Sha256 digest_;
  redaction::Stream stream_;
  bool fed_ = false;  // the stream may hold something back
  bool withheld_ = false;
  bool closed_ = false;
  base::Status failure_;
};

}  // namespace casepack::bundle

// What an Entry and its MemberWriters share. Most of it belongs to the thread of the
// item; what is behind the mutex is also touched by the thread that ends the entry.
// Nothing here points to the Writer, which a thread that hangs may outlive.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/bundle/compressor.h"
#include "collector/bundle/entry.h"
#include "collector/bundle/format.h"
#include "collector/bundle/safe_name.h"
#include "collector/bundle/spool.h"
#include "redaction/stream.h"

namespace casepack::bundle {

struct EntryPlace {
  Format format = Format::kTarGz;
  std::string folder;  // of the bundle
  std::string item_id;
  std::string prefix;         // "raw/<item id>/"
  base::Timestamp created{};  // for members whose source has no time
  redaction::EnginePtr redaction;
};

class EntryState {
 public:
  EntryState(std::shared_ptr<Spool> spool, EntryPlace place, const EntryLimits& limits);

  // Of the item's thread.
  // -----------------------------------------------------------------------------------
  const std::shared_ptr<Spool> spool;
  const EntryPlace place;
  const EntryLimits limits;
  Compressor compressor;
  NameSet names;
  uint64_t used = 0;    // bytes of content so far
  uint64_t opened = 0;  // members so far

  [[nodiscard]] uint64_t Room() const { return limits.max_bytes - used; }

  // Of any thread.
  // -----------------------------------------------------------------------------------
  [[nodiscard]] bool ended() const;
  // Does nothing once the entry has ended. `slot` keeps members in the order in which
  // they were opened.
  void Keep(uint64_t slot, MemberRow row, Stored stored);
  void Note(std::string_view subject, const base::Message& message);
  void Log(LogRow row);
  void Count(const redaction::Counts& counts);
  void CountRead(uint64_t bytes);
  void SetExit(int code);
  // Ends the entry. A second call tells an empty row.
  ItemRow End(const base::Status& status);

 private:
  mutable std::mutex mutex_;
  bool ended_ = false;
  ItemRow row_;
  std::map<uint64_t, std::pair<MemberRow, Stored>> members_;  // by slot
};

}  // namespace casepack::bundle

// Entry: what an item brings, on its way into the bundle, and the only door into it.
// Every byte, name and text that passes is redacted, capped and counted here; a kind
// knows no rule, cap or archive.
//
// An Entry belongs to the thread of its item. Only Abandon may be called from another:
// from then on nothing of this entry reaches the bundle any more, whatever a thread that
// hangs may do later. The Writer outlives its entries.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/json.h"
#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/index.h"

namespace casepack::bundle {

struct Source {
  std::string name;      // below raw/<item id>/: any bytes, mapped to a safe name
  std::string original;  // where it came from, if the name does not say it
  std::optional<base::Timestamp> modified;
};

struct EntryLimits {
  uint64_t max_bytes = 10U << 20U;
  uint64_t max_members = 1000;
  uint64_t max_notes = 200;
  uint64_t max_logs = 200;
};

enum class Cut { kHead, kTail };

// One member while it is written; several of an entry may be open at a time. What was
// written stands even when it is not closed by hand. Not thread-safe.
class MemberWriter {
 public:
  ~MemberWriter();
  MemberWriter(MemberWriter&&) noexcept;
  MemberWriter& operator=(MemberWriter&&) = delete;
  MemberWriter(const MemberWriter&) = delete;
  MemberWriter& operator=(const MemberWriter&) = delete;

  // Text. kFull: the entry's cap is reached, what fitted is kept and the member is marked
  // as cut; kRefused: not text, withheld with a note; kCancelled: the entry was
  // abandoned; kNoSpace and others: the spool failed. After any of them later calls say
  // the same.
  base::Status Write(std::string_view bytes);
  // One JSON value on a line of its own; each string in it is redacted by itself, and so
  // is what stands under a secret's name.
  base::Status Record(const base::Json& value);
  // A whole JSON document, indented.
  base::Status Document(const base::Json& value);

  void MarkCut(Cut cut);
  base::Status Close();

 private:
  friend class Entry;
  class Impl;
  explicit MemberWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

class EntryState;

class Entry {
 public:
  explicit Entry(std::shared_ptr<EntryState> state);

  // kFull beyond max_members.
  base::Result<MemberWriter> Open(const Source& source);

  // Why something of the item is not there: makes the outcome partial. `subject` is a
  // path, mostly.
  void Note(std::string_view subject, const base::Message& message);
  // The same with the message of a Status.
  void Note(std::string_view subject, const base::Status& status);

  // What was found out about a log; its path is redacted as a subject is.
  void Log(LogRow row);

  // An argument vector as one line, redacted while the borders of its arguments still
  // tell where a secret ends; to be shown in a member or as a Source's original.
  [[nodiscard]] std::string Arguments(const std::vector<std::string>& arguments);

  void CountRead(uint64_t bytes);
  void SetExit(int code);
  [[nodiscard]] uint64_t Room() const;     // bytes left under the cap
  [[nodiscard]] uint64_t Members() const;  // opened so far

  // Ends the entry and tells its row, in which `status` decides the outcome: ok (or
  // partial, if there are notes or something was cut), missing, denied, timed out, ...
  ItemRow Finish(const base::Status& status);
  // From another thread, when the item did not come back in time. Members that were
  // closed by then stay.
  ItemRow Abandon(const base::Status& status);

 private:
  std::shared_ptr<EntryState> state_;
};

}  // namespace casepack::bundle

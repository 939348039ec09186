// What became of an archive's entries. Plain data; names in it are safe ones.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "collector/archive/filter.h"
#include "collector/base/message.h"
#include "collector/base/result.h"
#include "redaction/stream.h"

namespace casepack::archive {

enum class EntryOutcome {
  kRedacted,   // all of it went through the filter
  kWithheld,   // not text, or packed in a way that nobody here can undo
  kEncrypted,  // withheld
  kTooDeep,    // an archive in too many archives: withheld
  kTooLarge,   // over a bound: cut there, and marked
  kDamaged,    // kept as far as it could be read, and marked
  kLink,       // a link that leads out: left out
  kDevice,     // a device, FIFO or socket: left out
};
inline constexpr size_t kOutcomes = 8;

// "redacted", "too_deep": for JSON and the like.
std::string_view OutcomeName(EntryOutcome outcome);
// What stands in the archive in place of the content, or behind what is left of it.
std::string Notice(EntryOutcome outcome);
std::string CutNotice(EntryOutcome outcome);
// The outcome that a failure of reading comes to.
EntryOutcome OutcomeOf(const base::Status& status);

struct EntryReport {
  std::string name;  // with the archives that it is in: "logs.zip/a.log"
  EntryOutcome outcome = EntryOutcome::kRedacted;
  base::Message reason;
  redaction::Counts counts;
  uint64_t bytes_in = 0;
  uint64_t bytes_out = 0;
};

struct RewriteReport {
  ArchiveKind kind = ArchiveKind::kNone;
  Filter filter = Filter::kNone;
  uint64_t entries = 0;  // with those of archives in it, without folders
  std::array<uint64_t, kOutcomes> outcomes{};
  std::vector<EntryReport> rows;  // of what is not plainly redacted, or got another name
  uint64_t rows_left_out = 0;
  redaction::Counts total;
  uint64_t bytes_in = 0;  // unpacked
  uint64_t bytes_out = 0;
  base::Message damage;  // of the archive itself; empty when it is whole

  [[nodiscard]] uint64_t count(EntryOutcome outcome) const {
    return outcomes[static_cast<size_t>(outcome)];
  }
  // Nothing of the input is missing in the output for a fault of the input.
  [[nodiscard]] bool whole() const {
    return damage.key.empty() && count(EntryOutcome::kDamaged) == 0 &&
           count(EntryOutcome::kTooLarge) == 0;
  }
  void Add(EntryReport row, size_t max_rows);
};

}  // namespace casepack::archive

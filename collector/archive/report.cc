#include "collector/archive/report.h"

namespace casepack::archive {
namespace {

struct Words {
  std::string_view name;
  std::string_view why;
};

constexpr std::array<Words, kOutcomes> kWords = {{
    {"redacted", ""},
    {"withheld", "not text"},
    {"encrypted", "encrypted"},
    {"too_deep", "an archive in too many archives"},
    {"too_large", "too large"},
    {"damaged", "damaged"},
    {"link", "a link that leads out of the archive"},
    {"device", "not a file"},
}};

const Words& Of(EntryOutcome outcome) { return kWords[static_cast<size_t>(outcome)]; }

}  // namespace

std::string_view OutcomeName(EntryOutcome outcome) { return Of(outcome).name; }

std::string Notice(EntryOutcome outcome) {
  return "[casepack: withheld: " + std::string(Of(outcome).why) + "]\n";
}

std::string CutNotice(EntryOutcome outcome) {
  return "\n[casepack: the rest is missing: " + std::string(Of(outcome).why) + "]\n";
}

EntryOutcome OutcomeOf(const base::Status& status) {
  switch (status.code()) {
    case base::Code::kOk:
      return EntryOutcome::kRedacted;
    case base::Code::kFull:
    case base::Code::kRefused:
      return EntryOutcome::kTooLarge;
    case base::Code::kUnsupported:
      return EntryOutcome::kWithheld;
    case base::Code::kDenied:
      return EntryOutcome::kEncrypted;
    default:
      return EntryOutcome::kDamaged;
  }
}

void RewriteReport::Add(EntryReport row, size_t max_rows) {
  ++entries;
  ++outcomes[static_cast<size_t>(row.outcome)];
  for (const auto& [rule, count] : row.counts)
    total[rule] += count;
  bytes_in += row.bytes_in;
  bytes_out += row.bytes_out;
  if (row.outcome == EntryOutcome::kRedacted && row.reason.key.empty()) return;
  if (rows.size() < max_rows) {
    rows.push_back(std::move(row));
  } else {
    ++rows_left_out;
  }
}

}  // namespace casepack::archive

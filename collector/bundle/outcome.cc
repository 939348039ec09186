#include "collector/bundle/outcome.h"

#include <algorithm>
#include <string>

namespace casepack::bundle {
namespace {

int64_t MembersCut(const ItemRow& row) {
  return std::count_if(row.members.begin(), row.members.end(),
                       [](const MemberRow& member) { return member.cut_head || member.cut_tail; });
}

bool HasNotes(const ItemRow& row) { return !row.notes.empty() || row.notes_left_out > 0; }

}  // namespace

Outcome OutcomeOf(const base::Status& status, const ItemRow& row) {
  using base::Code;
  const bool gathered = !row.members.empty();
  switch (status.code()) {
    case Code::kOk:
      return HasNotes(row) || MembersCut(row) > 0 ? Outcome::kPartial : Outcome::kOk;
    case Code::kMissing:
      return gathered ? Outcome::kPartial : Outcome::kMissing;
    case Code::kDenied:
    case Code::kRefused:
      return gathered ? Outcome::kPartial : Outcome::kDenied;
    case Code::kTimedOut:
      return Outcome::kTimedOut;
    case Code::kUnsupported:
    case Code::kCancelled:
      return gathered ? Outcome::kPartial : Outcome::kSkipped;
    case Code::kFull:
      return Outcome::kPartial;
    case Code::kNoSpace:
    case Code::kExists:
    case Code::kInvalid:
    case Code::kFailed:
      return Outcome::kFailed;
  }
  return Outcome::kFailed;
}

base::Message ReasonOf(const base::Status& status, const ItemRow& row) {
  if (!status.ok()) return status.message();
  const int64_t cut = MembersCut(row);
  if (cut == 0 || HasNotes(row)) return {};  // the notes say it
  return {"bundle.entry.cut", {{"count", std::to_string(cut)}}};
}

}  // namespace casepack::bundle

#include "collector/bundle/outcome.h"

#include <gtest/gtest.h>

namespace casepack::bundle {
namespace {

using base::Code;

base::Status Of(Code code) {
  return code == Code::kOk ? base::Status() : base::Status(code, {"k", {}});
}

TEST(Outcome, ByCodeAndByWhatWasGathered) {
  struct Case {
    Code code;
    Outcome nothing;
    Outcome gathered;
  };
  const Case cases[] = {
      {Code::kOk, Outcome::kOk, Outcome::kOk},
      {Code::kMissing, Outcome::kMissing, Outcome::kPartial},
      {Code::kDenied, Outcome::kDenied, Outcome::kPartial},
      {Code::kRefused, Outcome::kDenied, Outcome::kPartial},
      {Code::kUnsupported, Outcome::kSkipped, Outcome::kPartial},
      {Code::kTimedOut, Outcome::kTimedOut, Outcome::kTimedOut},
      {Code::kCancelled, Outcome::kSkipped, Outcome::kPartial},
      {Code::kFull, Outcome::kPartial, Outcome::kPartial},
      {Code::kNoSpace, Outcome::kFailed, Outcome::kFailed},
      {Code::kInvalid, Outcome::kFailed, Outcome::kFailed},
      {Code::kFailed, Outcome::kFailed, Outcome::kFailed},
  };
  ItemRow gathered;
  gathered.members.emplace_back();
  for (const Case& c : cases) {
    EXPECT_EQ(OutcomeOf(Of(c.code), {}), c.nothing) << static_cast<int>(c.code);
    EXPECT_EQ(OutcomeOf(Of(c.code), gathered), c.gathered) << static_cast<int>(c.code);
    EXPECT_EQ(ReasonOf(Of(c.code), {}).key, c.code == Code::kOk ? "" : "k");
  }
}

TEST(Outcome, NotesAndCutsMakeItPartial) {
  ItemRow noted;
  noted.notes.emplace_back();
  EXPECT_EQ(OutcomeOf({}, noted), Outcome::kPartial);
  EXPECT_EQ(ReasonOf({}, noted).key, "") << "the note says why";
  ItemRow crowded;
  crowded.notes_left_out = 1;
  EXPECT_EQ(OutcomeOf({}, crowded), Outcome::kPartial);
  ItemRow cut;
  cut.members.emplace_back().cut_head = true;
  EXPECT_EQ(OutcomeOf({}, cut), Outcome::kPartial);
  EXPECT_EQ(ReasonOf({}, cut).key, "bundle.entry.cut");
}

}  // namespace
}  // namespace casepack::bundle

#include "collector/archive/report.h"

#include <gtest/gtest.h>

namespace casepack::archive {
namespace {

TEST(Report, CountsAllAndKeepsSomeRows) {
  RewriteReport report;
  EntryReport plain;
  plain.counts = {{"password", 2}};
  plain.bytes_in = 10;
  report.Add(plain, 2);
  EntryReport withheld;
  withheld.outcome = EntryOutcome::kWithheld;
  for (int i = 0; i < 3; ++i)
    report.Add(withheld, 2);
  EXPECT_EQ(report.entries, 4U);
  EXPECT_EQ(report.count(EntryOutcome::kRedacted), 1U);
  EXPECT_EQ(report.count(EntryOutcome::kWithheld), 3U);
  EXPECT_EQ(report.rows.size(), 2U);
  EXPECT_EQ(report.rows_left_out, 1U);
  EXPECT_EQ(report.total.at("password"), 2U);
  EXPECT_TRUE(report.whole()) << "withheld is as it should be";
  EntryReport damaged;
  damaged.outcome = EntryOutcome::kDamaged;
  report.Add(damaged, 2);
  EXPECT_FALSE(report.whole());
}

TEST(Report, OutcomesOfFailures) {
  using base::Code;
  const auto of = [](Code code) { return OutcomeOf({code, {"x", {}}}); };
  EXPECT_EQ(OutcomeOf({}), EntryOutcome::kRedacted);
  EXPECT_EQ(of(Code::kInvalid), EntryOutcome::kDamaged);
  EXPECT_EQ(of(Code::kFull), EntryOutcome::kTooLarge);
  EXPECT_EQ(of(Code::kRefused), EntryOutcome::kTooLarge);
  EXPECT_EQ(of(Code::kUnsupported), EntryOutcome::kWithheld);
  EXPECT_EQ(of(Code::kDenied), EntryOutcome::kEncrypted);
}

TEST(Report, EachOutcomeHasAName) {
  EXPECT_EQ(OutcomeName(EntryOutcome::kDevice), "device");
  EXPECT_EQ(OutcomeName(EntryOutcome::kTooDeep), "too_deep");
  EXPECT_EQ(Notice(EntryOutcome::kEncrypted), "[casepack: withheld: encrypted]\n");
}

}  // namespace
}  // namespace casepack::archive

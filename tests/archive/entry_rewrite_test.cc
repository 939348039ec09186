#include <gtest/gtest.h>

#include "collector/archive/session.h"
#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

struct Outcome {
  Ending ending;
  std::string bytes;
};

Outcome Entry(std::string_view content, const Bounds& bounds = {}, int depth = 2) {
  const Filters filters = tests::TestFilters();
  Session session{filters, bounds, Budget(bounds), {}};
  session.budget.Pack(content.size());
  tests::FlowingSource in(content);
  PackedEntry out(bounds, Filter::kNone);
  auto ending = RewriteEntry(session, in, out, {"f", depth});
  EXPECT_TRUE(ending);
  tests::MemorySink sink;
  EXPECT_TRUE(out.CopyTo(sink).ok());
  return {std::move(*ending), sink.bytes};
}

TEST(EntryRewrite, Text) {
  const Outcome outcome = Entry(tests::kSecretLine);
  EXPECT_EQ(outcome.ending.outcome, EntryOutcome::kRedacted);
  EXPECT_EQ(outcome.ending.counts.size(), 1U);
  EXPECT_EQ(outcome.ending.bytes_in, std::string(tests::kSecretLine).size());
  EXPECT_EQ(outcome.bytes.find(tests::kSecret), std::string::npos);
  EXPECT_EQ(Entry("").bytes, "");
}

TEST(EntryRewrite, AllOfABinaryIsDropped) {
  std::string content = tests::SomeText(100'000);
  for (int i = 0; i < 50'000; ++i)
    content.push_back(static_cast<char>(1 + i % 8));
  const Outcome outcome = Entry(content);
  EXPECT_EQ(outcome.ending.outcome, EntryOutcome::kWithheld);
  EXPECT_EQ(outcome.bytes, Notice(EntryOutcome::kWithheld));
  EXPECT_TRUE(outcome.ending.counts.empty());
}

TEST(EntryRewrite, ABound) {
  Bounds bounds;
  bounds.max_entry = 3000;
  const Outcome outcome = Entry(tests::SomeText(10'000), bounds);
  EXPECT_EQ(outcome.ending.outcome, EntryOutcome::kTooLarge);
  EXPECT_TRUE(outcome.bytes.ends_with(CutNotice(EntryOutcome::kTooLarge)));
  EXPECT_GT(outcome.bytes.size(), 2000U);
}

TEST(EntryRewrite, NoDeeper) {
  const std::string gzip = tests::Pack(tests::kPackers[0], tests::kSecretLine);
  EXPECT_EQ(Entry(gzip, {}, 1).ending.outcome, EntryOutcome::kRedacted);
  const Outcome deep = Entry(gzip, {}, 0);
  EXPECT_EQ(deep.ending.outcome, EntryOutcome::kTooDeep);
  EXPECT_EQ(deep.bytes, Notice(EntryOutcome::kTooDeep));
}

TEST(EntryRewrite, AnArchiveOfWhichNothingCanBeRead) {
  const Outcome zip = Entry(std::string("PK\x03\x04") + std::string(5000, 'x'));
  EXPECT_EQ(zip.ending.outcome, EntryOutcome::kDamaged);
  EXPECT_EQ(zip.bytes, Notice(EntryOutcome::kDamaged));
  const Outcome gzip = Entry("\x1f\x8b\x08 and no more");
  EXPECT_EQ(gzip.ending.outcome, EntryOutcome::kDamaged);
  EXPECT_EQ(tests::ToolSays(gzip.bytes, "gzip -dc < a"), Notice(EntryOutcome::kDamaged));
}

}  // namespace
}  // namespace casepack::archive

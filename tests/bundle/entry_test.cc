#include "collector/bundle/entry.h"

#include "collector/bundle/writer.h"
#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::Status;

class EntryTest : public testing::Test {
 protected:
  Entry New(const EntryLimits& limits = {}) { return writer_->NewEntry("item", limits); }

  const tests::TempTree tree_;
  const std::unique_ptr<Writer> writer_ = tests::MakeWriter(tree_, Format::kTarGz);
};

TEST_F(EntryTest, NamesAreSafeAndTheOriginalIsKeptWhereItDiffers) {
  struct Case {
    Source source;
    std::string name;
    std::string original;
  };
  const Case cases[] = {
      {{"etc/os-release", "", {}}, "raw/item/etc/os-release", ""},
      {{"/etc/os-release", "/etc/os-release", {}}, "raw/item/etc/os-release~2", "/etc/os-release"},
      {{"uptime.txt", "uptime -p", {}}, "raw/item/uptime.txt", "uptime -p"},
      {{"a\nb", "", {}}, "raw/item/a%0Ab", "a\\nb"},
      {{"../x", "", {}}, "raw/item/%2E%2E/x", "../x"},
      {{"log/plain", "/log/plain", {}}, "raw/item/log/plain", ""},
  };
  Entry entry = New();
  for (const Case& c : cases)
    ASSERT_TRUE(entry.Open(c.source));
  const ItemRow row = entry.Finish({});
  ASSERT_EQ(row.members.size(), std::size(cases));
  for (size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_EQ(row.members[i].name, cases[i].name);
    EXPECT_EQ(row.members[i].original, cases[i].original) << cases[i].name;
  }
}

TEST_F(EntryTest, SecretsInNamesNotesAndReasonsAreRedacted) {
  Entry entry = New();
  {
    auto member = entry.Open({"run/password=hunter2secret.log", "prog password=hunter2secret", {}});
    ASSERT_TRUE(member);
    EXPECT_TRUE(member->Write("x").ok());
  }
  entry.Note("password=hunter2secret",
             {"note.key", {{"text", "said password=hunter2secret\x1b[0m"}}});
  const ItemRow row = entry.Finish({Code::kFailed, {"key", {{"text", "password=hunter2secret"}}}});
  Index index;
  index.items.push_back(row);
  const std::string all = row.members[0].name + row.members[0].original + row.notes[0].subject +
                          row.notes[0].text.message.args[0].second +
                          row.reason.message.args[0].second;
  EXPECT_EQ(all.find("hunter2"), std::string::npos) << all;
  EXPECT_EQ(all.find('\x1b'), std::string::npos);
  EXPECT_EQ(row.notes[0].text.message.key, "note.key");
  EXPECT_FALSE(row.redactions.empty());
}

TEST_F(EntryTest, MembersAndNotesAreBounded) {
  Entry entry = New({1000, 2, 3});
  EXPECT_TRUE(entry.Open({"a", "", {}}));
  EXPECT_TRUE(entry.Open({"b", "", {}}));
  const auto third = entry.Open({"c", "", {}});
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code(), Code::kFull);
  EXPECT_EQ(entry.Members(), 2U);
  for (int i = 0; i < 5; ++i)
    entry.Note("s", base::Message{"k", {}});
  const ItemRow row = entry.Finish({});
  EXPECT_EQ(row.notes.size(), 3U);
  EXPECT_EQ(row.notes_left_out, 2U);
  EXPECT_EQ(row.outcome, Outcome::kPartial);
}

TEST_F(EntryTest, CountsAndExit) {
  Entry entry = New();
  entry.CountRead(5);
  entry.CountRead(7);
  entry.SetExit(3);
  entry.Note("s", Status(Code::kDenied, {"os.denied", {}}));
  const ItemRow row = entry.Finish({});
  EXPECT_EQ(row.id, "item");
  EXPECT_EQ(row.bytes_read, 12U);
  EXPECT_EQ(row.exit, 3);
  EXPECT_EQ(row.notes[0].text.message.key, "os.denied");
}

TEST_F(EntryTest, MembersStandInTheOrderInWhichTheyWereOpened) {
  Entry entry = New();
  auto a = entry.Open({"a", "", {}});
  auto b = entry.Open({"b", "", {}});
  EXPECT_TRUE(b->Close().ok());
  EXPECT_TRUE(a->Close().ok());
  const ItemRow row = entry.Finish({});
  EXPECT_EQ(row.members[0].name, "raw/item/a");
  EXPECT_EQ(row.members[1].name, "raw/item/b");
}

TEST_F(EntryTest, AfterAbandonNothingReachesTheBundle) {
  Entry entry = New();
  auto closed = entry.Open({"closed", "", {}});
  EXPECT_TRUE(closed->Write("kept").ok());
  EXPECT_TRUE(closed->Close().ok());
  auto open = entry.Open({"open", "", {}});
  EXPECT_TRUE(open->Write("lost").ok());
  const ItemRow row = entry.Abandon({Code::kTimedOut, {"late", {}}});
  EXPECT_EQ(row.outcome, Outcome::kTimedOut);
  ASSERT_EQ(row.members.size(), 1U);
  EXPECT_EQ(row.members[0].name, "raw/item/closed");

  EXPECT_EQ(open->Write("more").code(), Code::kCancelled);
  EXPECT_EQ(open->Record(base::Json(1)).code(), Code::kCancelled);
  EXPECT_EQ(open->Close().code(), Code::kCancelled);
  EXPECT_EQ(entry.Open({"late", "", {}}).error().code(), Code::kCancelled);
  entry.Note("late", base::Message{"k", {}});
  EXPECT_TRUE(entry.Finish({}).members.empty()) << "told twice";

  Index index = tests::PlainIndex();
  index.items.push_back(row);
  tests::MemorySink sink;
  ASSERT_TRUE(writer_->Seal(index, tests::PlainSeal(), sink).ok());
  const std::string all = tests::Unpacked(tree_, sink.bytes, Codec::kGzip);
  EXPECT_NE(all.find("kept"), std::string::npos);
  EXPECT_EQ(all.find("lost"), std::string::npos);
}

}  // namespace
}  // namespace casepack::bundle

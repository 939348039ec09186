#include <string>

#include "tests/kinds/kind_fixture.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;

struct EventFileKind : tests::KindTest {
  tests::Collected Take(const std::vector<std::string>& paths) {
    return Collect("event_file", {{"paths", List(paths)}});
  }
  tests::TempTree user_;  // not below the host's root
};

TEST_F(EventFileKind, TakesAnExportRedacted) {
  const std::string path = user_.Write(
      "home/a/events.csv",
      "Time,Level,Event ID,Event,Description\n"
      "\"May 13, 2025 10:11:48\",Error,740,Agent/Appliance Error,\"first\n\nsecond, password: "
      "Canary1234\"\n");
  auto got = Take({path});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  const std::string& text = got.members["events.csv"];
  EXPECT_EQ(text.find("Canary"), std::string::npos) << text;
  EXPECT_NE(text.find("\"May 13, 2025 10:11:48\",Error,740,"), std::string::npos) << text;
  ASSERT_EQ(got.row.members.size(), 1U);
  EXPECT_EQ(got.row.members[0].original.find("home"), std::string::npos);
}

// CP932, as an old Japanese console exports it: "時刻,レベル,イベントID", "パスワード".
TEST_F(EventFileKind, JapaneseExportsKeepTheirEncoding) {
  const std::string title =
      "\x8e\x9e\x8d\x8f,\x83\x8c\x83x\x83\x8b,\x83"
      "C\x83x\x83\x93\x83gID\r\n";
  const std::string secret = "\x83p\x83X\x83\x8f\x81[\x83h: Canary1234\r\n";
  auto got = Take({user_.Write("e.csv", title + secret)});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members["e.csv"].find(title), 0U);
  EXPECT_EQ(got.members["e.csv"].find("Canary"), std::string::npos) << got.members["e.csv"];
}

TEST_F(EventFileKind, TakesSeveralAlsoOfOneName) {
  auto got = Take({user_.Write("a/e.csv", "one\n"), user_.Write("b/e.csv", "two\n")});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  ASSERT_EQ(got.members.size(), 2U);
  EXPECT_EQ(got.members["e.csv"], "one\n");
}

TEST_F(EventFileKind, SaysWhatItCouldNotTakeAndGoesOn) {
  const std::string good = user_.Write("good.csv", "Time,Level\n");
  const std::string binary = user_.Write("bad.csv", std::string("\0\1\2\xff\xfe\0\0", 7) + "x");
  auto got = Take({user_.Path("nowhere.csv"), binary, good});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.members["good.csv"], "Time,Level\n");
  EXPECT_EQ(got.Notes("os.user_file.missing").size(), 1U);
  EXPECT_EQ(got.Notes("bundle.withheld.binary").size(), 1U);

  EXPECT_EQ(Take({user_.Path("nowhere.csv")}).row.outcome, Outcome::kMissing);
  EXPECT_EQ(Take({}).status.message().key, "kinds.event_file.none");
}

TEST_F(EventFileKind, ALongOneIsCutAtTheLimitOfTheItem) {
  limits_ = manifest::Limits{.max_bytes = 1000, .max_files = 5};
  auto got = Take({user_.Write("long.csv", std::string(5000, 'x') + "\n")});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_TRUE(got.Member("long.csv")->cut_tail);
}

TEST_F(EventFileKind, EndsAtItsDeadline) {
  deadline_ = base::Deadline::After(base::Duration::zero());
  EXPECT_EQ(Take({user_.Write("e.csv", "x\n")}).row.outcome, Outcome::kTimedOut);
}

TEST_F(EventFileKind, ForeseesTheFiles) {
  const std::string path = user_.Write("e.csv", "12345\n");
  const kinds::Preview preview = Plan("event_file", {{"paths", List({path})}});
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].what, path);
  EXPECT_EQ(preview.bytes, 6U);
  Plan("event_file", {{"paths", List({path + "x"})}});
  EXPECT_EQ(plan_status_.code(), base::Code::kMissing);
}

}  // namespace
}  // namespace casepack

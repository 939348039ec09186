#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/kinds/kind_fixture.h"
#include "tests/kinds/scripted_host.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::Flag;
using tests::List;
using tests::Text;

struct JournalKind : tests::KindTest {
  base::Result<std::unique_ptr<os::Host>> MakeHost() override {
    auto files = os::OpenHost({.root = root_});
    if (!files || !running_) return files;
    return std::unique_ptr<os::Host>(
        std::make_unique<tests::ScriptedHost>(std::move(*files), scripts_, &runs_));
  }

  bool running_ = true;
  tests::ScriptedHost::Scripts scripts_;
  tests::ScriptedHost::Runs runs_;
};

const char* const kOutput =
    "2026-11-22T14:05:00.500000+0000 host ds_agent[7]: password=hunter2xyz\n"
    "    and more of it\n"
    "2026-11-22T14:03:00.000000+0000 host kernel: tmhook\n";

TEST_F(JournalKind, AsksForTheWindowAndNoMore) {
  tree_.Folder("var/log/journal");
  scripts_["journalctl --no-pager"] = {kOutput, {}, [] {}};
  window_.span = {*base::ParseUtc("2026-11-22T14:03:00Z"), *base::ParseUtc("2026-11-22T14:08:00Z")};
  auto got = Collect(
      "journal",
      {{"units", List({"ds_agent*"})}, {"priority", Text("warning")}, {"kernel", Flag(true)}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  ASSERT_EQ(runs_.size(), 1U);
  EXPECT_EQ(runs_[0].argv,
            (std::vector<std::string>{
                "/usr/bin/journalctl", "--no-pager", "--quiet", "--reverse", "--utc", "--output",
                "short-iso-precise", "--since=@1795356180", "--until=@1795356480",
                "--priority=warning", "--unit=ds_agent*", "_TRANSPORT=kernel"}));
  EXPECT_NE(got.members["journal.txt"].find("tmhook"), std::string::npos);
  EXPECT_EQ(got.members["journal.txt"].find("hunter2xyz"), std::string::npos);
  ASSERT_EQ(got.row.logs.size(), 1U);
  EXPECT_EQ(base::FormatUtc(*got.row.logs[0].first), "2026-11-22T14:03:00Z");
  EXPECT_EQ(base::FormatUtc(*got.row.logs[0].last), "2026-11-22T14:05:00Z");
}

TEST_F(JournalKind, SaysThatThereIsNone) {
  EXPECT_EQ(Collect("journal").row.outcome, Outcome::kMissing);  // no journalctl
  scripts_["journalctl --no-pager"] = {kOutput, {}, [] {}};
  auto got = Collect("journal");  // and no journal
  EXPECT_EQ(got.row.outcome, Outcome::kMissing);
  EXPECT_EQ(got.row.reason.message.key, "kinds.journal.missing");
  EXPECT_TRUE(runs_.empty());
}

TEST_F(JournalKind, TakesAnEmptyAnswerForOne) {
  tree_.Folder("run/log/journal");
  os::Exit exit;
  exit.code = 1;
  scripts_["journalctl --no-pager"] = {"", exit, [] {}};
  auto got = Collect("journal");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_TRUE(got.members.empty());
}

TEST_F(JournalKind, KeepsTheNewestUnderTheCap) {
  tree_.Folder("var/log/journal");
  std::string output;
  for (int i = 0; i < 5000; ++i)
    output += "2026-11-22T14:05:00.000000+0000 host a: line " + std::to_string(i) + "\n";
  scripts_["journalctl --no-pager"] = {output, {}, [] {}};
  limits_ = manifest::Limits{.max_bytes = 10'000, .max_files = 1};
  auto got = Collect("journal");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  const std::string& text = got.members["journal.txt"];
  EXPECT_TRUE(text.ends_with(" line 1\n2026-11-22T14:05:00.000000+0000 host a: line 0\n"));
  EXPECT_TRUE(text.starts_with("2026-11-22T14:05:00.000000+0000 host a: line "));
  EXPECT_TRUE(got.row.members.at(0).cut_head);
}

// journalctl tells the END of a key before its BEGIN.
TEST_F(JournalKind, AKeyIsOneInWhateverOrderItsLinesCome) {
  const std::string body = "CANARYrLAgMBAAECggEATm4UnRaBKXDziAklDbMIbrNEk5oLmjmKEE2xFn5tKa8a\n";
  const std::string at = "2026-11-22T14:05:00.000000+0000 host app: ";
  tree_.Folder("var/log/journal");
  const std::string key = at + "-----END PRIVATE KEY-----\n" + at + body + at + body;
  scripts_["journalctl --no-pager"] = {
      at + "after\n" + key + at + "-----BEGIN PRIVATE KEY-----\n" + at + "before\n", {}, [] {}};
  auto got = Collect("journal");
  EXPECT_EQ(got.members["journal.txt"].find("CANARY"), std::string::npos);
  EXPECT_TRUE(got.members["journal.txt"].starts_with(at + "before\n"));
  EXPECT_TRUE(got.members["journal.txt"].ends_with(at + "after\n"));
  // The window begins in the middle of it.
  scripts_["journalctl --no-pager"] = {at + "after\n" + key, {}, [] {}};
  got = Collect("journal");
  EXPECT_EQ(got.members["journal.txt"].find("CANARY"), std::string::npos);
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.log_window.hidden").size(), 1U);
}

// Of another root its own journal: nothing in it may lead journalctl out of the tree.
TEST_F(JournalKind, StaysInTheTreeOfAnotherRoot) {
  running_ = false;
  EXPECT_EQ(Collect("journal").row.outcome, Outcome::kMissing);
  tree_.Folder("var/log");
  tree_.Link("var/log/journal", "/var/log/journal");
  EXPECT_EQ(Collect("journal").row.reason.message.key, "kinds.journal.link");
  unlink(tree_.Path("var/log/journal").c_str());
  tree_.Folder("var/log/journal/0123");
  tree_.Link("var/log/journal/0123/system.journal", "/etc/passwd");
  EXPECT_EQ(Collect("journal").row.reason.message.key, "kinds.journal.link");
}

}  // namespace
}  // namespace casepack

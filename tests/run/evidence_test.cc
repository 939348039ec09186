#include "collector/run/evidence.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "collector/analysis/event_encoding.h"
#include "collector/records/encoding.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

using manifest::Evidence;

struct EvidenceTest : testing::Test {
  EvidenceTest() {
    offline_.id = "t.offline";
    offline_.paths = {"/log/*.log"};
    offline_.texts = {"Engine Offline", "エンジンがオフライン"};
    event_.id = "t.event";
    event_.paths = {"/log/*.log"};
    event_.ids = {"2209"};
    event_.anchors = {"Event ID: ", "イベントID: "};
    change_.id = "t.change";
    change_.paths = {"/log/*.log"};
    change_.texts = {"features am on=false"};
    change_.from = {"features am on=true"};
  }

  std::optional<Sighting> Find(const std::vector<const Evidence*>& evidence) {
    auto host = os::OpenHost({.root = tree_.root()});
    EXPECT_TRUE(host);
    EvidenceLimits limits;
    limits.deadline = base::Deadline::After(std::chrono::seconds(30));
    return FindEvidence(**host, evidence, records::Zone(), *base::ParseUtc("2026-11-23T00:00:00Z"),
                        limits);
  }

  tests::TempTree tree_;
  Evidence offline_;
  Evidence event_;
  Evidence change_;
};

TEST_F(EvidenceTest, FindsTheNewestInEitherLanguage) {
  tree_.Write("log/a.log",
              "2026-11-22 10:00:00 Anti-Malware Engine Offline\n"
              "2026-11-22 11:00:00 all is well\n");
  tree_.Write("log/b.log",
              "2026-11-22 10:30:00 record\n  不正プログラム対策エンジンがオフライン\n"
              "2026-11-22 12:00:00 all is well\n");
  const auto found = Find({&offline_});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->evidence, "t.offline");
  EXPECT_EQ(found->path, "/log/b.log");
  EXPECT_EQ(found->line, "  不正プログラム対策エンジンがオフライン");
  EXPECT_EQ(base::FormatUtc(found->time), "2026-11-22T10:30:00Z");
}

TEST_F(EvidenceTest, TakesNumbersBehindTheirAnchorsOnly) {
  tree_.Write("log/a.log",
              "2026-11-22 10:00:00.220900 2209 Event ID: 22091\n"
              "2026-11-22 10:01:00 Event ID: 2209\n"
              "2026-11-22 10:02:00 Event ID: 22090\n2026-11-22 10:03:00 pid 2209\n");
  const auto found = Find({&event_});
  ASSERT_TRUE(found);
  EXPECT_EQ(base::FormatUtc(found->time), "2026-11-22T10:01:00Z");
}

TEST_F(EvidenceTest, TakesTheChangeAndNotTheStateThatLasts) {
  std::string log =
      "2026-11-22 09:00:00 features am on=false\n2026-11-22 10:00:00 features am on=true\n";
  log += "2026-11-22 10:05:00 features am on=false\n";
  for (int i = 10; i < 60; ++i)
    log += "2026-11-22 11:" + std::to_string(i) + ":00 features am on=false\n";
  tree_.Write("log/a.log", log);
  const auto found = Find({&change_});
  ASSERT_TRUE(found);
  EXPECT_EQ(base::FormatUtc(found->time), "2026-11-22T10:05:00Z");
}

TEST_F(EvidenceTest, FindsWhatLiesOverTheBorderOfBlocks) {
  for (const size_t behind : {size_t{(1U << 20U) - 20}, size_t{1U << 20U}, size_t{3U << 20U}}) {
    std::string log = "2026-11-22 10:00:00 Anti-Malware Engine Offline\n";
    while (log.size() < behind)
      log += "2026-11-22 11:00:00 all is well, and a line that is a little longer\n";
    tree_.Write("log/a.log", log);
    const auto found = Find({&offline_, &event_});
    ASSERT_TRUE(found) << behind;
    EXPECT_EQ(base::FormatUtc(found->time), "2026-11-22T10:00:00Z");
  }
}

TEST_F(EvidenceTest, ALineWithoutAUsableTimeHidesNoOlderOne) {
  tree_.Write("log/a.log",
              "2026-11-22 10:00:00 Engine Offline\n2031-11-22 10:00:00 Engine Offline\n");
  const auto found = Find({&offline_});
  ASSERT_TRUE(found);
  EXPECT_EQ(base::FormatUtc(found->time), "2026-11-22T10:00:00Z");
}

TEST_F(EvidenceTest, FindsItInTheEncodingsOfWindows) {
  const std::string text =
      "2026-11-22 10:00:00 不正プログラム対策エンジンがオフライン\n2026-11-22 10:01:00 x\n";
  for (const records::Encoding encoding :
       {records::Encoding::kUtf16Le, records::Encoding::kUtf16Be}) {
    tree_.Write("log/a.log",
                std::string(records::MarkFor(encoding)) + records::FromUtf8(encoding, text));
    const auto found = Find({&offline_});
    ASSERT_TRUE(found);
    EXPECT_EQ(base::FormatUtc(found->time), "2026-11-22T10:00:00Z");
    EXPECT_EQ(found->line, "2026-11-22 10:00:00 不正プログラム対策エンジンがオフライン");
  }
  tree_.Write("log/a.log", *analysis::EventTextToCp932(text));
  const auto found = Find({&offline_});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->line, "2026-11-22 10:00:00 不正プログラム対策エンジンがオフライン");
}

TEST_F(EvidenceTest, TakesTheNewerOfAChangeAndALine) {
  tree_.Write("log/a.log",
              "2026-11-22 09:00:00 features am on=true\n2026-11-22 10:00:00 Engine Offline\n"
              "2026-11-22 11:00:00 features am on=false\n");
  auto found = Find({&offline_, &change_});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->evidence, "t.change");
  tree_.Write("log/a.log",
              "2026-11-22 10:00:00 Engine Offline\n2026-11-22 11:00:00 features am on=false\n");
  found = Find({&offline_, &change_});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->evidence, "t.offline") << "nobody saw it on before";
}

TEST_F(EvidenceTest, FindsNoneInWhatIsToComeOrHasNoTimes) {
  tree_.Write("log/a.log", "2031-11-22 10:00:00 Anti-Malware Engine Offline\n");
  tree_.Write("log/b.log", "Anti-Malware Engine Offline\n");
  tree_.Write("log/c.log", "");
  tree_.Link("log/d.log", "../other");
  tree_.Write("other", "2026-11-22 10:00:00 Anti-Malware Engine Offline\n");
  ASSERT_EQ(mkfifo(tree_.Path("log/e.log").c_str(), 0600), 0);
  EXPECT_FALSE(Find({&offline_, &event_, &change_}));
  EXPECT_FALSE(Find({}));
}

}  // namespace
}  // namespace casepack::run

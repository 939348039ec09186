#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::Integer;
using tests::Size;
using tests::Text;
using Lines = std::vector<std::string>;

struct FileTreeKind : tests::KindTest {
  void SetModified(const std::string& relative, time_t seconds) const {
    const timespec times[] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, tree_.Path(relative).c_str(), times, AT_SYMLINK_NOFOLLOW), 0);
  }
};

Lines LinesOf(const std::string& text) {
  Lines lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// The names: from the sixth word on.
Lines NamesOf(const std::string& text) {
  Lines names;
  for (const std::string& line : LinesOf(text))
    names.push_back(line.substr(line.find(" /") + 1));
  return names;
}

TEST_F(FileTreeKind, OneLineForEachName) {
  tree_.Write("opt/ds/bin/agent", "12345");
  tree_.Write("opt/ds/a.conf", "");
  tree_.Link("opt/ds/link", "../../etc/passwd");
  ASSERT_EQ(mkfifo(tree_.Path("opt/ds/pipe").c_str(), 0600), 0);
  ASSERT_EQ(chmod(tree_.Path("opt/ds/bin/agent").c_str(), 04755), 0);
  ASSERT_EQ(chmod(tree_.Path("opt/ds/a.conf").c_str(), 0640), 0);
  ASSERT_EQ(chmod(tree_.Path("opt/ds/bin").c_str(), 01777), 0);
  ASSERT_EQ(chmod(tree_.Path("opt/ds").c_str(), 02750), 0);
  for (const char* name : {"opt/ds/bin/agent", "opt/ds/a.conf", "opt/ds/link", "opt/ds/pipe",
                           "opt/ds/bin", "opt/ds"}) {
    SetModified(name, 1'795'000'000);
  }
  const std::string who = std::to_string(geteuid()) + " " + std::to_string(getegid());
  const std::string time = "2026-11-18T11:06:40Z";

  auto got = Collect("file_tree", {{"path", Text("/opt/ds")}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  const Lines lines = LinesOf(got.members["tree.txt"]);
  ASSERT_EQ(lines.size(), 6U) << got.members["tree.txt"];
  EXPECT_EQ(lines[0].substr(0, 12), "drwxr-s--- " + who.substr(0, 1));
  EXPECT_EQ(lines[1], "-rw-r----- " + who + " 0 " + time + " /opt/ds/a.conf");
  EXPECT_EQ(lines[2].substr(0, 10), "drwxrwxrwt");
  EXPECT_EQ(lines[3], "-rwsr-xr-x " + who + " 5 " + time + " /opt/ds/bin/agent");
  EXPECT_EQ(lines[4], "lrwxrwxrwx " + who + " 16 " + time + " /opt/ds/link -> ../../etc/passwd");
  EXPECT_EQ(lines[5], "prw------- " + who + " 0 " + time + " /opt/ds/pipe");
}

TEST_F(FileTreeKind, FollowsNoLink) {
  tree_.Write("secret/inside", "x");
  tree_.Link("opt/out", "/secret");
  tree_.Link("opt/loop", ".");
  tree_.Link("opt/self", "self");
  auto got = Collect("file_tree", {{"path", Text("/opt")}});
  EXPECT_EQ(NamesOf(got.members["tree.txt"]),
            (Lines{"/opt", "/opt/loop -> .", "/opt/out -> /secret", "/opt/self -> self"}));
}

TEST_F(FileTreeKind, StartsAtPatterns) {
  tree_.Write("var/opt/a1/x", "");
  tree_.Write("var/opt/a2/y", "");
  tree_.Write("var/opt/b/z", "");
  auto got = Collect("file_tree", {{"path", Text("/var/opt/a?")}});
  EXPECT_EQ(NamesOf(got.members["tree.txt"]),
            (Lines{"/var/opt/a1", "/var/opt/a1/x", "/var/opt/a2", "/var/opt/a2/y"}));

  auto none = Collect("file_tree", {{"path", Text("/nowhere")}});
  EXPECT_EQ(none.row.outcome, Outcome::kMissing);
  EXPECT_EQ(none.row.reason.message.key, "kinds.file_tree.missing");
}

TEST_F(FileTreeKind, GoesSoDeepAndNotDeeper) {
  tree_.Write("a/b/c/d/e", "");
  auto got = Collect("file_tree", {{"path", Text("/a")}, {"max_depth", Integer(2)}});
  EXPECT_EQ(NamesOf(got.members["tree.txt"]), (Lines{"/a", "/a/b", "/a/b/c"}));
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
}

TEST_F(FileTreeKind, DeeperThanAnyStack) {
  std::string path = "a";
  for (int i = 0; i < 300; ++i)
    path += "/d";
  tree_.Folder(path);
  auto got = Collect("file_tree", {{"path", Text("/a")}, {"max_depth", Integer(1'000'000)}});
  EXPECT_EQ(LinesOf(got.members["tree.txt"]).size(), 301U);
}

TEST_F(FileTreeKind, BoundsTheNames) {
  for (int i = 0; i < 10'000; ++i)
    tree_.Write("d/" + std::to_string(i), "");
  auto all = Collect("file_tree", {{"path", Text("/d")}});
  EXPECT_EQ(LinesOf(all.members["tree.txt"]).size(), 10'001U);
  EXPECT_EQ(all.row.outcome, Outcome::kOk);
  const Lines names = NamesOf(all.members["tree.txt"]);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));

  auto some = Collect("file_tree", {{"path", Text("/d")}, {"max_names", Integer(100)}});
  EXPECT_EQ(LinesOf(some.members["tree.txt"]).size(), 101U);
  EXPECT_EQ(some.Notes("kinds.file_tree.names"), Lines{"/d"});
  EXPECT_TRUE(some.Member("tree.txt")->cut_tail);
  EXPECT_EQ(some.row.outcome, Outcome::kPartial);

  limits_ = manifest::Limits{.max_bytes = 5000};
  auto capped = Collect("file_tree", {{"path", Text("/d")}});
  EXPECT_LE(capped.members["tree.txt"].size(), 5000U);
  EXPECT_TRUE(capped.Member("tree.txt")->cut_tail);
  EXPECT_EQ(capped.row.outcome, Outcome::kPartial);
}

TEST_F(FileTreeKind, StrangeNamesStayOnOneLine) {
  tree_.Write("d/a\nb", "");
  tree_.Write("d/c\x1b[2J", "");
  tree_.Write("d/e\xff", "");
  tree_.Link("d/f", "x\ny");
  auto got = Collect("file_tree", {{"path", Text("/d")}});
  EXPECT_EQ(NamesOf(got.members["tree.txt"]),
            (Lines{"/d", "/d/a\\nb", "/d/c\\x1b[2J", "/d/e\\xff", "/d/f -> x\\ny"}));
}

TEST_F(FileTreeKind, SaysWhatItMayNotList) {
  tree_.Write("d/closed/x", "");
  tree_.Write("d/open/y", "");
  ASSERT_EQ(chmod(tree_.Path("d/closed").c_str(), 0), 0);
  as_nobody_ = true;
  auto got = Collect("file_tree", {{"path", Text("/d")}});
  chmod(tree_.Path("d/closed").c_str(), 0700);
  EXPECT_EQ(NamesOf(got.members["tree.txt"]), (Lines{"/d", "/d/closed", "/d/open", "/d/open/y"}));
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  ASSERT_EQ(got.row.notes.size(), 1U);
  EXPECT_EQ(got.row.notes[0].subject, "/d/closed");
}

TEST_F(FileTreeKind, EndsAtItsDeadline) {
  tree_.Write("d/x", "");
  deadline_ = base::Deadline::After(base::Duration::zero());
  EXPECT_EQ(Collect("file_tree", {{"path", Text("/d")}}).row.outcome, Outcome::kTimedOut);
}

TEST_F(FileTreeKind, RecordsWithDigestsOfSmallFiles) {
  tree_.Write("d/a", "hello\n");
  tree_.Write("d/big", std::string(200, 'x'));
  tree_.Write("d/empty", "");
  tree_.Link("d/link", "a");
  auto got = Collect("file_tree", {{"path", Text("/d")}, {"digest_each", Size(100)}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  std::map<std::string, base::Json> records;
  for (const std::string& line : LinesOf(got.members["tree.ndjson"])) {
    auto record = base::ParseJson(line);
    ASSERT_TRUE(record) << line;
    records[record->StringOr("path", "")] = *record;
  }
  ASSERT_EQ(records.size(), 5U);
  EXPECT_EQ(records["/d"].StringOr("type", ""), "folder");
  EXPECT_EQ(records["/d"].Find("sha256"), nullptr);
  // sha256sum
  EXPECT_EQ(records["/d/a"].StringOr("sha256", ""),
            "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
  EXPECT_EQ(records["/d/a"].IntegerOr("size", -1), 6);
  EXPECT_TRUE(records["/d/big"].Find("sha256")->is_null());
  EXPECT_EQ(records["/d/link"].StringOr("target", ""), "a");
  auto sums = base::ParseJson(got.members["sums.json"]);
  ASSERT_TRUE(sums);
  EXPECT_EQ(sums->IntegerOr("files", -1), 3);
  EXPECT_EQ(sums->IntegerOr("bytes", -1), 206);
  EXPECT_EQ(sums->IntegerOr("digested_files", -1), 2);
  EXPECT_EQ(sums->IntegerOr("empty_files", -1), 1);
  ASSERT_EQ(sums->Find("suspect_paths")->array()->size(), 1U);
  EXPECT_EQ(*sums->Find("suspect_paths")->array()->at(0).string(), "/d/empty");
  EXPECT_TRUE(*sums->Find("complete")->boolean());
}

TEST_F(FileTreeKind, DigestsNoMoreThanItMayInAll) {
  for (const char* name : {"d/a", "d/b", "d/c"})
    tree_.Write(name, std::string(60, 'x'));
  auto got = Collect(
      "file_tree", {{"path", Text("/d")}, {"digest_each", Size(100)}, {"digest_total", Size(130)}});
  EXPECT_EQ(base::ParseJson(got.members["sums.json"])->IntegerOr("digested_files", -1), 2);
}

TEST_F(FileTreeKind, RecordsTellZipsThatAreCutAndHollowFiles) {
  const std::string end("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
  tree_.Write("d/good.zip", end);
  tree_.Write("d/cut.zip", "PK\3\4 and then the disk was full");
  tree_.Write("d/hollow", "");
  ASSERT_EQ(truncate(tree_.Path("d/hollow").c_str(), 100'000), 0);
  auto got = Collect("file_tree", {{"path", Text("/d")}, {"records", tests::Flag(true)}});
  auto sums = base::ParseJson(got.members["sums.json"]);
  ASSERT_TRUE(sums);
  EXPECT_EQ(sums->IntegerOr("zips", -1), 2);
  EXPECT_EQ(sums->IntegerOr("cut_zips", -1), 1);
  EXPECT_EQ(sums->IntegerOr("hollow_files", -1), 1);
  EXPECT_EQ(sums->IntegerOr("digested_files", -1), 0);
  EXPECT_EQ(sums->Find("suspect_paths")->array()->size(), 2U);
  EXPECT_NE(got.members["tree.ndjson"].find(R"("hollow":false,"whole":true)"), std::string::npos)
      << got.members["tree.ndjson"];
  EXPECT_NE(got.members["tree.ndjson"].find(R"("whole":false)"), std::string::npos);
}

TEST_F(FileTreeKind, WithoutAWordNothingIsOpened) {
  tree_.Write("d/a", "hello\n");
  auto got = Collect("file_tree", {{"path", Text("/d")}});
  EXPECT_EQ(got.members.size(), 1U);
  EXPECT_EQ(got.row.bytes_read, 0U);
}

TEST_F(FileTreeKind, ForeseesWhereItStarts) {
  tree_.Write("d/x", "");
  const kinds::Preview preview = Plan("file_tree", {{"path", Text("/d")}});
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kList);
  EXPECT_EQ(preview.steps[0].what, "/d");
  Plan("file_tree", {{"path", Text("/nowhere")}});
  EXPECT_EQ(plan_status_.code(), base::Code::kMissing);
}

}  // namespace
}  // namespace casepack

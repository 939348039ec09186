#include "collector/os/glob.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;
using Paths = std::vector<std::string>;

class GlobTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto host = OpenHost({tree_.root(), NetworkMounts::kLeaveAlone});
    ASSERT_TRUE(host);
    host_ = std::move(*host);
    for (const char* path : {"log/a.log", "log/b.log", "log/b.txt", "log/sub/c.log",
                             "log/sub/deep/d.log", "log/sub-2/e.log", "log.d/f.log"}) {
      tree_.Write(path, "x");
    }
  }

  // A path with "!" and the key where it could not be looked at.
  Paths Find(const std::string& pattern, const GlobLimits& limits = {}) {
    Paths paths;
    status_ = Glob(*host_, pattern, limits, [&](Found found) {
      if (found.status.ok()) {
        paths.push_back(found.path);
      } else {
        paths.push_back("!" + found.path + " " + found.status.message().key);
      }
      last_ = std::move(found);
      return paths.size() < stop_at_;
    });
    return paths;
  }

  tests::TempTree tree_;
  std::unique_ptr<Host> host_;
  base::Status status_;
  Found last_;
  size_t stop_at_ = SIZE_MAX;
};

TEST_F(GlobTest, FindsInByteOrder) {
  const struct {
    const char* pattern;
    Paths found;
  } kCases[] = {
      {"/log/a.log", {"/log/a.log"}},
      {"/log", {"/log"}},
      {"/log/*.log", {"/log/a.log", "/log/b.log"}},
      {"/log/*", {"/log/a.log", "/log/b.log", "/log/b.txt", "/log/sub", "/log/sub-2"}},
      {"/*/*.log", {"/log.d/f.log", "/log/a.log", "/log/b.log"}},
      {"/log/*/*.log", {"/log/sub-2/e.log", "/log/sub/c.log"}},
      {"/log/**/*.log",
       {"/log/a.log", "/log/b.log", "/log/sub-2/e.log", "/log/sub/c.log", "/log/sub/deep/d.log"}},
      {"/log/sub/**", {"/log/sub/c.log", "/log/sub/deep", "/log/sub/deep/d.log"}},
      {"/**/d.log", {"/log/sub/deep/d.log"}},
      {"/**/**/d.log", {"/log/sub/deep/d.log"}},
      {"/**/sub/**/*.log", {"/log/sub/c.log", "/log/sub/deep/d.log"}},
      {"/*/sub/c.log", {"/log/sub/c.log"}},
      {"/*/sub/none", {}},
      {"//log//*.txt", {"/log/b.txt"}},
      {"/log/[ab].log", {"/log/a.log", "/log/b.log"}},
      {"/none/*", {}},
      {"/log/a.log/*", {}},
      {"/log/*/none", {}},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Find(c.pattern), c.found) << c.pattern;
    EXPECT_EQ(status_.code(), c.found.empty() ? Code::kMissing : Code::kOk) << c.pattern;
  }
  EXPECT_EQ(Find("log/*"), Paths{});
  EXPECT_EQ(status_.code(), Code::kInvalid);
}

TEST_F(GlobTest, OddNames) {
  tree_.Write("odd/new\nline.log", "");
  tree_.Write("odd/\xff.log", "");
  EXPECT_EQ(Find("/odd/*.log"), (Paths{"/odd/new\nline.log", "/odd/\xff.log"}));
}

TEST_F(GlobTest, WhatAWildcardMatchedIsNotFollowed) {
  tree_.Write("else/x.log", "");
  tree_.Link("log/link", "/else");
  tree_.Link("log/z.log", "/else/x.log");
  EXPECT_EQ(Find("/log/*/x.log"), Paths{});
  EXPECT_EQ(Find("/log/**/x.log"), Paths{});
  EXPECT_EQ(Find("/log/z*"), Paths{"/log/z.log"});
  EXPECT_EQ(last_.info.type, FileType::kSymlink);
}

TEST_F(GlobTest, WhatThePatternNamesIsFollowed) {
  tree_.Write("else/x.log", "");
  tree_.Link("log/link", "/else");
  EXPECT_EQ(Find("/log/link/*.log"), Paths{"/log/link/x.log"});
  EXPECT_EQ(Find("/*/link/*.log"), Paths{"/log/link/x.log"});
  EXPECT_EQ(Find("/log/link"), Paths{"/log/link"});
  EXPECT_EQ(last_.info.type, FileType::kDirectory);
}

TEST_F(GlobTest, OthersLinksAreTold) {
  tree_.Write("else/x.log", "");
  tree_.Link("log/link", "/else");
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  ASSERT_EQ(lchown(tree_.Path("log/link").c_str(), 65534, 65534), 0);
  EXPECT_EQ(Find("/log/link/*.log"), Paths{"!/log/link os.link.untrusted"});
  EXPECT_EQ(Find("/log/link"), Paths{"!/log/link os.link.untrusted"});
  EXPECT_TRUE(status_.ok());
}

TEST_F(GlobTest, WhatMayNotBeReadIsTold) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  ASSERT_EQ(chmod(tree_.root().c_str(), 0755), 0);
  ASSERT_EQ(chmod(tree_.Path("log/sub").c_str(), 0700), 0);
  ASSERT_EQ(chmod(tree_.Path("log/sub-2").c_str(), 0711), 0);
  ASSERT_EQ(seteuid(65534), 0);
  const Paths listed = Find("/log/*/*.log");
  const Paths named = Find("/log/*/e.log");
  const Paths last = Find("/log/sub/c.log");
  ASSERT_EQ(seteuid(0), 0);
  EXPECT_EQ(listed, (Paths{"!/log/sub-2 os.file.denied", "!/log/sub os.file.denied"}));
  EXPECT_EQ(named, (Paths{"/log/sub-2/e.log", "!/log/sub/e.log os.file.denied"}));
  EXPECT_EQ(last, Paths{"!/log/sub/c.log os.file.denied"});
}

TEST_F(GlobTest, EndsWhenToldSo) {
  stop_at_ = 2;
  EXPECT_EQ(Find("/log/**"), (Paths{"/log/a.log", "/log/b.log"}));
  EXPECT_TRUE(status_.ok());
}

TEST_F(GlobTest, TellsWhatItKnowsAtTheLimit) {
  GlobLimits limits;
  limits.visited = 3;
  const Paths found = Find("/log/*", limits);
  EXPECT_EQ(status_.code(), Code::kFull);
  EXPECT_GE(found.size(), 1U);
  EXPECT_LE(found.size(), 3U);
}

TEST_F(GlobTest, EndsAtTheDeadline) {
  base::StopFlag stop;
  stop.Raise();
  GlobLimits limits;
  limits.deadline.stop = &stop;
  EXPECT_EQ(Find("/log/**/*.log", limits), Paths{});
  EXPECT_EQ(status_.code(), Code::kTimedOut);
}

TEST_F(GlobTest, DeepTreesEnd) {
  std::string path = "deep";
  while (path.size() < 3900)
    path += "/0123456789";
  tree_.Write(path + "/x.log", "");
  EXPECT_EQ(Find("/deep/**/*.log"), Paths{"/" + path + "/x.log"});
}

}  // namespace
}  // namespace casepack::os

#include "collector/os/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* folder : {"usr", "usr/bin", "usr/sbin", "opt"}) {
      ASSERT_EQ(chmod(tree_.Folder(folder).c_str(), 0755), 0);
    }
    ASSERT_EQ(chmod(tree_.root().c_str(), 0755), 0);
    tree_.Link("bin", "usr/bin");
    Program("usr/bin/tool");
  }

  std::string Program(const std::string& name, mode_t mode = 0755) {
    std::string path = tree_.Write(name, "#!/bin/sh\n");
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }

  std::string Find(const std::string& name) {
    const Walker walker(Handle(open(tree_.root().c_str(), O_PATH | O_CLOEXEC)), {});
    const auto found = FindProgramBelow(walker, name, trust_);
    return found ? *found : found.error().message().key;
  }

  tests::TempTree tree_;
  Walker::Trust trust_ = geteuid() == 0 ? Walker::Trust::kAllFolders : Walker::Trust::kLinks;
};

TEST_F(ProgramTest, FindsByNameAndByPath) {
  Program("opt/own");
  Program("usr/sbin/both");
  Program("usr/bin/both");
  tree_.Write("usr/bin/text", "");
  tree_.Folder("usr/bin/folder");
  tree_.Link("usr/bin/linked", "/opt/own");
  const struct {
    const char* name;
    const char* found;
  } kCases[] = {
      {"tool", "/usr/bin/tool"},
      {"both", "/usr/sbin/both"},
      {"linked", "/usr/bin/linked"},
      {"/bin/tool", "/bin/tool"},
      {"/opt/own", "/opt/own"},
      {"own", "os.program.missing"},
      {"none", "os.program.missing"},
      {"/opt/none", "os.program.missing"},
      {"", "os.program.missing"},
      {"bin/tool", "os.program.missing"},
      {"../bin/tool", "os.program.missing"},
      {"text", "os.program.not_executable"},
      {"folder", "os.program.not_executable"},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(Find(c.name), c.found) << c.name;
}

TEST_F(ProgramTest, TheNextOneWhereTheFirstWillNotDo) {
  tree_.Write("usr/sbin/tool", "not a program");
  EXPECT_EQ(Find("tool"), "/usr/bin/tool");
}

TEST_F(ProgramTest, RootRunsNothingOfOthers) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  EXPECT_EQ(chmod(Program("usr/bin/open").c_str(), 0777), 0);
  EXPECT_EQ(Find("open"), "os.program.untrusted");
  EXPECT_EQ(chown(Program("usr/bin/theirs").c_str(), 65534, 0), 0);
  EXPECT_EQ(Find("theirs"), "os.program.untrusted");
  // The program is root's, but whoever may write to its folder could replace it.
  Program("opt/own");
  ASSERT_EQ(chmod(tree_.Path("opt").c_str(), 01777), 0);
  tree_.Link("usr/bin/linked", "/opt/own");
  EXPECT_EQ(Find("/opt/own"), "os.program.untrusted");
  EXPECT_EQ(Find("linked"), "os.program.untrusted");
  trust_ = Walker::Trust::kLinks;
  EXPECT_EQ(Find("/opt/own"), "/opt/own");
}

}  // namespace
}  // namespace casepack::os

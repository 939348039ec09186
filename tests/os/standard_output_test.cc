#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "collector/os/output.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

// What the body returns in a child whose standard output is that descriptor.
int WithOutput(int output, int (*body)()) {
  const pid_t pid = fork();
  if (pid == 0) {
    std::signal(SIGPIPE, SIG_IGN);
    dup2(output, STDOUT_FILENO);
    _exit(body());
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(StandardOutput, WritesAll) {
  const tests::TempTree tree;
  const int handle = open(tree.Write("out", "").c_str(), O_WRONLY | O_CLOEXEC);
  EXPECT_EQ(WithOutput(handle,
                       [] {
                         StandardOutput output;
                         return output.Write("one ").ok() && output.Write("two").ok() &&
                                        output.Commit().ok()
                                    ? 7
                                    : 1;
                       }),
            7);
  close(handle);
  EXPECT_EQ(tree.Read("out"), "one two");
}

TEST(StandardOutput, FailsWhenTheReaderIsGone) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  close(ends[0]);
  EXPECT_EQ(WithOutput(ends[1],
                       [] {
                         StandardOutput output;
                         if (output.Write("x").message().key != "os.output.reader_gone") return 1;
                         return output.Commit().ok() ? 2 : 7;
                       }),
            7);
  close(ends[1]);
}

TEST(StandardOutput, FailsOnAFullDisk) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (full < 0) GTEST_SKIP() << "no /dev/full here";
  EXPECT_EQ(WithOutput(full,
                       [] {
                         StandardOutput output;
                         return output.Write("x").code() == base::Code::kNoSpace ? 7 : 1;
                       }),
            7);
  close(full);
}

}  // namespace
}  // namespace casepack::os

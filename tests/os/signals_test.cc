#include "collector/os/signals.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace casepack::os {
namespace {

// How a child ends that arms the flag and sends itself these signals.
int EndOf(int first, int second) {
  const pid_t pid = fork();
  if (pid == 0) {
    static base::StopFlag flag;
    StopOnSignals(&flag);
    raise(first);
    if (!flag.raised()) _exit(1);
    if (second != 0) raise(second);
    _exit(42);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Signals, TheFirstRaisesTheFlag) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP})
    EXPECT_EQ(EndOf(number, 0), 42) << number;
}

TEST(Signals, TheSecondEndsTheProcess) {
  EXPECT_EQ(EndOf(SIGINT, SIGINT), 128 + SIGINT);
  EXPECT_EQ(EndOf(SIGHUP, SIGTERM), 128 + SIGTERM);
}

TEST(Signals, ABrokenPipeIsNoEnd) { EXPECT_EQ(EndOf(SIGINT, SIGPIPE), 42); }

TEST(Signals, AFileTooLargeIsNoEnd) { EXPECT_EQ(EndOf(SIGINT, SIGXFSZ), 42); }

TEST(Signals, ChildrenCanBeWaitedForWhateverOurParentLeftUs) {
  const pid_t pid = fork();
  if (pid == 0) {
    std::signal(SIGCHLD, SIG_IGN);
    static base::StopFlag flag;
    StopOnSignals(&flag);
    _exit(EndOf(SIGINT, 0));
  }
  int status = 0;
  waitpid(pid, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 42);
}

}  // namespace
}  // namespace casepack::os

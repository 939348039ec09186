#include "collector/os/self.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace casepack::os {
namespace {

// In a child of its own: a process cannot raise its priority again.
int ExitOf(int (*body)()) {
  const pid_t pid = fork();
  if (pid == 0) _exit(body());
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Self, LowersItsPriority) {
  EXPECT_EQ(ExitOf([] {
              LowerPriority();
              return getpriority(PRIO_PROCESS, 0);
            }),
            10);
}

TEST(Self, LeavesNoCore) {
  EXPECT_EQ(ExitOf([] {
              ForbidCoreDumps();
              rlimit limit{1, 1};
              getrlimit(RLIMIT_CORE, &limit);
              return limit.rlim_cur == 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 7 : 1;
            }),
            7);
}

TEST(Self, FillsTheGapsOfClosedStreams) {
  EXPECT_EQ(ExitOf([] {
              close(STDIN_FILENO);
              close(STDOUT_FILENO);
              EnsureStandardStreams();
              return open("/dev/null", O_RDONLY) > STDERR_FILENO ? 7 : 1;
            }),
            7);
}

TEST(Self, KeepsInheritedDescriptorsFromChildren) {
  EXPECT_EQ(ExitOf([] {
              const int inherited = open("/dev/null", O_RDONLY);
              EnsureStandardStreams();
              const bool hidden = fcntl(inherited, F_GETFD) == FD_CLOEXEC;
              return hidden && fcntl(STDOUT_FILENO, F_GETFD) == 0 ? 7 : 1;
            }),
            7);
}

TEST(Self, KnowsItsPeakMemory) {
  const uint64_t before = OwnUsage().peak_memory;
  ASSERT_GT(before, 0U);
  const size_t more = 64U << 20U;
  std::vector<char> block(before + more, 1);  // touches every page
  EXPECT_GE(OwnUsage().peak_memory, before + more);
  EXPECT_EQ(block.back(), 1);
}

}  // namespace
}  // namespace casepack::os

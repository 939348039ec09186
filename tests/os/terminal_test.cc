#include "collector/os/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace casepack::os {
namespace {

// What a child sees whose standard output is this descriptor.
int InChild(int descriptor, int (*body)()) {
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(descriptor, STDOUT_FILENO);
    _exit(body());
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Terminal, APipeIsNone) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_EQ(InChild(ends[1], [] { return IsTerminal(StandardStream::kOut) ? 1 : 0; }), 0);
  EXPECT_EQ(
      InChild(ends[1], [] { return static_cast<int>(TerminalColumns(StandardStream::kOut)); }), 80);
  close(ends[0]);
  close(ends[1]);
}

TEST(Terminal, APseudoTerminalIsOneWithItsWidth) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
    GTEST_SKIP() << "no pseudo-terminals here";
  const int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  ASSERT_GE(slave, 0);
  winsize size{};
  size.ws_col = 123;
  ASSERT_EQ(ioctl(slave, TIOCSWINSZ, &size), 0);
  EXPECT_EQ(InChild(slave, [] { return IsTerminal(StandardStream::kOut) ? 1 : 0; }), 1);
  EXPECT_EQ(InChild(slave, [] { return static_cast<int>(TerminalColumns(StandardStream::kOut)); }),
            123);
  close(slave);
  close(master);
}

TEST(Terminal, ReadsTheEnvironment) {
  setenv("CASEPACK_TEST_NAME", "value", 1);
  EXPECT_EQ(Environment("CASEPACK_TEST_NAME"), "value");
  unsetenv("CASEPACK_TEST_NAME");
  EXPECT_EQ(Environment("CASEPACK_TEST_NAME"), std::nullopt);
}

}  // namespace
}  // namespace casepack::os

#include "collector/os/write.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <thread>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

TEST(Write, WaitsForASlowReader) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  ASSERT_EQ(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
  const std::string sent(1U << 20U, 'x');
  std::string got;
  std::jthread reader([&] {
    char buffer[4096];
    ssize_t count = 0;
    while ((count = read(ends[0], buffer, sizeof buffer)) > 0)
      got.append(buffer, static_cast<size_t>(count));
  });
  EXPECT_EQ(WriteAll(ends[1], sent), 0);
  close(ends[1]);
  reader.join();
  close(ends[0]);
  EXPECT_EQ(got, sent);
}

TEST(Write, TellsThatTheReaderIsGone) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  close(ends[0]);
  EXPECT_EQ(WriteAll(ends[1], "x"), EPIPE);
  close(ends[1]);
  std::signal(SIGPIPE, before);
}

TEST(Write, AtAPlace) {
  const tests::TempTree tree;
  const int handle = open(tree.Write("file", "0123456789").c_str(), O_RDWR | O_CLOEXEC);
  EXPECT_EQ(WriteAllAt(handle, "abc", 4), 0);
  close(handle);
  EXPECT_EQ(tree.Read("file"), "0123abc789");
  EXPECT_EQ(WriteAllAt(-1, "x", 0), EBADF);
}

}  // namespace
}  // namespace casepack::os

#include "collector/os/child.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <utility>

#include "collector/os/self.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

Command Mode(std::string mode) {
  Command command;
  command.argv = {CASEPACK_CHILD, std::move(mode)};
  return command;
}

// All of its standard output, by its end.
std::string ReadAll(Child& child) {
  std::string text;
  char buffer[4096];
  while (true) {
    pollfd readable{child.out.get(), POLLIN, 0};
    poll(&readable, 1, -1);
    const ssize_t count = read(child.out.get(), buffer, sizeof buffer);
    if (count <= 0) return text;
    text.append(buffer, static_cast<size_t>(count));
  }
}

void WaitForExit(const Child& child) {
  while (!child.Exited())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

size_t OpenHandles() {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    count += entry.path().empty() ? 0 : 1;
  }
  return count;
}

TEST(Child, StartsClean) {
  EnsureStandardStreams();  // else it has what whoever started this test left open
  auto child = Child::Start(Mode("state"));
  ASSERT_TRUE(child);
  // Three descriptors, no signal blocked or ignored, in the root, its own group.
  EXPECT_EQ(ReadAll(*child), "fd 0\nfd 1\nfd 2\nin /\nleader\n");
  WaitForExit(*child);
  EXPECT_EQ(child->Reap().code, 0);
}

TEST(Child, HasACleanEnvironment) {
  setenv("SECRET_OF_OURS", "x", 1);
  Command command = Mode("env");
  command.environment = {"LC_ALL=ja_JP.UTF-8", "MORE=a=b"};
  auto child = Child::Start(command);
  ASSERT_TRUE(child);
  EXPECT_EQ(
      ReadAll(*child),
      "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nHOME=/\nTERM=dumb\nLC_ALL=ja_JP.UTF-8\nMORE=a=b\n");
  WaitForExit(*child);
  child->Reap();
}

TEST(Child, WhatCannotBeStarted) {
  const tests::TempTree tree;
  const std::string text = tree.Write("text", "no program");
  const std::string odd = tree.Write("odd",
                                     "\x7f"
                                     "ELF no program");
  std::filesystem::permissions(odd, std::filesystem::perms::owner_all);
  const struct {
    std::string program;
    Code code;
    const char* key;
  } kCases[] = {
      {tree.Path("none"), Code::kMissing, "os.file.missing"},
      {text, Code::kDenied, "os.file.denied"},
      {tree.root(), Code::kDenied, "os.file.denied"},
      {odd, Code::kFailed, "os.run.format"},
      {"relative", Code::kInvalid, "os.path.relative"},
      {"", Code::kInvalid, "os.path.relative"},
  };
  const size_t before = OpenHandles();
  for (const auto& c : kCases) {
    Command command;
    command.argv = {c.program};
    const auto child = Child::Start(command);
    ASSERT_FALSE(child) << c.program;
    EXPECT_EQ(child.error().code(), c.code) << c.program;
    EXPECT_EQ(child.error().message().key, c.key) << c.program;
  }
  EXPECT_EQ(Child::Start({}).error().code(), Code::kInvalid);
  EXPECT_EQ(OpenHandles(), before);
}

TEST(Child, TellsHowItEnded) {
  auto child = Child::Start(Mode("signal"));
  ASSERT_TRUE(child);
  WaitForExit(*child);
  const Exit exit = child->Reap();
  EXPECT_EQ(exit.how, Exit::How::kSignalled);
  EXPECT_EQ(exit.code, SIGUSR1);
  EXPECT_GT(exit.peak_memory, 100'000U);
}

TEST(Child, IsKilledWithItsOwner) {
  pid_t left = 0;
  {
    auto child = Child::Start(Mode("fork-and-exit"));
    ASSERT_TRUE(child);
    WaitForExit(*child);
    char buffer[32] = {};
    ASSERT_GT(read(child->out.get(), buffer, sizeof buffer - 1), 0);
    left = static_cast<pid_t>(std::stol(buffer));
    EXPECT_EQ(kill(left, 0), 0);
  }
  // Killed, though its parent, which it outlived, never waited for it.
  const std::string stat = "/proc/" + std::to_string(left) + "/stat";
  for (int i = 0; i < 10'000 && kill(left, 0) == 0; ++i) {
    std::ifstream in(stat);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    if (text.empty() || text.find(") Z ") != std::string::npos) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ASSERT_LT(i, 9'999);
  }
}

}  // namespace
}  // namespace casepack::os

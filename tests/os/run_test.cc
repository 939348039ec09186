#include "collector/os/run.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "collector/os/self.h"

namespace casepack::os {
namespace {

using base::Deadline;
using std::chrono::milliseconds;
using std::chrono::seconds;
using How = Exit::How;

struct Ran {
  Exit exit;
  std::string out;
  std::string err;
};

Command Mode(std::vector<std::string> arguments) {
  Command command;
  command.argv = std::move(arguments);
  command.argv.insert(command.argv.begin(), CASEPACK_CHILD);
  return command;
}

// Until there is no more room, where that is not endless.
Ran RunIt(const Command& command, const Deadline& deadline, size_t room = SIZE_MAX) {
  Ran ran;
  const auto exit = RunCommand(command, deadline, [&](OutputStream stream, std::string_view bytes) {
    (stream == OutputStream::kStdout ? ran.out : ran.err) += bytes;
    return ran.out.size() + ran.err.size() < room ? Wants::kMore : Wants::kNoMore;
  });
  EXPECT_TRUE(exit);
  if (exit) ran.exit = *exit;
  return ran;
}

Ran RunMode(std::vector<std::string> arguments, const Deadline& deadline = {},
            size_t room = SIZE_MAX) {
  return RunIt(Mode(std::move(arguments)), deadline, room);
}

size_t OpenHandles() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

TEST(Run, TellsOutputAndExit) {
  const Ran four = RunMode({"exit", "4"});
  EXPECT_EQ(four.exit.how, How::kExited);
  EXPECT_EQ(four.exit.code, 4);
  EXPECT_FALSE(four.exit.left_processes);

  const Ran error = RunMode({"stderr"});
  EXPECT_EQ(error.err, "to stderr\n");
  EXPECT_EQ(error.out, "");

  const Ran signalled = RunMode({"signal"});
  EXPECT_EQ(signalled.exit.how, How::kSignalled);
  EXPECT_EQ(signalled.exit.code, SIGUSR1);

  const Ran binary = RunMode({"binary"});
  ASSERT_EQ(binary.out.size(), 256U);
  for (int i = 0; i < 256; ++i)
    EXPECT_EQ(static_cast<unsigned char>(binary.out[static_cast<size_t>(i)]), i);
}

TEST(Run, ItsInputIsEmpty) { EXPECT_EQ(RunMode({"read-stdin"}).out, "read 0\n"); }

TEST(Run, WhatCannotBeStartedIsAStatus) {
  Command command;
  command.argv = {"/no/such/program"};
  const auto ran =
      RunCommand(command, {}, [](OutputStream, std::string_view) { return Wants::kMore; });
  EXPECT_EQ(ran.error().code(), base::Code::kMissing);
}

TEST(Run, EndsAtTheDeadline) {
  for (const char* mode : {"sleep", "close-and-sleep", "spam-and-hang", "stop"}) {
    const Ran ran = RunMode({mode}, Deadline::After(milliseconds(200)));
    EXPECT_EQ(ran.exit.how, How::kTimedOut) << mode;
    EXPECT_EQ(ran.exit.code, SIGTERM) << mode;
    EXPECT_FALSE(ran.exit.left_processes) << mode;
  }
}

TEST(Run, KeepsWhatCameBeforeTheDeadline) {
  const Ran ran = RunMode({"spam-and-hang"}, Deadline::After(milliseconds(500)));
  EXPECT_EQ(ran.exit.how, How::kTimedOut);
  EXPECT_TRUE(ran.out.ends_with("line 999\n")) << ran.out.size();
}

TEST(Run, EndsAtTheStopFlag) {
  base::StopFlag stop;
  std::jthread raiser([&stop] {
    std::this_thread::sleep_for(milliseconds(100));
    stop.Raise();
  });
  const Ran ran = RunMode({"sleep"}, Deadline::After(seconds(50), &stop));
  EXPECT_EQ(ran.exit.how, How::kTimedOut);
  EXPECT_EQ(ran.exit.code, SIGTERM);
}

TEST(Run, KillsWhatIgnoresTheRequest) {
  Command command = Mode({"ignore-term"});
  command.grace = milliseconds(100);
  const Ran ran = RunIt(command, Deadline::After(milliseconds(500)));
  EXPECT_EQ(ran.out, "ready\n");
  EXPECT_EQ(ran.exit.how, How::kTimedOut);
  EXPECT_EQ(ran.exit.code, SIGKILL);
}

TEST(Run, EndsAFlood) {
  for (const char* mode : {"flood", "flood-stderr"}) {
    const Ran ran = RunMode({mode}, Deadline::After(seconds(50)), 1U << 20U);
    EXPECT_EQ(ran.exit.how, How::kCapped) << mode;
    EXPECT_GE(ran.out.size() + ran.err.size(), 1U << 20U) << mode;
    EXPECT_LT(ran.out.size() + ran.err.size(), 2U << 20U)
        << "nothing more once the sink has had enough";
  }
}

TEST(Run, ASinkThatHadEnoughIsNotCalledAgain) {
  Command command = Mode({"flood-ignore-term"});
  command.grace = milliseconds(200);
  int calls = 0;
  const auto exit =
      RunCommand(command, Deadline::After(seconds(50)), [&](OutputStream, std::string_view) {
        ++calls;
        return Wants::kNoMore;
      });
  ASSERT_TRUE(exit);
  EXPECT_EQ(exit->how, How::kCapped);
  EXPECT_EQ(exit->code, SIGKILL);
  EXPECT_EQ(calls, 1);
}

TEST(Run, AFloodDoesNotKeepItFromTheDeadline) {
  size_t count = 0;
  const auto exit = RunCommand(Mode({"flood"}), Deadline::After(milliseconds(200)),
                               [&](OutputStream, std::string_view bytes) {
                                 count += bytes.size();
                                 return Wants::kMore;
                               });
  ASSERT_TRUE(exit);
  EXPECT_EQ(exit->how, How::kTimedOut);
  EXPECT_GT(count, 0U);
}

TEST(Run, EndsWhatIsLeftBehind) {
  const Ran ran = RunMode({"fork-and-exit"}, Deadline::After(seconds(50)));
  EXPECT_EQ(ran.exit.how, How::kExited);
  EXPECT_TRUE(ran.exit.left_processes);
  const auto left = static_cast<pid_t>(std::stol(ran.out));
  // It was killed; whoever is its parent now may not have waited for it yet.
  for (int i = 0; i < 5000 && kill(left, 0) == 0; ++i) {
    std::error_code error;
    if (std::filesystem::read_symlink("/proc/" + std::to_string(left) + "/exe", error).empty())
      break;
    std::this_thread::sleep_for(milliseconds(1));
    ASSERT_LT(i, 4999);
  }
}

TEST(Run, DoesNotWaitForADaemon) {
  const Ran ran = RunMode({"setsid-and-exit"}, Deadline::After(seconds(50)));
  EXPECT_EQ(ran.exit.how, How::kExited);
  EXPECT_TRUE(ran.exit.left_processes);
  kill(static_cast<pid_t>(std::stol(ran.out)), SIGKILL);
}

TEST(Run, ManyAtTheSameTimeLeakNothing) {
  EnsureStandardStreams();  // else they have what whoever started this test left open
  const size_t before = OpenHandles();
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 16; ++t) {
      threads.emplace_back([] {
        for (int i = 0; i < 15; ++i) {
          // A descriptor of a sibling would show, and would keep its output open.
          const Ran ran = RunMode({"fds"});
          EXPECT_EQ(ran.out, "fd 0\nfd 1\nfd 2\nin /\nleader\n");
          EXPECT_FALSE(ran.exit.left_processes);
        }
      });
    }
  }
  EXPECT_EQ(OpenHandles(), before);
}

TEST(Run, LeavesNoZombies) {
  RunMode({"exit", "0"});
  RunMode({"sleep"}, Deadline::After(milliseconds(50)));
  errno = 0;
  siginfo_t info{};
  EXPECT_EQ(waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT), -1);
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace casepack::os

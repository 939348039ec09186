#include "collector/os/signals.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace casepack::os {
namespace {

// How a child ends that arms the flag and runs this.
int InChild(int (*body)(base::StopFlag*)) {
  const pid_t pid = fork();
  if (pid == 0) {
    static base::StopFlag flag;
    StopOnSignals(&flag);
    _exit(body(&flag));
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The same for one that sends itself these signals, one after the other.
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

TEST(Signals, AnotherOneAtOnceIsNotImpatience) {
  EXPECT_EQ(EndOf(SIGTERM, SIGTERM), 42);  // as timeout(1) sends them
  EXPECT_EQ(EndOf(SIGHUP, SIGTERM), 42);
}

TEST(Signals, ASecondCtrlCLaterEndsTheProcess) {
  const int end = InChild([](base::StopFlag*) {
    raise(SIGINT);
    sleep(2);
    raise(SIGINT);
    return 42;
  });
  EXPECT_EQ(end, 128 + SIGINT);
}

TEST(Signals, WhatTheCallerIgnoresStaysIgnored) {
  const pid_t pid = fork();
  if (pid == 0) {
    static base::StopFlag flag;
    std::signal(SIGHUP, SIG_IGN);
    StopOnSignals(&flag);
    raise(SIGHUP);
    _exit(flag.raised() ? 1 : 42);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 42);
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

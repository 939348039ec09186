// child MODE: a program that misbehaves on request, for the tests of what runs programs.
// What it leaves behind ends by itself after a while, should a test fail to end it.
#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

void Say(int handle, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(handle, text.data(), text.size());
    if (count <= 0) _exit(99);
    text.remove_prefix(static_cast<size_t>(count));
  }
}

int Sleep() {
  for (int i = 0; i < 60; ++i)
    sleep(1);
  return 98;
}

int Flood(int handle) {
  const std::string line(99, 'x');
  while (true)
    Say(handle, line + "\n");
}

int IgnoreTerm() {
  std::signal(SIGTERM, SIG_IGN);
  Say(STDOUT_FILENO, "ready\n");
  return Sleep();
}

int FloodIgnoringTerm() {
  std::signal(SIGTERM, SIG_IGN);
  return Flood(STDOUT_FILENO);
}

// The grandchild keeps our output open. Its number, so that a test can end it.
int Fork(bool own_session) {
  if (const pid_t pid = fork(); pid != 0) {
    Say(STDOUT_FILENO, std::to_string(pid) + "\n");
    return 0;
  }
  if (own_session) setsid();
  return Sleep();
}

int ReadStdin() {
  char buffer[100];
  const ssize_t count = read(STDIN_FILENO, buffer, sizeof buffer);
  Say(STDOUT_FILENO, "read " + std::to_string(count) + "\n");
  return 0;
}

int Binary() {
  std::string all;
  for (int i = 0; i < 256; ++i)
    all += static_cast<char>(i);
  Say(STDOUT_FILENO, all);
  return 0;
}

int CloseAndSleep() {
  close(STDOUT_FILENO);
  close(STDERR_FILENO);
  return Sleep();
}

int SpamAndHang() {
  for (int i = 0; i < 1000; ++i)
    Say(STDOUT_FILENO, "line " + std::to_string(i) + "\n");
  return Sleep();
}

int Environment(char** environment) {
  for (; *environment != nullptr; ++environment)
    Say(STDOUT_FILENO, std::string(*environment) + "\n");
  return 0;
}

// Open descriptors, what is not to be expected of a program just started, and its group.
int State() {
  for (int handle = 0; handle < 1024; ++handle) {
    if (fcntl(handle, F_GETFD) != -1) Say(STDOUT_FILENO, "fd " + std::to_string(handle) + "\n");
  }
  sigset_t blocked;
  sigprocmask(SIG_BLOCK, nullptr, &blocked);
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action {};
    sigaction(number, nullptr, &action);
    if (sigismember(&blocked, number) == 1) Say(STDOUT_FILENO, "blocked\n");
    if (action.sa_handler == SIG_IGN) Say(STDOUT_FILENO, "ignored\n");
  }
  char folder[256];
  Say(STDOUT_FILENO, std::string("in ") + getcwd(folder, sizeof folder) + "\n");
  if (getpgrp() == getpid()) Say(STDOUT_FILENO, "leader\n");
  return 0;
}

int StopSelf() {
  Say(STDOUT_FILENO, "stopped\n");
  raise(SIGSTOP);
  return Sleep();
}

}  // namespace

int main(int argc, char** argv, char** environment) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  if (mode == "sleep") return Sleep();
  if (mode == "flood") return Flood(STDOUT_FILENO);
  if (mode == "flood-stderr") return Flood(STDERR_FILENO);
  if (mode == "flood-ignore-term") return FloodIgnoringTerm();
  if (mode == "ignore-term") return IgnoreTerm();
  if (mode == "fork-and-exit") return Fork(false);
  if (mode == "setsid-and-exit") return Fork(true);
  if (mode == "read-stdin") return ReadStdin();
  if (mode == "binary") return Binary();
  if (mode == "stderr") return Say(STDERR_FILENO, "to stderr\n"), 0;
  if (mode == "exit") return std::atoi(argc > 2 ? argv[2] : "0");
  if (mode == "signal") return raise(SIGUSR1);
  if (mode == "close-and-sleep") return CloseAndSleep();
  if (mode == "spam-and-hang") return SpamAndHang();
  if (mode == "env") return Environment(environment);
  if (mode == "fds" || mode == "state") return State();
  if (mode == "stop") return StopSelf();
  return 97;
}

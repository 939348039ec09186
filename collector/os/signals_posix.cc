#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>

#include "collector/os/signals.h"

namespace casepack::os {
namespace {

// A signal handler has no argument of its own to find the flag by.
std::atomic<base::StopFlag*> stop_flag{nullptr};

// Of the first signal, in seconds of the monotonic clock; 0: there was none.
std::atomic<int64_t> first_at{0};

int64_t Seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);  // safe in a handler: signal-safety(7)
  return now.tv_sec + 1;
}

void OnSignal(int number) {
  base::StopFlag* flag = stop_flag.load();
  int64_t none = 0;
  if (first_at.compare_exchange_strong(none, Seconds())) {
    flag->Raise();
    return;
  }
  // timeout(1), systemd and a closing terminal send more than one: only a person who
  // presses Ctrl-C again, later, will not wait.
  if (number == SIGINT && Seconds() - first_at.load() >= 1) std::_Exit(128 + number);
}

}  // namespace

void StopOnSignals(base::StopFlag* flag) {
  stop_flag.store(flag);
  struct sigaction action {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction inherited {};
    sigaction(number, nullptr, &inherited);
    if (inherited.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);  // nohup(1)
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGCHLD, SIG_DFL);
}

}  // namespace casepack::os

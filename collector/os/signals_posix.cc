#include <csignal>
#include <cstdlib>

#include "collector/os/signals.h"

namespace casepack::os {
namespace {

// A signal handler has no argument of its own to find the flag by.
std::atomic<base::StopFlag*> stop_flag{nullptr};

void OnSignal(int number) {
  base::StopFlag* flag = stop_flag.load();
  if (flag == nullptr || flag->raised()) std::_Exit(128 + number);
  flag->Raise();
}

}  // namespace

void StopOnSignals(base::StopFlag* flag) {
  stop_flag.store(flag);
  struct sigaction action {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM, SIGHUP})
    sigaction(number, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGCHLD, SIG_DFL);
}

}  // namespace casepack::os

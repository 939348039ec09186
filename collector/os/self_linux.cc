#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "collector/os/self.h"

namespace casepack::os {
namespace {

// ioprio_set(2) has no glibc wrapper, and its constants no header of user space.
constexpr int kWhoProcess = 1;
constexpr int kClassBestEffort = 2;
constexpr int kClassShift = 13;
constexpr int kLowestLevel = 7;
constexpr int kNice = 10;
constexpr unsigned kOnlyCloseOnExec = 4;  // CLOSE_RANGE_CLOEXEC: since Linux 5.11
constexpr int kFirstInherited = STDERR_FILENO + 1;
constexpr int kMostInherited = 1024;

void HideInherited() {
  if (syscall(SYS_close_range, kFirstInherited, ~0U, kOnlyCloseOnExec) == 0) return;
  for (int handle = kFirstInherited; handle < kMostInherited; ++handle)
    fcntl(handle, F_SETFD, FD_CLOEXEC);
}

base::Duration Span(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

void LowerPriority() {
  setpriority(PRIO_PROCESS, 0, kNice);
  syscall(SYS_ioprio_set, kWhoProcess, 0, (kClassBestEffort << kClassShift) | kLowestLevel);
}

void KeepMemorySmall() { mallopt(M_ARENA_MAX, 1); }

void ForbidCoreDumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void EnsureStandardStreams() {
  HideInherited();
  // open(2) takes the lowest free number, so each pass fills the first gap.
  for (int handle = STDIN_FILENO; handle <= STDERR_FILENO; ++handle) {
    // For reading only: who writes into a closed stream is told so (EBADF).
    if (fcntl(handle, F_GETFD) == -1 && open("/dev/null", O_RDONLY) != handle) return;
  }
}

Usage OwnUsage() {
  rusage own{};
  rusage children{};
  getrusage(RUSAGE_SELF, &own);
  getrusage(RUSAGE_CHILDREN, &children);
  Usage usage;
  usage.cpu =
      Span(own.ru_utime) + Span(own.ru_stime) + Span(children.ru_utime) + Span(children.ru_stime);
  usage.peak_memory = static_cast<uint64_t>(own.ru_maxrss) * 1024;
  return usage;
}

}  // namespace casepack::os

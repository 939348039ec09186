// A program to run and what became of it: data only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/time.h"

namespace casepack::os {

struct Command {
  std::vector<std::string> argv;  // argv[0] absolute; never a shell
  // Added to the clean environment PATH, LC_ALL=C.UTF-8, HOME=/, TERM=dumb.
  std::vector<std::string> environment;            // "NAME=value"
  base::Duration grace = std::chrono::seconds(2);  // between SIGTERM and SIGKILL
};

enum class OutputStream { kStdout, kStderr };
enum class Wants { kMore, kNoMore };
// Gets the output as it comes. kNoMore: the cap is reached, end the program.
using OutputSink = std::function<Wants(OutputStream, std::string_view)>;

struct Exit {
  enum class How {
    kExited,     // code holds the exit status
    kSignalled,  // code holds the signal, which did not come from us
    kCapped,     // ended by us: the sink wanted no more
    kTimedOut,   // ended by us: the deadline
    kAbandoned,  // did not die of SIGKILL within the grace time (uninterruptible wait)
  };
  How how = How::kExited;
  int code = 0;
  // It exited, but a process that it left behind kept its output open; ended by us.
  bool left_processes = false;
  base::Duration cpu{};      // user and system
  uint64_t peak_memory = 0;  // bytes
};

}  // namespace casepack::os

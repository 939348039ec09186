// Standard input, put somewhere else while this lives, for what reads "-" here or in a
// child.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

namespace casepack::tests {

class StandardInput {
 public:
  // Does not own `descriptor`, whose place in the file is shared.
  explicit StandardInput(int descriptor) : before_(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) {
    EXPECT_EQ(dup2(descriptor, STDIN_FILENO), STDIN_FILENO);
  }
  ~StandardInput() {
    if (before_ < 0) {
      close(STDIN_FILENO);
      return;
    }
    dup2(before_, STDIN_FILENO);
    close(before_);
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

 private:
  int before_;  // -1: there was none
};

// The reading end of a pipe that holds `text`, at most 64 KiB, and its end.
inline int PipeWith(const std::string& text) {
  int ends[2];
  EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
  EXPECT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  close(ends[1]);
  return ends[0];
}

}  // namespace casepack::tests

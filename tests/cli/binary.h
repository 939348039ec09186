// The real binary, run as a user runs it.
#pragma once

#include <string>
#include <vector>

namespace casepack::tests {

struct Ran {
  int exit = -1;  // 128 + signal if one ended it
  std::string out;
  std::string err;
};

struct RunOptions {
  std::vector<std::string> environment;  // "LANG=ja_JP.UTF-8"; nothing else is passed on
  std::string folder = "/";
  int signal_after_ms = 0;  // sends `signal` then
  int signal = 0;
};

Ran RunCasepack(const std::vector<std::string>& words, const RunOptions& options = {});

}  // namespace casepack::tests

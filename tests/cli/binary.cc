#include "tests/cli/binary.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>

namespace casepack::tests {
namespace {

std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words)
    pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

[[noreturn]] void Child(std::vector<std::string> words, RunOptions options, int out, int err) {
  words.insert(words.begin(), CASEPACK_BINARY);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (chdir(options.folder.c_str()) != 0) _exit(126);
  execve(CASEPACK_BINARY, Pointers(words).data(), Pointers(options.environment).data());
  _exit(127);
}

// Reads both pipes to their ends; sends the signal on the way.
void Drain(std::array<pollfd, 2> pipes, Ran& ran, pid_t pid, const RunOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  bool sent = options.signal == 0;
  char buffer[65536];
  while (pipes[0].fd >= 0 || pipes[1].fd >= 0) {
    poll(pipes.data(), pipes.size(), 20);
    if (!sent && std::chrono::steady_clock::now() - begun >=
                     std::chrono::milliseconds(options.signal_after_ms)) {
      kill(pid, options.signal);
      sent = true;
    }
    for (size_t i = 0; i < pipes.size(); ++i) {
      if (pipes.at(i).fd < 0 || pipes.at(i).revents == 0) continue;
      const ssize_t got = read(pipes.at(i).fd, buffer, sizeof buffer);
      if (got <= 0) {
        close(pipes.at(i).fd);
        pipes.at(i).fd = -1;
      } else {
        (i == 0 ? ran.out : ran.err).append(buffer, static_cast<size_t>(got));
      }
    }
  }
}

}  // namespace

Ran RunCasepack(const std::vector<std::string>& words, const RunOptions& options) {
  int out[2];
  int err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) return {};
  const pid_t pid = fork();
  if (pid == 0) Child(words, options, out[1], err[1]);
  close(out[1]);
  close(err[1]);
  Ran ran;
  Drain({pollfd{out[0], POLLIN, 0}, pollfd{err[0], POLLIN, 0}}, ran, pid, options);
  int status = 0;
  waitpid(pid, &status, 0);
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

}  // namespace casepack::tests

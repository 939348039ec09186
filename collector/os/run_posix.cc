#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string_view>
#include <vector>

#include "collector/os/child.h"
#include "collector/os/run.h"

namespace casepack::os {
namespace {

using base::Duration;
using base::Instant;
using std::chrono::milliseconds;

// The stop flag and the child's exit are looked at this often; while only the exit is
// waited for, from this often to that often.
constexpr Duration kMaxWait = milliseconds(50);
constexpr Duration kMinWait = milliseconds(1);
// How long the output of a program that has exited may stay open.
constexpr Duration kLinger = milliseconds(500);
constexpr size_t kBuffer = 64U << 10U;

Instant Now() { return std::chrono::steady_clock::now(); }

class Conversation {
 public:
  Conversation(Child child, const Command& command, const base::Deadline& deadline,
               const OutputSink& sink)
      : child_(std::move(child)),
        grace_(command.grace),
        deadline_(deadline),
        sink_(sink),
        buffer_(kBuffer) {}

  Exit Run() {
    while (!Over()) {
      Wait();
      Take(child_.out, OutputStream::kStdout);
      Take(child_.err, OutputStream::kStderr);
    }
    return Result();
  }

 private:
  enum class Phase { kRunning, kAsked, kKilled, kAbandoned };

  // Moves on by what has happened; true when there is nothing left to wait for.
  bool Over() {
    if (!exited_ && child_.Exited()) {
      exited_ = true;
      linger_until_ = Now() + kLinger;
      // Ended by us, and so is all that it started.
      if (phase_ != Phase::kRunning) child_.SignalGroup(SIGKILL);
    }
    if (exited_) return !OutputOpen() || Now() >= linger_until_ || capped_;
    if (phase_ == Phase::kRunning) {
      if (capped_) {
        EndAs(Exit::How::kCapped);
      } else if (deadline_.Expired()) {
        EndAs(Exit::How::kTimedOut);
      }
    } else if (Now() >= phase_until_) {
      phase_until_ = Now() + grace_;
      child_.SignalGroup(SIGKILL);
      phase_ = phase_ == Phase::kAsked ? Phase::kKilled : Phase::kAbandoned;
    }
    return phase_ == Phase::kAbandoned;
  }

  void EndAs(Exit::How how) {
    how_ = how;
    phase_ = Phase::kAsked;
    phase_until_ = Now() + grace_;
    child_.SignalGroup(SIGTERM);
    // A stopped process takes no notice otherwise.
    child_.SignalGroup(SIGCONT);
  }

  [[nodiscard]] bool OutputOpen() const { return child_.out.ok() || child_.err.ok(); }

  // Until there is output, or it is time to look round again.
  void Wait() {
    Duration span = std::min(kMaxWait, deadline_.Remaining());
    if (phase_ != Phase::kRunning) span = std::min<Duration>(kMaxWait, phase_until_ - Now());
    if (exited_) span = std::min<Duration>(kMaxWait, linger_until_ - Now());
    if (!OutputOpen()) {
      // It is about to exit, most often.
      span = std::min(span, next_look_);
      next_look_ = std::min(next_look_ * 2, kMaxWait);
    }
    const auto rounded = std::chrono::ceil<milliseconds>(span).count();
    // A negative descriptor is passed over.
    pollfd handles[] = {{child_.out.get(), POLLIN, 0}, {child_.err.get(), POLLIN, 0}};
    poll(handles, 2, static_cast<int>(std::max<int64_t>(rounded, 0)));
  }

  // One buffer at most, so that a flood does not keep us from the clock.
  void Take(Handle& from, OutputStream stream) {
    if (!from.ok()) return;
    const ssize_t count = read(from.get(), buffer_.data(), buffer_.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
      from.Close();
      return;
    }
    if (capped_) return;
    const std::string_view bytes(buffer_.data(), static_cast<size_t>(count));
    capped_ = sink_(stream, bytes) == Wants::kNoMore;
  }

  Exit Result() {
    Exit exit;
    if (!exited_) {
      child_.Abandon();
      exit.how = Exit::How::kAbandoned;
      return exit;
    }
    const bool left = OutputOpen();
    if (left) child_.SignalGroup(SIGKILL);
    exit = child_.Reap();
    if (phase_ != Phase::kRunning) exit.how = how_;
    if (phase_ == Phase::kRunning && capped_) exit.how = Exit::How::kCapped;
    exit.left_processes = left && !(capped_ && phase_ == Phase::kRunning);
    return exit;
  }

  Child child_;
  Duration grace_;
  const base::Deadline& deadline_;
  const OutputSink& sink_;
  std::vector<char> buffer_;
  Phase phase_ = Phase::kRunning;
  Exit::How how_ = Exit::How::kExited;
  bool exited_ = false;
  bool capped_ = false;
  Instant phase_until_;
  Instant linger_until_;
  Duration next_look_ = kMinWait;
};

}  // namespace

base::Result<Exit> RunCommand(const Command& command, const base::Deadline& deadline,
                              const OutputSink& sink) {
  ASSIGN_OR_RETURN(Child child, Child::Start(command));
  return Conversation(std::move(child), command, deadline, sink).Run();
}

}  // namespace casepack::os

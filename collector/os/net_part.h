// What every part of a probe has: when it began, by when it must be over, and what became
// of it. A part never blocks: Step() does what can be done at once, and may be called at
// any time; Wait() tells what it waits for until then. One thread.
#pragma once

#include <string>
#include <utility>

#include "collector/base/time.h"
#include "collector/os/net.h"

namespace casepack::os {

template <typename Result>
class NetPart {
 public:
  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] const Result& result() const { return result_; }
  [[nodiscard]] bool ok() const { return done_ && result_.state == LayerState::kOk; }

 protected:
  explicit NetPart(base::Instant end) : end_(end) {}
  ~NetPart() = default;

  [[nodiscard]] base::Instant begun() const { return begun_; }
  [[nodiscard]] base::Instant end() const { return end_; }
  [[nodiscard]] bool Late() const { return std::chrono::steady_clock::now() >= end_; }
  Result& mutable_result() { return result_; }

  void Finish(LayerState state, std::string reason = {}) {
    if (done_) return;
    done_ = true;
    result_.state = state;
    result_.reason = std::move(reason);
    result_.took = std::chrono::steady_clock::now() - begun_;
  }
  void Fail(std::string reason) { Finish(LayerState::kFailed, std::move(reason)); }

 private:
  base::Instant begun_ = std::chrono::steady_clock::now();
  base::Instant end_;
  Result result_;
  bool done_ = false;
};

}  // namespace casepack::os

// What the parts of a probe wait for: descriptors and times, gathered anew before each
// poll(2). One thread.
#pragma once

#include <algorithm>
#include <vector>

#include "collector/base/time.h"

namespace casepack::os {

class Waits {
 public:
  struct One {
    int descriptor;
    bool read;
    bool write;
  };
  void ToRead(int descriptor) { ones_.push_back({descriptor, true, false}); }
  void ToWrite(int descriptor) { ones_.push_back({descriptor, false, true}); }
  void Either(int descriptor, bool read, bool write) { ones_.push_back({descriptor, read, write}); }
  void Until(base::Instant at) { until_ = std::min(until_, at); }

  [[nodiscard]] const std::vector<One>& ones() const { return ones_; }
  [[nodiscard]] base::Instant until() const { return until_; }

  // Returns when something can go on, at until(), or at `latest`; poll(2).
  void Sleep(base::Instant latest) const;

 private:
  std::vector<One> ones_;
  base::Instant until_ = base::Instant::max();
};

}  // namespace casepack::os

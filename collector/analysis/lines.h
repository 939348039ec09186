// Bytes as they come -> lines, numbered from 1, without their end. A line longer than
// kMaxLine is cut there. One thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace casepack::analysis {

inline constexpr size_t kMaxLine = size_t{1} << 20U;

template <typename Each>
class Lines {
 public:
  explicit Lines(Each each) : each_(std::move(each)) {}

  void Feed(std::string_view bytes) {
    while (!bytes.empty()) {
      const size_t end = bytes.find('\n');
      Keep(bytes.substr(0, end));
      if (end == std::string_view::npos) return;
      Emit();
      bytes.remove_prefix(end + 1);
    }
  }
  void Finish() {
    if (!line_.empty()) Emit();
  }

 private:
  void Keep(std::string_view part) {
    line_.append(part.substr(0, kMaxLine - std::min(kMaxLine, line_.size())));
  }
  void Emit() {
    if (!line_.empty() && line_.back() == '\r') line_.pop_back();
    each_(++number_, std::string_view(line_));
    line_.clear();
  }

  Each each_;
  std::string line_;
  uint64_t number_ = 0;
};

}  // namespace casepack::analysis

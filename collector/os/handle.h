// A descriptor that is closed once, by whoever holds it last. One thread at a time.
#pragma once

#include <utility>

namespace casepack::os {

class Handle {
 public:
  Handle() = default;
  explicit Handle(int value) : value_(value) {}
  ~Handle() { Close(); }
  Handle(Handle&& other) noexcept : value_(other.Release()) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) Reset(other.Release());
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool ok() const { return value_ >= 0; }
  int Release() { return std::exchange(value_, -1); }
  void Reset(int value) {
    Close();
    value_ = value;
  }
  // 0, or the errno of close(2): a network file system may tell of a failed write here.
  int Close();

 private:
  int value_ = -1;
};

}  // namespace casepack::os

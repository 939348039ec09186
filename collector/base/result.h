// Status and Result<T>: how every layer reports failure. No exception crosses a layer.
//
// Plain values, free to move between threads. A Status is kOk or carries a code for
// the program to branch on and a Message for the user. Result<T> is a T or a Status
// that is not ok; its members are named as in std::expected (C++23).
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "collector/base/message.h"

namespace casepack::base {

enum class Code {
  kOk,
  kMissing,      // it is not there
  kDenied,       // the system said no
  kRefused,      // we said no: a link out of the tree, a device, a network mount
  kTimedOut,     // a deadline passed
  kCancelled,    // the run is being ended
  kFull,         // a cap of ours is reached
  kNoSpace,      // the disk is full
  kExists,       // the target is there already
  kInvalid,      // the input is not what it should be
  kUnsupported,  // this system or this version cannot do it
  kFailed,       // anything else
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Code code, Message message) : code_(code), message_(std::move(message)) {
    assert(code != Code::kOk);
  }

  [[nodiscard]] bool ok() const { return code_ == Code::kOk; }
  [[nodiscard]] Code code() const { return code_; }
  [[nodiscard]] const Message& message() const { return message_; }

 private:
  Code code_ = Code::kOk;
  Message message_;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}        // NOLINT(google-explicit-constructor)
  Result(Status status) : state_(std::move(status)) {  // NOLINT(google-explicit-constructor)
    assert(!std::get<Status>(state_).ok());
  }

  [[nodiscard]] bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }

  T& value() { return std::get<T>(state_); }
  [[nodiscard]] const T& value() const { return std::get<T>(state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // The Status of a Result without a value; kOk otherwise.
  [[nodiscard]] Status error() const { return has_value() ? Status() : std::get<Status>(state_); }

 private:
  std::variant<T, Status> state_;
};

}  // namespace casepack::base

// NOLINTBEGIN(bugprone-macro-parentheses): names and declarations take none.
#define CASEPACK_CONCAT_INNER(a, b) a##b
#define CASEPACK_CONCAT(a, b) CASEPACK_CONCAT_INNER(a, b)

// Returns from the enclosing function with the Status of `expression` unless it is ok.
// The name of its variable keeps clear of a class's own status_ (-Wshadow).
#define RETURN_IF_ERROR(expression) \
  RETURN_IF_ERROR_INNER(CASEPACK_CONCAT(status_, __LINE__), expression)
#define RETURN_IF_ERROR_INNER(status, expression)                \
  do {                                                           \
    if (auto status = (expression); !status.ok()) return status; \
  } while (false)

// ASSIGN_OR_RETURN(auto file, host.Open(path, links));
#define ASSIGN_OR_RETURN(target, expression) \
  ASSIGN_OR_RETURN_INNER(CASEPACK_CONCAT(result_, __LINE__), target, expression)
#define ASSIGN_OR_RETURN_INNER(result, target, expression) \
  auto result = (expression);                              \
  if (!result) return result.error();                      \
  target = std::move(*result)
// NOLINTEND(bugprone-macro-parentheses)

#include "collector/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace casepack::base {
namespace {

Status Bad(std::string key) { return {Code::kInvalid, {std::move(key), {}}}; }

TEST(Status, IsOkUntilItCarriesACode) {
  EXPECT_TRUE(Status().ok());
  EXPECT_EQ(Status().code(), Code::kOk);
  const Status denied(Code::kDenied, {"a.key", {{"path", "/etc/shadow"}}});
  EXPECT_FALSE(denied.ok());
  EXPECT_EQ(denied.code(), Code::kDenied);
  EXPECT_EQ(denied.message(), (Message{"a.key", {{"path", "/etc/shadow"}}}));
}

TEST(Result, HoldsAValueOrAStatus) {
  const Result<std::string> good(std::string("value"));
  EXPECT_TRUE(good.has_value());
  EXPECT_EQ(*good, "value");
  EXPECT_EQ(good->size(), 5U);
  EXPECT_TRUE(good.error().ok());

  const Result<std::string> bad(Bad("a.key"));
  EXPECT_FALSE(bad.has_value());
  EXPECT_FALSE(static_cast<bool>(bad));
  EXPECT_EQ(bad.error().message().key, "a.key");
}

TEST(Result, OfFalseHasAValue) {
  const Result<bool> no(false);
  EXPECT_TRUE(no.has_value());
  EXPECT_FALSE(*no);
}

// Has a member whose name the macro must not shadow: warnings are errors here.
class Steps {
 public:
  Status Run(Status first, Status second) {
    RETURN_IF_ERROR(first);
    ++done_;
    if (done_ > 0) RETURN_IF_ERROR(second);
    ++done_;
    return status_;
  }
  [[nodiscard]] int done() const { return done_; }

 private:
  int done_ = 0;
  Status status_;
};

TEST(ReturnIfError, StopsAtTheFirstFailure) {
  struct Case {
    Status first, second;
    std::string key;
    int done;
  };
  const Case cases[] = {
      {{}, {}, "", 2},
      {{}, Bad("second"), "second", 1},
      {Bad("first"), Bad("second"), "first", 0},
  };
  for (const Case& c : cases) {
    Steps steps;
    const Status status = steps.Run(c.first, c.second);
    EXPECT_EQ(status.message().key, c.key);
    EXPECT_EQ(steps.done(), c.done);
  }
}

Result<std::unique_ptr<int>> Make(int value) {
  if (value < 0) return Bad("negative");
  return std::make_unique<int>(value);
}

Result<int> Sum(int a, int b) {
  ASSIGN_OR_RETURN(const auto first, Make(a));
  std::unique_ptr<int> second;
  ASSIGN_OR_RETURN(second, Make(b));
  return *first + *second;
}

TEST(AssignOrReturn, MovesTheValueOutOrReturnsTheStatus) {
  EXPECT_EQ(*Sum(1, 2), 3);
  EXPECT_EQ(Sum(-1, 2).error().message().key, "negative");
  EXPECT_EQ(Sum(1, -2).error().code(), Code::kInvalid);
}

}  // namespace
}  // namespace casepack::base

#include "collector/analysis/truth.h"

#include <gtest/gtest.h>

namespace casepack::analysis {
namespace {

Judgement Is(Truth truth, const std::string& name, bool verified = true) {
  Judgement judgement;
  judgement.truth = truth;
  judgement.verified = verified;
  if (truth == Truth::kUnknown) {
    judgement.missing = {name};
  } else {
    judgement.evidence.push_back({name, "", "", 0, ""});
  }
  return judgement;
}

// Kleene's tables: unknown stays unknown unless the others decide.
TEST(Truth, Tables) {
  const Truth all[] = {Truth::kFalse, Truth::kUnknown, Truth::kTrue};
  for (const Truth a : all) {
    for (const Truth b : all) {
      EXPECT_EQ(All({Is(a, "a"), Is(b, "b")}).truth, std::min(a, b));
      EXPECT_EQ(Any({Is(a, "a"), Is(b, "b")}).truth, std::max(a, b));
    }
  }
  EXPECT_EQ(Not(Is(Truth::kUnknown, "a")).truth, Truth::kUnknown);
  EXPECT_EQ(Not(Is(Truth::kTrue, "a")).truth, Truth::kFalse);
  EXPECT_EQ(Not(Is(Truth::kFalse, "a")).truth, Truth::kTrue);
}

TEST(Truth, TheEvidenceIsThatOfThePartsThatDecide) {
  const Judgement any =
      Any({Is(Truth::kFalse, "a"), Is(Truth::kTrue, "b"), Is(Truth::kUnknown, "c")});
  ASSERT_EQ(any.evidence.size(), 1U);
  EXPECT_EQ(any.evidence[0].fact, "b");
  EXPECT_TRUE(any.missing.empty());
  const Judgement all = All({Is(Truth::kTrue, "a"), Is(Truth::kUnknown, "b")});
  EXPECT_EQ(all.missing, std::vector<std::string>{"b"});
}

TEST(Truth, WhatDecidesMustBeVerified) {
  EXPECT_FALSE(Any({Is(Truth::kTrue, "a", false), Is(Truth::kFalse, "b")}).verified);
  EXPECT_TRUE(Any({Is(Truth::kTrue, "a"), Is(Truth::kFalse, "b", false)}).verified);
  EXPECT_FALSE(All({Is(Truth::kTrue, "a"), Is(Truth::kTrue, "b", false)}).verified);
  EXPECT_TRUE(All({Is(Truth::kFalse, "a"), Is(Truth::kTrue, "b", false)}).verified);
}

}  // namespace
}  // namespace casepack::analysis

#include "redaction/pending.h"

#include <gtest/gtest.h>

namespace casepack::redaction {
namespace {

Match Secret(std::string_view id, size_t begin, size_t end) {
  Match match;
  match.id = id;
  match.begin = begin;
  match.end = end;
  return match;
}

Match Name(size_t begin, size_t end) {
  Match match = Secret("", begin, end);
  match.identifier = Identifier::kHost;
  return match;
}

TEST(Pending, InTheOrderOfTheText) {
  Pending pending;
  EXPECT_EQ(pending.begin(), kNotFound);
  pending.Add(Secret("b", 20, 30));
  pending.Add(Secret("a", 5, 10));
  EXPECT_EQ(pending.Take().id, "a");
  EXPECT_EQ(pending.begin(), 20U);
  EXPECT_EQ(pending.Take().id, "b");
  EXPECT_TRUE(pending.empty());
}

TEST(Pending, OverlapsBecomeOne) {
  Pending pending;
  pending.Add(Secret("a", 5, 10));
  pending.Add(Secret("b", 12, 20));
  pending.Add(Secret("c", 8, 15));
  const Match all = pending.Take();
  EXPECT_EQ(all.id, "a");
  EXPECT_EQ(all.begin, 5U);
  EXPECT_EQ(all.end, 20U);
  EXPECT_TRUE(pending.empty());
}

TEST(Pending, ASecretIsStrongerThanAName) {
  for (const bool name_first : {true, false}) {
    Pending pending;
    if (name_first) pending.Add(Name(5, 12));
    pending.Add(Secret("a", 8, 20));
    if (!name_first) pending.Add(Name(5, 12));
    const Match all = pending.Take();
    EXPECT_EQ(all.id, "a");
    EXPECT_FALSE(all.identifier);
    EXPECT_EQ(all.begin, 5U);
    EXPECT_EQ(all.end, 20U);
  }
}

TEST(Pending, AValueWithoutAnEndGoesOnFromWhereItWasSure) {
  Pending pending;
  Match open = Secret("a", 10, kNotFound);
  open.swallow_from = 50;
  pending.Add(open);
  pending.Shift(4);
  EXPECT_EQ(pending.front().begin, 6U);
  EXPECT_EQ(pending.front().end, kNotFound);
  EXPECT_EQ(pending.front().swallow_from, 46U);
  pending.Overtake(60);
  EXPECT_EQ(pending.front().begin, 60U);
  EXPECT_EQ(pending.front().swallow_from, 60U);
}

TEST(Pending, WhatWasOvertakenIsGone) {
  Pending pending;
  pending.Add(Secret("a", 5, 10));
  pending.Add(Secret("b", 12, 20));
  pending.Overtake(15);
  EXPECT_EQ(pending.Take().begin, 15U);
  EXPECT_TRUE(pending.empty());
}

}  // namespace
}  // namespace casepack::redaction

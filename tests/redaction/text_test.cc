#include <gtest/gtest.h>

#include <string>

#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

TEST(RedactText, AddsToTheCounts) {
  Counts counts{{"password", 2}};
  EXPECT_EQ(RedactText(tests::TestEngine(), "password=a", &counts), "password=[REDACTED:password]");
  EXPECT_EQ(RedactText(tests::TestEngine(), "x Bearer abcdefgh01234567", &counts),
            "x Bearer [REDACTED:authorization]");
  EXPECT_EQ(counts, (Counts{{"authorization", 1}, {"password", 3}}));
}

TEST(RedactText, NeedsNoCounts) {
  EXPECT_EQ(RedactText(tests::TestEngine(), "password=a", nullptr), "password=[REDACTED:password]");
}

TEST(RedactText, WhatIsNotTextIsNotLetThrough) {
  Counts counts;
  EXPECT_EQ(RedactText(tests::TestEngine(), "\x01\x02\x03", &counts), "[REDACTED:not-text]");
  EXPECT_EQ(counts, (Counts{{"not-text", 1}}));
}

TEST(RedactText, LeavesPathsAndMessages) {
  for (const std::string text :
       {"", "/var/log/messages", "permission denied: /etc/shadow", "日本語"})
    EXPECT_EQ(RedactText(tests::TestEngine(), text, nullptr), text);
}

}  // namespace
}  // namespace casepack::redaction

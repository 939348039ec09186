// A table of texts and what becomes of them. Each row is also redacted twice: the second
// time changes nothing and counts nothing.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace casepack::redaction::testing {

struct Case {
  std::string text;
  std::string wanted;
};

inline void Check(std::initializer_list<Case> cases) {
  for (const Case& row : cases) {
    Counts counts;
    const std::string safe = RedactText(tests::TestEngine(), row.text, &counts);
    EXPECT_EQ(safe, row.wanted);
    EXPECT_EQ(counts.empty(), row.text == row.wanted) << row.text;
    Counts again;
    EXPECT_EQ(RedactText(tests::TestEngine(), safe, &again), safe);
    EXPECT_TRUE(again.empty()) << safe;
  }
}

inline void CheckKept(std::initializer_list<std::string> texts) {
  for (const std::string& text : texts)
    Check({{text, text}});
}

}  // namespace casepack::redaction::testing

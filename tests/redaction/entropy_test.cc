#include "redaction/entropy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace casepack::redaction {
namespace {

TEST(Entropy, BitsPerByte) {
  struct Row {
    std::string text;
    double bits;
  };
  std::string all;
  for (int c = 0; c < 256; ++c)
    all += static_cast<char>(c);
  for (const Row& row : {Row{"", 0},
                         {"a", 0},
                         {"aaaaaaaaaaaaaaaa", 0},
                         {"ab", 1},
                         {"aaaabbbb", 1},
                         {"abcd", 2},
                         {"0123456789abcdef", 4},
                         {"aab", std::log2(3.0) - 2.0 / 3},
                         {all, 8}}) {
    EXPECT_NEAR(EntropyOf(row.text), row.bits, 1e-9) << row.text;
  }
}

TEST(Entropy, OrderDoesNotCount) {
  EXPECT_DOUBLE_EQ(EntropyOf("passwordpassword"), EntropyOf("ppaasssswwoorrdd"));
}

TEST(Entropy, WordsHaveLessThanKeys) {
  EXPECT_LT(EntropyOf("passwordpassword"), 3.0);
  EXPECT_GT(EntropyOf("x8Zq2LmP0vR7tB5n"), 3.9);
}

}  // namespace
}  // namespace casepack::redaction

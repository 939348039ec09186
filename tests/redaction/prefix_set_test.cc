#include "redaction/prefix_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

uint64_t Eight(std::string_view text) {
  uint64_t eight = 0;
  std::memcpy(&eight, text.data(), std::min<size_t>(text.size(), 8));
  return eight;
}

std::string Word(testing::Generator* generator, size_t size) {
  std::string text(size, '\0');
  std::generate(text.begin(), text.end(),
                [&] { return "abcdefghijklmnopqrstuvwxyz0123456789_-"[generator->Below(38)]; });
  return text;
}

TEST(PrefixSet, HasWhatBeginsWithATextInAnyCase) {
  PrefixSet set;
  for (const std::string_view text : {"tok", "ghp_", "a-long-literal", "eight888", "seven77"})
    set.Add(Eight(text), text.size());
  for (const char* word : {"token  ", "TOK     ", "ghp_0123", "GHP_    ", "A-Long-L", "EIGHT888",
                           "seven77 ", "SEVEN77x"})
    EXPECT_EQ(set.MayHave(Eight(word)), 1U) << word;
  for (const char* word : {"toxxxxxx", "ghpxxxxx", "a-lonely", "eight889", "seven7xx", "        "})
    EXPECT_EQ(set.MayHave(Eight(word)), 0U) << word;
}

// As many as there are literals: none is missed, hardly one is taken for another.
TEST(PrefixSet, HardlyEverWrong) {
  testing::Generator generator(1);
  PrefixSet set;
  std::vector<std::string> texts;
  for (size_t i = 0; i < 1600; ++i)
    texts.push_back(Word(&generator, 4 + i % 9));
  for (const std::string& text : texts)
    set.Add(Eight(text), text.size());
  for (const std::string& text : texts)
    EXPECT_EQ(set.MayHave(Eight(text + "????????")), 1U) << text;
  uint64_t wrong = 0;
  for (int i = 0; i < 100'000; ++i)
    wrong += set.MayHave(Eight(Word(&generator, 8)));
  EXPECT_LT(wrong, 3000U);
}

}  // namespace
}  // namespace casepack::redaction

#include "redaction/word_filter.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "redaction/triggers.h"
#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

constexpr uint64_t kAll = ~uint64_t{0};

std::string Readable(std::string_view text) {
  return std::string(text) + std::string(71 - std::min<size_t>(text.size(), 64), ' ');
}

TEST(WordFilter, KeepsWhatBeginsALiteralInAnyCase) {
  WordFilter filter;
  for (const char* literal : {"ghp_", "tok", "a-long-literal"})
    filter.Add(literal);
  for (const char* word : {"ghp_x", "GHP_", "tok", "toka", "TOKEN", "tok-12", "A-Long-Literal"})
    EXPECT_EQ(filter.Filter(Readable(word).data(), 1), 1U) << word;
  for (const char* word : {"ghpx_", "ghq_", "gtok", "a-lung-literal", "12345", "        "})
    EXPECT_EQ(filter.Filter(Readable(word).data(), 1), 0U) << word;
}

TEST(WordFilter, KeepsWithinItsBits) {
  WordFilter filter;
  filter.Add("aaa");
  const std::string text(80, 'a');
  for (const uint64_t words :
       {uint64_t{0}, uint64_t{1}, uint64_t{1} << 63, uint64_t{5} << 40, kAll})
    EXPECT_EQ(filter.Filter(text.data(), words), words);
}

// Never wrong when it says no, and alike on every machine.
TEST(WordFilter, EveryPlaceOfGeneratedTexts) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    testing::Generator generator(seed);
    const auto text = [&](size_t size) {
      std::string made;
      for (size_t i = 0; i < size; ++i)
        made += "ab1-_"[generator.Below(5)];
      return made;
    };
    std::vector<std::string> literals;
    WordRows rows;
    WordFilter filter;
    for (size_t i = 0; i < 3; ++i) {
      literals.push_back(text(3 + generator.Below(6)));
      filter.Add(literals.back());
    }
    const std::string where = text(80);
    const uint64_t kept = filter.Filter(where.data(), kAll);
    for (size_t at = 0; at < 64; ++at) {
      for (const std::string& literal : literals) {
        if (where.compare(at, literal.size(), literal) != 0) continue;
        ASSERT_NE(kept >> at & 1, 0U) << seed << ": " << literal << " at " << at << " of " << where;
      }
    }
    for (uint64_t& row : rows.rows)
      row = generator.Below(kAll);
    const uint64_t words = generator.Below(kAll);
    const uint64_t portable = FilterWordsPortable(rows, where.data(), words);
    EXPECT_EQ(portable & ~words, 0U);
#if defined(__x86_64__) || defined(_M_X64)
    if (HasAvx2()) {
      EXPECT_EQ(FilterWordsBmi2(rows, where.data(), words), portable);
    }
#endif
  }
}

}  // namespace
}  // namespace casepack::redaction

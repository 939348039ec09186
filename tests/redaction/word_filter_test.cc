#include "redaction/word_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/triggers.h"
#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

constexpr uint64_t kAll = ~uint64_t{0};

// One block's words, kept as bits.
uint64_t Bits(const WordList& may, size_t count) {
  uint64_t bits = 0;
  for (size_t i = 0; i < count; ++i)
    bits |= uint64_t{1} << may[i];
  return bits;
}
uint64_t Filtered(const WordFilter& filter, std::string_view text, uint64_t words) {
  WordList may;
  const size_t count = filter.Filter(text.data(), {&words, 1}, &may);
  return Bits(may, count);
}

std::string Readable(std::string_view text) {
  return std::string(text) + std::string(71 - std::min<size_t>(text.size(), 64), ' ');
}

TEST(WordFilter, KeepsWhatBeginsALiteralInAnyCase) {
  WordFilter filter;
  for (const char* literal : {"ghp_", "tok", "a-long-literal"})
    filter.Add(literal);
  for (const char* word : {"ghp_x", "GHP_", "tok", "toka", "TOKEN", "tok-12", "A-Long-Literal"})
    EXPECT_EQ(Filtered(filter, Readable(word), 1), 1U) << word;
  for (const char* word : {"ghpx_", "ghq_", "gtok", "a-lung-literal", "12345", "        "})
    EXPECT_EQ(Filtered(filter, Readable(word), 1), 0U) << word;
}

TEST(WordFilter, KeepsWithinItsBits) {
  WordFilter filter;
  filter.Add("aaa");
  const std::string text(80, 'a');
  for (const uint64_t words :
       {uint64_t{0}, uint64_t{1}, uint64_t{1} << 63, uint64_t{5} << 40, kAll})
    EXPECT_EQ(Filtered(filter, text, words), words);
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
    WordTables tables;
    WordFilter filter;
    for (size_t i = 0; i < 3; ++i) {
      literals.push_back(text(3 + generator.Below(6)));
      filter.Add(literals.back());
    }
    const std::string where = text(80);
    const uint64_t kept = Filtered(filter, where, kAll);
    for (size_t at = 0; at < 64; ++at) {
      for (const std::string& literal : literals) {
        if (where.compare(at, literal.size(), literal) != 0) continue;
        ASSERT_NE(kept >> at & 1, 0U) << seed << ": " << literal << " at " << at << " of " << where;
      }
    }
    for (WordRows::Rows* half : {&tables.rows.shorts, &tables.rows.longs}) {
      for (uint64_t& row : *half)
        row = generator.Below(kAll);
    }
    for (size_t at = 0; at < 64; at += 1 + generator.Below(3)) {
      uint64_t eight = 0;
      std::memcpy(&eight, where.data() + at, sizeof eight);
      tables.prefixes.Add(eight, 3 + generator.Below(6));
    }
    const uint64_t words = generator.Below(kAll);
    WordList may;
    const uint64_t portable =
        Bits(may, FilterWordsPortable(tables, where.data(), {&words, 1}, &may));
    EXPECT_EQ(portable & ~words, 0U);
#if defined(__x86_64__) || defined(_M_X64)
    if (HasAvx2()) {
      EXPECT_EQ(Bits(may, FilterWordsBmi2(tables, where.data(), {&words, 1}, &may)), portable);
    }
#endif
  }
}

// As many as there are rules: hardly a word is taken for another.
TEST(WordFilter, HardlyEverWrong) {
  testing::Generator generator(1);
  const auto word = [&](size_t size) {
    std::string text(size, ' ');
    std::generate(text.begin(), text.end(),
                  [&] { return "abcdefghijklmnopqrstuvwxyz0123456789_-"[generator.Below(38)]; });
    return text;
  };
  WordFilter filter;
  for (size_t i = 0; i < 1600; ++i)
    filter.Add(word(4 + i % 9));
  size_t wrong = 0;
  for (int i = 0; i < 100'000; ++i)
    wrong += Filtered(filter, Readable(word(8)), 1);
  EXPECT_LT(wrong, 3000U);
}

// Many blocks are one list, in order.
TEST(WordFilter, EveryBlockOfALongText) {
  WordFilter filter;
  filter.Add("key=");
  std::string text(64 * kMostBlocks + 8, '.');
  std::vector<uint64_t> words(kMostBlocks);
  std::vector<size_t> wanted;
  for (size_t at = 0; at + 8 < text.size(); at += 61) {
    if (at % 2 == 0) {
      text.replace(at, 4, "KEY=");
      wanted.push_back(at);
    }
    words[at / 64] |= uint64_t{1} << (at % 64);
  }
  WordList may;
  const size_t count = filter.Filter(text.data(), words, &may);
  EXPECT_EQ(std::vector<size_t>(may.begin(), may.begin() + static_cast<std::ptrdiff_t>(count)),
            wanted);
  std::fill(words.begin(), words.end(), kAll);
  text.assign(text.size(), 'k');
  filter.Add("kkk");
  EXPECT_EQ(filter.Filter(text.data(), words, &may), 64 * kMostBlocks);
  EXPECT_EQ(may[64 * kMostBlocks - 1], 64 * kMostBlocks - 1);
}

}  // namespace
}  // namespace casepack::redaction

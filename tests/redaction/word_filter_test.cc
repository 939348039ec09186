#include "redaction/word_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/processor.h"
#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

constexpr uint64_t kAll = ~uint64_t{0};
constexpr size_t kBlocks = 40;

// Of one block's words.
uint64_t Filtered(const WordFilter& filter, std::string_view text, uint64_t words) {
  uint64_t may = kAll;
  filter.Filter(text.data(), {&words, 1}, &may);
  return may;
}

// One block, and as many bytes behind it.
std::string Readable(std::string_view text) {
  return std::string(text) + std::string(128 - std::min<size_t>(text.size(), 64), ' ');
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
  const std::string text(128, 'a');
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
    WordFilter filter;
    for (size_t i = 0; i < 3; ++i) {
      literals.push_back(text(3 + generator.Below(6)));
      filter.Add(literals.back());
    }
    const std::string where = text(128);
    const uint64_t kept = Filtered(filter, where, kAll);
    for (size_t at = 0; at < 64; ++at) {
      for (const std::string& literal : literals) {
        if (where.compare(at, literal.size(), literal) != 0) continue;
        ASSERT_NE(kept >> at & 1, 0U) << seed << ": " << literal << " at " << at << " of " << where;
      }
    }
  }
}

// All 64 bits.
uint64_t AnyBits(testing::Generator* generator) {
  constexpr uint64_t kHalf = uint64_t{1} << 32;
  const uint64_t high = generator->Below(kHalf);
  return high << 32 | generator->Below(kHalf);
}

TEST(WordFilter, AllImplementationsAreAlike) {
  size_t asked = 0;
  size_t kept = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    testing::Generator generator(seed);
    const auto rows = std::make_unique<WordRows>();
    for (WordRows::Rows* half : {&rows->shorts, &rows->longs}) {
      for (uint64_t& row : *half)
        row = AnyBits(&generator) | AnyBits(&generator) | AnyBits(&generator);
    }
    std::string text(64 * (kBlocks + 1), ' ');
    std::generate(text.begin(), text.end(),
                  [&] { return static_cast<char>(generator.Below(256)); });
    std::vector<uint64_t> words(generator.Below(kBlocks + 1));
    for (uint64_t& block : words) {
      block = AnyBits(&generator);
      for (uint64_t thin = generator.Below(6); thin > 0; --thin)
        block &= AnyBits(&generator);
      if (generator.Below(10) == 0) block = kAll;
    }
    std::vector<uint64_t> slowly(words.size());
    for (size_t at = 0; at < 64 * words.size(); ++at) {
      uint64_t eight = 0;
      std::memcpy(&eight, text.data() + at, sizeof eight);
      const uint64_t bit = words[at / 64] & uint64_t{1} << (at % 64);
      if (rows->MayBegin(eight)) slowly[at / 64] |= bit;
      asked += bit != 0 ? 1 : 0;
      kept += bit != 0 && rows->MayBegin(eight) ? 1 : 0;
    }
    std::vector<FilterWords> all = {FilterWordsPortable};
#if defined(__x86_64__) || defined(_M_X64)
    if (HasAvx2()) all.push_back(FilterWordsAvx2);
    if (HasAvx512()) all.insert(all.end(), {FilterWordsAvx512, FilterWordsGathered});
#endif
    for (const FilterWords filter : all) {
      std::vector<uint64_t> may(words.size(), kAll);
      filter(*rows, text.data(), words, may.data());
      EXPECT_EQ(may, slowly) << seed;
    }
  }
  EXPECT_GT(kept, asked / 10);
  EXPECT_LT(kept, asked - asked / 10);
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

TEST(WordFilter, EveryBlockOfALongText) {
  WordFilter filter;
  filter.Add("key=");
  std::string text(64 * (kBlocks + 1), '.');
  std::vector<uint64_t> words(kBlocks);
  std::vector<uint64_t> wanted(kBlocks);
  for (size_t at = 0; at < 64 * kBlocks; at += 61) {
    if (at % 2 == 0) {
      text.replace(at, 4, "KEY=");
      wanted[at / 64] |= uint64_t{1} << (at % 64);
    }
    words[at / 64] |= uint64_t{1} << (at % 64);
  }
  std::vector<uint64_t> may(kBlocks, kAll);
  filter.Filter(text.data(), words, may.data());
  EXPECT_EQ(may, wanted);
  std::fill(words.begin(), words.end(), kAll);
  text.assign(text.size(), 'k');
  filter.Add("kkk");
  filter.Filter(text.data(), words, may.data());
  EXPECT_EQ(may, words);
  filter.Filter(nullptr, {}, nullptr);  // nothing is read where there is no block
}

}  // namespace
}  // namespace casepack::redaction

#include "redaction/byte_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "redaction/processor.h"
#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

std::vector<const ByteBlocks*> All() {
  std::vector<const ByteBlocks*> all = {&AnyByteBlocks(), &BestByteBlocks()};
#if defined(__x86_64__) || defined(_M_X64)
  if (HasAvx2()) all.push_back(&ByteBlocksAvx2());
  if (HasAvx512()) all.push_back(&ByteBlocksAvx512());
#endif
  return all;
}
const std::vector<const ByteBlocks*> kAll = All();

TEST(ByteBlocks, OddBytesAtEveryPlace) {
  for (const size_t size : {1U, 31U, 32U, 64U, 65U, 200U, 4096U}) {
    const std::string plain(size, 'a');
    for (const ByteBlocks* one : kAll)
      EXPECT_FALSE(one->has_odd(plain));
    for (size_t at = 0; at<size; at += size> 300 ? 37 : 1) {
      for (int c = 0; c < 256; ++c) {
        std::string text = plain;
        text[at] = static_cast<char>(c);
        const bool odd = (c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 127;
        for (const ByteBlocks* one : kAll)
          ASSERT_EQ(one->has_odd(text), odd) << c << " at " << at << " of " << size;
      }
    }
  }
  EXPECT_FALSE(HasOddBytes(""));
}

// RFC 3629's shapes, byte by byte.
bool IsUtf8Slowly(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto byte = [&](size_t at) {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned c = byte(i);
    const size_t length = c < 0x80                ? 1
                          : c >= 0xc2 && c < 0xe0 ? 2
                          : c >= 0xe0 && c < 0xf0 ? 3
                          : c >= 0xf0 && c < 0xf5 ? 4
                                                  : 0;
    if (length == 0) return false;
    for (size_t k = 1; k < length; ++k) {
      if (byte(i + k) < 0x80 || byte(i + k) > 0xbf) return false;
    }
    i += length;
  }
  return true;
}

TEST(ByteBlocks, Utf8AtEveryOffset) {
  for (const char* piece : {"é", "を", "\xf0\x9f\x98\x80", "\xc3", "\xe3\x82", "\xf0\x9f\x98",
                            "\x80", "\xc0\x80", "\xc1\xbf", "\xf5\x80\x80\x80", "\xff", "éé",
                            "\xe3\x82\x92\x92", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    for (size_t before = 0; before < 140; ++before) {
      for (const size_t after : {0U, 1U, 5U, 70U, 130U}) {
        const std::string text = std::string(before, 'a') + piece + std::string(after, 'b') + "\n";
        for (const ByteBlocks* one : kAll)
          ASSERT_EQ(one->survey(text).utf8, IsUtf8Slowly(text)) << text;
      }
    }
  }
  EXPECT_TRUE(SurveyOf("").utf8);
  EXPECT_TRUE(SurveyOf("\n").utf8);
}

TEST(ByteBlocks, Utf8OfAnyBytes) {
  constexpr std::string_view kNear = "ab\n\x80\xbf\xc1\xc2\xdf\xe0\xe3\xef\xf0\xf4\xf5";
  size_t good = 0;
  for (uint64_t seed = 0; seed < 20'000; ++seed) {
    testing::Generator generator(seed);
    std::string text;
    const size_t size = generator.Below(200);
    while (text.size() < size) {
      if (generator.Below(60) == 0) text += kNear[generator.Below(kNear.size())];
      constexpr const char* kWhole[] = {"a", "é", "を", "\xf0\x9f\x98\x80"};
      text += kWhole[generator.Below(4)];
    }
    text += '\n';
    for (const ByteBlocks* one : kAll)
      ASSERT_EQ(one->survey(text).utf8, IsUtf8Slowly(text)) << seed;
    good += SurveyOf(text).utf8 ? 1 : 0;
  }
  EXPECT_GT(good, 1000U);
  EXPECT_LT(good, 19'000U);
}

// What a survey says of UTF-8 is what the other questions say; of block words it may be wrong
// when it says yes.
void ExpectSurveyed(const std::string& text) {
  for (const ByteBlocks* one : kAll) {
    const Survey survey = one->survey(text);
    ASSERT_TRUE(survey.utf8) << text;
    ASSERT_EQ(survey.odd, one->has_odd(text)) << text;
    const bool word = one->find_word(text, 0) != std::string::npos;
    ASSERT_TRUE(survey.block_word || !word) << text;
    ASSERT_TRUE(word || text.find_first_of("N:") != std::string::npos || !survey.block_word)
        << text;
  }
}

TEST(ByteBlocks, ASurveyTellsAllAtOnce) {
  for (const size_t size : {0U, 1U, 5U, 13U, 60U, 64U, 77U, 78U, 90U, 128U, 141U, 142U, 300U}) {
    for (const std::string word :
         {"", "BEGIN", "BEGI", "Private-Lines:", "Private-Lines", "B...N", "\x01", "\x7f", "を"}) {
      for (size_t before = 0; before <= size; ++before) {
        ExpectSurveyed(std::string(before, 'x') + word + std::string(size - before, 'P') + "\n");
        ExpectSurveyed(std::string(before, 'B') + word + "\n");
      }
    }
  }
  for (const ByteBlocks* one : kAll) {
    const Survey survey = one->survey(std::string(300, 'a') + "\xff" + std::string(300, 'a'));
    EXPECT_FALSE(survey.utf8);
    EXPECT_TRUE(survey.odd);  // nothing else is told
    EXPECT_TRUE(survey.block_word);
  }
}

TEST(ByteBlocks, BlockWordsAtEveryOffset) {
  for (const std::string word : {"BEGIN", "Private-Lines:"}) {
    for (size_t before = 0; before < 300; ++before) {
      for (const size_t after : {0U, 3U, 64U, 100U}) {
        const std::string text = std::string(before, 'B') + word + std::string(after, 'P');
        for (const ByteBlocks* one : kAll) {
          ASSERT_EQ(one->find_word(text, 0), before) << word << " " << after;
          ASSERT_EQ(one->find_word(text, before), before) << word << " " << after;
          ASSERT_EQ(one->find_word(text, before + 1), std::string::npos) << word << " " << after;
        }
      }
    }
  }
  EXPECT_EQ(FindBlockWord("", 0), std::string::npos);
  EXPECT_EQ(FindBlockWord("BEGI", 0), std::string::npos);
  EXPECT_EQ(FindBlockWord("BEGIN", 5), std::string::npos);
}

TEST(ByteBlocks, TheFirstBlockWordOfManyAndOfNone) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    testing::Generator generator(seed);
    std::string text;
    constexpr const char* kParts[] = {"B",
                                      "P",
                                      "BxxxN",
                                      "N",
                                      "Private-Lines",
                                      "BEGIN",
                                      " : ",
                                      "-----",
                                      "Pxxxxxxxxxxxx:",
                                      "aaaaaaaaaaaaaaaaaaa",
                                      "Private-Lines:"};
    for (size_t i = generator.Below(80); i > 0; --i)
      text += kParts[generator.Below(std::size(kParts))];
    for (size_t from = 0; from <= text.size(); from += 1 + generator.Below(9)) {
      const size_t wanted = std::min(text.find("BEGIN", from), text.find("Private-Lines:", from));
      for (const ByteBlocks* one : kAll)
        ASSERT_EQ(one->find_word(text, from), wanted) << text << " from " << from;
    }
  }
}

}  // namespace
}  // namespace casepack::redaction

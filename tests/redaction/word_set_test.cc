#include "redaction/word_set.h"

#include <gtest/gtest.h>

#include <string>

namespace casepack::redaction {
namespace {

constexpr WordSet kWords({"ip", "IPv4", "x86_64", ">=", "wordswithmorethanthirtyonelettersinthem"});

TEST(WordSet, KnowsItsWordsInAnyCase) {
  for (const char* word : {"ip", "IP", "Ip", "ipv4", "IPV4", "X86_64",
                           ">=", "WordsWithMoreThanThirtyOneLettersInThem"}) {
    EXPECT_TRUE(kWords.Has(word)) << word;
  }
}

TEST(WordSet, KnowsNothingElse) {
  for (const char* word :
       {"", "i", "op", "iq", "ipv", "ipv6", "x86-64", "x86_6", "<=", "0p",
        "wordswithmorethanthirtyonelettersinthen", "wordswithmorethanthirtyonelettersinthemall"}) {
    EXPECT_FALSE(kWords.Has(word)) << word;
  }
  EXPECT_FALSE(kWords.Has(std::string_view("ip\0", 3)));
}

TEST(WordSet, IsMadeByTheCompiler) {
  static_assert(kWords.Has("IPV4"));
  static_assert(!kWords.Has("ipv"));
}

}  // namespace
}  // namespace casepack::redaction

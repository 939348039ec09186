#include "redaction/literals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

View Whole(std::string_view text) { return {text, 0, 0, true}; }

std::vector<std::string> FoundAt(const Literals& literals, std::string_view text, size_t at) {
  std::vector<const Literal*> room = {nullptr};  // of another place
  std::vector<std::string> found;
  for (const Literal* literal : literals.Find(Whole(text), at, &room))
    found.push_back(literal->text);
  return found;
}

Literals Of(const std::vector<std::string>& texts) {
  std::vector<Literal> literals;
  for (size_t i = 0; i < texts.size(); ++i)
    literals.push_back({texts[i], Literal::Kind::kRule, i});
  return Literals(std::move(literals));
}

using Texts = std::vector<std::string>;

uint64_t Filtered(const Literals& literals, std::string_view text, uint64_t words) {
  uint64_t begun = 0;
  std::vector<LiteralHit> hits;
  literals.Filter(text.data(), {&words, 1}, &begun, 0, &hits);
  return begun;
}

TEST(Literals, WholeInAnyCase) {
  const Literals literals = Of({"ghp_", "token", "private-key-of-many-letters"});
  EXPECT_EQ(FoundAt(literals, "ghp_x", 0), Texts{"ghp_"});
  EXPECT_EQ(FoundAt(literals, "a GHP_x", 2), Texts{"ghp_"});
  EXPECT_EQ(FoundAt(literals, "ToKeN", 0), Texts{"token"});
  EXPECT_EQ(FoundAt(literals, "tokenizer", 0), Texts{"token"});
  EXPECT_EQ(FoundAt(literals, "xx Private-Key-Of-Many-Letters", 3),
            Texts{"private-key-of-many-letters"});
  for (const char* text : {"ghp", "ghp", "toke", "", "t", "private-key-of-many-letterx",
                           "private-key-of-many-letter", "private-kez"})
    EXPECT_TRUE(FoundAt(literals, text, 0).empty()) << text;
  EXPECT_TRUE(FoundAt(literals, "token", 5).empty());
  EXPECT_TRUE(FoundAt(literals, "token", 9).empty());
}

// Other bytes that folding makes alike are told apart.
TEST(Literals, OnlyLettersHaveCases) {
  const Literals literals = Of({"a[b]c", "ghp_", "x-y{z", "12@45"});
  for (const char* text : {"a{b}c", "ghp\x7f", "x\ry{z", "x-y[z", "12`45",
                           "12\x00"
                           "45",
                           "\x11"
                           "2@45"})
    EXPECT_TRUE(FoundAt(literals, text, 0).empty()) << text;
  EXPECT_EQ(FoundAt(literals, "A[B]C", 0), Texts{"a[b]c"});
}

TEST(Literals, InTheirOwnCase) {
  const Literals literals({{"USER", Literal::Kind::kRule, 0, true},
                           {"user", Literal::Kind::kRule, 1, false},
                           {"aTokenOfManyLettersAndMore", Literal::Kind::kRule, 2, true}});
  EXPECT_EQ(FoundAt(literals, "USER", 0), (Texts{"USER", "user"}));
  for (const char* text : {"user", "User", "USEr"})
    EXPECT_EQ(FoundAt(literals, text, 0), Texts{"user"}) << text;
  EXPECT_EQ(FoundAt(literals, "aTokenOfManyLettersAndMore", 0).size(), 1U);
  for (const char* text : {"aTokenOfManyLettersAndMorE", "atokenOfManyLettersAndMore"})
    EXPECT_TRUE(FoundAt(literals, text, 0).empty()) << text;
}

// The filter tells what it found, and it is recalled as if it were looked up.
TEST(Literals, WhatTheFilterFoundIsRecalled) {
  const Literals literals = Of({"token", "tok", "key=", "a-literal-of-many-letters", "db"});
  const std::string part = "tokens key= x-tok $ db a-literal-of-many-lettex tok\\nkey= ";
  std::string text;
  while (text.size() < 300)
    text += part;
  std::vector<uint64_t> words(3);
  for (size_t at = 64; at < 256; ++at) {
    const bool word = IsAlnum(text[at]) && !IsAlnum(text[at - 1]);
    if (word || text[at] == '$') words[(at - 64) / 64] |= uint64_t{1} << (at % 64);
  }
  std::vector<uint64_t> begun(words.size());
  Standing standing;
  standing.Begin(64);
  literals.Filter(text.data() + 64, words, begun.data(), 64, standing.hits());
  standing.GoOn(256);
  EXPECT_FALSE(standing.Knows(text, 63));
  EXPECT_FALSE(standing.Knows(text, 256));
  EXPECT_TRUE(standing.KnowsAll(64, 256));
  EXPECT_FALSE(standing.KnowsAll(64, 257));
  EXPECT_FALSE(standing.KnowsAll(63, 256));
  size_t found = 0;
  std::vector<const Literal*> room = {nullptr};
  std::vector<const Literal*> other_room;
  const auto compare = [&](size_t at) {
    if (!standing.Knows(text, at) || (!IsAlnum(text[at]) && text[at] != '$')) return;
    const auto recalled = literals.Recall(Whole(text), at, standing.From(at), &room);
    const auto looked_up = literals.Find(Whole(text), at, &other_room);
    EXPECT_TRUE(std::equal(recalled.begin(), recalled.end(), looked_up.begin(), looked_up.end()))
        << at;
    found += recalled.size();
  };
  for (size_t at = 64; at < 256; ++at)
    compare(at);
  for (size_t at = 255; at >= 64; --at)  // and back again
    compare(at);
  EXPECT_GT(found, 40U);
  standing.Clear();
  EXPECT_FALSE(standing.Knows(text, 100));
  EXPECT_TRUE(standing.From(0).empty());
}

// What the filter keeps has the first 16 bytes of a literal.
TEST(Literals, TheFilterLooksAtSixteenBytes) {
  const Literals literals = Of({"connection_string", "key=", "token"});
  const std::string text = "connectionHandler key: tokens keys= connection_strinx";
  const std::string readable = text + std::string(128 - text.size(), ' ');
  const uint64_t words =
      1U | uint64_t{1} << 18 | uint64_t{1} << 23 | uint64_t{1} << 30 | uint64_t{1} << 36;
  EXPECT_EQ(Filtered(literals, readable, words), uint64_t{1} << 23 | uint64_t{1} << 36);
}

TEST(Literals, InTheOrderTheyCame) {
  const Literals literals = Of({"token", "tok", "tokens", "token", "to"});
  EXPECT_EQ(FoundAt(literals, "tokens", 0), (Texts{"token", "tok", "tokens", "token"}));
  EXPECT_EQ(FoundAt(literals, "toke", 0), Texts{"tok"});
}

TEST(Literals, TwoLettersAreAWordOfTheirOwn) {
  const Literals literals = Of({"db", "x1"});
  for (const char* text : {"db", "DB ", "db.", "db-1", "db_1", "db\n", "db\xe3", "x1:"})
    EXPECT_EQ(FoundAt(literals, text, 0).size(), 1U) << text;
  for (const char* text : {"dbs", "db1", "dbA", "d", "d b", "x12"})
    EXPECT_TRUE(FoundAt(literals, text, 0).empty()) << text;
}

TEST(Literals, ShorterOnesAreLeftOut) {
  const Literals literals = Of({"", "x"});
  EXPECT_TRUE(FoundAt(literals, "x", 0).empty());
  EXPECT_TRUE(FoundAt(literals, "", 0).empty());
  EXPECT_EQ(literals.all().size(), 2U);
}

// One by one, as the reference does it.
Texts Slowly(const Literals& literals, std::string_view text, size_t at) {
  Texts found;
  for (const Literal& literal : literals.all()) {
    if (StandsAt(Whole(text), at, literal)) found.push_back(literal.text);
  }
  return found;
}

TEST(Literals, TheTableAgreesWithTheListAndTheFilterIsNeverWrong) {
  for (uint64_t seed = 0; seed < 400; ++seed) {
    testing::Generator generator(seed);
    Texts words;
    const auto word = [&](size_t size) {
      std::string text;
      for (size_t i = 0; i < size; ++i)
        text += "ab1-"[i == 0 ? generator.Below(3) : generator.Below(4)];
      return text;
    };
    for (size_t i = 0; i < 12; ++i)
      words.push_back(word(generator.Below(11)));
    const Literals literals = Of(words);
    std::string text;
    while (text.size() < 64) {
      const std::string& part = words[generator.Below(words.size())];
      for (const char c : part)
        text += generator.Below(2) == 0 && c >= 'a' ? static_cast<char>(c - 32) : c;
      text += " .a"[generator.Below(3)];
    }
    text.resize(64);
    const std::string readable = text + std::string(64, ' ');
    const uint64_t filtered = Filtered(literals, readable, ~uint64_t{0});
    for (size_t at = 0; at < text.size(); ++at) {
      const Texts found = FoundAt(literals, readable, at);
      ASSERT_EQ(found, Slowly(literals, readable, at)) << seed << ": " << readable << " " << at;
      if (found.empty()) continue;
      ASSERT_NE(filtered >> at & 1, 0U) << seed << ": " << readable << " " << at;
    }
  }
}

TEST(Literals, TheFilterKeepsWithinItsBitsAndLeavesMostOut) {
  const Literals literals = Of({"ghp_", "token"});
  const std::string text = "token " + std::string(122, 'x');
  EXPECT_EQ(Filtered(literals, text, 0), 0U);
  EXPECT_EQ(Filtered(literals, text, 1), 1U);
  EXPECT_EQ(Filtered(literals, text, ~uint64_t{0}), 1U);
  for (const char* word : {"xxxxxxxx", "tokxxxxx", "ghpxxxxx", "toketoke"}) {
    const std::string readable = word + std::string(128, 'x');
    EXPECT_EQ(Filtered(literals, readable, 1), 0U) << word;
  }
}

TEST(Literals, ANumberOfItsOwnIsSaid) {
  for (const char* text : {"12 x", "1-a", "5432,", "123", "1234", "12:a", "1234-a"})
    EXPECT_TRUE(Of({"token", text}).numbers()) << text;
  for (const char* text : {"12a", "34;", "1//0", "500:", "5432:", "802-1x.", "41058", "12345 ",
                           "a1 b", "1\x1b[", "k 8"})
    EXPECT_FALSE(Of({"token", text}).numbers()) << text;
}

}  // namespace
}  // namespace casepack::redaction

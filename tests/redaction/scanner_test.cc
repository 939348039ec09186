#include "redaction/scanner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

std::string Scan(std::string_view text, size_t block) {
  std::string out;
  Counts counts;
  Scanner scanner(
      tests::TestEngine(), BestTriggers(), [&](std::string_view part) { out.append(part); },
      &counts);
  for (size_t i = 0; i < text.size(); i += block)
    scanner.Feed(text.substr(i, block));
  scanner.Finish();
  return out;
}

// The pieces that are scanned together end at other places for every block size.
constexpr size_t kBlocks[] = {1000, 4096, 30011, 1 << 20};

TEST(Scanner, SecretsAtEveryPlaceOfAChunk) {
  const struct {
    std::string_view text;
    std::string_view wanted;
  } kCases[] = {
      {" password=geheim ", " password=[REDACTED:password] "},
      {" \"password\" : \"ge heim\" ", " \"password\" : \"[REDACTED:password]\" "},
      {" http://bob:geheim@h ", " http://bob:[REDACTED:url-password]@h "},
      {" XY-ABCD-ABCDE-ABCDE-ABCDE-ABCDE-ABCDE ", " [REDACTED:activation-code] "},
      {" AKIAIOSFODNN7EXAMPLE ", " [REDACTED:aws-key] "},
      {"\nbindpw geheim\n", "\nbindpw [REDACTED:password]\n"},
      {" <Password>geheim</Password> ", " <Password>[REDACTED:password]</Password> "},
      {"\npassword = ge heim\n", "\npassword = [REDACTED:password]\n"},
  };
  for (const auto& row : kCases) {
    for (size_t before = Scanner::kChunk - 64; before < Scanner::kChunk + 16; ++before) {
      const std::string fill(before, '.');
      const std::string rest(kLookAhead * 2, ',');
      const std::string out = Scan(fill + std::string(row.text) + rest, 4096);
      ASSERT_TRUE(out == fill + std::string(row.wanted) + rest) << row.text << " after " << before;
    }
  }
}

// What is fed at once is looked at up to kLookAhead bytes before its end: there, too, a
// place may need what comes behind it to be told apart.
TEST(Scanner, SecretsAtTheEndOfEveryLook) {
  for (const std::string text :
       {"https://user:geheim@host", "#34;password=geheim ", "-- --password geheim "}) {
    const std::string before(Scanner::kChunk + 70 - text.size(), ' ');
    for (size_t end = Scanner::kChunk; end < Scanner::kChunk + 140; ++end) {
      std::string whole = before + text;
      whole.resize(end + kLookAhead, ' ');
      std::string out;
      Scanner scanner(
          casepack::tests::TestEngine(), BestTriggers(),
          [&](std::string_view part) { out.append(part); }, nullptr);
      scanner.Feed(whole);
      scanner.Feed(std::string(100, ' '));
      scanner.Finish();
      ASSERT_EQ(out.find("geheim"), std::string::npos)
          << text << " with the end of the look at " << end;
    }
  }
}

TEST(Scanner, ValuesLongerThanAnyView) {
  const std::string words = "ge heim, \\\" 'x' ";
  std::string longer;
  while (longer.size() < 300000)
    longer += words;
  std::string pieces;  // none of these commas ends it
  while (pieces.size() < 300000)
    pieces += "ab,";
  for (const size_t block : kBlocks) {
    EXPECT_TRUE(Scan("x --password " + pieces + "c d", block) ==
                "x --password [REDACTED:password] d");
    EXPECT_TRUE(Scan("{\"password\": \"" + longer + "\", \"x\": 1}", block) ==
                "{\"password\": \"[REDACTED:password]\", \"x\": 1}");
    EXPECT_TRUE(Scan("password=" + longer + "\nnext", block) ==
                "password=[REDACTED:password]\nnext");
    EXPECT_TRUE(Scan("a Cookie: " + longer + "\nnext", block) ==
                "a Cookie: [REDACTED:cookie]\nnext");
    EXPECT_TRUE(Scan("a eyJhbGciOiJIUzI1NiJ9." + std::string(200000, 'a') + ".b c", block) ==
                "a [REDACTED:jwt] c");
    EXPECT_TRUE(Scan("x --password " + std::string(200000, 'a') + " c", block) ==
                "x --password [REDACTED:password] c");
    EXPECT_TRUE(Scan("x \"password\": \"never closed " + std::string(200000, 'a'), block) ==
                "x \"password\": \"[REDACTED:password]");
  }
}

TEST(Scanner, TheProgramOfALineIsRememberedToItsEnd) {
  const std::string far(Scanner::kChunk * 2, ' ');
  EXPECT_TRUE(Scan("dsa_control" + far + "-p geheim\n-p kept", 4096) ==
              "dsa_control" + far + "-p [REDACTED:command-password]\n-p kept");
}

TEST(Scanner, LetsGoOfWhatItHasSeen) {
  size_t out = 0;
  Counts counts;
  Scanner scanner(
      tests::TestEngine(), BestTriggers(), [&](std::string_view part) { out += part.size(); },
      &counts);
  const std::string block(4096, '.');
  for (size_t in = 0; in < 4000000; in += block.size()) {
    scanner.Feed(block);
    ASSERT_LT(in - std::min(in, out), Scanner::kChunk + 2 * kLookAhead);
  }
}

TEST(Scanner, AbandonKeepsTheBrokenLine) {
  std::string out;
  Counts counts;
  Scanner scanner(
      tests::TestEngine(), BestTriggers(), [&](std::string_view part) { out.append(part); },
      &counts);
  scanner.Feed("whole line\npassword=x\nhalf a secr");
  scanner.Abandon();
  EXPECT_EQ(out, "whole line\npassword=[REDACTED:password]\n");
}

// The value of a rule may end before the word that told of it: the scan goes back behind the
// value, also where a buffer began between the two.
TEST(Scanner, GoesBackOverTheBeginningOfABuffer) {
  const std::string key = "YEYWvfQQOzg+JnAwXs8fSzONLymeYoAsxtgkNkdVSPP=";
  const std::string line = "wg0\t" + key + "\t" + key + "\t51820\toff \n";
  const std::string tail = "password=Geheim7\n";
  const std::string wanted = "wg0\t[REDACTED:wireguard-dump-key]\t" + key +
                             "\t51820\toff \npassword=[REDACTED:password]\n";
  const size_t value_end = line.find('=') + 1;
  for (size_t before = 70'000; before < 70'064; ++before) {
    // The first buffer ends with a whole block, what a rule may need of the text behind it.
    const size_t end = (before + value_end + 63) / 64 * 64;
    std::string text(before, '.');
    text.back() = '\n';
    text += line + tail;
    text.resize(end + kLookAhead, '.');
    EXPECT_EQ(Scan(text, text.size()).substr(before, wanted.size()), wanted) << before;
  }
}

}  // namespace
}  // namespace casepack::redaction

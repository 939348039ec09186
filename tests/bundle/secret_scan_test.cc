#include "collector/bundle/secret_scan.h"

#include <gtest/gtest.h>

#include "redaction/rule_check.h"
#include "redaction/ruleset.h"
#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace casepack::bundle {
namespace {

using Lines = std::vector<std::string>;

// "rule:line" of each hit, the text fed in pieces.
Lines Hits(const redaction::EnginePtr& engine, std::string_view text, size_t piece = 4096) {
  SecretScan scan(engine);
  for (size_t at = 0; at < text.size(); at += piece)
    scan.Feed(text.substr(at, piece));
  Lines lines;
  for (const SecretHit& hit : scan.Finish())
    lines.push_back(hit.rule + ":" + std::to_string(hit.line));
  return lines;
}

Lines Hits(std::string_view text) { return Hits(tests::TestEngine(), text); }

// One rule of our own, so that megabytes are looked through in no time. It has to see what
// stands before the value.
redaction::EnginePtr AcmeEngine() {
  static const redaction::EnginePtr engine = [] {
    redaction::Rule rule;
    rule.id = "acme";
    rule.pattern = "acme_([0-9]{8})";
    rule.literals = {"acme_"};
    return std::make_shared<redaction::Engine>(
        redaction::Ruleset::Compile({rule}, redaction::CompileRules::kNow, nullptr));
  }();
  return engine;
}

std::string Utf16(std::string_view ascii, bool big_endian) {
  std::string wide = big_endian ? "\xfe\xff" : "\xff\xfe";
  for (const char c : ascii)
    wide += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return wide;
}

TEST(SecretScan, NamesTheRuleAndTheLine) {
  const struct {
    std::string text;
    Lines hits;
  } cases[] = {
      {"", {}},
      {"nothing here\n", {}},
      {"password=geheim12", {"password:1"}},
      {"one\ntwo\npassword=geheim12\nfour\n", {"password:3"}},
      {"one\r\npassword=geheim12\r\n", {"password:2"}},
      {"password=geheim12\n\n\nx Bearer abcdefgh01234567\n", {"password:1", "authorization:4"}},
      {"password=geheim12 x password=geheim34\npassword=geheim56\n",
       {"password:1", "password:1", "password:2"}},
      {"password=[REDACTED:password]\n", {}},
      // CP932: the second byte of a character may look like a backslash or a letter.
      {"one\n\x83\x5c\x83\x7b\x83\x8b password=geheim12\n", {"password:2"}},
      {"one\n\x95\x5c\npassword=geheim12\n", {"password:3"}},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Hits(c.text), c.hits) << c.text;
    EXPECT_EQ(Hits(tests::TestEngine(), c.text, 1), c.hits) << c.text;
  }
}

TEST(SecretScan, APrivateKey) {
  const Lines hits = Hits("one\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n");
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits[0], "private-key:2");
}

TEST(SecretScan, ReadsUtf16) {
  const std::string text = "one\r\ntwo\r\npassword=geheim12\r\n";
  for (const bool big_endian : {false, true}) {
    EXPECT_EQ(Hits(Utf16(text, big_endian)), Lines{"password:3"}) << big_endian;
    EXPECT_EQ(Hits(tests::TestEngine(), Utf16(text, big_endian), 1), Lines{"password:3"})
        << big_endian;
  }
}

TEST(SecretScan, TheEngineSaysWhatElseIsLookedFor) {
  redaction::EngineOptions options;
  options.pseudonymize.ips = true;
  options.pseudonymize.hosts = true;
  options.known.hosts = {"web01"};
  const std::string text = "one\nfrom 10.1.2.3 to web01\n";
  EXPECT_EQ(Hits(tests::EngineWith(options), text), (Lines{"ipv4:2", "host:2"}));
  EXPECT_EQ(Hits(text), Lines{});
}

// A row of secrets over the places where one window ends and the next begins, moved by
// one byte at a time: each is told once, with its line.
TEST(SecretScan, EachOnceAtTheEdgesOfAWindow) {
  constexpr size_t kWindow = size_t{1} << 20;
  constexpr size_t kOverlap = size_t{8} * 1024;
  constexpr std::string_view kSecret = "acme_00112233\n";
  constexpr size_t kEach = 30;
  for (size_t shift = 0; shift < kSecret.size(); ++shift) {
    std::string text = std::string(shift, 'x') + "\n";
    uint64_t line = 1;
    Lines expected;
    for (const size_t edge : {kWindow - 2 * kOverlap, kWindow - kOverlap, kWindow}) {
      for (; text.size() < edge - kEach / 2 * kSecret.size(); ++line)
        text.append("a line that hides nothing and is of the length that lines have in a log\n");
      for (size_t i = 0; i < kEach; ++i) {
        text.append(kSecret);
        expected.push_back("acme:" + std::to_string(++line));
      }
    }
    text.append(size_t{2} * kOverlap, '\n');
    EXPECT_EQ(Hits(AcmeEngine(), text), expected) << shift;
  }
}

TEST(SecretScan, HoweverTheTextIsCut) {
  std::string text;
  Lines expected;
  for (int line = 1; line <= 50'000; ++line) {
    const bool secret = line % 997 == 0;
    text += secret ? "x acme_12345678 y\n" : "a line that hides nothing and is as long as most\n";
    if (secret) expected.push_back("acme:" + std::to_string(line));
  }
  ASSERT_GT(text.size(), size_t{2} << 20);
  for (const size_t piece : {size_t{1000}, size_t{65536}, size_t{1} << 20, text.size()})
    EXPECT_EQ(Hits(AcmeEngine(), text, piece), expected) << piece;
}

TEST(SecretScan, TellsNoMoreThanItMay) {
  std::string text = "one\n";
  Lines expected;
  for (size_t i = 0; i < SecretScan::kMostHits + 50; ++i) {
    text += "acme_00112233\n";
    if (i < SecretScan::kMostHits) expected.push_back("acme:" + std::to_string(i + 2));
  }
  EXPECT_EQ(Hits(AcmeEngine(), text), expected);
  text.insert(0, size_t{3} << 20, '\n');
  EXPECT_EQ(Hits(AcmeEngine(), text).size(), SecretScan::kMostHits);
}

// The two sides of verify, over everything that the rules know: the stream leaves nothing
// behind that is found, and what it has not seen is found.
TEST(SecretScan, FindsWhatTheStreamRemovesAndNothingElse) {
  for (const redaction::Rule& rule : tests::BuiltinRules()->rules()) {
    for (const std::string& example : rule.examples) {
      const std::string text = "one\n" + redaction::ParseExample(example).text + "\n";
      EXPECT_NE(Hits(text), Lines{}) << rule.id << "\n" << text;
      std::string redacted;
      redaction::Stream stream(tests::TestEngine(),
                               [&](std::string_view bytes) { redacted.append(bytes); });
      stream.Feed(text);
      stream.Finish();
      EXPECT_EQ(Hits(redacted), Lines{}) << rule.id << "\n" << redacted;
    }
  }
}

}  // namespace
}  // namespace casepack::bundle

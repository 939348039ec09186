#include "redaction/stream.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/redaction/generator.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

using std::literals::operator""s;

struct Result {
  std::string text;
  Counts counts;
  bool withheld = false;
  bool operator==(const Result&) const = default;
};

Result Redact(const std::vector<std::string_view>& parts) {
  Result result;
  Stream stream(tests::TestEngine(), [&](std::string_view text) { result.text.append(text); });
  for (const std::string_view part : parts)
    stream.Feed(part);
  stream.Finish();
  result.counts = stream.counts();
  result.withheld = stream.withheld();
  return result;
}

Result InBlocks(std::string_view text, size_t block) {
  std::vector<std::string_view> parts;
  for (size_t i = 0; i < text.size(); i += block)
    parts.push_back(text.substr(i, block));
  return Redact(parts);
}

std::vector<std::string> Corpus() {
  std::vector<std::string> corpus = {
      "",
      "\n",
      "password=GEHEIM\nuser=a\n",
      "{\"log\":\"{\\\"password\\\":\\\"GEHEIM\\\"}\"}\n",
      "a\n-----BEGIN RSA PRIVATE KEY-----\nGEHEIM\n-----END RSA PRIVATE KEY-----\nb\n",
      "Cookie: GEHEIM=GEHEIM\r\n\r\nhttp://u:GEHEIM@h/ dsa_control -u a:GEHEIM -p GEHEIM\n",
      "p\0a\0s\0s\0w\0o\0r\0d\0=\0G\0E\0H\0E\0I\0M\0\n\0"s + std::string(7, '\0'),
      "text\n" + std::string(40, '\x01'),
      "--password\0GEHEIM\0-x\0"s,
  };
  for (uint64_t seed = 0; seed < 60; ++seed)
    corpus.push_back(testing::Generator(seed).Text(40));
  return corpus;
}

TEST(Stream, OutputDoesNotDependOnTheCut) {
  for (const std::string& text : Corpus()) {
    const Result whole = Redact({text});
    EXPECT_EQ(whole.text.find("GEHEIM"), std::string::npos) << text;
    for (const size_t block : {1, 2, 3, 7, 64, 4096})
      EXPECT_EQ(InBlocks(text, block), whole) << text;
    for (size_t split = 0; split <= text.size(); ++split) {
      const std::string_view view = text;
      ASSERT_EQ(Redact({view.substr(0, split), view.substr(split)}), whole)
          << split << ": " << text;
    }
  }
}

TEST(Stream, TwiceIsOnce) {
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    const Result once = Redact({testing::Generator(seed).Text(2 + seed % 30)});
    const Result twice = Redact({once.text});
    ASSERT_EQ(twice.text, once.text) << seed;
    ASSERT_TRUE(twice.counts.empty()) << seed << ": " << once.text;
  }
}

// The kinds of secrets, each with one word that must not come out.
const std::vector<std::string>& Secrets() {
  static const std::vector<std::string> secrets = {
      "\npassword=GEHEIM7\n",
      " password: GEHEIM7 x",
      "{\"password\": \"GEHEIM7 \\\" GEHEIM7\"}",
      "<Password>GEHEIM7</Password>",
      " https://bob:GEHEIM7@host/ ",
      "\nAuthorization: Bearer GEHEIM7 GEHEIM7\n",
      "\n-----BEGIN PRIVATE KEY-----\nGEHEIM7\n-----END PRIVATE KEY-----\n",
      " --password GEHEIM7 ",
      " dsa_control -u bob:GEHEIM7\n",
      " eyJhbGciOiJIUzI1NiJ9.eyJGEHEIM7xx.GEHEIM7xx ",
      "\nbindpw GEHEIM7\n",
      " $6$saltsalt$GEHEIM7xxxxxx ",
      " - name: TOKEN\n   value: GEHEIM7\n",
  };
  return secrets;
}

void ExpectHidden(const std::string& text, const std::string& what) {
  const Result result = InBlocks(text, 4096);
  EXPECT_EQ(result.text.find("GEHEIM7"), std::string::npos) << what;
  EXPECT_EQ(result.text.find("HEIM7"), std::string::npos) << what;
  EXPECT_FALSE(result.counts.empty()) << what;
}

// What was surveyed ends with the last line; what follows is a piece of its own.
TEST(Stream, KeysAndControlsInLinesWithoutEnd) {
  const std::string key = "-----BEGIN PRIVATE KEY-----GEHEIM7-----END PRIVATE KEY-----";
  for (const char* begin : {"", "a line\n", "を\n"}) {
    for (const size_t before : {0U, 100U, 4096U, 5000U, 70000U, 140000U}) {
      const std::string text = begin + std::string(before, '.') + key + std::string(9000, '.');
      for (const size_t piece : {size_t{1000}, size_t{4096}, size_t{65536}, text.size()}) {
        std::string out;
        Stream stream(casepack::tests::TestEngine(), [&](std::string_view part) { out += part; });
        for (size_t i = 0; i < text.size(); i += piece)
          stream.Feed(std::string_view(text).substr(i, piece));
        stream.Finish();
        EXPECT_EQ(out.find("GEHEIM7"), std::string::npos) << before << " in " << piece;
        EXPECT_EQ(stream.counts().count("private-key"), 1U) << before << " in " << piece;
      }
      Stream stream(casepack::tests::TestEngine(), [](std::string_view) {});
      stream.Feed(begin + std::string(before, '.') + std::string(9000, '\x02'));
      stream.Finish();
      EXPECT_TRUE(stream.withheld()) << before;
    }
  }
}

TEST(Stream, SecretsAtEveryOffsetOfAWindow) {
  for (const std::string& secret : Secrets()) {
    for (size_t before = 4096 - secret.size() - 2; before < 4100; ++before) {
      ExpectHidden(std::string(before, '.') + secret + "tail\n",
                   secret + " after " + std::to_string(before));
    }
  }
}

TEST(Stream, SecretsAroundTheBoundOfALine) {
  for (const std::string& secret : Secrets()) {
    for (const size_t bound : {size_t{65536}, size_t{65536 + 8192}}) {
      for (size_t before = bound - secret.size() - 8; before < bound + 8; before += 3) {
        ExpectHidden(std::string(before, '.') + secret + std::string(9000, ','),
                     secret + " after " + std::to_string(before));
      }
    }
  }
}

TEST(Stream, TextThatIsOnlyLogStaysAsItIs) {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text +=
        "2025-07-26 14:34:47.505346 [+0100]: [Cmd/5] | Received command GetEvents | "
        "dsa/ConnectionHandler.lua:1577:LogDsmCommand | 480C:27DC:x\n";
    text += "\xe6\x97\xa5\xe6\x9c\xac \x93\xfa\x96\x7b caf\xe9 \x1b[31mred\x1b[0m\r\n";
  }
  const Result result = InBlocks(text, 10000);
  EXPECT_TRUE(result.text == text);
  EXPECT_TRUE(result.counts.empty());
}

// 100 MB in one line: what was fed and has neither come out nor been removed is bounded.
TEST(Stream, ALineOf100MegabytesTakesBoundedMemory) {
  size_t in = 0;
  size_t out = 0;
  Stream stream(tests::TestEngine(), [&](std::string_view text) { out += text.size(); });
  const std::string block =
      std::string(4000, '.') + "a b=c, \"x\": 1 password=GEHEIM " + std::string(66, ';');
  const size_t shrinks = std::string("GEHEIM").size();
  const size_t grows = std::string("[REDACTED:password]").size();
  for (size_t blocks = 0; in < 100'000'000; ++blocks) {
    stream.Feed(block);
    in += block.size();
    const size_t all = in + blocks * (grows - shrinks);
    ASSERT_LT(all, out + 256 * 1024);
  }
  stream.Finish();
  EXPECT_EQ(stream.counts().at("password") * (grows - shrinks) + in, out);
}

TEST(Stream, ATokenOf100MegabytesIsDropped) {
  std::string text;
  Stream stream(tests::TestEngine(), [&](std::string_view part) { text.append(part); });
  const std::string block(1'000'000, 'a');
  stream.Feed("x \"");
  for (int i = 0; i < 100; ++i)
    stream.Feed(block);
  stream.Feed("\" y");
  stream.Finish();
  EXPECT_EQ(text, "x \"[REDACTED:oversize-token]\" y");
}

TEST(Stream, WithheldFromTheWindowThatIsNotText) {
  const std::string good = "password=GEHEIM and so on\nwhole line\n";
  const std::string half(4096 - good.size(), 'a');  // of a line
  for (const size_t block : {1, 1000, 100000}) {
    const Result result = InBlocks(good + half + "\n" + std::string(5000, '\x02'), block);
    EXPECT_TRUE(result.withheld);
    EXPECT_EQ(result.text, "password=[REDACTED:password]\nwhole line\n");
  }
}

TEST(Stream, NothingComesAfterFinish) {
  std::string text;
  Stream stream(tests::TestEngine(), [&](std::string_view part) { text.append(part); });
  stream.Feed("a");
  stream.Finish();
  stream.Feed("b");
  stream.Finish();
  EXPECT_EQ(text, "a");
}

TEST(Stream, Moves) {
  std::string text;
  Stream first(tests::TestEngine(), [&](std::string_view part) { text.append(part); });
  first.Feed("password=GE");
  Stream second(std::move(first));
  second.Feed("HEIM");
  second.Finish();
  EXPECT_EQ(text, "password=[REDACTED:password]");
}

}  // namespace
}  // namespace casepack::redaction

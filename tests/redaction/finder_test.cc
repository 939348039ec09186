#include "redaction/finder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "redaction/ruleset.h"
#include "redaction/stream.h"
#include "redaction/triggers.h"
#include "tests/redaction/corpus.h"
#include "tests/redaction/mixed_text.h"

namespace casepack::redaction {
namespace {

EnginePtr WithRule(const std::string& pattern, std::vector<std::string> literals,
                   const std::string& id = "made") {
  Rule rule;
  rule.id = id;
  rule.pattern = pattern;
  rule.literals = std::move(literals);
  return std::make_shared<const Engine>(Ruleset::Compile({rule}, CompileRules::kNow, nullptr));
}

std::string Redact(const EnginePtr& engine, const std::string& text) {
  return RedactText(engine, text, nullptr);
}

TEST(Finder, LiteralsAtWordBeginningsOnly) {
  const EnginePtr engine = WithRule("zqt_([a-z]{4})", {"zqt_"});
  for (const std::string before : {"",
                                   " ",
                                   "\n",
                                   "\t",
                                   "=",
                                   ":",
                                   "\"",
                                   "\\\"",
                                   "(",
                                   "[",
                                   "/",
                                   "_",
                                   ".",
                                   ",",
                                   "-",
                                   "x-",
                                   "x_",
                                   "\\n",
                                   "\\r",
                                   "\\t",
                                   "\\\\n",
                                   "x\\n",
                                   "%20",
                                   "x%20",
                                   "%3D",
                                   "%0a",
                                   "\\u003d",
                                   "\\u0026",
                                   "\x1b[31m",
                                   "\x1b[0m",
                                   "x\x1b[1;31m",
                                   "-D",
                                   "java -D",
                                   "\xe3\x82\x92",
                                   "\xff",
                                   "x$"}) {
    const std::string text = before + "zqt_abcd!";
    EXPECT_EQ(Redact(engine, text), before + "zqt_[REDACTED:made]!") << text;
  }
  for (const std::string before : {"x", "0", "Z", "xn", "x20", "D", "u003d", "[31m"}) {
    const std::string text = before + "zqt_abcd!";
    EXPECT_EQ(Redact(engine, text), text);
  }
}

TEST(Finder, LiteralsThatBeginWithADollar) {
  const EnginePtr engine = WithRule("\\$zq\\$([a-z]{4})", {"$zq$"});
  for (const std::string before : {"", "x", ":", "\\n", "$"})
    EXPECT_EQ(Redact(engine, before + "$zq$abcd!"), before + "$zq$[REDACTED:made]!");
}

TEST(Finder, LiteralsInAnyCaseThePatternDecides) {
  const EnginePtr some = WithRule("zqt_([a-z]{4})", {"ZQT_"});
  EXPECT_EQ(Redact(some, "zqt_abcd"), "zqt_[REDACTED:made]");
  EXPECT_EQ(Redact(some, "ZQT_abcd"), "ZQT_abcd");
  const EnginePtr any = WithRule("(?i)zqt_([a-z]{4})", {"zqt_"});
  EXPECT_EQ(Redact(any, "ZqT_ABCD"), "ZqT_[REDACTED:made]");
}

TEST(Finder, TheEarlierRuleWins) {
  Rule first;
  first.id = "first";
  first.pattern = "zqt_([a-z]{4})";
  first.literals = {"zqt_"};
  Rule second = first;
  second.id = "second";
  second.pattern = "zqt_([a-z]{6})";
  const auto engine = std::make_shared<const Engine>(
      Ruleset::Compile({second, first}, CompileRules::kNow, nullptr));
  EXPECT_EQ(Redact(engine, "zqt_abcd zqt_abcdef"), "zqt_[REDACTED:first] zqt_[REDACTED:second]");
}

TEST(Finder, RulesWithoutLiteralsAtEveryWord) {
  const EnginePtr engine = WithRule("\\b[a-z]{2}zq[0-9]{4}", {});
  EXPECT_EQ(Redact(engine, "abzq1234 x/cdzq5678"), "[REDACTED:made] x/[REDACTED:made]");
  EXPECT_EQ(Redact(engine, "xabzq1234"), "xabzq1234");
}

TEST(Finder, SecretsBeforeNames) {
  EngineOptions options = testing::EverythingRenamed();
  options.known.users = {"geheim"};
  const EnginePtr engine = casepack::tests::EngineWith(options);
  EXPECT_EQ(Redact(engine, "password=geheim"), "password=[REDACTED:password]");
  EXPECT_EQ(Redact(engine, "password=10.1.2.3"), "password=[REDACTED:password]");
  EXPECT_EQ(Redact(engine, "https://u:10.1.2.3@trendmicro.com/"),
            "https://u:[REDACTED:url-password]@trendmicro.com/");
  EXPECT_EQ(Redact(engine, "api_key: 00:50:56:aa:bb:cc").find("aa:bb"), std::string::npos);
}

TEST(Finder, TheProgramIsForgottenAtTheEndOfItsLine) {
  const auto engine =
      std::make_shared<const Engine>(Ruleset::Compile({}, CompileRules::kNow, nullptr));
  EXPECT_EQ(Redact(engine, "mysql -pGEHEIM\n"), "mysql -p[REDACTED:command-password]\n");
  EXPECT_EQ(Redact(engine, "mysql\nls -pGEHEIM\n"), "mysql\nls -pGEHEIM\n");
}

// Which triggers there are, as the scanner asks for them.
std::vector<bool> TriggersOf(std::string_view text) {
  constexpr size_t kBatch = 64 * kMostBlocks;
  const std::string all = std::string(kTriggerContext, '\0') + std::string(text);
  TriggerBlocks blocks;
  std::vector<bool> triggers;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kBatch == 0) {
      FindTriggersPortable(text.data() + i, std::min(kBatch, text.size() - i), all.data() + i,
                           &blocks);
    }
    const size_t block = i % kBatch / 64;
    triggers.push_back(((blocks.words[block] | blocks.others[block]) >> (i % 64) & 1) != 0);
  }
  return triggers;
}

TEST(Finder, TableAndListFindTheSame) {
  for (const EnginePtr& engine : {casepack::tests::TestEngine(), testing::RenamingEngine()}) {
    for (uint64_t seed = 0; seed < 150; ++seed) {
      const std::string text = testing::MixedText(seed, 60);
      const std::vector<bool> triggers = TriggersOf(text);
      Finder table(*engine);
      Finder list(*engine, Finder::Select::kOneByOne);
      const View view{text, 0, 0, true};
      for (size_t at = 0; at < text.size(); ++at) {
        if (!triggers[at]) continue;
        size_t floor = 0;
        size_t other = 0;
        std::vector<Match> one;
        std::vector<Match> two;
        table.At(view, at, &floor, &one);
        list.At(view, at, &other, &two);
        ASSERT_EQ(floor, other);
        ASSERT_EQ(one.size(), two.size()) << seed << " at " << at << ": " << text;
        for (size_t i = 0; i < one.size(); ++i) {
          ASSERT_EQ(one[i].id, two[i].id) << seed << " at " << at << ": " << text;
          ASSERT_EQ(one[i].begin, two[i].begin) << seed << " at " << at << ": " << text;
          ASSERT_EQ(one[i].end, two[i].end) << seed << " at " << at << ": " << text;
          ASSERT_EQ(one[i].identifier, two[i].identifier) << seed << " at " << at << ": " << text;
        }
      }
    }
  }
}

TEST(Finder, AnEarlierReplacementMovesTheFloor) {
  const std::string text = "a=[REDACTED:password] b";
  Finder finder(*casepack::tests::TestEngine());
  const View view{text, 0, 0, true};
  size_t floor = 0;
  std::vector<Match> finds;
  finder.At(view, 2, &floor, &finds);  // the `[`: nothing yet
  EXPECT_EQ(floor, 0U);
  finder.At(view, 3, &floor, &finds);
  EXPECT_TRUE(finds.empty());
  EXPECT_EQ(floor, 21U);
}

// What is found lies in the text, behind the floor.
TEST(Finder, FindsWithinItsBounds) {
  for (uint64_t seed = 0; seed < 150; ++seed) {
    const std::string text = testing::MixedText(seed, 60);
    const std::vector<bool> triggers = TriggersOf(text);
    for (const size_t floor : {size_t{0}, text.size() / 3}) {
      Finder finder(*testing::RenamingEngine());
      const View view{text, floor, 0, true};
      for (size_t at = floor; at < text.size(); ++at) {
        size_t moved = floor;
        if (!triggers[at]) continue;
        std::vector<Match> finds;
        finder.At(view, at, &moved, &finds);
        for (const Match& found : finds) {
          ASSERT_GE(found.begin, floor) << seed << " at " << at << ": " << text;
          ASSERT_GT(found.end, found.begin) << seed << " at " << at << ": " << text;
          ASSERT_LE(found.end, text.size()) << seed << " at " << at << ": " << text;
          ASSERT_NE(found.identifier.has_value(), !found.id.empty());
        }
      }
    }
  }
}

// `%` and `\\` before a word are no escape: what is kept is not looked at from its middle.
TEST(Finder, NoWordBeginsInTheMiddleOfANumber) {
  for (const std::string text : {"CPU 50% 127.0.0.1", "done 100% 192.0.2.1", "a\\b\\127.0.0.1",
                                 "(50%)127.0.0.1", "path \\a\\b\\127.0.0.1", "\\x/y/127.0.0.1",
                                 "50% 224.0.0.251", "100% 255.255.255.0", "x\\n())127.0.0.1"})
    EXPECT_EQ(Redact(testing::RenamingEngine(), text), text);
  for (const std::string before : {"CPU 50% ", "a\\b\\", "(50%)", "\\x/y/"}) {
    const std::string once = Redact(testing::RenamingEngine(), before + "10.1.2.3 x");
    EXPECT_EQ(Redact(testing::RenamingEngine(), once), once);
  }
}

TEST(Finder, AtStart) {
  Finder finder(*casepack::tests::TestEngine());
  EXPECT_TRUE(finder.AtStart({"bindpw GEHEIM\n", 0, 0, true}));
  EXPECT_FALSE(finder.AtStart({"x bindpw GEHEIM\n", 0, 0, true}));
  EXPECT_FALSE(finder.AtStart({"", 0, 0, true}));
}

}  // namespace
}  // namespace casepack::redaction

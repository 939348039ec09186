#include "redaction/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "redaction/literals.h"
#include "redaction/ruleset.h"
#include "redaction/stream.h"
#include "tests/redaction/mixed_text.h"

namespace casepack::redaction {
namespace {

std::shared_ptr<const Ruleset> Rules(const std::string& pattern, const std::string& literal) {
  Rule rule;
  rule.id = "made";
  rule.pattern = pattern;
  rule.literals = {literal};
  return Ruleset::Compile({rule}, CompileRules::kNow, nullptr);
}

std::vector<std::string> TextsOf(const Engine& engine, Literal::Kind kind) {
  std::vector<std::string> texts;
  for (const Literal& literal : engine.literals().all()) {
    if (literal.kind == kind) texts.push_back(literal.text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

EngineOptions WithNames() {
  EngineOptions options;
  options.known.hosts = {"db", "DB01", "", "-x", "db01.example.jp"};
  options.known.domains = {"Example.JP", "sub.example.jp"};
  options.known.users = {"Bob", "_svc", "bobby"};
  return options;
}

TEST(Engine, NamesOnlyWhereTheyAreRenamed) {
  EngineOptions options = WithNames();
  const Engine none(Rules("key=(x+)", "Key="), options);
  EXPECT_TRUE(TextsOf(none, Literal::Kind::kHost).empty());
  EXPECT_TRUE(TextsOf(none, Literal::Kind::kDomain).empty());
  EXPECT_TRUE(TextsOf(none, Literal::Kind::kUser).empty());
  options.pseudonymize.hosts = true;
  const Engine hosts(Rules("key=(x+)", "Key="), options);
  EXPECT_FALSE(TextsOf(hosts, Literal::Kind::kHost).empty());
  EXPECT_FALSE(TextsOf(hosts, Literal::Kind::kDomain).empty());
  EXPECT_TRUE(TextsOf(hosts, Literal::Kind::kUser).empty());
  EXPECT_TRUE(hosts.options().pseudonymize.hosts);
}

TEST(Engine, LowerCaseLongestFirst) {
  EngineOptions options = WithNames();
  options.pseudonymize.hosts = options.pseudonymize.users = true;
  const Engine engine(Rules("key=(x+)", "Key="), options);
  EXPECT_EQ(TextsOf(engine, Literal::Kind::kRule), Texts{"key="});
  const Texts hosts = TextsOf(engine, Literal::Kind::kHost);
  EXPECT_EQ(std::find(hosts.begin(), hosts.end(), ""), hosts.end());
  EXPECT_LT(std::find(hosts.begin(), hosts.end(), "db01.example.jp"),
            std::find(hosts.begin(), hosts.end(), "db01"));
  EXPECT_LT(std::find(hosts.begin(), hosts.end(), "db01"),
            std::find(hosts.begin(), hosts.end(), "db"));
  const Texts users = TextsOf(engine, Literal::Kind::kUser);
  EXPECT_LT(std::find(users.begin(), users.end(), "bobby"),
            std::find(users.begin(), users.end(), "bob"));
}

TEST(Engine, RulesWithErrorsAreLeftOut) {
  const Engine engine(Rules("key=(", "key="));
  EXPECT_TRUE(TextsOf(engine, Literal::Kind::kRule).empty());
  EXPECT_EQ(engine.rules().rules().size(), 1U);
  const auto shared = std::make_shared<const Engine>(Rules("key=(", "key="));
  EXPECT_EQ(RedactText(shared, "key=( x", nullptr), "key=( x");
}

TEST(Engine, WithoutRulesTheTablesStillWork) {
  const auto engine =
      std::make_shared<const Engine>(Ruleset::Compile({}, CompileRules::kNow, nullptr));
  EXPECT_EQ(RedactText(engine, "password=GEHEIM", nullptr), "password=[REDACTED:password]");
}

TEST(Engine, TheObserverIsTold) {
  std::vector<std::string> told;
  EngineOptions options = testing::EverythingRenamed();
  options.observer = [&](Identifier kind, std::string_view original, std::string_view name) {
    told.push_back(std::string(IdentifierName(kind)) + " " + std::string(original) + " " +
                   std::string(name));
  };
  const EnginePtr engine = casepack::tests::EngineWith(options);
  const std::string safe = RedactText(engine, "from 10.1.2.3 and 10.1.2.3 to 10.1.2.3", nullptr);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].starts_with("ipv4 10.1.2.3 ")) << told[0];
  EXPECT_NE(safe.find(told[0].substr(14)), std::string::npos) << safe;
}

TEST(Engine, EachClassAlone) {
  struct Row {
    IdentifierClasses classes;
    std::string value;
    std::string_view count;
  };
  const std::vector<Row> rows = {
      {{.hosts = true}, "db02.corp.example.co.jp", "host"},
      {{.users = true}, "kimura", "user"},
      {{.ips = true}, "10.1.2.3", "ipv4"},
      {{.ips = true}, "2001:67c:1::1", "ipv6"},
      {{.macs = true}, "00:50:56:aa:bb:cc", "mac"},
      {{.emails = true}, "bob@example.com", "email"},
      {{.ids = true}, "6f9619ff-8b86-d011-b42d-00c04fc964ff", "guid"},
  };
  for (const Row& row : rows) {
    EngineOptions options = testing::EverythingRenamed();
    options.pseudonymize = row.classes;
    std::string text;
    for (const Row& other : rows)
      text += "x " + other.value + " y\n";
    Counts counts;
    const std::string safe = RedactText(casepack::tests::EngineWith(options), text, &counts);
    for (const Row& other : rows) {
      const bool gone = other.value == row.value || (row.classes.ips && other.classes.ips);
      EXPECT_EQ(safe.find(" " + other.value + " ") == std::string::npos, gone)
          << row.value << ": " << safe;
    }
    EXPECT_EQ(counts.count(row.count), 1U) << row.value;
    EXPECT_EQ(counts.size(), row.classes.ips ? 2U : 1U) << row.value;
  }
}

TEST(Engine, ManyThreadsUseOne) {
  std::vector<std::string> texts;
  std::vector<std::string> wanted;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    texts.push_back(testing::MixedText(seed, 300));
    wanted.push_back(RedactText(testing::RenamingEngine(), texts.back(), nullptr));
  }
  // A fresh one, so that its expressions are first needed by all at the same time.
  EngineOptions options = testing::EverythingRenamed();
  const auto engine =
      std::make_shared<const Engine>(Ruleset::Compile(casepack::tests::BuiltinRules()->rules(),
                                                      CompileRules::kWhenNeeded, nullptr),
                                     options);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (size_t id = 0; id < 6; ++id) {
    threads.emplace_back([&, id] {
      for (size_t i = 0; i < texts.size(); ++i) {
        const size_t which = (i + id * 7) % texts.size();
        if (RedactText(engine, texts[which], nullptr) != wanted[which]) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace casepack::redaction

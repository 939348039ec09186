#include "collector/run/redaction.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "collector/report/words.h"
#include "redaction/stream.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

using base::Code;
using Lines = std::vector<std::string>;

// "name.json:3:5 manifest.rules.syntax", the folder left aside.
Lines Told(const std::vector<manifest::Problem>& problems) {
  Lines lines;
  for (const auto& problem : problems) {
    lines.push_back(problem.file.substr(problem.file.rfind('/') + 1) + ":" +
                    std::to_string(problem.place.line) + ":" +
                    std::to_string(problem.place.column) + " " + problem.message.key);
  }
  return lines;
}

// A file with these rules, the first on its second line from column 1.
std::string File(const std::string& rules) {
  return "{\"casepack_rules\": 1, \"rules\": [\n" + rules + "]}";
}

constexpr const char* kAcme =
    R"({"id": "acme-token", "pattern": "acme_[0-9]{8}", "literals": ["acme_"], "examples": ["a «acme_00112233» b"]})";

const redaction::Rule* FindRule(const LoadedRules& loaded, std::string_view id) {
  const auto& rules = loaded.rules->rules();
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

TEST(LoadRules, TheBuiltInOnes) {
  const auto loaded = LoadRules({});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(Told(loaded->errors), Lines{});
  EXPECT_EQ(Told(loaded->warnings), Lines{});
  EXPECT_GE(loaded->rules->rules().size(), 150U);
}

TEST(LoadRules, TheUsersComeFirstAndAreUsed) {
  const tests::TempTree tree;
  const auto builtin = LoadRules({});
  const auto loaded = LoadRules({tree.Write("own.json", File(kAcme))});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(Told(loaded->errors), Lines{});
  EXPECT_EQ(loaded->rules->rules().front().id, "acme-token");
  EXPECT_EQ(loaded->rules->rules().size(), builtin->rules->rules().size() + 1);
  const auto engine = std::make_shared<redaction::Engine>(loaded->rules);
  EXPECT_EQ(redaction::RedactText(engine, "acme_00112233 password=geheim", nullptr),
            "[REDACTED:acme-token] password=[REDACTED:password]");
}

TEST(LoadRules, OneOfTheirsTakesThePlaceOfABuiltInOne) {
  const tests::TempTree tree;
  const auto builtin = LoadRules({});
  const std::string id = builtin->rules->rules().front().id;
  const auto loaded = LoadRules({tree.Write(
      "own.json",
      File(R"({"id": ")" + id + R"(", "pattern": "acme_[0-9]{8}", "literals": ["acme_"]})"))});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(Told(loaded->errors), Lines{});
  EXPECT_EQ(loaded->rules->rules().size(), builtin->rules->rules().size());
  const auto count = std::count_if(loaded->rules->rules().begin(), loaded->rules->rules().end(),
                                   [&](const auto& rule) { return rule.id == id; });
  EXPECT_EQ(count, 1);
  EXPECT_EQ(FindRule(*loaded, id)->pattern, "acme_[0-9]{8}");
}

TEST(LoadRules, TellsEveryErrorAtItsPlace) {
  const struct {
    std::string rules;
    Lines errors;
  } cases[] = {
      {R"({"id": "a", "pattern": "(", "literals": ["abc"]})", {"f:2:24 manifest.rules.syntax"}},
      {R"({"id": "a", "pattern": "x*", "literals": ["abc"]})",
       {"f:2:24 manifest.rules.matches_empty"}},
      {R"({"id": "a", "pattern": "[a-z]+", "literals": ["abc"]})",
       {"f:2:24 manifest.rules.matches_all"}},
      {R"({"id": "a", "pattern": "ab[0-9]{9}", "literals": ["ab"]})",
       {"f:2:50 manifest.rules.literal"}},
      {R"({"id": "a", "pattern": "_ab[0-9]{9}", "literals": ["_ab"]})",
       {"f:2:51 manifest.rules.literal"}},
      {R"({"id": "a", "pattern": "abc[0-9]{9}", "literals": ["abc"], "allow": ["["]})",
       {"f:2:69 manifest.rules.syntax"}},
      {R"({"id": "a", "patern": "abc"})", {"f:2:13 manifest.member.unknown"}},
      {std::string(kAcme) + ",\n" + R"({"id": "b", "pattern": "[", "literals": ["abc"]})",
       {"f:3:24 manifest.rules.syntax"}},
      {R"({"id": "a"},
{"id": "b", "pattern": "[", "literals": ["abc"]})",
       {"f:2:1 manifest.member.missing", "f:3:24 manifest.rules.syntax"}},
  };
  for (const auto& c : cases) {
    const tests::TempTree tree;
    const auto loaded = LoadRules({tree.Write("f", File(c.rules))});
    ASSERT_TRUE(loaded) << c.rules;
    EXPECT_EQ(Told(loaded->errors), c.errors) << c.rules;
  }
}

TEST(LoadRules, TellsTheProblemsOfAllFiles) {
  const tests::TempTree tree;
  const auto loaded = LoadRules(
      {tree.Write("one.json", "{"), tree.Write("two.json", File(kAcme)),
       tree.Write("three.json", File(R"({"id": "a", "pattern": "(", "literals": ["abc"]})"))});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(Told(loaded->errors),
            (Lines{"one.json:1:2 base.json.syntax", "three.json:2:24 manifest.rules.syntax"}));
  EXPECT_EQ(LoadRules({tree.Path("none")}).error().code(), Code::kMissing);
}

TEST(LoadRules, ARuleWithoutALiteralIsSlowAndGood) {
  const tests::TempTree tree;
  const auto loaded =
      LoadRules({tree.Write("f", File(R"({"id": "a", "pattern": "[0-9]{4}x[0-9]{4}"})"))});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(Told(loaded->errors), Lines{});
  EXPECT_EQ(Told(loaded->warnings), Lines{"f:2:1 manifest.rules.no_literal"});
  const auto engine = std::make_shared<redaction::Engine>(loaded->rules);
  EXPECT_EQ(redaction::RedactText(engine, "no 1234x5678", nullptr), "no [REDACTED:a]");
}

TEST(TestRules, TheBuiltInOnesDoWhatTheySay) {
  const auto tested = TestRules({});
  ASSERT_TRUE(tested);
  const report::Words words;
  for (const auto* list : {&tested->errors, &tested->warnings}) {
    for (const auto& problem : *list) {
      ADD_FAILURE() << problem.file << ":" << problem.place.line << ":" << problem.place.column
                    << " " << words.Render(report::Language::kEnglish, problem.message);
    }
  }
  EXPECT_GE(tested->rules->rules().size(), 150U);
}

TEST(TestRules, TellsWhatExamplesSay) {
  const std::string rule = R"({"id": "a", "pattern": "acme_[0-9]{8}", "literals": ["acme_"],)"
                           "\n";
  const struct {
    std::string examples;
    Lines errors;
    Lines warnings;
  } cases[] = {
      {R"("examples": ["x «acme_00112233»"], "counter_examples": ["acme_x"]})", {}, {}},
      {R"("examples": ["x «acme_0011223»3"]})", {"f:3:13 manifest.rules.example"}, {}},
      {R"("examples": ["x «acme_x»"]})", {"f:3:13 manifest.rules.example"}, {}},
      {R"("examples": ["acme_00112233"]})", {"f:3:13 manifest.rules.example"}, {}},  // no frame
      {"\"examples\": [\"«acme_00112233»\"],\n\"counter_examples\": [\"acme_00112233\"]}",
       {"f:4:21 manifest.rules.counter_example"},
       {}},
      {R"("source": "x"})", {}, {"f:2:1 manifest.rules.no_example"}},
      {R"("examples": []})", {}, {"f:3:13 manifest.rules.no_example"}},
  };
  for (const auto& c : cases) {
    const tests::TempTree tree;
    const auto tested = TestRules({tree.Write("f", File(rule + c.examples))});
    ASSERT_TRUE(tested) << c.examples;
    EXPECT_EQ(Told(tested->errors), c.errors) << c.examples;
    EXPECT_EQ(Told(tested->warnings), c.warnings) << c.examples;
  }
}

TEST(TestRules, OfTheFilesThatAreNamedAlone) {
  const tests::TempTree tree;
  const auto tested = TestRules({tree.Write("f", File(kAcme))});
  ASSERT_TRUE(tested);
  EXPECT_EQ(tested->rules->rules().size(), 1U);
  EXPECT_EQ(TestRules({tree.Path("none")}).error().code(), Code::kMissing);
}

// Each kind of problem has its words, in both languages.
TEST(TestRules, EveryProblemCanBeTold) {
  const report::Words words;
  for (const char* key :
       {"manifest.rules.syntax", "manifest.rules.matches_empty", "manifest.rules.matches_all",
        "manifest.rules.literal", "manifest.rules.bounds", "manifest.rules.no_literal",
        "manifest.rules.example", "manifest.rules.counter_example", "manifest.rules.no_example"}) {
    EXPECT_TRUE(words.Has(key)) << key;
    for (const auto language : {report::Language::kEnglish, report::Language::kJapanese}) {
      const std::string text =
          words.Render(language, {key, {{"id", "acme"}, {"field", "f"}, {"detail", "d"}}});
      EXPECT_NE(text.find("acme"), std::string::npos) << key;
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
    }
  }
}

// "hosts ips", in the order of the struct.
std::string Named(const redaction::IdentifierClasses& classes) {
  std::string words;
  for (const auto& [name, set] : {std::pair{"hosts", classes.hosts},
                                  {"users", classes.users},
                                  {"ips", classes.ips},
                                  {"macs", classes.macs},
                                  {"emails", classes.emails},
                                  {"ids", classes.ids}}) {
    if (set) words += (words.empty() ? "" : " ") + std::string(name);
  }
  return words;
}

TEST(ParseClasses, KnowsItsWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"hosts", "hosts"},
      {"users", "users"},
      {"ips", "ips"},
      {"macs", "macs"},
      {"emails", "emails"},
      {"ids", "ids"},
      {"ips,hosts", "hosts ips"},
      {"ips,ips", "ips"},
      {"ids,emails,macs,ips,users,hosts", "hosts users ips macs emails ids"},
      {"all", "hosts users ips macs emails ids"},
  };
  for (const auto& [text, words] : cases) {
    const auto classes = ParseClasses(text);
    ASSERT_TRUE(classes) << text;
    EXPECT_EQ(Named(*classes), words) << text;
  }
}

TEST(ParseClasses, NamesTheWordThatIsNone) {
  const std::pair<const char*, const char*> cases[] = {
      {"host", "host"},       {"hosts,user", "user"}, {"", ""},
      {"hosts,", ""},         {",hosts", ""},         {"hosts,,ips", ""},
      {"hosts, ips", " ips"}, {"HOSTS", "HOSTS"},     {"hosts ips", "hosts ips"},
  };
  for (const auto& [text, word] : cases) {
    const auto classes = ParseClasses(text);
    ASSERT_FALSE(classes) << text;
    EXPECT_EQ(classes.error().code(), Code::kInvalid);
    EXPECT_EQ(classes.error().message(), (base::Message{"run.redaction.class", {{"word", word}}}))
        << text;
  }
}

std::string KeyFile(const tests::TempTree& tree, const std::string& content, mode_t mode = 0600) {
  const std::string path = tree.Write("key", content);
  EXPECT_EQ(chmod(path.c_str(), mode), 0);
  return path;
}

// Fixed for ever: hosts with different releases share key files. SHA-256 of what is in
// the file, but for blanks around it.
TEST(ReadKey, IsMadeFromTheFile) {
  const tests::TempTree tree;
  const auto key = ReadKey(KeyFile(tree, "0123456789abcdef"));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->at(0), 0x9f);
  EXPECT_EQ(key->at(1), 0x9f);
  EXPECT_EQ(key->at(2), 0x51);
  EXPECT_EQ(key->at(31), 0x9f);
  for (const char* same : {"0123456789abcdef\n", "0123456789abcdef\r\n", "0123456789abcdef \n\n"})
    EXPECT_EQ(ReadKey(KeyFile(tree, same)).value(), *key) << same;
  for (const char* other : {"0123456789abcdeF", "0123456789abcdef0", "0123456789abcdef\n0"})
    EXPECT_NE(ReadKey(KeyFile(tree, other)).value(), *key) << other;
}

TEST(ReadKey, SaysWhyNot) {
  const tests::TempTree tree;
  for (const char* text :
       {"", "0123456789abcde", "0123456789abcde\n\n\n\n", "                \n"}) {
    const auto key = ReadKey(KeyFile(tree, text));
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().code(), Code::kInvalid);
    EXPECT_EQ(key.error().message().key, "run.redaction.short_key");
  }
  EXPECT_EQ(ReadKey(KeyFile(tree, "0123456789abcdef", 0640)).error().code(), Code::kRefused);
  EXPECT_EQ(ReadKey(tree.Path("none")).error().code(), Code::kMissing);
}

TEST(RandomKey, IsAnotherEachTime) {
  const auto one = RandomKey();
  const auto two = RandomKey();
  ASSERT_TRUE(one);
  ASSERT_TRUE(two);
  EXPECT_NE(*one, *two);
  EXPECT_NE(*one, redaction::PseudonymKey());
}

class KnownNamesTest : public testing::Test {
 protected:
  redaction::KnownNames Known() {
    const auto host = os::OpenHost({tree_.root(), os::NetworkMounts::kLeaveAlone});
    EXPECT_TRUE(host);
    return KnownNamesOf(**host);
  }
  tests::TempTree tree_;
};

TEST_F(KnownNamesTest, OfAWholeHost) {
  tree_.Write("etc/hostname", "web01.corp.example.jp\n");
  tree_.Write("etc/hosts",
              "127.0.0.1 localhost localhost.localdomain\n"
              "127.0.1.1\tweb01.corp.example.jp web01\n"
              "# 10.0.0.4 gone\n"
              "10.0.0.5  db1.corp.example.jp  db1 # not-a-name\n"
              "10.0.0.9 nas\n"
              "::1 ip6-localhost ip6-loopback\n"
              "ff02::1 ip6-allnodes\n");
  tree_.Write("etc/resolv.conf",
              "# search not.this.example\n"
              "nameserver 10.0.0.1\n"
              "search corp.example.jp example.org local\n"
              "domain other.example.org\n"
              "options ndots:1\n");
  tree_.Write("etc/passwd",
              "root:x:0:0:root:/root:/bin/bash\n"
              "daemon:x:1:1::/usr/sbin:/usr/sbin/nologin\n"
              "sshd:x:999:999::/run/sshd:/usr/sbin/nologin\n"
              "taro:x:1000:1000:Taro:/home/taro:/bin/bash\n"
              "hanako:x:1001:1001::/home/hanako:/bin/bash\n"
              "last:x:60000:60000::/:/bin/sh\n"
              "dynamic:x:61184:61184::/:/bin/sh\n"
              "nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n");
  const redaction::KnownNames known = Known();
  EXPECT_EQ(known.hosts,
            (Lines{"db1", "db1.corp.example.jp", "nas", "web01", "web01.corp.example.jp"}));
  EXPECT_EQ(known.domains, (Lines{"corp.example.jp", "example.org", "other.example.org"}));
  EXPECT_EQ(known.users, (Lines{"hanako", "last", "taro"}));
}

// As Red Hat's systems have it: none of them names this host.
TEST_F(KnownNamesTest, LocalhostIsNoName) {
  tree_.Write("etc/hostname", "localhost.localdomain\n");
  tree_.Write("etc/hosts",
              "127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4\n"
              "::1         localhost localhost.localdomain localhost6 localhost6.localdomain6\n");
  EXPECT_EQ(Known().hosts, Lines{});
  EXPECT_EQ(Known().domains, Lines{});
}

TEST_F(KnownNamesTest, StandsWhatIsNoneOfTheseFiles) {
  const std::pair<const char*, const char*> cases[] = {
      {"etc/hostname", "\n"},
      {"etc/hostname", "10.1.2.3\n"},
      {"etc/hostname", "x\n"},  // a letter would be found everywhere
      {"etc/hosts", "10.0.0.1\n\n   \n# x\n"},
      {"etc/hosts", "10.0.0.1 #web01\n"},
      {"etc/resolv.conf", "search\ndomain\nsearchcorp.example.jp\n"},
      {"etc/passwd", "taro\n:x:1000\ntaro:x\ntaro:x:\ntaro:x:abc:1\nt:x:1000:\n\n+::::::\n"},
  };
  for (const auto& [path, text] : cases) {
    tree_.Write(path, text);
    const redaction::KnownNames known = Known();
    EXPECT_EQ(known.hosts, Lines{}) << path << "\n" << text;
    EXPECT_EQ(known.domains, Lines{}) << path << "\n" << text;
    EXPECT_EQ(known.users, Lines{}) << path << "\n" << text;
    tree_.Write(path, "");
  }
}

TEST_F(KnownNamesTest, AnEmptyRootKnowsNone) {
  const redaction::KnownNames known = Known();
  EXPECT_TRUE(known.hosts.empty());
  EXPECT_TRUE(known.domains.empty());
  EXPECT_TRUE(known.users.empty());
}

}  // namespace
}  // namespace casepack::run

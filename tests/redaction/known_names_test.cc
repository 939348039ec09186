#include "redaction/known_names.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "redaction/pseudonyms.h"
#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

using Kind = Literal::Kind;

// The name at the `|`, marked with the kind that is given.
std::string NameAt(const std::string& marked, const std::string& name, Kind kind) {
  std::string text = marked;
  const size_t at = text.find('|');
  text.erase(at, 1);
  const View view{text, 0, 0, true};
  const auto span = MatchKnownName(view, at, Literal{name, kind, 0});
  if (!span) return "-";
  EXPECT_EQ(span->kind, kind == Kind::kUser ? Identifier::kUser : Identifier::kHost);
  return text.substr(span->begin, span->end - span->begin);
}

TEST(KnownNames, Hosts) {
  struct Row {
    std::string text;
    std::string found;
  };
  for (const Row& row : std::vector<Row>{
           {"on |db1 now", "db1"},
           {"|db1", "db1"},
           {"|DB1:80", "DB1"},
           {"|db1.", "db1"},
           {"(|db1)", "db1"},
           {"\"|db1\"", "db1"},
           {"bob@|db1:/x", "db1"},
           {"/|db1/10.1.2.3", "db1"},
           {"-|db1 ", "db1"},
           {"x.|db1 ", "db1"},
           {"|db1s", "-"},
           {"|db12", "-"},
           {"|db1_old", "-"},
           {"|db1-old", "-"},
           {"my_|db1", "-"},
       }) {
    EXPECT_EQ(NameAt(row.text, "db1", Kind::kHost), row.found) << row.text;
  }
}

TEST(KnownNames, AHostIsToldWithItsDomain) {
  EXPECT_EQ(NameAt("on |db1.example.jp now", "db1.example.jp", Kind::kHost), "db1.example.jp");
  EXPECT_EQ(NameAt("on |db1.example.jp. Then", "db1.example.jp", Kind::kHost), "db1.example.jp");
  EXPECT_EQ(NameAt("on db1.|example.jp now", "example.jp", Kind::kDomain), "db1.example.jp");
  EXPECT_EQ(NameAt("on a-b.c1.|example.jp:80", "example.jp", Kind::kDomain), "a-b.c1.example.jp");
  EXPECT_EQ(NameAt("on |example.jp now", "example.jp", Kind::kDomain), "example.jp");
  EXPECT_EQ(NameAt("*.|example.jp", "example.jp", Kind::kDomain), "example.jp");
  for (const char* other : {"|example.jpx", "|example.jp.com", "|example.jp-x", "x_|example.jp"})
    EXPECT_EQ(NameAt(other, "example.jp", Kind::kDomain), "-") << other;
}

TEST(KnownNames, NothingBehindTheFloor) {
  const std::string text = "db1.web.example.jp";
  View view{text, 4, 0, true};
  const auto span = MatchKnownName(view, 8, Literal{"example.jp", Kind::kDomain, 0});
  ASSERT_TRUE(span);
  EXPECT_EQ(span->begin, 4U);
  view.floor = 8;
  EXPECT_EQ(MatchKnownName(view, 8, Literal{"example.jp", Kind::kDomain, 0})->begin, 8U);
}

TEST(KnownNames, UsersAreWholeWords) {
  for (const char* text : {"user |bob ", "|bob", "(|bob)", "/home/|bob/x", "uid=|bob,", "|BOB:x",
                           "DOMAIN\\|bob", "~|bob", "|bob@db1", "|bob.", "|bob's"})
    EXPECT_EQ(NameAt(text, "bob", Kind::kUser).size(), 3U) << text;
  for (const char* text : {"|bobs", "|bob1", "|bob_x", "|bob-x", "x_|bob", "x-|bob"})
    EXPECT_EQ(NameAt(text, "bob", Kind::kUser), "-") << text;
}

TEST(KnownNames, PseudonymsAndTheVendorStay) {
  for (const Kind kind : {Kind::kHost, Kind::kUser}) {
    Pseudonyms pseudonyms({1, 2, 3});
    const Identifier identifier = kind == Kind::kHost ? Identifier::kHost : Identifier::kUser;
    const std::string name(pseudonyms.For(identifier, "db1"));
    EXPECT_EQ(NameAt("|" + name, name, kind), "-") << name;
  }
  EXPECT_EQ(NameAt("|files.trendmicro.com", "files.trendmicro.com", Kind::kHost), "-");
  EXPECT_EQ(NameAt("iaus.|trendmicro.com", "trendmicro.com", Kind::kDomain), "-");
}

std::string UrlHostAt(const std::string& marked) {
  std::string text = marked;
  const size_t at = text.find('|');
  text.erase(at, 1);
  const View view{text, 0, 0, true};
  const auto span = MatchUrlHost(view, at);
  if (!span) return "-";
  EXPECT_EQ(span->kind, Identifier::kHost);
  EXPECT_EQ(span->begin, at);
  return text.substr(span->begin, span->end - span->begin);
}

TEST(KnownNames, HostsOfUrls) {
  for (const char* end : {"", "/", "/x", ":443/", " ", "\"", "'", "?q", ">", "\n"})
    EXPECT_EQ(UrlHostAt(std::string("https://|www.example-1.com") + end), "www.example-1.com")
        << end;
  for (const char* text :
       {"http://|localhost/", "http://|10.1.2.3/", "http://|[::1]/", "http://|/x", "http://|",
        "https://|iaus.trendmicro.com/", "https://|a_b.example.com/", "https://|${HOST}.x/",
        "https://|bob@x.example.com/"})
    EXPECT_EQ(UrlHostAt(text), "-") << text;
  Pseudonyms pseudonyms({1, 2, 3});
  const std::string name(pseudonyms.For(Identifier::kHost, "www.example.com"));
  EXPECT_EQ(UrlHostAt("https://|" + name + "/"), "-") << name;
}

EnginePtr WithNames(KnownNames known) {
  EngineOptions options;
  options.pseudonymize.hosts = options.pseudonymize.users = true;
  options.known = std::move(known);
  return casepack::tests::EngineWith(options);
}

// Whatever is known of it, one host has one name, and its parts do not stay.
TEST(KnownNames, OneHostOneNameWhateverIsKnown) {
  const std::string text = "from db1.example.jp to DB1.example.jp.";
  const std::string both =
      RedactText(WithNames({{"db1", "db1.example.jp"}, {"example.jp"}, {}}), text, nullptr);
  for (const KnownNames& known :
       {KnownNames{{"db1.example.jp"}, {}, {}}, KnownNames{{}, {"example.jp"}, {}},
        KnownNames{{"db1"}, {"example.jp"}, {}}, KnownNames{{"db1"}, {}, {}}}) {
    const std::string safe = RedactText(WithNames(known), text, nullptr);
    EXPECT_EQ(safe.find("db1"), std::string::npos) << safe;
    EXPECT_EQ(safe, both);
  }
}

TEST(KnownNames, TwoLetters) {
  const EnginePtr engine = WithNames({{"db"}, {}, {"ed"}});
  Counts counts;
  const std::string safe =
      RedactText(engine, "db: user ed on db\ned\ndb1 edit used dbs ED.", &counts);
  EXPECT_EQ(counts["host"], 2U) << safe;
  EXPECT_EQ(counts["user"], 3U) << safe;
  EXPECT_NE(safe.find("\ndb1") == std::string::npos ? safe.find("db1 edit used dbs ") : 0,
            std::string::npos)
      << safe;
}

TEST(KnownNames, BehindWhateverAWordMayBegin) {
  const EnginePtr engine = WithNames({{"web01"}, {"corp.example.jp"}, {"kimura"}});
  for (const std::string before : {"",
                                   " ",
                                   "\n",
                                   "\\n",
                                   "\\t",
                                   "\\r\\n",
                                   "%20",
                                   "%3D",
                                   "\\u003d",
                                   "\\u0022",
                                   "\x1b[31m",
                                   "\x1b[0;1m",
                                   "=",
                                   ":",
                                   "/",
                                   "\\",
                                   "\\\\",
                                   "@",
                                   "(",
                                   "[",
                                   "{",
                                   "<",
                                   ">",
                                   "\"",
                                   "\\\"",
                                   "'",
                                   ",",
                                   ";",
                                   "|",
                                   "~",
                                   "!",
                                   "#",
                                   "&",
                                   "*",
                                   "+",
                                   "?",
                                   "^",
                                   "`",
                                   "$",
                                   "\xe3\x82\x92",
                                   "\xef\xbc\x9a",
                                   "\xff",
                                   " -D",
                                   "--host=",
                                   "x."}) {
    Counts counts;
    const std::string text = "x" + before + "web01 y";
    RedactText(engine, text, &counts);
    EXPECT_EQ(counts["host"], before.empty() ? 0U : 1U) << text;
    if (before == " -D" || before.empty()) continue;
    Counts users;
    RedactText(engine, "x" + before + "kimura y", &users);
    EXPECT_EQ(users["user"], 1U) << "x" + before + "kimura y";
  }
}

}  // namespace
}  // namespace casepack::redaction

#include "collector/bundle/safe_name.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "collector/base/utf8.h"
#include "tests/support/engine.h"

namespace casepack::bundle {
namespace {

TEST(SafeName, Table) {
  struct Case {
    std::string bytes;
    std::string name;
  };
  const Case cases[] = {
      {"etc/os-release", "etc/os-release"},
      {"/etc//./passwd", "etc/passwd"},
      {"", "unnamed"},
      {"///", "unnamed"},
      {".", "unnamed"},
      {"..", "%2E%2E"},
      {"../../etc/shadow", "%2E%2E/%2E%2E/etc/shadow"},
      {"a/..b/c..", "a/..b/c.%2E"},
      {"日本語/ä.log", "日本語/ä.log"},
      {"caf\xe9", "caf%E9"},
      {"cut \xe6\x97", "cut %E6%97"},
      {std::string("nul\0x", 5), "nul%00x"},
      {"line\nbreak\x1b[31m", "line%0Abreak%1B[31m"},
      {"\xe2\x80\xae"
       "gpj.exe",
       "%E2%80%AEgpj.exe"},
      {"c1 \xc2\x9b", "c1 %C2%9B"},
      {"C:\\Windows", "C%3A%5CWindows"},
      {"what?*\"<>|", "what%3F%2A%22%3C%3E%7C"},
      {"end. ", "end.%20"},
      {"end.", "end%2E"},
      {"con/Nul.txt/com1/lpt9.a.b/console/com10",
       "%63on/%4Eul.txt/%63om1/%6Cpt9.a.b/console/com10"},
      {"100%", "100%"},
      {"\xff", "%FF"},
  };
  for (const Case& c : cases)
    EXPECT_EQ(SafeName(c.bytes), c.name) << base::Visible(c.bytes);
}

TEST(SafeName, LongOnesAreCutAndStayApart) {
  const std::string wide = SafeName(std::string(300, 'a') + "1");
  EXPECT_EQ(wide.size(), 200U);
  EXPECT_NE(wide, SafeName(std::string(300, 'a') + "2"));

  std::string characters;
  for (int i = 0; i < 120; ++i)
    characters += "語";
  EXPECT_LE(SafeName(characters).size(), 200U);
  EXPECT_TRUE(base::IsUtf8(SafeName(characters)));

  std::string deep;
  for (int i = 0; i < 400; ++i)
    deep += "d/";
  EXPECT_EQ(SafeName(deep + "leaf").substr(16), "/leaf");
  std::string many;
  for (int i = 0; i < 10; ++i)
    many += std::string(150, 'm') + "/";
  EXPECT_EQ(SafeName(many + "leaf").substr(16), "/leaf");
}

// For any bytes: relative, no way out, nothing that a terminal or Windows would mind.
TEST(SafeName, HoldsForAnyBytes) {
  uint64_t seed = 7;
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    const size_t size = (seed >> 33U) % 40;
    while (bytes.size() < size) {
      seed = seed * 6364136223846793005U + 1442695040888963407U;
      bytes += (seed >> 60U) < 6 ? "/.\\ :c"[(seed >> 60U)] : static_cast<char>(seed >> 40U);
    }
    const std::string name = SafeName(bytes);
    ASSERT_FALSE(name.empty());
    EXPECT_EQ(base::Visible(name), name);
    EXPECT_NE(name.front(), '/');
    EXPECT_EQ(name.find_first_of("\\:*?\"<>|"), std::string::npos);
    EXPECT_EQ(("/" + name + "/").find("//"), std::string::npos);
    EXPECT_EQ(("/" + name + "/").find("/../"), std::string::npos);
    EXPECT_EQ(("/" + name + "/").find("/./"), std::string::npos);
    EXPECT_EQ(("/" + name + "/").find(" /"), std::string::npos);
    EXPECT_EQ(SafeName(name), name) << "not stable";
  }
}

TEST(SafeName, SecretsAreReplacedAndTheMarkerStaysReadable) {
  redaction::Counts counts;
  const std::string name =
      SafeRedactedName(tests::TestEngine(), "run/password=hunter2secret", &counts);
  EXPECT_EQ(name.find("hunter2"), std::string::npos) << name;
  EXPECT_NE(name.find("[REDACTED-"), std::string::npos) << name;
  EXPECT_EQ(counts.size(), 1U);
}

TEST(NameSet, CollisionsAreNumbered) {
  NameSet names;
  EXPECT_EQ(names.Unique("a/b.log"), "a/b.log");
  EXPECT_EQ(names.Unique("a/b.log"), "a/b~2.log");
  EXPECT_EQ(names.Unique("A/B.log"), "A/B~3.log") << "one file on a Windows desk";
  EXPECT_EQ(names.Unique("a.d/b"), "a.d/b");
  EXPECT_EQ(names.Unique("a.d/b"), "a.d/b~2");
  EXPECT_EQ(names.Unique(".x"), ".x");
  EXPECT_EQ(names.Unique(".x"), ".x~2");
}

}  // namespace
}  // namespace casepack::bundle

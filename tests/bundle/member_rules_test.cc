#include "collector/bundle/member_rules.h"

#include <gtest/gtest.h>

namespace casepack::bundle {
namespace {

std::string KeyOf(MemberRules& rules, const std::string& path) {
  const auto name = rules.Accept(path);
  return name ? "" : name.error().message().key;
}

TEST(MemberRules, NamesLessTheirFolder) {
  MemberRules rules(4096);
  EXPECT_EQ(*rules.Accept("f/index.json"), "index.json");
  EXPECT_EQ(*rules.Accept("f/raw/日本語/ä"), "raw/日本語/ä");
  EXPECT_EQ(*rules.Accept("f/"), "");
  EXPECT_EQ(*rules.Accept("f/raw/"), "raw");
}

TEST(MemberRules, NamesThatAreRefused) {
  MemberRules rules(100);
  ASSERT_TRUE(rules.Accept("f/index.json"));
  struct Case {
    std::string path;
    const char* key;
  };
  const Case cases[] = {
      {"", "bundle.reader.other_folder"},
      {"/etc/passwd", "bundle.reader.bad_name"},
      {"f/../../etc/passwd", "bundle.reader.bad_name"},
      {"../f/x", "bundle.reader.bad_name"},
      {"f/./x", "bundle.reader.bad_name"},
      {"f//x", "bundle.reader.bad_name"},
      {"f/a\\b", "bundle.reader.bad_name"},
      {"f/a\nb", "bundle.reader.bad_name"},
      {"f/\x1b[31m", "bundle.reader.bad_name"},
      {"f/\xff", "bundle.reader.bad_name"},
      {"f/" + std::string(100, 'x'), "bundle.reader.long_name"},
      {"g/x", "bundle.reader.other_folder"},
      {"index.json", "bundle.reader.other_folder"},
      {"f/index.json", "bundle.reader.twice"},
  };
  for (const Case& c : cases)
    EXPECT_EQ(KeyOf(rules, c.path), c.key) << c.path;
}

}  // namespace
}  // namespace casepack::bundle

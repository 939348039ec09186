#include <gtest/gtest.h>

#include "collector/os/glob.h"

namespace casepack::os {
namespace {

TEST(MatchName, OneComponent) {
  const struct {
    const char* pattern;
    const char* name;
    bool expected;
  } kCases[] = {
      {"", "", true},
      {"", "a", false},
      {"a", "", false},
      {"a", "a", true},
      {"a", "ab", false},
      {"*", "", true},
      {"*", ".hidden", true},
      {"*.log", "a.log", true},
      {"*.log", ".log", true},
      {"*.log", "a.log.1", false},
      {"*.log*", "a.log.1", true},
      {"a*b*c", "axbxbxc", true},
      {"a*b*c", "axbxbx", false},
      {"**", "abc", true},
      {"a**c", "abc", true},
      {"?", "a", true},
      {"?", "", false},
      {"??", "a", false},
      {"?", "\xe6\x97\xa5", true},  // one character of three bytes
      {"??", "\xe6\x97\xa5", false},
      {"?", "\xff", true},
      {"*?", "\xe6\x97\xa5", true},
      {"[a-c]", "b", true},
      {"[a-c]", "d", false},
      {"[!a-c]", "d", true},
      {"[^a-c]", "b", false},
      {"[]]", "]", true},
      {"[!]]", "a", true},
      {"[a-]", "-", true},
      {"[-a]", "-", true},
      {"[!a]", "\xe6\x97\xa5", true},
      {"[[]x", "[x", true},
      {"[*]", "*", true},
      {"[*]", "a", false},
      {"[abc", "[abc", true},  // never closed
      {"[abc", "a", false},
      {"[", "[", true},
      {"x[0-9]*", "x1abc", true},
      {"syslog.[0-9]", "syslog.10", false},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(MatchName(c.pattern, c.name), c.expected) << c.pattern << " " << c.name;
}

// Would take longer than the age of the world if it went back further than the last star.
TEST(MatchName, ManyStars) {
  std::string pattern;
  for (int i = 0; i < 50; ++i)
    pattern += "a*";
  EXPECT_FALSE(MatchName(pattern + "b", std::string(250, 'a')));
}

TEST(HasWildcard, KnowsThem) {
  for (const char* pattern : {"*", "/a/?", "/a[b", "/**/x"})
    EXPECT_TRUE(HasWildcard(pattern)) << pattern;
  for (const char* pattern : {"", "/a/b", "/a]", "/a\\b"})
    EXPECT_FALSE(HasWildcard(pattern)) << pattern;
}

}  // namespace
}  // namespace casepack::os

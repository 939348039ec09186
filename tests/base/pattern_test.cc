#include "collector/base/pattern.h"

#include <gtest/gtest.h>

namespace casepack::base {
namespace {

TEST(Pattern, GroupsAndTheValueAmongThem) {
  const auto pattern = Pattern::Compile(R"((?P<value>\d+)% (/\S*)( x)?$)");
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->group_count(), 3);
  EXPECT_EQ(pattern->value_group(), 1U);
  const std::vector<std::string_view> groups = pattern->Groups("sda 17% /var");
  ASSERT_EQ(groups.size(), 4U);
  EXPECT_EQ(groups[0], "17% /var");
  EXPECT_EQ(groups[1], "17");
  EXPECT_EQ(groups[2], "/var");
  EXPECT_EQ(groups[3], "");
  EXPECT_TRUE(pattern->Groups("17 /var").empty());
  EXPECT_EQ(Pattern::Compile("(a)(b)")->value_group(), 2U);
  EXPECT_EQ(Pattern::Compile("ab")->value_group(), 0U);
}

TEST(Pattern, WhatIsNone) {
  const auto pattern = Pattern::Compile("(a");
  ASSERT_FALSE(pattern);
  EXPECT_EQ(pattern.error().message().key, "base.pattern.syntax");
  EXPECT_FALSE(Pattern::Compile("(?=a)"));
  EXPECT_FALSE(Pattern::Compile("(a)\\1"));
}

TEST(Pattern, Japanese) {
  EXPECT_TRUE(Pattern::Compile("エンジン.オフライン")->Matches("対策エンジンがオフライン"));
  EXPECT_FALSE(Pattern::Compile("エンジン..オフライン")->Matches("対策エンジンがオフライン"));
  EXPECT_TRUE(Pattern::Compile("x")->Matches("\xff\xfex"));
}

}  // namespace
}  // namespace casepack::base

#include <gtest/gtest.h>

#include <string>

#include "redaction/values.h"

namespace casepack::redaction {
namespace {

TEST(Placeholder, HidesNothing) {
  for (const std::string_view value : {"",
                                       " ",
                                       "${X}",
                                       "${db.password:}",
                                       "$(cat",
                                       "$DB_PASS",
                                       "%PASS%",
                                       "@PASS@",
                                       "{{ x }}",
                                       "%s",
                                       "%-10s",
                                       "%(password)s",
                                       "<password>",
                                       "<your password>",
                                       "****",
                                       "xxxxxx",
                                       "...",
                                       "-",
                                       "null",
                                       "NULL",
                                       "None",
                                       "true",
                                       "YES",
                                       "(null)",
                                       "[REDACTED:password]",
                                       "[REDACTED:private-key]\\n"}) {
    EXPECT_TRUE(IsPlaceholder(value)) << value;
  }
}

TEST(Placeholder, IsAValue) {
  for (const std::string_view value :
       {"x", "1", "summer", "$ecret", "${X}y", "$1$abc", "%abc1!", "<a>b<c>", "<abc", "**a*",
        "nullx", "yes1", "[REDACTED:password]x", "[REDACTED:]", "x[REDACTED:password]"}) {
    EXPECT_FALSE(IsPlaceholder(value)) << value;
  }
  EXPECT_FALSE(IsPlaceholder(std::string(200, '*')));
}

TEST(Placeholder, WhatMayStayDependsOnTheName) {
  const struct {
    std::string_view value;
    bool password, key, token, vague;
  } kCases[] = {
      {"12", false, false, true, true},
      {"1234567", false, false, false, true},
      {"pam", false, false, false, true},
      {"PAM", false, false, false, true},
      {"pAm", false, false, false, true},
      {"pam1", false, false, false, true},
      {"/etc/x", false, false, false, true},
      {"/etc/x.pem", false, true, false, true},
      {"C:\\k.pem", false, true, false, true},
      {"null", true, true, true, true},
      {"aQ9/x==", false, false, false, true},
      {"aQ9/x==Zk3", false, false, false, false},
      {"30199439_9658844", false, false, false, true},
  };
  for (const auto& row : kCases) {
    EXPECT_EQ(MayStay(row.value, Strength::kPassword), row.password) << row.value;
    EXPECT_EQ(MayStay(row.value, Strength::kKey), row.key) << row.value;
    EXPECT_EQ(MayStay(row.value, Strength::kToken), row.token) << row.value;
    EXPECT_EQ(MayStay(row.value, Strength::kVague), row.vague) << row.value;
  }
}

}  // namespace
}  // namespace casepack::redaction

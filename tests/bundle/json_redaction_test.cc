#include "collector/bundle/json_redaction.h"

#include <gtest/gtest.h>

#include "tests/support/engine.h"

namespace casepack::bundle {
namespace {

using base::Json;

std::string Redacted(const char* text, redaction::Counts* counts) {
  const auto json = base::ParseJson(text);
  EXPECT_TRUE(json) << text;
  return base::WriteJson(RedactJson(tests::TestEngine(), *json, counts), base::JsonStyle::kOneLine);
}

TEST(JsonRedaction, WhatStandsUnderASecretsName) {
  struct Case {
    const char* in;
    const char* out;
    uint64_t count;
  };
  const Case cases[] = {
      {R"({"db_password":"x","user":"u"})",
       R"({"db_password":"[REDACTED:secret-name]","user":"u"})", 1},
      {R"({"password":1234})", R"({"password":"[REDACTED:secret-name]"})", 1},
      {R"({"password":["a",{"b":1}]})", R"({"password":"[REDACTED:secret-name]"})", 1},
      {R"({"password":null,"p":[{"password":""}]})", R"({"password":null,"p":[{"password":""}]})",
       0},
      {R"({"password":true})", R"({"password":true})", 0},
      {R"([{"name":"db_password","value":"x"}])",
       R"([{"name":"db_password","value":"[REDACTED:secret-name]"}])", 1},
      {R"([{"name":"port","value":"x"}])", R"([{"name":"port","value":"x"}])", 0},
      {R"({"n":1,"d":1.5,"b":false,"z":null})", R"({"n":1,"d":1.5,"b":false,"z":null})", 0},
  };
  for (const Case& c : cases) {
    redaction::Counts counts;
    EXPECT_EQ(Redacted(c.in, &counts), c.out);
    EXPECT_EQ(counts["secret-name"], c.count) << c.in;
  }
}

TEST(JsonRedaction, StringsNamesAndArgumentVectors) {
  redaction::Counts counts;
  for (const char* text : {
           R"({"line":"login password=hunter2secret done"})",
           R"({"password=hunter2secret":1})",
           R"({"a":[{"b":["x",["url https://u:hunter2secret@host/"]]}]})",
           R"({"argv":["mysql","--password","hunter2secret","-h","db"]})",
       }) {
    EXPECT_EQ(Redacted(text, &counts).find("hunter2"), std::string::npos) << text;
  }
  EXPECT_FALSE(counts.empty());
}

TEST(JsonRedaction, TwoNamesThatBecomeOneStayTwo) {
  redaction::Counts counts;
  const std::string text =
      Redacted(R"({"password=hunter2secret":1,"password=other7secret":2})", &counts);
  const auto back = base::ParseJson(text);
  ASSERT_TRUE(back) << text;
  EXPECT_EQ(back->object()->size(), 2U);
}

TEST(JsonRedaction, APackageMayBeCalledAsASecretIs) {
  const auto json = base::ParseJson(
      R"({"format":"f","facts":{"package.passwd":{"value":"1:4.13"},)"
      R"("x password=hunter2secret":{"value":"y"},"z":{"value":"password=hunter2secret","password":"p"}}})");
  ASSERT_TRUE(json);
  redaction::Counts counts;
  const std::string text = base::WriteJson(RedactFactsJson(tests::TestEngine(), *json, &counts),
                                           base::JsonStyle::kOneLine);
  EXPECT_NE(text.find(R"("package.passwd":{"value":"1:4.13"})"), std::string::npos) << text;
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  EXPECT_EQ(text.find(R"("p")"), std::string::npos) << text;
}

}  // namespace
}  // namespace casepack::bundle

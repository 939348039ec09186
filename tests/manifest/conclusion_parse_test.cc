#include "collector/manifest/conclusion_parse.h"

#include <gtest/gtest.h>

#include "collector/manifest/parse.h"
#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

Parsed Parsing(const std::string& members) {
  return Parse(
      "f",
      R"({"casepack_manifest": 1, "id": "a", "title": {"en": "a", "ja": "a"}, "items": [],)" +
          members + "}",
      FakeKinds());
}

TEST(ConclusionParse, AllMembers) {
  const Parsed parsed = Parsing(R"(
    "roles": [{"role": "agent", "when": {"fact": "a", "exists": true}}],
    "states": [{"state": "off", "title": {"en": "off", "ja": "オフ"}, "when": {"always": true}}],
    "findings": [{"id": "cause.x", "title": {"en": "x", "ja": "x"}, "when": {"role": "agent"},
      "confirmed": {"always": true}, "likely": {"always": true}, "possible": {"always": true},
      "ruled_out": {"always": true}, "remedy": {"en": "do", "ja": "する"},
      "settle": {"en": "see", "ja": "見る"}, "faq": "step", "rank": 7, "verified": false}],
    "checklist": [{"id": "a.b", "title": {"en": "b", "ja": "b"}, "findings": "cause.x",
      "show": ["a.*"], "problem": {"always": true}, "ok": {"always": true},
      "unknown": {"en": "no", "ja": "不明"}}])");
  EXPECT_EQ(LinesOf(parsed.problems), Lines{});
  const Conclusions& made = parsed.manifest.conclusions;
  ASSERT_EQ(made.roles.size(), 1U);
  EXPECT_EQ(made.roles[0].role, "agent");
  ASSERT_EQ(made.states.size(), 1U);
  EXPECT_EQ(made.states[0].title.ja, "オフ");
  ASSERT_EQ(made.findings.size(), 1U);
  EXPECT_TRUE(made.findings[0].when && made.findings[0].confirmed && made.findings[0].likely &&
              made.findings[0].possible && made.findings[0].ruled_out);
  EXPECT_EQ(made.findings[0].rank, 7);
  EXPECT_EQ(made.findings[0].faq, "step");
  EXPECT_FALSE(made.findings[0].verified);
  ASSERT_EQ(made.checklist.size(), 1U);
  EXPECT_EQ(made.checklist[0].findings, std::vector<std::string>{"cause.x"});
  EXPECT_EQ(made.checklist[0].show, std::vector<std::string>{"a.*"});
  EXPECT_EQ(made.checklist[0].unknown.ja, "不明");
}

TEST(ConclusionParse, WhatIsWrong) {
  for (
      const char* text :
      {R"("roles": {})", R"("roles": [{"role": "agent"}])", R"("states": [{"state": "off"}])",
       R"("findings": [{"title": {"en": "x", "ja": "x"}}])", R"("findings": [{"id": "cause.x"}])",
       R"("findings": [{"id": "cause.x", "title": {"en": "x", "ja": "x"}, "rank": 101}])",
       R"("findings": [{"id": "cause.x", "title": {"en": "x", "ja": "x"}, "likly": {"always": true}}])",
       R"("checklist": [{"id": "a", "title": {"en": "x", "ja": "x"}}])"})
    EXPECT_GE(Parsing(text).problems.size(), 1U) << text;
}

}  // namespace
}  // namespace casepack::manifest

#include "collector/manifest/evidence_parse.h"

#include <gtest/gtest.h>

#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

struct Read {
  Evidence evidence;
  Lines lines;
};

Read ReadEvidence(const std::string& text) {
  const auto value = base::ParseJson(text);
  EXPECT_TRUE(value) << text;
  ProblemList problems("");
  Evidence evidence = ParseEvidence(*value, problems);
  return {std::move(evidence), LinesOf(problems.Take())};
}

const std::string kHead = R"({"id": "a.b", "title": {"en": "T", "ja": "T"}, "paths": "/x.log")";

TEST(ParseEvidence, ReadsEverything) {
  const auto [evidence, lines] = ReadEvidence(
      kHead + R"(, "texts": ["it is offline"], "ids": ["740"], "anchors": ["Event ID: "],
      "from": "it is online", "fallback": true, "verified": false, "//": "why"})");
  EXPECT_EQ(lines, Lines{});
  EXPECT_EQ(evidence.id, "a.b");
  EXPECT_EQ(evidence.paths, std::vector<std::string>{"/x.log"});
  EXPECT_EQ(evidence.texts, std::vector<std::string>{"it is offline"});
  EXPECT_EQ(evidence.ids, std::vector<std::string>{"740"});
  EXPECT_EQ(evidence.anchors, std::vector<std::string>{"Event ID: "});
  EXPECT_EQ(evidence.from, std::vector<std::string>{"it is online"});
  EXPECT_TRUE(evidence.fallback);
  EXPECT_FALSE(evidence.verified);
}

TEST(ParseEvidence, RefusesWhatEveryLogHas) {
  EXPECT_EQ(ReadEvidence(kHead + R"(, "texts": ["off"]})").lines,
            Lines{"1:76 manifest.evidence.short"});
  EXPECT_EQ(ReadEvidence(kHead + "}").lines, Lines{"1:1 manifest.evidence.nothing"});
  EXPECT_EQ(ReadEvidence(kHead + R"(, "ids": ["740"]})").lines,
            Lines{"1:1 manifest.evidence.nothing"});
  EXPECT_EQ(ReadEvidence(kHead + R"(, "text": ["it is offline"]})").lines.size(), 2U);
}

}  // namespace
}  // namespace casepack::manifest

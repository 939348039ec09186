#include "collector/bundle/analysis_parse.h"

#include <gtest/gtest.h>

#include "collector/bundle/index_write.h"

namespace casepack::bundle {
namespace {

AnalysisRow Sample() {
  AnalysisRow analysis;
  analysis.roles = {"agent", "relay"};
  analysis.verdict = {"offline",
                      {"Offline", "オフライン"},
                      {{"agent.am.mode", "driver-offline", "raw/x/y", 12, "Component.AM.mode"}},
                      base::ParseUtc("2026-11-22T10:00:00Z"),
                      "found",
                      "cause.x",
                      "likely"};
  CheckRow check;
  check.id = "environment.os";
  check.title = {"OS", "OS"};
  check.state = "unknown";
  check.missing = {"host.os.name"};
  check.unknown = {"no", "不明"};
  analysis.checklist = {check};
  FindingRow finding;
  finding.id = "cause.x";
  finding.title = {"X", "エックス"};
  finding.state = "likely";
  finding.evidence = {{"", "", "raw/a", 0, "text"}, {"b", "1", "", 0, ""}};
  finding.remedy = {"do", "する"};
  finding.settle = {"see", "見る"};
  finding.faq = "step";
  analysis.findings = {finding};
  return analysis;
}

TEST(AnalysisParse, ReadsWhatIsWritten) {
  const base::Json json = FindingsJson(Sample());
  std::string wrong;
  const AnalysisRow read = ReadAnalysis(json, &wrong);
  EXPECT_EQ(wrong, "");
  EXPECT_EQ(base::WriteJson(FindingsJson(read), base::JsonStyle::kOneLine),
            base::WriteJson(json, base::JsonStyle::kOneLine));
  EXPECT_EQ(read.verdict.evidence.at(0).line, 12U);
  EXPECT_EQ(read.verdict.since, base::ParseUtc("2026-11-22T10:00:00Z"));
  EXPECT_EQ(read.findings.at(0).settle.ja, "見る");
  EXPECT_EQ(read.checklist.at(0).missing, std::vector<std::string>{"host.os.name"});
}

TEST(AnalysisParse, TellsWhatIsOfTheWrongType) {
  for (const char* text :
       {R"({"roles": [1]})", R"({"verdict": {"state": 1}})", R"({"verdict": []})",
        R"({"checklist": [{"id": {}}]})", R"({"findings": {}})",
        R"({"findings": [{"evidence": [{"line": "x"}]}]})"}) {
    std::string wrong;
    ReadAnalysis(*base::ParseJson(text), &wrong);
    EXPECT_NE(wrong, "") << text;
  }
}

}  // namespace
}  // namespace casepack::bundle

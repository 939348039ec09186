#include "collector/report/conclusions.h"

#include <gtest/gtest.h>

namespace casepack::report {
namespace {

bundle::AnalysisRow Sample() {
  bundle::AnalysisRow analysis;
  analysis.verdict.state = "offline";
  analysis.verdict.headline = {"Engine Offline", "エンジンがオフライン"};
  analysis.verdict.evidence = {{"mode", "off", "raw/a/b.txt", 7, "Component.AM.mode: off\x1b[31m"}};
  analysis.verdict.top_finding = "cause.x";
  bundle::FindingRow finding;
  finding.id = "cause.x";
  finding.title = {"Kernel support missing", "KSP がない"};
  finding.state = "likely";
  finding.remedy = {"Import it", "インポートする"};
  analysis.findings = {finding};
  bundle::CheckRow problem;
  problem.title = {"Reaches the relay", "DSR への疎通"};
  problem.state = "problem";
  problem.remedy = {"Open the port", "ポートを開放する"};
  bundle::CheckRow unknown;
  unknown.title = {"How many", "台数"};
  unknown.state = "unknown";
  unknown.unknown = {"One host cannot tell", "1 台では不明"};
  unknown.missing = {"dsm.count"};
  bundle::CheckRow ok;
  ok.title = {"Operating system", "OS"};
  ok.state = "ok";
  analysis.checklist = {problem, unknown, ok};
  return analysis;
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Conclusions, TheVerdictHasWhatOneMustKnow) {
  const Words words;
  const std::string en = VerdictText(Sample(), words, Language::kEnglish);
  for (const char* part : {"Engine Offline\n", "Component.AM.mode: off", "(raw/a/b.txt:7)",
                           "Kernel support missing [likely]", "Import it", "Reaches the relay",
                           "Open the port", "How many", "One host cannot tell", "dsm.count"})
    EXPECT_TRUE(Has(en, part)) << part << "\n" << en;
  EXPECT_FALSE(Has(en, "Operating system"));
  EXPECT_FALSE(Has(en, "\x1b"));
  const std::string ja = VerdictText(Sample(), words, Language::kJapanese);
  EXPECT_FALSE(Has(en, "Since"));
  for (const char* part : {"エンジンがオフライン\n", "KSP がない [有力]", "インポートする",
                           "DSR への疎通", "1 台では不明"})
    EXPECT_TRUE(Has(ja, part)) << part << "\n" << ja;
}

TEST(Conclusions, SaysSinceWhenAndHowItKnows) {
  bundle::AnalysisRow analysis = Sample();
  analysis.verdict.since = base::ParseUtc("2026-11-22T10:00:00Z");
  analysis.verdict.since_from = "found";
  EXPECT_TRUE(Has(VerdictText(analysis, Words(), Language::kEnglish),
                  "Since, by the logs: 2026-11-22T10:00:00Z"));
  analysis.verdict.since_from = "given";
  EXPECT_TRUE(Has(VerdictText(analysis, Words(), Language::kJapanese),
                  "発生時刻 (指定): 2026-11-22T10:00:00Z"));
}

TEST(Conclusions, TheSummaryHasEveryRow) {
  const std::string text = ConclusionsText(Sample(), Words(), Language::kEnglish);
  for (const char* part : {"Operating system", "How many", "Reaches the relay", "Causes"})
    EXPECT_TRUE(Has(text, part)) << part << "\n" << text;
}

TEST(Conclusions, EveryStateHasItsWord) {
  for (const char* state : {"confirmed", "likely", "possible", "unknown", "ruled_out",
                            "not_applicable", "ok", "problem"})
    EXPECT_TRUE(Words().Has(std::string("state.") + state)) << state;
}

TEST(Conclusions, NothingIsSaidToBeSo) {
  const std::string text = VerdictText({}, Words(), Language::kEnglish);
  EXPECT_TRUE(Has(text, "No cause is confirmed or likely"));
}

}  // namespace
}  // namespace casepack::report

#include "collector/analysis/conclude.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

bundle::AnalysisRow Concluded(const std::string& members, Known known) {
  const std::vector<manifest::Manifest> manifests{tests::ManifestOf(members)};
  return Conclude(manifests, &known);
}

Known Sample() {
  Known known;
  known.platform = "linux";
  tests::AddFact(known.facts, "yes", true);
  tests::AddFact(known.facts, "guess", true, false);
  known.facts.Add(Applied{"av.{1}", "i", true, false});
  return known;
}

std::string StateOf(const std::string& conditions) {
  const auto analysis = Concluded(
      R"("findings": [{"id": "cause.x", "title": {"en": "x", "ja": "x"}, )" + conditions + "}]",
      Sample());
  return analysis.findings.at(0).state;
}

const std::string kYes = R"({"fact": "yes", "eq": true})";
const std::string kNo = R"({"fact": "yes", "eq": false})";
const std::string kGuess = R"({"fact": "guess", "eq": true})";
const std::string kOpen = R"({"fact": "none", "eq": true})";

TEST(Conclude, TheFirstConditionThatHoldsNamesTheState) {
  EXPECT_EQ(StateOf("\"confirmed\": " + kYes), "confirmed");
  EXPECT_EQ(StateOf("\"confirmed\": " + kNo + ", \"likely\": " + kYes), "likely");
  EXPECT_EQ(StateOf("\"confirmed\": " + kOpen + ", \"likely\": " + kYes), "likely");
  EXPECT_EQ(StateOf("\"likely\": " + kNo + ", \"possible\": " + kYes), "possible");
  EXPECT_EQ(StateOf("\"confirmed\": " + kOpen + ", \"ruled_out\": " + kYes), "ruled_out");
  EXPECT_EQ(StateOf("\"confirmed\": " + kOpen + ", \"ruled_out\": " + kNo), "unknown");
  EXPECT_EQ(StateOf("\"confirmed\": " + kNo), "ruled_out");
  EXPECT_EQ(StateOf("\"when\": " + kNo + ", \"confirmed\": " + kYes), "not_applicable");
  EXPECT_EQ(StateOf("\"when\": " + kOpen + ", \"confirmed\": " + kYes), "confirmed");
  EXPECT_EQ(StateOf("\"faq\": \"step\""), "unknown");
}

// What was never seen on a real host is at most likely, and rules nothing out.
TEST(Conclude, Unverified) {
  EXPECT_EQ(StateOf("\"confirmed\": " + kGuess), "likely");
  EXPECT_EQ(StateOf("\"verified\": false, \"confirmed\": " + kYes), "likely");
  EXPECT_EQ(StateOf("\"confirmed\": " + kNo + ", \"ruled_out\": " + kGuess), "unknown");
  EXPECT_EQ(StateOf(R"("likely": {"fact": "av.clamd", "exists": true})"), "unknown");
}

TEST(Conclude, TheStrongestFirstThenByRank) {
  const auto finding = [](const char* id, const std::string& conditions) {
    return std::string(R"({"id": ")") + id + R"(", "title": {"en": "x", "ja": "x"}, )" +
           conditions + "}";
  };
  const auto analysis =
      Concluded("\"findings\": [" + finding("c.a", "\"likely\": " + kYes + ", \"rank\": 10") + "," +
                    finding("c.b", "\"confirmed\": " + kOpen) + "," +
                    finding("c.c", "\"likely\": " + kYes + ", \"rank\": 90") + "," +
                    finding("c.d", "\"confirmed\": " + kYes + ", \"rank\": 0") + "]",
                Sample());
  std::string order;
  for (const auto& row : analysis.findings)
    order += row.id.substr(2);
  EXPECT_EQ(order, "dcab");
  EXPECT_EQ(analysis.verdict.top_finding, "c.d");
  EXPECT_EQ(analysis.verdict.top_state, "confirmed");
}

bundle::CheckRow CheckOf(const std::string& members, const std::string& findings = "[]") {
  return Concluded(R"("findings": )" + findings +
                       R"(, "checklist": [{"id": "a.b", "title": {"en": "x", "ja": "x"}, )" +
                       members + "}]",
                   Sample())
      .checklist.at(0);
}

TEST(Conclude, ARowOfTheChecklist) {
  EXPECT_EQ(CheckOf("\"problem\": " + kYes + ", \"ok\": " + kYes).state, "problem");
  EXPECT_EQ(CheckOf("\"problem\": " + kNo + ", \"ok\": " + kYes).state, "ok");
  EXPECT_EQ(CheckOf("\"problem\": " + kNo).state, "unknown");
  EXPECT_EQ(CheckOf("\"ok\": " + kGuess).state, "unknown");
  EXPECT_EQ(CheckOf("\"when\": " + kNo).state, "not_applicable");
  const auto open = CheckOf("\"ok\": " + kOpen + R"(, "show": ["y*"])");
  EXPECT_EQ(open.missing, std::vector<std::string>{"none"});
  ASSERT_EQ(open.evidence.size(), 1U);
  EXPECT_EQ(open.evidence[0].fact, "yes");
}

TEST(Conclude, ARowByItsFindings) {
  const auto findings = [](const std::string& a, const std::string& b) {
    return R"([{"id": "c.a", "title": {"en": "x", "ja": "x"}, "remedy": {"en": "do", "ja": "do"}, "confirmed": )" +
           a +
           R"(}, {"id": "c.b", "title": {"en": "x", "ja": "x"}, "settle": {"en": "see", "ja": "see"}, "confirmed": )" +
           b + "}]";
  };
  const std::string row = R"("findings": ["c.a", "c.b"])";
  EXPECT_EQ(CheckOf(row, findings(kYes, kOpen)).state, "problem");
  EXPECT_EQ(CheckOf(row, findings(kYes, kOpen)).remedy.en, "do");
  EXPECT_EQ(CheckOf(row, findings(kNo, kNo)).state, "ok");
  EXPECT_EQ(CheckOf(row, findings(kNo, kOpen)).state, "unknown");
  EXPECT_EQ(CheckOf(row, findings(kNo, kOpen)).unknown.en, "see");
  EXPECT_EQ(CheckOf(R"("findings": ["c.none"])", findings(kNo, kNo)).state, "unknown");
}

TEST(Conclude, RolesAndTheHeadline) {
  const std::string members =
      R"("roles": [{"role": "agent", "when": )" + kYes + R"(}, {"role": "relay", "when": )" + kNo +
      R"(}], "states": [{"state": "off", "title": {"en": "off", "ja": "オフ"}, "when": )" + kOpen +
      R"(}, {"state": "on", "title": {"en": "on", "ja": "オン"}, "when": )" + kYes +
      R"(}, {"state": "unknown", "title": {"en": "?", "ja": "?"}, "when": {"always": true}}])";
  const auto analysis = Concluded(members, Sample());
  EXPECT_EQ(analysis.roles, std::vector<std::string>{"agent"});
  EXPECT_EQ(analysis.verdict.state, "on");
  EXPECT_EQ(analysis.verdict.headline.ja, "オン");
  Known given = Sample();
  given.roles = {"manager"};
  given.knows_roles = true;
  EXPECT_EQ(Concluded(members, given).roles, std::vector<std::string>{"manager"});
}

TEST(Conclude, SinceWhenOnlyByEvidenceOfTheStateOrTheUser) {
  const std::string members =
      R"("states": [{"state": "off", "title": {"en": "off", "ja": "オフ"}, "since": ["a.off"], "when": )" +
      kYes + "}]";
  const std::string other =
      R"("states": [{"state": "on", "title": {"en": "on", "ja": "オン"}, "when": )" + kYes + "}]";
  Known known = Sample();
  known.incident.error_time = base::ParseUtc("2026-11-22T10:00:00Z");
  known.incident.error_from = "found";
  known.incident.evidence = "a.off";
  const auto found = Concluded(members, known).verdict;
  EXPECT_EQ(found.since, known.incident.error_time);
  EXPECT_EQ(found.since_from, "found");
  EXPECT_FALSE(Concluded(other, known).verdict.since);
  known.incident.evidence = "a.update_failed";
  EXPECT_FALSE(Concluded(members, known).verdict.since);
  known.incident.error_from = "given";
  EXPECT_EQ(Concluded(members, known).verdict.since_from, "given");
  EXPECT_FALSE(Concluded(other, known).verdict.since);
  known.incident.error_from = "run";
  EXPECT_FALSE(Concluded(members, known).verdict.since);
}

}  // namespace
}  // namespace casepack::analysis

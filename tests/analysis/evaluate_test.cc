#include "collector/analysis/evaluate.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

Known Sample() {
  Known known;
  known.platform = "linux";
  known.roles = {"agent"};
  known.knows_roles = true;
  tests::AddFact(known.facts, "kernel", std::string("5.14.0-503"));
  tests::AddFact(known.facts, "mode", std::string("on"));
  tests::AddFact(known.facts, "cpu", 91.5);
  tests::AddFact(known.facts, "probe.a.tcp", std::string("ok"));
  tests::AddFact(known.facts, "probe.b.tcp", std::string("failed"));
  tests::AddFact(known.facts, "ksp.5.14.0-503", true);
  tests::AddFact(known.facts, "guess", true, false);
  known.facts.Add(Applied{"ksp.{1}", "i", true, true});
  known.facts.Add(Applied{"av.{1}", "i", true, false});
  known.findings["cause.x"] = "likely";
  return known;
}

Judgement Of(std::string_view text, const Known& known = Sample()) {
  return Evaluate(tests::ConditionOf(text), known);
}

TEST(Evaluate, TrueAndFalse) {
  for (const char* yes :
       {R"({"fact": "mode", "eq": "on"})", R"({"fact": "mode", "eq": ["off", "on"]})",
        R"({"fact": "mode", "ne": ["off", "x"]})", R"({"fact": "cpu", "ge": 90})",
        R"({"fact": "kernel", "gt": "5.9"})", R"({"fact": "mode", "matches": "^o"})",
        R"({"fact": "probe.*.tcp", "eq": "failed"})", R"({"fact": "ksp.{kernel}", "exists": true})",
        R"({"fact": "ksp.6.1", "exists": false})", R"({"fact": "mode", "eq_fact": "mode"})",
        R"({"role": ["relay", "agent"]})", R"({"platform": "linux"})", R"({"always": true})",
        R"({"finding": "cause.x", "is": ["likely", "confirmed"]})"})
    EXPECT_EQ(Of(yes).truth, Truth::kTrue) << yes;
  for (const char* no :
       {R"({"fact": "mode", "eq": "off"})", R"({"fact": "mode", "ne": ["on", "off"]})",
        R"({"fact": "cpu", "lt": 90})", R"({"fact": "ksp.6.1", "exists": true})",
        R"({"fact": "probe.*.tcp", "eq": "denied"})", R"({"role": "manager"})",
        R"({"platform": "windows"})", R"({"finding": "cause.x", "is": "confirmed"})"})
    EXPECT_EQ(Of(no).truth, Truth::kFalse) << no;
}

// The rule of the design: what was not gathered is unknown, whatever is asked of it.
TEST(Evaluate, WhatWasNotGatheredIsUnknown) {
  for (const char* open :
       {R"({"fact": "none", "eq": "on"})", R"({"fact": "none", "ne": "on"})",
        R"({"fact": "none", "exists": false})", R"({"fact": "none.*", "exists": true})",
        R"({"fact": "ksp.6.1", "eq": true})", R"({"fact": "ksp.{none}", "exists": false})",
        R"({"fact": "mode", "eq_fact": "none"})", R"({"finding": "cause.y", "is": "likely"})",
        R"({"not": {"fact": "none", "eq": 1}})", R"({"event": {"id": 165}})",
        R"({"not": {"event": {"id": 165}}})"}) {
    const Judgement judgement = Of(open);
    EXPECT_EQ(judgement.truth, Truth::kUnknown) << open;
    EXPECT_FALSE(judgement.missing.empty()) << open;
  }
  Known nameless = Sample();
  nameless.knows_roles = false;
  EXPECT_EQ(Of(R"({"role": "agent"})", nameless).truth, Truth::kUnknown);
}

TEST(Evaluate, Verified) {
  EXPECT_FALSE(Of(R"({"fact": "guess", "eq": true})").verified);
  EXPECT_FALSE(Of(R"({"fact": "mode", "eq": "on", "verified": false})").verified);
  EXPECT_TRUE(Of(R"({"fact": "mode", "eq": "on"})").verified);
  EXPECT_FALSE(Of(R"({"fact": "av.clamd", "exists": false})").verified);
}

TEST(Evaluate, Events) {
  Known known = Sample();
  known.has_events = true;
  known.events.push_back(
      {2202, "Installation failed: Could not resolve host: x", {"", "", "m", 3, "t"}});
  EXPECT_EQ(Of(R"({"event": {"id": [740, 2202]}})", known).truth, Truth::kTrue);
  EXPECT_EQ(Of(R"({"event": {"id": 2202, "text": ["resolve host"]}})", known).evidence.at(0).line,
            3U);
  EXPECT_EQ(Of(R"({"event": {"id": 740, "text": ["resolve host"]}})", known).truth, Truth::kFalse);
  EXPECT_EQ(Of(R"({"event": {"text": ["404"]}})", known).truth, Truth::kFalse);
}

TEST(Evaluate, ShowsWhatItRestsOn) {
  const Judgement judgement =
      Of(R"({"all": [{"fact": "mode", "eq": "on"}, {"fact": "cpu", "ge": 90}]})");
  ASSERT_EQ(judgement.evidence.size(), 2U);
  EXPECT_EQ(judgement.evidence[1].fact, "cpu");
  EXPECT_EQ(judgement.evidence[1].value, "91.5");
  EXPECT_EQ(judgement.evidence[1].member, "raw/cpu");
}

}  // namespace
}  // namespace casepack::analysis

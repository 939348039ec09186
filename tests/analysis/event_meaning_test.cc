#include "collector/analysis/event_meaning.h"

#include <gtest/gtest.h>

#include "collector/analysis/event_log.h"
#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

Event Of(EventSpace space, std::optional<int64_t> id, std::string title = "",
         std::string text = "") {
  Event event;
  event.space = space;
  event.id = id;
  event.title = std::move(title);
  event.text = std::move(text);
  return event;
}

Lines Meanings(const Event& event) { return MeaningsOf({event}); }

TEST(EventMeaning, KnowsTheEventsOfTheFaq) {
  struct Case {
    EventSpace space;
    int64_t id;
    Lines meanings;
  };
  const Case cases[] = {
      {EventSpace::kSystem, 165, {"security_update.failed"}},
      {EventSpace::kSystem, 2202, {"am_module.install_failed"}},
      {EventSpace::kSystem, 2205, {"pattern_update.failed"}},
      {EventSpace::kSystem, 740, {"agent.error"}},
      {EventSpace::kSystem, 765, {"reboot.required"}},
      {EventSpace::kSystem, 926, {"smart_scan.disconnected"}},
      {EventSpace::kAgent, 5102, {"module.deploy_failed"}},
      {EventSpace::kAgent, 9012, {"smart_scan.disconnected"}},
      {EventSpace::kAgent, 5300, {"package.signature_invalid"}},
      {EventSpace::kSystem, 5301, {"package.invalid"}},
      {EventSpace::kAgent, 5302, {"package.signature_missing"}},
      {EventSpace::kAgent, 5303, {"package.signature_mismatch"}},
      {EventSpace::kSystem, 2206, {"pattern_update.skipped"}},
      {EventSpace::kAgent, 9020, {"pattern_update.skipped"}},
      // Not verified: a finding that rests on it is at most likely.
      {EventSpace::kAgent, 9017, {"pattern_update.failed?"}},
      {EventSpace::kSystem, 2209, {"am_engine.basic?"}},
      // The same numbers in the other table mean nothing.
      {EventSpace::kAgent, 165, {}},
      {EventSpace::kAgent, 740, {}},
      {EventSpace::kAgent, 2205, {}},
      {EventSpace::kSystem, 5102, {}},
      {EventSpace::kSystem, 9012, {}},
      {EventSpace::kModule, 740, {}},
      {EventSpace::kNone, 740, {}},
      {EventSpace::kSystem, 1650, {}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(Meanings(Of(c.space, c.id)), c.meanings) << c.id;
}

TEST(EventMeaning, ASkippedUpdateIsNoFailure) {
  const Event skipped =
      Of(EventSpace::kSystem, 2206, "Security Update: Pattern Update on Agents/Appliances Skipped",
         "did not perform a pattern update because Anti-malware is off");
  const auto found = TestMeanings().Of(skipped);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].effect, manifest::EventEffect::kNeutral);
}

TEST(EventMeaning, KnowsATitleWhereTheNumberIsMissing) {
  EXPECT_EQ(Meanings(Of(EventSpace::kSystem, std::nullopt, "セキュリティアップデートの失敗")),
            Lines{"security_update.failed"});
  EXPECT_EQ(Meanings(Of(EventSpace::kSystem, std::nullopt, "Security update failed")),
            Lines{"security_update.failed?"});
  EXPECT_EQ(Meanings(Of(EventSpace::kSystem, std::nullopt, "Agent/Appliance エラー")),
            Lines{"agent.error"});
  // Where there is a number, it counts.
  EXPECT_EQ(Meanings(Of(EventSpace::kSystem, 999, "セキュリティアップデートの失敗")), Lines{});
  EXPECT_EQ(Meanings(Of(EventSpace::kAgent, std::nullopt, "セキュリティアップデートの失敗")),
            Lines{});
}

TEST(EventMeaning, KnowsTheStatesOfTheEngines) {
  struct Case {
    std::string_view text;
    Lines meanings;
  };
  const Case cases[] = {
      {"Anti-Malware Engine Offline", {"am_engine.offline"}},
      {"Alert: Anti-Malware Engine Offline\nSubject: HOST01", {"am_engine.offline"}},
      {"anti-malware engine offline (Reason ID: 7)", {"am_engine.offline"}},
      {"不正プログラム対策エンジンがオフライン", {"am_engine.offline"}},
      {"「不正プログラム対策エンジンがオフライン」", {"am_engine.offline"}},
      {"不正プログラム対策エンジン （基本機能）", {"am_engine.basic"}},
      {"Anti-Malware Engine with Basic Functions", {"am_engine.basic"}},
      {"Anti-Malware Engine Back Online", {"am_engine.online?"}},
      {"ファイアウォールエンジンがオフライン", {"firewall_engine.offline"}},
      {"侵入防御エンジンがオフライン", {"ips_engine.offline"}},
      {"features am on=true", {"am_feature.on?"}},
      {"features am on=false, wrs", {"am_feature.off?"}},
      // Words that hold others.
      {"Anti-Malware Engine Offline resolved", {}},
      {"Anti-Malware Engine Offlined", {}},
      {"xAnti-Malware Engine Offline", {}},
      {"不正プログラム対策エンジンがオフラインではありません", {}},
      {"features am on=trueish", {}},
      {"Managed (Online)", {}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Meanings(Of(EventSpace::kSystem, std::nullopt, std::string(c.text))), c.meanings)
        << c.text;
    EXPECT_EQ(Meanings(Of(EventSpace::kNone, std::nullopt, "", "x\n" + std::string(c.text))),
              c.meanings)
        << c.text;
  }
}

// Four healthy hosts were reported since a search for 2209 met their microseconds.
TEST(EventMeaning, MicrosecondsAreNoEvent) {
  const auto parsed = ParseAgentLog(
      "2025-08-12 02:24:18.742209: [Info/5] | heartbeat took 0.2209 s | a.lua:2209:f | 1:2209:t\n"
      "2025-08-12 02:24:19.000000: [Info/5] | last at 02:24:18.742209 | a.lua:1:f | 1:2:t\n",
      TestContext());
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(MeaningsOf(parsed.events), Lines{});
  const auto real =
      ParseAgentLog("2025-08-12 02:24:18.000001: [Warning/2] | sending event 2209 to the manager\n",
                    TestContext());
  EXPECT_EQ(MeaningsOf(real.events), Lines{"am_engine.basic?"});
}

TEST(EventMeaning, LooksAtNestedEventsToo) {
  Event parent = Of(EventSpace::kSystem, 2202);
  parent.nested.push_back(Of(EventSpace::kAgent, 5102));
  const std::vector<Event> events = {parent};
  const auto found = TestMeanings().Of(std::span<const Event>(events));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].parent, nullptr);
  EXPECT_EQ(found[1].id, "module.deploy_failed");
  EXPECT_EQ(found[1].parent, events.data());
}

TEST(EventMeaning, ReadsTheReason) {
  const auto reason = [](std::string_view text) {
    return ReasonIdOf(Of(EventSpace::kSystem, std::nullopt, "", std::string(text)), TestWords());
  };
  EXPECT_EQ(reason("Anti-Malware Engine Offline (Reason ID: 7)"), 7);
  EXPECT_EQ(reason("reason id = 11."), 11);
  EXPECT_EQ(reason("オフライン。理由ID：12"), 12);
  for (const std::string_view text : {"", "7", "Reason ID: seven", "Reason ID: 7.5", "ReasonID7",
                                      "Reason ID: 77777", "Reason: 7", "Reason ID: 7a"})
    EXPECT_EQ(reason(text), std::nullopt) << text;
  Event event = Of(EventSpace::kSystem, std::nullopt);
  event.fields.push_back({"reason_id", "11"});
  EXPECT_EQ(ReasonIdOf(event, TestWords()), 11);
}

}  // namespace
}  // namespace casepack::analysis

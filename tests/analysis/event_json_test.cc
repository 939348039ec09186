#include "collector/analysis/event_json.h"

#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using base::Json;
using Lines = std::vector<std::string>;

ParsedEvents Parse(std::string_view text) { return ParseJsonEvents(text, TestContext()); }

constexpr std::string_view kSns =
    R"([{"EventType": "SystemEvent", "EventID": 740, "Title": "Agent/Appliance Error",
  "Severity": 8, "ActionBy": "System", "Target": "HOST01", "TenantName": "Primary",
  "LogDate": "2018-12-04T15:54:24.086Z", "Description": "The Agent reported\n\nTime: 2018-12-04 15:54:20\nEvent ID: 5102\nDescription: x"}])";

void ExpectSns(const ParsedEvents& parsed) {
  EXPECT_EQ(ProblemsOf(parsed), Lines{});
  ASSERT_EQ(parsed.events.size(), 1U);
  const Event& event = parsed.events[0];
  EXPECT_EQ(event.space, EventSpace::kSystem);
  EXPECT_EQ(event.id, 740);
  EXPECT_EQ(event.title, "Agent/Appliance Error");
  EXPECT_EQ(event.level, EventLevel::kError);
  EXPECT_EQ(event.target, "HOST01");
  EXPECT_EQ(TimeOf(event), "2018-12-04T15:54:24Z");
  EXPECT_EQ(FieldOf(event, "TenantName"), "Primary");
  EXPECT_EQ(event.text, "The Agent reported");
  ASSERT_EQ(event.nested.size(), 1U);
  EXPECT_EQ(event.nested[0].id, 5102);
}

std::string Envelope(std::string_view message) {
  Json envelope;
  envelope.Set("Type", "Notification");
  envelope.Set("Message", message);
  return WriteJson(envelope, base::JsonStyle::kIndented);
}

TEST(EventJson, ReadsSns) {
  ExpectSns(Parse(kSns));
  ExpectSns(Parse(Envelope(kSns)));
  ExpectSns(Parse(Envelope(Envelope(kSns))));  // in a queue
  ExpectSns(Parse(R"({"Records": [{"Sns": )" + Envelope(kSns) + "}]}"));
}

TEST(EventJson, ReadsTheWebServiceInJapanese) {
  const ParsedEvents parsed = Parse(
      "{\"events\": [\n"
      R"({"systemEventID": 5, "eventID": 2205, "event": "パターンの失敗", "time": 1747120455000,)"
      "\n"
      R"("type": "警告", "target": "ホスト", "eventOrigin": "Manager", "tags": ["a"], "description": null}]})");
  ASSERT_EQ(parsed.events.size(), 1U);
  const Event& event = parsed.events[0];
  EXPECT_EQ(event.line, 2U);
  EXPECT_EQ(event.id, 2205);
  EXPECT_EQ(event.level, EventLevel::kWarning);
  EXPECT_EQ(event.origin, "Manager");
  EXPECT_EQ(TimeOf(event), "2025-05-13T07:14:15Z");
  EXPECT_EQ(FieldOf(event, "tags"), "[\"a\"]");
  EXPECT_EQ(FieldOf(event, "systemEventID"), "5");
}

TEST(EventJson, ReadsTheStatusOfComputers) {
  const ParsedEvents parsed = Parse(R"json({"computers": [
 {"hostName": "HOST01.example.test", "ID": 1111, "computerStatus": {"agentStatus": "error",
  "agentStatusMessages": ["Anti-Malware Engine Offline", "Reboot"], "applianceStatusMessages": []}},
 {"hostName": "HOST02", "ID": 740, "computerStatus": {"agentStatus": "active",
  "agentStatusMessages": ["Managed (Online)"]}}]})json");
  ASSERT_EQ(parsed.events.size(), 3U);
  EXPECT_EQ(parsed.events[0].title, "Anti-Malware Engine Offline");
  EXPECT_EQ(parsed.events[0].target, "HOST01.example.test");
  EXPECT_EQ(parsed.events[0].origin, "computerStatus");
  EXPECT_EQ(FieldOf(parsed.events[0], "agentStatus"), "error");
  EXPECT_EQ(parsed.events[2].id, std::nullopt);
  EXPECT_EQ(MeaningsOf(parsed.events), Lines{"am_engine.offline"});
}

TEST(EventJson, ReadsOneALine) {
  const std::string one = R"({"EventID": 740, "Title": "a"})";
  const ParsedEvents parsed = Parse(one + "\n\nbroken\n" + one + "\n");
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(parsed.events[1].line, 4U);
  EXPECT_EQ(ProblemsOf(parsed), Lines{"3 analysis.event.json"});
}

TEST(EventJson, EventsOfModulesAreAnotherTable) {
  const ParsedEvents parsed =
      Parse(R"([{"EventType": "PacketLog", "EventID": 740, "Title": "a"}])");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].space, EventSpace::kModule);
}

TEST(EventJson, TellsWhatItCannotRead) {
  EXPECT_EQ(ProblemsOf(Parse("{\"a\": 1,\n broken}")), Lines{"2 analysis.event.json"});
  EXPECT_EQ(ProblemsOf(Parse(Envelope("x"))), Lines{"1 analysis.event.json_message"});
  EXPECT_EQ(ProblemsOf(Parse("{\"a\": {\"Title\": \"no event\"}}")), Lines{});
}

TEST(EventJson, GoesNotTooDeep) {
  std::string text = R"({"EventID": 740, "Title": "a"})";
  std::string message = text;
  for (int i = 0; i < 20; ++i)
    text = "[" + text + "]";
  for (int i = 0; i < 4; ++i)
    message = Envelope(message);
  EXPECT_TRUE(Parse(text).events.empty());
  EXPECT_TRUE(Parse(message).events.empty());
}

TEST(EventJson, KeepsItsLimits) {
  EventLimits limits;
  limits.events = 2;
  std::string text = "[";
  for (int i = 0; i < 9; ++i)
    text += R"({"EventID": 740, "Title": "a"},)";
  text.back() = ']';
  const ParsedEvents parsed = ParseJsonEvents(text, {TestWords(), limits});
  EXPECT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(ProblemsOf(parsed), Lines{"1 analysis.event.too_many"});
}

}  // namespace
}  // namespace casepack::analysis

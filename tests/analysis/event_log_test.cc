#include "collector/analysis/event_log.h"

#include <gtest/gtest.h>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

ParsedEvents Parse(std::string_view text) { return ParseAgentLog(text, TestContext()); }

TEST(EventLog, ReadsLinesWithAnOffset) {
  const ParsedEvents parsed = Parse(
      "2025-07-26 14:34:47.505346 [+0100]: [Cmd/5] | Received command GetEvents | "
      "dsa/ConnectionHandler.lua:1577:LogDsmCommand | 480C:27DC:dsa.Scheduler_0006\r\n"
      "2022-03-17 10:50:42.000000 [+0100]: [Error/1] | Failed to install or upgrade AMSP | "
      "Amsp\\AmInterface.cpp:260:dsam_init | 528:2FA0:dsp.am.service\n");
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_TRUE(parsed.problems.empty());
  const Event& first = parsed.events[0];
  EXPECT_EQ(TimeOf(first), "2025-07-26T13:34:47Z");
  EXPECT_EQ(first.level, EventLevel::kInfo);
  EXPECT_EQ(first.space, EventSpace::kNone);
  EXPECT_EQ(first.id, std::nullopt);
  EXPECT_EQ(first.text, "Received command GetEvents");
  EXPECT_EQ(first.origin, "dsa/ConnectionHandler.lua:1577:LogDsmCommand");
  EXPECT_EQ(FieldOf(first, "thread"), "480C:27DC:dsa.Scheduler_0006");
  EXPECT_EQ(FieldOf(first, "log_level"), "Cmd/5");
  EXPECT_EQ(parsed.events[1].level, EventLevel::kError);
  EXPECT_EQ(parsed.events[1].origin, "Amsp\\AmInterface.cpp:260:dsam_init");
  EXPECT_EQ(parsed.events[1].line, 2U);
}

TEST(EventLog, ReadsLinesWithoutAnOffset) {
  const ParsedEvents parsed = Parse(
      "2018-06-25 17:52:14.000000: [Error/1] | CHTTPServer::AcceptSSL(192.0.2.9:49152) - "
      "BIO_do_handshake() failed - peer closed connection\n");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(TimeOf(parsed.events[0]), "2018-06-25T17:52:14Z zone unknown");
  EXPECT_EQ(parsed.events[0].origin, "");
  EXPECT_EQ(parsed.events[0].text.substr(0, 23), "CHTTPServer::AcceptSSL(");
}

TEST(EventLog, ReadsTheEngineLog) {
  const ParsedEvents parsed =
      Parse("2025-08-12 00:00:14.778069: [ds_am/4] | [SCAN] started | scan.cpp:10:run | 1f:2\n");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].level, EventLevel::kUnknown);
  EXPECT_EQ(FieldOf(parsed.events[0], "log_level"), "ds_am/4");
  EXPECT_EQ(parsed.events[0].text, "[SCAN] started");
}

TEST(EventLog, AMessageMayHaveBarsInIt) {
  const ParsedEvents parsed = Parse(
      "2025-08-12 00:00:14.000000: [Info/5] | Auto:0 | PACUrl: | StaticProxy: | net/p.lua:5:f | "
      "1:2:t\n"
      "2025-08-12 00:00:15.000000: [Info/5] | a | b | c\n");
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(parsed.events[0].text, "Auto:0 | PACUrl: | StaticProxy:");
  EXPECT_EQ(parsed.events[0].origin, "net/p.lua:5:f");
  EXPECT_EQ(parsed.events[1].text, "a | b | c");
}

TEST(EventLog, LinesWithoutATimeBelongToTheMessageBefore) {
  const ParsedEvents parsed = Parse(
      "cut in the middle\nof a message\n"
      "2025-08-12 00:00:14.000000: [Warning/2] | first\n  second\n"
      "2025-08-12: no level\n");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].text, "first\n  second\n2025-08-12: no level");
  EXPECT_EQ(ProblemsOf(parsed), Lines{"1 analysis.event.log_line"});
}

TEST(EventLog, KeepsTheNewest) {
  std::string text;
  for (int i = 10; i < 60; ++i)
    text += "2025-08-12 00:00:" + std::to_string(i) + ".000000: [Info/5] | m\n";
  EventLimits limits;
  limits.events = 2;
  const ParsedEvents parsed = ParseAgentLog(text, {TestWords(), limits});
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(TimeOf(parsed.events[1]), "2025-08-12T00:00:59Z zone unknown");
  EXPECT_EQ(ProblemsOf(parsed), Lines{"1 analysis.event.too_many"});
}

}  // namespace
}  // namespace casepack::analysis

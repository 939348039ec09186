#include "collector/analysis/event_syslog.h"

#include <gtest/gtest.h>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

TEST(EventSyslog, FindsItsMark) {
  EXPECT_EQ(FindSyslogMark("CEF:0|a", "CEF:")->body, "0|a");
  const auto found = FindSyslogMark("<134>May 13 10:11:48 dsm01 CEF: 0|a", "CEF:");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->before, "<134>May 13 10:11:48 dsm01 ");
  EXPECT_EQ(found->body, " 0|a");
  EXPECT_FALSE(FindSyslogMark("about:CEF:0|a", "CEF:"));
  EXPECT_FALSE(FindSyslogMark("LEEF:2.0|a", "CEF:"));
}

TEST(EventSyslog, SplitsTheHeader) {
  std::string_view rest;
  EXPECT_EQ(SplitSyslogHeader("0|a\\|b|c\\\\|d=e|f", 3, &rest), (Lines{"0", "a|b", "c\\"}));
  EXPECT_EQ(rest, "d=e|f");
  EXPECT_EQ(SplitSyslogHeader("0|a", 3, &rest), (Lines{"0", "a"}));
  EXPECT_EQ(rest, "");
}

TEST(EventSyslog, Unescapes) {
  EXPECT_EQ(UnescapeSyslog(R"(a\nb\\c\=d\re\tf\)"), "a\nb\\c=de\\tf\\");
}

Event Read(std::string_view text) {
  static const EventContext context = TestContext();
  EventRow row(context, 1);
  ReadSyslogFields(text, row);
  return row.Take();
}

TEST(EventSyslog, ValuesHaveBlanksAndEqualSigns) {
  const Event event = Read(
      "src=192.0.2.20 target=HOST01 (192.0.2.61) TrendMicroDsTenant=Primary "
      "msg=Disconnected from http://sps.test/tmcss?a=1 : Error message=536870920[0x20000008], "
      "503 TrendMicroDsTags=x");
  EXPECT_EQ(event.target, "HOST01 (192.0.2.61)");
  EXPECT_EQ(
      event.text,
      "Disconnected from http://sps.test/tmcss?a=1 : Error message=536870920[0x20000008], 503");
  EXPECT_EQ(FieldOf(event, "TrendMicroDsTenant"), "Primary");
  EXPECT_EQ(FieldOf(event, "tags"), "x");
  EXPECT_EQ(FieldOf(event, "src"), "192.0.2.20");
}

TEST(EventSyslog, AMessageMayComeInTheMiddle) {
  const Event event = Read("msg=one two=2 cs1=x cs1Label=y target=H");
  EXPECT_EQ(event.text, "one two=2");
  EXPECT_EQ(FieldOf(event, "cs1"), "x");
  EXPECT_EQ(event.target, "H");
}

TEST(EventSyslog, ReadsATimeWithAYearOnly) {
  static const EventContext context = TestContext();
  EventRow row(context, 1);
  ReadSyslogTime("<134>1 2025-05-13T10:11:48.123+02:00 dsm01 ", row);
  EXPECT_EQ(TimeOf(row.event()), "2025-05-13T08:11:48Z");
  EventRow old(context, 1);
  ReadSyslogTime("<134>May 13 10:11:48 dsm01 ", old);
  EXPECT_EQ(TimeOf(old.event()), "none");
}

TEST(EventSyslog, TellsWhoseNumbersTheyAre) {
  EXPECT_EQ(SpaceOfProduct("Deep Security Manager"), EventSpace::kSystem);
  EXPECT_EQ(SpaceOfProduct("Deep Security Agent"), EventSpace::kModule);
  EXPECT_EQ(SpaceOfProduct("Other"), EventSpace::kNone);
}

}  // namespace
}  // namespace casepack::analysis

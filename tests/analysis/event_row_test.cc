#include "collector/analysis/event_row.h"

#include <gtest/gtest.h>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

TEST(EventRow, PutsValuesWhereTheyBelong) {
  const EventContext context = TestContext();
  EventRow row(context, 7);
  row.Set("日時", "2021-06-30 12:39:27");
  row.Set("レベル", "エラー");
  row.Set("イベントID", " 2205 ");
  row.Set("イベント", "t");
  row.Set("対象", "HOST01");
  row.Set("タグ", "x");
  row.Set(" Column of tomorrow ", "y");
  row.Set("説明", "");
  const Event event = row.Take();
  EXPECT_EQ(event.line, 7U);
  EXPECT_EQ(TimeOf(event), "2021-06-30T12:39:27Z zone unknown");
  EXPECT_EQ(event.level, EventLevel::kError);
  EXPECT_EQ(event.id, 2205);
  EXPECT_EQ(event.title, "t");
  EXPECT_EQ(event.target, "HOST01");
  EXPECT_EQ(FieldOf(event, "tags"), "x");
  EXPECT_EQ(FieldOf(event, "Column of tomorrow"), "y");
  EXPECT_EQ(event.fields.size(), 2U);
}

TEST(EventRow, KeepsWhatItCannotRead) {
  const EventContext context = TestContext();
  EventRow row(context, 1);
  row.Set("Time", "05/06/2025 10:11");
  row.Set("Event ID", "n/a");
  row.Set("Level", "Odd");
  EXPECT_TRUE(row.bad_time() && row.bad_id());
  EXPECT_FALSE(row.says_something());
  row.Set("LogDate", "2021-06-30 12:39:27");
  EXPECT_FALSE(row.bad_time());
  EXPECT_EQ(FieldOf(row.event(), "time"), "05/06/2025 10:11");
  EXPECT_EQ(FieldOf(row.event(), "id"), "n/a");
  EXPECT_EQ(FieldOf(row.event(), "level"), "Odd");
}

TEST(EventRow, TakesTheFirstOfTwo) {
  const EventContext context = TestContext();
  EventRow row(context, 1);
  row.Set("desc", "first");
  row.Set("msg", "second");
  EXPECT_EQ(row.event().text, "first");
  EXPECT_EQ(FieldOf(row.event(), "text"), "second");
}

TEST(EventRow, KeepsItsLimits) {
  EventLimits limits;
  limits.text_bytes = 5;
  limits.fields = 1;
  const EventContext context{TestWords(), limits};
  EventRow row(context, 1);
  row.Set("Description", "時刻の");
  row.Set("a", std::string(5000, 'x'));
  row.Set("b", "y");
  EXPECT_EQ(row.event().text, "時");
  ASSERT_EQ(row.event().fields.size(), 1U);
  EXPECT_EQ(row.event().fields[0].value.size(), kEventTitleBytes);
}

Event Numbered(int64_t id) {
  Event event;
  event.id = id;
  event.line = static_cast<uint32_t>(id);
  return event;
}

TEST(EventList, KeepsTheFirstOrTheLast) {
  EventLimits limits;
  limits.events = 3;
  EventList first(EventForm::kCsv, limits, KeepEvents::kFirst);
  EventList last(EventForm::kAgentLog, limits, KeepEvents::kLast);
  for (int id = 1; id <= 20; ++id) {
    first.Add(Numbered(id));
    last.Add(Numbered(id));
  }
  EXPECT_TRUE(first.full());
  EXPECT_FALSE(last.full());
  EXPECT_EQ(last.last()->id, 20);
  const ParsedEvents a = first.Take();
  const ParsedEvents b = last.Take();
  ASSERT_EQ(a.events.size(), 3U);
  ASSERT_EQ(b.events.size(), 3U);
  EXPECT_EQ(a.events[0].id, 1);
  EXPECT_EQ(b.events[0].id, 18);
  EXPECT_EQ(ProblemsOf(a), Lines{"4 analysis.event.too_many"});
  EXPECT_EQ(ProblemsOf(b), Lines{"1 analysis.event.too_many"});
}

TEST(EventList, SaysThatThereWereTooManyInAnyCase) {
  EventLimits limits;
  limits.events = 1;
  limits.problems = 2;
  EventList list(EventForm::kCsv, limits, KeepEvents::kFirst);
  for (uint32_t line = 1; line <= 5; ++line)
    list.Tell(line, {"analysis.event.id", {}});
  list.Add(Numbered(1));
  list.Add(Numbered(2));
  const ParsedEvents parsed = list.Take();
  EXPECT_EQ(ProblemsOf(parsed),
            (Lines{"1 analysis.event.id", "2 analysis.event.id", "2 analysis.event.too_many"}));
  EXPECT_EQ(parsed.more_problems, 3U);
}

TEST(EventList, TellsWhatARowLacks) {
  const EventContext context = TestContext();
  EventList list(EventForm::kCsv, context.limits, KeepEvents::kFirst);
  EventRow empty(context, 3);
  empty.Set("Level", "Info");
  list.Add(empty, context);
  EventRow odd(context, 4);
  odd.Set("Time", "soon");
  odd.Set("Event", "t");
  odd.Set("Event ID", "many");
  list.Add(odd, context);
  const ParsedEvents parsed = list.Take();
  EXPECT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(ProblemsOf(parsed),
            (Lines{"3 analysis.event.empty", "4 analysis.event.time", "4 analysis.event.id"}));
}

}  // namespace
}  // namespace casepack::analysis

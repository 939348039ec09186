#include "collector/analysis/event_words.h"

#include <gtest/gtest.h>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

TEST(EventWords, KnowsTheColumnsOfBothLanguages) {
  struct Case {
    std::string_view name;
    EventColumn column;
  };
  constexpr Case kCases[] = {
      {"Time", EventColumn::kTime},        {"時刻", EventColumn::kTime},
      {"日時", EventColumn::kTime},        {"Event ID", EventColumn::kId},
      {"イベントID", EventColumn::kId},    {"イベント ＩＤ", EventColumn::kId},
      {"eventID", EventColumn::kId},       {"Event", EventColumn::kTitle},
      {"イベント", EventColumn::kTitle},   {"レベル", EventColumn::kLevel},
      {"対象", EventColumn::kTarget},      {"説明", EventColumn::kText},
      {"Description", EventColumn::kText}, {"Event Origin", EventColumn::kOrigin},
      {"Tag(s)", EventColumn::kOther},     {"TrendMicroDsReasonId", EventColumn::kReasonId},
  };
  for (const Case& c : kCases) {
    const EventColumnName* found = TestWords().Find(c.name);
    ASSERT_NE(found, nullptr) << c.name;
    EXPECT_EQ(found->column, c.column) << c.name;
  }
  EXPECT_EQ(TestWords().Find("Tag(s)")->key, "tags");
  EXPECT_EQ(TestWords().Find("Reserve"), nullptr);
  EXPECT_EQ(TestWords().Find(""), nullptr);
}

TEST(EventWords, KnowsTheLevelsOfBothLanguages) {
  EXPECT_EQ(TestWords().LevelOf("Error"), EventLevel::kError);
  EXPECT_EQ(TestWords().LevelOf(" エラー "), EventLevel::kError);
  EXPECT_EQ(TestWords().LevelOf("警告"), EventLevel::kWarning);
  EXPECT_EQ(TestWords().LevelOf("情報"), EventLevel::kInfo);
  EXPECT_EQ(TestWords().LevelOf("error!"), EventLevel::kUnknown);
}

TEST(EventWords, ReadsSeverities) {
  EXPECT_EQ(LevelOfSeverity("0"), EventLevel::kInfo);
  EXPECT_EQ(LevelOfSeverity("3"), EventLevel::kInfo);
  EXPECT_EQ(LevelOfSeverity("6"), EventLevel::kWarning);
  EXPECT_EQ(LevelOfSeverity("8"), EventLevel::kError);
  EXPECT_EQ(LevelOfSeverity("10"), EventLevel::kCritical);
  EXPECT_EQ(LevelOfSeverity("Very-High"), EventLevel::kCritical);
  EXPECT_EQ(LevelOfSeverity("Medium"), EventLevel::kWarning);
  EXPECT_EQ(LevelOfSeverity("11"), EventLevel::kUnknown);
  EXPECT_EQ(LevelOfSeverity(""), EventLevel::kUnknown);
}

}  // namespace
}  // namespace casepack::analysis

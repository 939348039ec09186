#include "collector/records/line_probe.h"

#include <gtest/gtest.h>

#include "tests/records/log_text.h"

namespace casepack::records {
namespace {

using tests::At;

constexpr const char* kText =
    "2026-11-22T10:00:00Z one\n  more of it\n2026-11-22T10:00:01Z two\n2026-11-22T10:00:02Z";

TEST(LineProbe, TellsTheFirstLineWithATime) {
  const std::string text = kText;
  const Source source = tests::SourceOf(text, Encoding::kBytes);
  FormatSet formats;
  formats.Learn(text, At("2026-11-23T00:00:00Z"));
  const Zone zone;
  LineProbe probe(source, formats, zone, At("2026-11-23T00:00:00Z"), 1U << 20U);
  const size_t second = text.find("2026-11-22T10:00:01Z");
  for (const size_t from : {size_t{1}, size_t{30}, second}) {
    const auto point = probe.FirstAt(from, At("2026-11-22T00:00:00Z"));
    ASSERT_TRUE(point && *point) << from;
    EXPECT_EQ((*point)->offset, second) << from;
    EXPECT_EQ((*point)->time, At("2026-11-22T10:00:01Z")) << from;
  }
  EXPECT_EQ((*probe.FirstAt(0, {}))->offset, 0U);
  EXPECT_FALSE(*probe.FirstAt(text.size() - 2, {})) << "none begins there";
  EXPECT_FALSE(probe.gave_up());
  const auto last = probe.Last();
  ASSERT_TRUE(last && *last);
  EXPECT_EQ((*last)->time, At("2026-11-22T10:00:02Z"));
}

TEST(LineProbe, GivesUpRatherThanReadALogWithoutTimes) {
  std::string text = "2026-11-22T10:00:00Z one\n";
  for (int i = 0; text.size() < 2U << 20U; ++i)
    text += "no time in line " + std::to_string(i) + "\n";
  text += "2026-11-22T10:00:01Z two\n";
  const Source source = tests::SourceOf(text, Encoding::kBytes);
  FormatSet formats;
  formats.Learn(text.substr(0, 100), At("2026-11-23T00:00:00Z"));
  const Zone zone;
  LineProbe probe(source, formats, zone, At("2026-11-23T00:00:00Z"), 1U << 20U);
  EXPECT_FALSE(*probe.FirstAt(100, {}));
  EXPECT_TRUE(probe.gave_up());
  EXPECT_LT(probe.read(), 1200U << 10U);
  EXPECT_TRUE(*probe.FirstAt(0, {})) << "a look that costs little is made all the same";
  EXPECT_FALSE(probe.gave_up());
}

}  // namespace
}  // namespace casepack::records

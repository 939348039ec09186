#include "collector/records/posix_zone.h"

#include <gtest/gtest.h>

#include "collector/base/time.h"

namespace casepack::records {
namespace {

int64_t At(const char* text) {
  return std::chrono::floor<std::chrono::seconds>(base::ParseUtc(text)->time_since_epoch()).count();
}

TEST(PosixZone, KnowsWhenTheClocksChange) {
  struct Case {
    const char* zone;
    const char* utc;
    int offset;
  };
  constexpr Case kCases[] = {
      {"JST-9", "2026-07-01T00:00:00Z", 9 * 3600},
      {"<+0330>-3:30", "2026-07-01T00:00:00Z", 12600},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 7200},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59Z", 7200},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 3600},
      {"EST5EDT,M3.2.0,M11.1.0", "2026-11-01T05:59:59Z", -4 * 3600},
      {"EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -5 * 3600},
      // The south: summer over New Year.
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 11 * 3600},
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00Z", 10 * 3600},
      {"XXX3YYY,J60/0,300/0", "2024-03-01T02:59:59Z", -3 * 3600},
      {"XXX3YYY,J60/0,300/0", "2024-03-01T03:00:00Z", -2 * 3600},
      {"XXX3YYY2:30,J1/0,J365/23", "2024-06-01T00:00:00Z", -9000},
  };
  for (const Case& c : kCases) {
    const auto zone = ParsePosixZone(c.zone);
    ASSERT_TRUE(zone) << c.zone;
    EXPECT_EQ(zone->OffsetAt(At(c.utc)).count(), c.offset) << c.zone << " " << c.utc;
  }
}

TEST(PosixZone, RefusesWhatIsNone) {
  for (const char* text : {"", "J", "JST", "JST-", "JST-9x", "JST-999", "CET-1CEST", "CET-1CEST,M3",
                           "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "<+09-9",
                           "CET-1CEST,M3.5.0,M10.5.0/", "CET-1CEST,J400,J1"}) {
    EXPECT_FALSE(ParsePosixZone(text)) << text;
  }
}

}  // namespace
}  // namespace casepack::records

#include "collector/records/zone.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace casepack::records {
namespace {

using std::chrono::hours;

base::Timestamp At(const char* text) { return *base::ParseUtc(text); }

std::string Big(uint64_t value, size_t width) {
  std::string bytes(width, '\0');
  for (size_t i = 0; i < width; ++i)
    bytes[width - 1 - i] = static_cast<char>(value >> (8 * i) & 0xFFU);
  return bytes;
}

// Version 2: an empty first part, then one change and a footer.
std::string Tzif(uint64_t changed_at, const std::string& footer) {
  const std::string empty = std::string("TZif2") + std::string(15, '\0') + Big(0, 4) + Big(0, 4) +
                            Big(0, 4) + Big(0, 4) + Big(1, 4) + Big(4, 4) +  // isut .. chars
                            Big(0, 4) + std::string(2, '\0') + std::string("UTC\0", 4);
  return empty + std::string("TZif2") + std::string(15, '\0') + Big(0, 4) + Big(0, 4) + Big(0, 4) +
         Big(1, 4) + Big(2, 4) + Big(8, 4) + Big(changed_at, 8) + std::string(1, '\1') +
         Big(8 * 3600, 4) + std::string(2, '\0') + Big(9 * 3600, 4) + std::string("\0\4", 2) +
         std::string("AAA\0BBB\0", 8) + "\n" + footer + "\n";
}

TEST(Zone, ReadsTzif) {
  const auto zone = Zone::FromTzif(Tzif(1'000'000'000, "JST-9"));
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->OffsetAt(At("2001-09-09T01:46:39Z")), hours(8));
  EXPECT_EQ(zone->OffsetAt(At("2001-09-09T01:46:40Z")), hours(9));
  EXPECT_EQ(zone->OffsetAt(At("2026-01-01T00:00:00Z")), hours(9));
}

TEST(Zone, FollowsTheFooterBehindTheLastChange) {
  const auto zone = Zone::FromTzif(Tzif(1'000'000'000, "CET-1CEST,M3.5.0,M10.5.0/3"));
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->OffsetAt(At("2026-07-01T00:00:00Z")), hours(2));
}

TEST(Zone, RefusesDamagedTzif) {
  const std::string good = Tzif(1'000'000'000, "JST-9");
  for (size_t length = 0; length + 8 < good.size(); ++length)
    EXPECT_FALSE(Zone::FromTzif(good.substr(0, length))) << length;
  std::string type = good;
  type[good.find(Big(1'000'000'000, 8)) + 8] = 7;
  EXPECT_FALSE(Zone::FromTzif(type));
  EXPECT_FALSE(
      Zone::FromTzif(std::string("TZif2") + std::string(15, '\0') + std::string(24, '\x7f')));
}

// What the system's own files hold; on a machine without them there is nothing to compare.
TEST(Zone, ReadsTheFilesOfTheSystem) {
  std::ifstream file("/usr/share/zoneinfo/Europe/Berlin", std::ios::binary);
  if (!file) GTEST_SKIP() << "no zoneinfo here";
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto zone = Zone::FromTzif(bytes);
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->OffsetAt(At("1999-07-01T00:00:00Z")), hours(2));
  EXPECT_EQ(zone->OffsetAt(At("2026-01-01T00:00:00Z")), hours(1));
  EXPECT_EQ(zone->OffsetAt(At("2040-07-01T00:00:00Z")), hours(2));
}

TEST(Zone, KnowsTheHourThatCameTwice) {
  const auto zone = Zone::FromPosix("CET-1CEST,M3.5.0,M10.5.0/3");
  ASSERT_TRUE(zone);
  const auto twice = zone->InstantsOf(At("2026-10-25T02:30:00Z"));
  EXPECT_EQ(base::FormatUtc(twice.earlier), "2026-10-25T00:30:00Z");
  EXPECT_EQ(base::FormatUtc(twice.later), "2026-10-25T01:30:00Z");
  // The hour that never was, as if the clocks had not changed.
  const auto never = zone->InstantsOf(At("2026-03-29T02:30:00Z"));
  EXPECT_EQ(base::FormatUtc(never.earlier), "2026-03-29T01:30:00Z");
  EXPECT_EQ(never.earlier, never.later);
  const auto once = zone->InstantsOf(At("2026-07-01T12:00:00Z"));
  EXPECT_EQ(base::FormatUtc(once.earlier), "2026-07-01T10:00:00Z");
  EXPECT_EQ(once.earlier, once.later);
}

TEST(Zone, ReadsOffsets) {
  EXPECT_EQ(Zone::FromOffset("+09:00")->OffsetAt({}), hours(9));
  EXPECT_EQ(Zone::FromOffset("-0330")->OffsetAt({}), std::chrono::minutes(-210));
  EXPECT_EQ(Zone::FromOffset("JST")->OffsetAt({}), hours(9));
  EXPECT_EQ(Zone::FromOffset("Z")->OffsetAt({}), hours(0));
  for (const char* text : {"", "9", "Asia/Tokyo", "+25:00", "+09:00x", "+9:00"})
    EXPECT_FALSE(Zone::FromOffset(text)) << text;
}

TEST(Zone, TellsWhetherItChanges) {
  const auto zone = Zone::FromPosix("CET-1CEST,M3.5.0,M10.5.0/3");
  EXPECT_TRUE(zone->ChangesBetween(At("2026-03-28T00:00:00Z"), At("2026-03-30T00:00:00Z")));
  EXPECT_TRUE(zone->ChangesBetween(At("2026-02-01T00:00:00Z"), At("2026-12-30T00:00:00Z")));
  EXPECT_FALSE(zone->ChangesBetween(At("2026-06-01T00:00:00Z"), At("2026-06-03T00:00:00Z")));
}

}  // namespace
}  // namespace casepack::records

#include "collector/run/clock.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

using records::ZoneSource;

struct ClockTest : testing::Test {
  base::Result<records::Window> Clock(const std::string& given = "") {
    auto host = os::OpenHost({.root = tree_.root()});
    EXPECT_TRUE(host);
    return ReadClock(**host, given);
  }
  tests::TempTree tree_;
};

// Version 1: no change, one type with that offset.
std::string Tzif(int32_t offset) {
  std::string bytes = "TZif" + std::string(16, '\0') + std::string(16, '\0');
  bytes += std::string("\0\0\0\1\0\0\0\4", 8);
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(static_cast<uint32_t>(offset) >> shift & 0xFFU);
  return bytes + std::string("\0\0ABC\0", 6);
}

TEST_F(ClockTest, TakesTheHostsOwnZone) {
  tree_.Write("usr/share/zoneinfo/Asia/Tokyo", Tzif(9 * 3600));
  tree_.Folder("etc");
  tree_.Link("etc/localtime", "../usr/share/zoneinfo/Asia/Tokyo");
  const auto window = Clock();
  ASSERT_TRUE(window);
  EXPECT_EQ(window->zone_name, "Asia/Tokyo");
  EXPECT_EQ(window->zone_source, ZoneSource::kHost);
  EXPECT_EQ(window->zone->OffsetAt({}), std::chrono::hours(9));
}

TEST_F(ClockTest, TakesAFileThatIsNoLink) {
  tree_.Write("etc/localtime", Tzif(-3600));
  const auto window = Clock();
  ASSERT_TRUE(window);
  EXPECT_EQ(window->zone_name, "/etc/localtime");
  EXPECT_EQ(window->zone->OffsetAt({}), std::chrono::hours(-1));
}

TEST_F(ClockTest, FallsBackToUtc) {
  const auto window = Clock();
  ASSERT_TRUE(window);
  EXPECT_EQ(window->zone_source, ZoneSource::kUtc);
  tree_.Write("etc/localtime", "no zone");
  tree_.Write("etc/timezone", "../../etc/passwd\n");
  EXPECT_EQ(Clock()->zone_source, ZoneSource::kUtc);
}

TEST_F(ClockTest, TakesWhatIsGiven) {
  tree_.Write("usr/share/zoneinfo/Test/Zone", Tzif(7200));
  EXPECT_EQ(Clock("+09:00")->zone->OffsetAt({}), std::chrono::hours(9));
  EXPECT_EQ(Clock("Test/Zone")->zone->OffsetAt({}), std::chrono::hours(2));
  EXPECT_EQ(Clock("Test/Zone")->zone_source, ZoneSource::kGiven);
  for (const char* wrong : {"Nowhere/None", "../../../etc/passwd", "/etc/localtime", "9"}) {
    const auto window = Clock(wrong);
    ASSERT_FALSE(window) << wrong;
    EXPECT_EQ(window.error().code(), base::Code::kInvalid);
  }
}

}  // namespace
}  // namespace casepack::run

#include "collector/records/zone_mark.h"

#include <gtest/gtest.h>

namespace casepack::records {
namespace {

constexpr int kHost = 10'000;

struct Case {
  const char* text;
  size_t end;
  int minutes;  // kHost: the host's own
};

TEST(ZoneMark, IsReadWhereOneStands) {
  constexpr Case kCases[] = {
      {"Z x", 1, 0},           {"z", 1, 0},        {"+09:00", 6, 540},    {"+0900", 5, 540},
      {"-0330 x", 5, -210},    {"+09", 3, 540},    {" +0900 x", 6, 540},  {" [+0100]:", 8, 60},
      {" JST x", 4, 540},      {"UTC", 3, 0},      {" EST", 4, -300},     {" CST x", 4, kHost},
      {" GMT+09:00", 10, 540}, {" CEST]", 5, 120}, {" -1100 x", 6, -660}, {"-12", 3, -720},
  };
  for (const Case& c : kCases) {
    const ZoneMark mark = ZoneMarkAt(c.text);
    EXPECT_EQ(mark.end, c.end) << c.text;
    EXPECT_EQ(mark.offset ? mark.offset->count() / 60 : kHost, c.minutes) << c.text;
  }
}

TEST(ZoneMark, IsNotGuessed) {
  for (const char* text :
       {"",         " ",      "[+0900]", " [+0900",    " [x]",    " -12 items", " -1200 items",
        " +0917 x", " UTC=1", " utc",    " GMT-based", " GMT+9x", " JSTx",      " UTC/1",
        "+1",       "+15",    "+09:",    "+09:6",      "+0960",   "-14:08",     "+15:00",
        "+090000",  " Z",     "Zulu",    " A",         " XST"}) {
    EXPECT_EQ(ZoneMarkAt(text).end, 0U) << text;
  }
}

}  // namespace
}  // namespace casepack::records

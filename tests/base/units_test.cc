#include "collector/base/units.h"

#include <gtest/gtest.h>

namespace casepack::base {
namespace {

using namespace std::chrono_literals;

TEST(ParseSize, ReadsSizes) {
  struct Case {
    const char* text;
    uint64_t bytes;
  };
  const Case cases[] = {
      {"0", 0},
      {"4096", 4096},
      {"812B", 812},
      {"1K", 1024},
      {"1k", 1024},
      {"64KiB", 65536},
      {"50M", 52428800},
      {"50m", 52428800},
      {"50MB", 50000000},
      {"1G", 1073741824},
      {"2TiB", 2199023255552},
      {"1P", 1125899906842624},
      {"15E", 17293822569102704640U},
      {"18446744073709551615", 18446744073709551615U},
      {"007", 7},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ParseSize(c.text), c.bytes) << c.text;
  }
}

TEST(ParseSize, RefusesAnythingElse) {
  const char* const cases[] = {"",
                               "K",
                               "-1",
                               "+1",
                               " 1",
                               "1 ",
                               "1 K",
                               "1.5G",
                               "1X",
                               "1KK",
                               "1Ki",
                               "1KIB",
                               "0x10",
                               "1e3",
                               "16E",
                               "18446744073709551616",
                               "99999999999G",
                               "1iB",
                               "50MBB"};
  for (const char* text : cases) {
    EXPECT_FALSE(ParseSize(text).has_value()) << text;
  }
}

TEST(ParseDuration, ReadsSpans) {
  struct Case {
    const char* text;
    Duration span;
  };
  const Case cases[] = {
      {"0", 0s},
      {"90", 90s},
      {"5m", 5min},
      {"90s", 90s},
      {"250ms", 250ms},
      {"2h", 2h},
      {"1h30m", 90min},
      {"2d", 48h},
      {"1d2h3m4s5ms", 26h + 3min + 4s + 5ms},
      {"0m30s", 30s},
      {"1h90s", 1h + 90s},
      {"9223372036", 9223372036s},
      {"0h", 0s},
      {"9223372036s854ms", 9223372036s + 854ms},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ParseDuration(c.text), c.span) << c.text;
  }
}

TEST(ParseDuration, RefusesAnythingElse) {
  const char* const cases[] = {"",
                               "s",
                               "-5m",
                               "+5",
                               "5 m",
                               "5min",
                               "1.5h",
                               "30m1h",
                               "1m1m",
                               "1h30",
                               "1hh",
                               "5M",
                               "0m30",
                               "s5",
                               "9223372037",
                               "106752d",
                               "99999999999999999999",
                               "9223372036s855ms",
                               "5m ",
                               "5mss"};
  for (const char* text : cases) {
    EXPECT_FALSE(ParseDuration(text).has_value()) << text;
  }
}

TEST(FormatSize, RoundsToOneTenth) {
  struct Case {
    uint64_t bytes;
    const char* text;
  };
  const Case cases[] = {
      {0, "0 B"},
      {812, "812 B"},
      {1023, "1023 B"},
      {1024, "1.0 KiB"},
      {1536, "1.5 KiB"},
      {1468006, "1.4 MiB"},
      {1048524, "1023.9 KiB"},
      {1048575, "1.0 MiB"},  // not "1024.0 KiB"
      {1073741823, "1.0 GiB"},
      {1125899906842624, "1.0 PiB"},
      {UINT64_MAX, "16.0 EiB"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FormatSize(c.bytes), c.text) << c.bytes;
  }
}

TEST(FormatDuration, NamesTwoUnitsAtMost) {
  struct Case {
    Duration span;
    const char* text;
  };
  const Case cases[] = {
      {0ns, "0 ms"},
      {-5s, "0 ms"},
      {Duration::min(), "0 ms"},
      {999us, "0 ms"},
      {312ms, "312 ms"},
      {999ms, "999 ms"},
      {1s, "1.0 s"},
      {4249ms, "4.2 s"},
      {4250ms, "4.3 s"},
      {59949ms, "59.9 s"},
      {59950ms, "1 min"},  // not "60.0 s"
      {200s, "3 min 20 s"},
      {3599499ms, "59 min 59 s"},
      {3599500ms, "1 h"},  // not "60 min"
      {2h + 5min, "2 h 5 min"},
      {24h - 30s, "1 d"},  // not "24 h"
      {27h, "1 d 3 h"},
      {Duration::max(), "106752 d"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FormatDuration(c.span), c.text) << c.span.count();
  }
}

}  // namespace
}  // namespace casepack::base

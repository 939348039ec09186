#include "collector/fleet/host.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace casepack::fleet {
namespace {

TEST(Host, EachReadingHasAName) {
  std::set<std::string> names;
  for (size_t i = 0; i < kReadings; ++i)
    names.insert(NameOf(static_cast<Reading>(i)));
  EXPECT_EQ(names.size(), kReadings);
  EXPECT_EQ(NameOf(Reading::kOlder), std::string("older"));
  EXPECT_EQ(NameOf(Side::kUnknown), std::string("unknown"));
}

TEST(Host, CountsWhenItWasReadAndIsTheNewest) {
  for (size_t i = 0; i < kReadings; ++i) {
    Host host;
    host.reading = static_cast<Reading>(i);
    EXPECT_EQ(host.counts(), i == 0);
  }
}

}  // namespace
}  // namespace casepack::fleet

#include "collector/fleet/same_host.h"

#include <gtest/gtest.h>

#include <chrono>

namespace casepack::fleet {
namespace {

Host Made(const char* name, const char* machine, const char* bundle, int64_t at) {
  Host host;
  host.name = name;
  host.machine = machine;
  host.bundle_id = bundle;
  host.created = base::Timestamp(std::chrono::seconds(at));
  host.path = bundle;
  return host;
}

TEST(SameHost, TheNewestCountsAndTheOthersAreItsHistory) {
  std::vector<Host> hosts{Made("a", "m", "1", 10), Made("a", "m", "2", 30), Made("a", "m", "3", 20),
                          Made("b", "m", "4", 5)};
  SettleSameHosts(hosts);
  EXPECT_EQ(hosts[1].reading, Reading::kRead);
  EXPECT_EQ(hosts[1].history, (std::vector<uint32_t>{2, 0}));
  EXPECT_EQ(hosts[0].reading, Reading::kOlder);
  EXPECT_EQ(hosts[2].reading, Reading::kOlder);
  EXPECT_EQ(hosts[3].reading, Reading::kRead);  // a clone: another name is another host
}

TEST(SameHost, TheSameBundleTwiceCountsOnce) {
  std::vector<Host> hosts{Made("a", "m", "1", 10), Made("a", "m", "1", 10)};
  SettleSameHosts(hosts);
  EXPECT_EQ(hosts[0].reading, Reading::kRead);
  EXPECT_TRUE(hosts[0].history.empty());
  EXPECT_EQ(hosts[1].reading, Reading::kDuplicate);
  EXPECT_EQ(hosts[1].reason.key, "fleet.load.duplicate");
}

TEST(SameHost, WhatCannotBeToldApartIsNotJoined) {
  std::vector<Host> hosts{Made("", "", "1", 10), Made("", "", "2", 20), Made("a", "", "", 10),
                          Made("b", "", "", 10)};
  hosts.push_back(Made("a", "", "9", 99));
  hosts.back().reading = Reading::kBroken;
  SettleSameHosts(hosts);
  for (size_t i = 0; i < 4; ++i)
    EXPECT_EQ(hosts[i].reading, Reading::kRead) << i;
  EXPECT_EQ(hosts[4].reading, Reading::kBroken);
}

}  // namespace
}  // namespace casepack::fleet

#include "collector/fleet/inventory.h"

#include <gtest/gtest.h>

namespace casepack::fleet {
namespace {

Host Made(const char* name, Reading reading, const char* path = "x.tar.gz") {
  Host host;
  host.name = name;
  host.reading = reading;
  host.path = path;
  return host;
}

TEST(Inventory, TellsWhoIsMissing) {
  const std::vector<Host> hosts{
      Made("web01", Reading::kRead),
      Made("web02.example.com", Reading::kRead),
      Made("web01", Reading::kOlder),
      Made("lost", Reading::kRead),
      Made("", Reading::kBroken, "in/casepack-web03-20261122T100203Z.tar.gz"),
      Made("", Reading::kEncrypted, "casepack-web04.tar.gz.cms")};
  std::vector<ListedHost> list;
  for (const char* name : {"WEB01", "web02", "web03", "web04", "web05", "web01"})
    list.push_back({name, {}});
  const Inventory inventory = CompareInventory(hosts, list);
  EXPECT_EQ(inventory.listed, 5U);
  EXPECT_EQ(inventory.found, 2U);
  EXPECT_EQ(inventory.unread, (std::vector<std::string>{"web03", "web04"}));
  EXPECT_EQ(inventory.missing, std::vector<std::string>{"web05"});
  EXPECT_EQ(inventory.extra, std::vector<std::string>{"lost"});
}

TEST(Inventory, OfNothing) {
  EXPECT_EQ(CompareInventory({}, {{"web01", {}}}).missing.size(), 1U);
  EXPECT_EQ(CompareInventory({Made("a", Reading::kRead)}, {}).extra.size(), 1U);
}

}  // namespace
}  // namespace casepack::fleet

#include "collector/run/probe_names.h"

#include <gtest/gtest.h>

namespace casepack::run {
namespace {

TEST(ProbeNames, GoIntoTheItemsOfTheKindAlone) {
  std::vector<manifest::Manifest> manifests(1);
  manifests[0].items.resize(2);
  manifests[0].items[0].kind = "probe";
  manifests[0].items[0].options.Set("relay", std::vector<std::string>{"of.manifest"});
  manifests[0].items[1].kind = "file";
  SetProbeNames(manifests, {.manager = {"a", "b"}, .relay = {}, .agent = {"c"}, .proxy = "p:1"});
  const manifest::Options& options = manifests[0].items[0].options;
  EXPECT_EQ(options.TextList("manager"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(options.TextList("agent"), std::vector<std::string>{"c"});
  EXPECT_EQ(options.TextList("relay"), std::vector<std::string>{"of.manifest"});
  EXPECT_EQ(options.Text("proxy"), "p:1");
  EXPECT_FALSE(manifests[0].items[1].options.Has("manager"));
}

}  // namespace
}  // namespace casepack::run

#include "collector/run/event_files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace casepack::run {
namespace {

std::vector<manifest::Item> EventItems(const Loaded& loaded) {
  std::vector<manifest::Item> items;
  for (const auto& manifest : loaded.manifests) {
    std::copy_if(manifest.items.begin(), manifest.items.end(), std::back_inserter(items),
                 [](const auto& item) { return item.kind == "event_file"; });
  }
  return items;
}

TEST(EventFiles, TheBuiltInItemTakesThem) {
  auto loaded = LoadManifests({});
  ASSERT_TRUE(loaded);
  ASSERT_EQ(EventItems(*loaded).size(), 1U) << "the built-in manifests have one";
  EXPECT_TRUE(GiveEventFiles({}, *loaded));
  EXPECT_FALSE(IsGiven(EventItems(*loaded).at(0)));
  EXPECT_TRUE(GiveEventFiles({"/a.csv", "-"}, *loaded));
  EXPECT_EQ(EventItems(*loaded).at(0).options.TextList("paths"),
            (std::vector<std::string>{"/a.csv", "-"}));
  EXPECT_TRUE(IsGiven(EventItems(*loaded).at(0)));
  manifest::Item other;
  other.kind = "file";
  EXPECT_TRUE(IsGiven(other));
}

TEST(EventFiles, SaysThatNobodyTakesThem) {
  Loaded none;
  EXPECT_FALSE(GiveEventFiles({"/a.csv"}, none));
  EXPECT_TRUE(GiveEventFiles({}, none));
}

}  // namespace
}  // namespace casepack::run

#include "collector/run/dsm_access.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

struct DsmAccessTest : ::testing::Test {
  DsmAccessTest() {
    manifests_[0].items.resize(2);
    manifests_[0].items[0].kind = "dsm_api";
    manifests_[0].items[0].options.Set("expand", std::vector<std::string>{"computerStatus"});
    manifests_[0].items[0].options.Set("page", int64_t{500});
    manifests_[0].items[1].kind = "file";
    tree_.Write("key", "thekey\n");
    EXPECT_EQ(chmod(tree_.Path("key").c_str(), 0600), 0);
    access_ = {.url = "https://dsm.test:4119",
               .key_file = tree_.Path("key"),
               .ca = "",
               .pin = "",
               .proxy = ""};
  }
  std::string Key() { return SetDsmAccess(manifests_, access_).message().key; }

  tests::TempTree tree_;
  std::vector<manifest::Manifest> manifests_{1};
  DsmAccess access_;
};

TEST_F(DsmAccessTest, GoesIntoTheItemsOfTheKindAlone) {
  const manifest::Item& item = manifests_[0].items[0];
  EXPECT_FALSE(IsAccessible(item));
  EXPECT_TRUE(IsAccessible(manifests_[0].items[1]));
  EXPECT_EQ(Key(), "");
  EXPECT_TRUE(IsAccessible(item));
  EXPECT_EQ(item.options.Text("url"), "https://dsm.test:4119");
  EXPECT_EQ(item.options.Text("key_file"), tree_.Path("key"));
  EXPECT_FALSE(item.options.Has("pin"));
  EXPECT_FALSE(manifests_[0].items[1].options.Has("url"));
}

TEST_F(DsmAccessTest, NothingSaidIsNothingAsked) {
  access_ = {};
  EXPECT_EQ(Key(), "");
  EXPECT_FALSE(IsAccessible(manifests_[0].items[0]));
}

TEST_F(DsmAccessTest, SaysWhatIsWrong) {
  const DsmAccess good = access_;
  access_.key_file.clear();
  EXPECT_EQ(Key(), "run.dsm_access.both");
  access_ = {};
  access_.pin = std::string(64, 'a');
  EXPECT_EQ(Key(), "run.dsm_access.both");
  access_ = good;
  access_.pin = std::string(64, 'a');
  access_.ca = "/ca.pem";
  EXPECT_EQ(Key(), "run.dsm_access.ca_and_pin");
  access_ = good;
  access_.url = "http://dsm.test:4119";
  EXPECT_EQ(Key(), "kinds.dsm_api.bad_url");
  access_ = good;
  manifests_[0].items[0].kind = "file";
  EXPECT_EQ(Key(), "run.dsm_access.not_taken");
}

}  // namespace
}  // namespace casepack::run

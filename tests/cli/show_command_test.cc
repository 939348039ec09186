#include <gtest/gtest.h>

#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

class ShowCommandTest : public testing::Test {
 protected:
  ShowCommandTest() {
    tree_.Write("root/etc/motd", "welcome \x1b[31m\n");
    tree_.Write("root/etc/issue", "issue\n");
    const std::string manifest = tree_.Write(
        "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
      {"id": "t.texts", "title": {"en": "Texts", "ja": "文書"}, "kind": "file", "with": {"paths": ["/etc/motd", "/etc/issue"]}}]})");
    bundle_ = tree_.Path("b.tar.gz");
    EXPECT_EQ(RunCasepack({"collect", "--root", tree_.Path("root"), "--manifest", manifest,
                           "--only", "t.*", "-o", bundle_})
                  .exit,
              0);
  }
  tests::TempTree tree_;
  std::string bundle_;
};

TEST_F(ShowCommandTest, ShowsTheSummaryInTheReadersLanguage) {
  EXPECT_NE(RunCasepack({"show", bundle_}).out.find("ok          Texts"), std::string::npos);
  EXPECT_NE(RunCasepack({"show", bundle_, "--lang", "ja"}).out.find("文書"), std::string::npos);
  EXPECT_EQ(RunCasepack({"show", bundle_, "--json"}).out.substr(0, 1), "{");
}

TEST_F(ShowCommandTest, ShowsAMemberByNameByItsEndOrByItem) {
  EXPECT_EQ(RunCasepack({"show", bundle_, "raw/t.texts/etc/issue"}).out, "issue\n");
  EXPECT_EQ(RunCasepack({"show", bundle_, "issue"}).out, "issue\n");
  const std::string item = RunCasepack({"show", bundle_, "t.texts"}).out;
  EXPECT_NE(item.find("==> raw/t.texts/etc/issue <==\nissue\n"), std::string::npos) << item;
  EXPECT_NE(item.find("==> raw/t.texts/etc/motd <==\n"), std::string::npos) << item;
  // Not to a terminal: the bytes as they are.
  EXPECT_EQ(RunCasepack({"show", bundle_, "motd"}).out, "welcome \x1b[31m\n");
}

TEST_F(ShowCommandTest, SaysWhatIsWrong) {
  const auto member = RunCasepack({"show", bundle_, "isue"});
  EXPECT_EQ(member.exit, 2);
  EXPECT_NE(member.err.find("casepack: error:"), std::string::npos);
  EXPECT_EQ(RunCasepack({"show", tree_.Path("none")}).exit, 2);
  const auto other = RunCasepack({"show", tree_.Write("no.tar.gz", "this is no bundle\n")});
  EXPECT_EQ(other.exit, 1);
  EXPECT_NE(other.err.find("casepack: error:"), std::string::npos) << other.err;
}

}  // namespace
}  // namespace casepack::cli

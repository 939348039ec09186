#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/kinds/scripted_host.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;
using tests::Span;
using tests::Text;

// The smallest zip: nothing but its end.
const std::string kWhole("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
// The same behind what a local header begins with: as it is before its directory is written.
const std::string kBegun("PK\3\4 half of an entry", 22);

// Time to build the rules under a sanitizer and then to look more than once.
constexpr std::chrono::seconds kEnough(3);

struct DiagnosticPackageKind : tests::KindTest {
  DiagnosticPackageKind() {
    tree_.Folder("diag");
    deadline_ = base::Deadline::After(std::chrono::seconds(5));
    script_.out = "path = /diag\nfile name = 2.zip\npassword: Canary1\n";
    wrap_host_ = [this](std::unique_ptr<os::Host> host) {
      return std::make_unique<tests::ScriptedHost>(
          std::move(host), tests::ScriptedHost::Scripts{{"dsa_control -d", script_}}, &runs_);
    };
  }
  base::Json Make() {
    got_ = Collect("diagnostic_package", {{"argv", List({"dsa_control", "-d"})},
                                          {"packages", Text("/diag/*.zip")},
                                          {"look_every", Span(std::chrono::milliseconds(30))}});
    auto json = base::ParseJson(got_.members["package.json"]);
    return json ? *json : base::Json();
  }
  tests::Script script_;
  tests::ScriptedHost::Runs runs_;
  tests::Collected got_;
};

TEST_F(DiagnosticPackageKind, WaitsUntilTheNewPackageIsWhole) {
  tree_.Write("diag/1.zip", kWhole);
  std::thread writer;
  script_.when_run = [&] {
    writer = std::thread([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      tree_.Write("diag/2.zip", kBegun);
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      // Renamed into place: it is never seen half written.
      tree_.Write("next", kWhole);
      std::filesystem::rename(tree_.Path("next"), tree_.Path("diag/2.zip"));
    });
  };
  const base::Json json = Make();
  writer.join();
  EXPECT_EQ(got_.row.outcome, Outcome::kOk);
  EXPECT_EQ(json.StringOr("state", ""), "whole");
  EXPECT_EQ(json.StringOr("path", ""), "/diag/2.zip");
  EXPECT_EQ(json.IntegerOr("size", -1), 22);
  EXPECT_EQ(json.StringOr("sha256", ""),
            "8739c76e681f900923b900c9df0ef75cf421d39cabb54650c4b9ad19b6a76d85");
  EXPECT_GE(*json.Find("waited_seconds")->number(), 0.4);
  EXPECT_EQ(got_.members["output.txt"].find("Canary"), std::string::npos);
  ASSERT_EQ(runs_.size(), 1U);
  EXPECT_EQ(runs_[0].argv, (std::vector<std::string>{"/usr/bin/dsa_control", "-d"}));
}

TEST_F(DiagnosticPackageKind, SaysThatItNeverBecameWhole) {
  script_.when_run = [&] { tree_.Write("diag/2.zip", kBegun); };
  deadline_ = base::Deadline::After(kEnough);
  const base::Json json = Make();
  EXPECT_EQ(got_.row.outcome, Outcome::kTimedOut);
  EXPECT_EQ(json.StringOr("state", ""), "unfinished");
  EXPECT_TRUE(json.Find("sha256")->is_null());
}

TEST_F(DiagnosticPackageKind, AnOldPackageIsNotTheNewOne) {
  tree_.Write("diag/1.zip", kWhole);
  deadline_ = base::Deadline::After(kEnough);
  EXPECT_EQ(Make().StringOr("state", ""), "none");
  EXPECT_EQ(got_.row.outcome, Outcome::kTimedOut);
}

TEST_F(DiagnosticPackageKind, AToolThatFailsIsNotWaitedFor) {
  script_.exit.code = 3;
  script_.out = "self-protection is on\n";
  Make();
  EXPECT_EQ(got_.row.outcome, Outcome::kFailed);
  EXPECT_EQ(got_.status.message().key, "kinds.diagnostic_package.exit");
  EXPECT_EQ(got_.members["output.txt"], "self-protection is on\n");
  EXPECT_EQ(got_.Member("package.json"), nullptr);
}

TEST_F(DiagnosticPackageKind, ForeseesWhatItWouldRun) {
  const kinds::Preview preview = Plan("diagnostic_package", {{"argv", List({"dsa_control", "-d"})},
                                                             {"packages", Text("/diag/*.zip")}});
  ASSERT_EQ(preview.steps.size(), 2U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kRun);
  EXPECT_EQ(preview.steps[0].what, "dsa_control -d");
}

}  // namespace
}  // namespace casepack

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "collector/base/json.h"
#include "tests/cli/binary.h"
#include "tests/fleet/fleet_fixture.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;
using tests::SmallBundle;
using tests::WriteBundle;

class FleetCommandTest : public testing::Test {
 protected:
  void Bundle(const std::string& host, const std::string& state, const std::string& kernel) {
    SmallBundle small;
    small.host = host;
    small.machine = "m" + host;
    small.state = state;
    small.labels = {{"site", host.back() % 2 == 0 ? "tokyo" : "osaka"}};
    small.facts = R"({"facts":{"host.kernel.release":{"value":")" + kernel +
                  R"(","class":"version","member":"raw/host.facts/f"}}})";
    WriteBundle(tree_, "b/" + host + ".tar.gz", small);
  }
  void FillFolder() {
    std::filesystem::create_directory(tree_.Path("b"));
    for (int i = 0; i < 40; ++i) {
      const bool bad = i < 12;
      Bundle("web" + std::to_string(10 + i), bad ? "offline" : "online",
             bad ? "5.14.0-503" : "5.14.0-427");
    }
  }
  tests::Ran Fleet(std::vector<std::string> words) {
    words.insert(words.begin(), "fleet");
    return RunCasepack(words, {{}, tree_.root(), 0, 0});
  }
  std::string File(const std::string& name) {
    std::ifstream in(tree_.Path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static bool Has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }
  tests::TempTree tree_;
};

TEST_F(FleetCommandTest, TellsWhatSetsTheBrokenApart) {
  FillFolder();
  const auto ran = Fleet({"b"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(Has(ran.out,
                  "12 of 12 affected have host.kernel.release = 5.14.0-503; 0 of 28 "
                  "healthy do."))
      << ran.out;
  EXPECT_TRUE(Has(Fleet({"b", "--lang", "ja"}).out, "問題のある 12 台のうち 12 台"));
}

TEST_F(FleetCommandTest, WritesFilesForOthers) {
  FillFolder();
  const auto ran = Fleet(
      {"b", "--json", "r.json", "--csv", "r.csv", "--ndjson", "r.ndjson", "--html", "r.html"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  const auto json = base::ParseJson(File("r.json"));
  ASSERT_TRUE(json);
  EXPECT_EQ(json->Find("totals")->IntegerOr("affected", 0), 12);
  const std::string csv = File("r.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 41);
  const std::string lines = File("r.ndjson");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 40);
  EXPECT_TRUE(base::ParseJson(lines.substr(0, lines.find('\n'))));

  EXPECT_TRUE(Has(File("r.html"), "</html>"));

  const auto again = Fleet({"b", "--json", "r.json"});
  EXPECT_EQ(again.exit, 3);  // never overwritten
  const auto piped = Fleet({"b", "--json", "-"});
  EXPECT_TRUE(base::ParseJson(piped.out)) << piped.out.substr(0, 200);
  EXPECT_EQ(Fleet({"b", "--json", "-", "--csv", "-"}).exit, 2);
}

TEST_F(FleetCommandTest, CountsByWhatItIsAskedFor) {
  FillFolder();
  tree_.Write("groups.csv", "host,tier\nweb10,db\nweb11.example.com,db\nweb99,x\n");
  tree_.Write("hosts.txt", "web10\nweb11\nlost01\n");
  const auto ran = Fleet({"b", "--by", "site,tier", "--group-file", "groups.csv", "--inventory",
                          "hosts.txt", "--host", "web12"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(Has(ran.out, "tokyo")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "tier")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "without a bundle (1): lost01")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "web12 (offline) beside")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "1 rows name no host")) << ran.out;
}

TEST_F(FleetCommandTest, StatesCanBeChosen) {
  FillFolder();
  const auto ran = Fleet({"b", "--state", "online", "--ok-state", "offline"});
  EXPECT_TRUE(Has(ran.out, "28 of 28 affected")) << ran.out;
  EXPECT_EQ(Fleet({"b", "--state", "online"}).exit, 2);  // which is healthy, too
}

TEST_F(FleetCommandTest, AListAndFilesThatAreNotThere) {
  FillFolder();
  std::string list;
  for (int i = 0; i < 50; ++i)
    list += "b/web" + std::to_string(10 + i) + ".tar.gz\n";
  tree_.Write("list.txt", list);
  const auto ran = Fleet({"list.txt"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_TRUE(Has(ran.out, "missing 10")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "12 of 12 affected")) << ran.out;
}

TEST_F(FleetCommandTest, WrongWords) {
  EXPECT_EQ(Fleet({}).exit, 2);
  EXPECT_EQ(Fleet({"b", "--digests", "x"}).exit, 2);
  EXPECT_EQ(Fleet({"--digests", "nowhere"}).exit, 2);
  FillFolder();
  EXPECT_EQ(Fleet({"b", "--host", "nobody"}).exit, 2);
  EXPECT_EQ(Fleet({"b", "--inventory", "nowhere"}).exit, 2);
  tree_.Write("empty", "\n");
  EXPECT_EQ(Fleet({"b", "--inventory", "empty"}).exit, 2);
  EXPECT_TRUE(Fleet({"b", "--host", "nobody"}).out.empty());
}

TEST_F(FleetCommandTest, CountsFromDigests) {
  std::string lines = "Warning: a banner\n";
  for (int i = 0; i < 30; ++i) {
    lines += "web" + std::to_string(i) + R"(: {"format":"casepack-digest/1","host":"web)" +
             std::to_string(i) + R"(","state":")" + (i < 10 ? "offline" : "online") +
             R"(","by":{"kernel":")" + (i < 10 ? "bad" : "good") + "\"}}\n";
  }
  tree_.Write("d.txt", lines);
  const auto ran = Fleet({"--digests", "d.txt"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_TRUE(Has(ran.out, "10 of 10 affected have by.kernel = bad")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "no digest line: Warning: a banner")) << ran.out;
}

}  // namespace
}  // namespace casepack::cli

#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

// What needs a manager is in tests/system/dsm_test.sh.
namespace casepack::cli {
namespace {

using tests::RunCasepack;

constexpr const char* kSaved = R"json({"computers": [
  {"ID": 7, "hostName": "web1", "agentVersion": "20.0.1", "platform": "RHEL 8",
   "agentFingerPrint": "A", "lastAgentCommunication": 1747120455000,
   "computerStatus": {"agentStatus": "error",
                      "agentStatusMessages": ["Anti-Malware Engine Offline"]}},
  {"ID": 8, "hostName": "=1+1", "agentVersion": "20.0.1", "platform": "RHEL 8",
   "agentFingerPrint": "A",
   "computerStatus": {"agentStatus": "active", "agentStatusMessages": ["Managed (Online)"]}},
  {"ID": 9, "hostName": "bare"}]})json";

struct DsmCommandTest : ::testing::Test {
  DsmCommandTest() { tree_.Write("saved.json", kSaved); }
  tests::TempTree tree_;
};

TEST_F(DsmCommandTest, CountsWhatWasSaved) {
  const auto ran = RunCasepack({"dsm", "--from", tree_.Path("saved.json")});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("1 of 2 agents: anti-malware engine offline\n"), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("3 computers"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("      1 /      2  20.0.1\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("7  web1  20.0.1  2025-05-13T07:14:15Z  Anti-Malware Engine Offline\n"),
            std::string::npos)
      << ran.out;
  const auto japanese = RunCasepack({"dsm", "--from", tree_.Path("saved.json"), "--lang", "ja"});
  EXPECT_NE(japanese.out.find("Agent 2 台中 1 台"), std::string::npos) << japanese.out;
}

TEST_F(DsmCommandTest, SpeaksJson) {
  const auto ran = RunCasepack({"dsm", "--from", tree_.Path("saved.json"), "--json"});
  const auto json = base::ParseJson(ran.out);
  ASSERT_TRUE(json) << ran.out;
  EXPECT_EQ(json->Find("counts")->IntegerOr("am_offline", 0), 1);
  ASSERT_EQ(json->Find("offline_hosts")->array()->size(), 1U);
  EXPECT_EQ(json->Find("offline_hosts")->array()->at(0).StringOr("host", ""), "web1");
}

TEST_F(DsmCommandTest, WritesCsv) {
  const std::string path = tree_.Path("out.csv");
  EXPECT_EQ(RunCasepack({"dsm", "--from", tree_.Path("saved.json"), "--csv", path}).exit, 0);
  EXPECT_EQ(
      tree_.Read("out.csv"),
      "id,host,agent,am_offline,agent_status,status,agent_version,platform,last_contact\r\n"
      "7,web1,yes,yes,error,Anti-Malware Engine Offline,20.0.1,RHEL 8,2025-05-13T07:14:15Z\r\n"
      "8,'=1+1,yes,no,active,Managed (Online),20.0.1,RHEL 8,\r\n"
      "9,bare,no,no,,,,,\r\n");
  EXPECT_EQ(RunCasepack({"dsm", "--from", tree_.Path("saved.json"), "--csv", path}).exit, 3);
}

TEST_F(DsmCommandTest, WantsExactlyOneWay) {
  const std::string saved = tree_.Path("saved.json");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"dsm"},
        {"dsm", "--from", saved, "--url", "https://x:4119"},
        {"dsm", "--url", "https://x:4119"},
        {"dsm", "--url", "https://x:4119", "--api-key-file", saved + ".not-there"},
        {"dsm", "--from", saved + ".not-there"}}) {
    const auto ran = RunCasepack(words);
    EXPECT_EQ(ran.exit, 2) << ran.out;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err, "");
  }
}

TEST_F(DsmCommandTest, WhatIsNoAnswerIsNoCount) {
  for (const char* text : {"", "{}", "[]", "{\"computers\": {}}"}) {
    tree_.Write("bad.json", text);
    EXPECT_EQ(RunCasepack({"dsm", "--from", tree_.Path("bad.json")}).exit, 1) << text;
  }
}

}  // namespace
}  // namespace casepack::cli

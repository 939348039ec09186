#include <fcntl.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/kinds/scripted_host.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::Integer;
using tests::List;

// Tokyo as a TZif file: no changes, and the rule "JST-9" (RFC 8536, version 2).
std::string Tokyo() {
  const auto header = [](char version) {
    std::string text = "TZif";
    text += version;
    text += std::string(15, '\0');
    for (const char count : {'\0', '\0', '\0', '\0', '\1', '\4'}) {
      text += std::string(3, '\0');
      text += count;
    }
    return text;
  };
  const std::string type("\0\0\x7e\x90\0\0JST\0", 10);
  return header('2') + type + header('2') + type + "\nJST-9\n";
}

std::string Little(int64_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i, value >>= 8)
    bytes += static_cast<char>(static_cast<unsigned char>(value & 255));
  return bytes;
}

std::string Login(int type, int64_t seconds, const std::string& user, const std::string& host) {
  std::string record(384, '\0');
  record.replace(0, 2, Little(type, 2));
  record.replace(44, user.size(), user);
  record.replace(76, host.size(), host);
  record.replace(340, 4, Little(seconds, 4));
  return record;
}

struct ChangesKind : tests::KindTest {
  std::vector<base::Json> Look(tests::OptionList options = {}) {
    if (options.empty()) options = {{"days", Integer(36'500)}};
    got_ = Collect("changes", options);
    std::vector<base::Json> records;
    std::string_view rest = got_.members["changes.ndjson"];
    while (!rest.empty()) {
      const size_t end = rest.find('\n');
      auto record = base::ParseJson(rest.substr(0, end));
      EXPECT_TRUE(record) << rest;
      if (record) records.push_back(*record);
      rest.remove_prefix(end + 1);
    }
    return records;
  }
  // "time source action subject" of each.
  static std::vector<std::string> Told(const std::vector<base::Json>& records) {
    std::vector<std::string> lines;
    for (const base::Json& record : records) {
      lines.push_back(record.StringOr("time", "") + " " + record.StringOr("source", "") + " " +
                      record.StringOr("action", "") + " " + record.StringOr("subject", ""));
    }
    return lines;
  }
  base::Json Sums() {
    auto json = base::ParseJson(got_.members["sums.json"]);
    EXPECT_TRUE(json) << got_.members["sums.json"];
    return json ? *json : base::Json();
  }
  void SetModified(const std::string& relative, time_t seconds) const {
    const timespec times[] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, tree_.Path(relative).c_str(), times, 0), 0);
  }
  using Texts = std::vector<std::string>;
  tests::Collected got_;
  tests::ScriptedHost::Runs runs_;
};

TEST_F(ChangesKind, ReadsTheHistoryOfDpkgByTheHostsClock) {
  tree_.Write("etc/localtime", Tokyo());
  tree_.Write("var/log/dpkg.log",
              "2026-11-20 10:02:03 startup archives unpack\n"
              "2026-11-20 10:02:04 upgrade linux-image-amd64:amd64 6.1.1-1 6.1.2-1\n"
              "2026-11-20 10:02:05 status half-installed linux-image-amd64:amd64 6.1.1-1\n"
              "2026-11-20 10:02:06 install new:all <none> 1.0\n"
              "2026-11-20 10:02:07 remove old:amd64 0.9 <none>\n"
              "2026-11-20 10:02:08 upgrade cut\n"
              "no line of it\n");
  const auto records = Look();
  EXPECT_EQ(got_.row.outcome, Outcome::kOk);
  EXPECT_EQ(Told(records), (Texts{"2026-11-20T01:02:04Z dpkg upgrade linux-image-amd64",
                                  "2026-11-20T01:02:06Z dpkg install new",
                                  "2026-11-20T01:02:07Z dpkg remove old"}));
  EXPECT_EQ(records[0].StringOr("from", ""), "6.1.1-1");
  EXPECT_EQ(records[0].StringOr("to", ""), "6.1.2-1");
  EXPECT_EQ(records[0].StringOr("arch", ""), "amd64");
  EXPECT_EQ(records[0].StringOr("area", ""), "package");
  EXPECT_FALSE(*records[0].Find("zone_assumed")->boolean());
  EXPECT_EQ(records[1].Find("from"), nullptr);
  EXPECT_EQ(Sums().Find("areas")->Find("package")->IntegerOr("count", -1), 3);
}

TEST_F(ChangesKind, SaysThatItAssumedTheZone) {
  tree_.Write("var/log/dpkg.log", "2026-11-20 10:02:06 install new:all <none> 1.0\n");
  const auto records = Look();
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].StringOr("time", ""), "2026-11-20T10:02:06Z");
  EXPECT_TRUE(*records[0].Find("zone_assumed")->boolean());
  EXPECT_FALSE(*Sums().Find("zone_known")->boolean());
}

TEST_F(ChangesKind, TellsWhatAptWasCalledWithAndNotByWhom) {
  tree_.Write("var/log/apt/history.log",
              "\nStart-Date: 2026-11-20  10:02:03\nCommandline: apt-get install -y ds-agent\n"
              "Requested-By: tanaka (1000)\nInstall: ds-agent:amd64 (20.0.1)\nEnd-Date: x\n"
              "\nStart-Date: nonsense\nCommandline: apt-get upgrade\n");
  EXPECT_EQ(Told(Look()), Texts{"2026-11-20T10:02:03Z apt run apt-get install -y ds-agent"});
  EXPECT_EQ(got_.members["changes.ndjson"].find("tanaka"), std::string::npos);
}

TEST_F(ChangesKind, TellsBootsAndWhatWasBeforeThem) {
  tree_.Write("var/log/wtmp", Login(2, 1'700'000'000, "reboot", "6.1.0-13-amd64") +
                                  Login(7, 1'700'000'100, "tanaka", "192.0.2.1") +
                                  Login(1, 1'700'001'000, "shutdown", "6.1.0-13-amd64") +
                                  Login(2, 1'700'001'060, "reboot", "6.1.0-14-amd64") +
                                  Login(4, 1'700'001'100, "date", "") +
                                  Login(3, 1'700'004'700, "date", "") +
                                  Login(2, 1'700'009'000, "reboot", "6.1.0-14-amd64") + "cut");
  const auto records = Look();
  EXPECT_EQ(Told(records), (Texts{"2023-11-14T22:13:20Z wtmp boot 6.1.0-13-amd64",
                                  "2023-11-14T22:30:00Z wtmp shutdown 6.1.0-13-amd64",
                                  "2023-11-14T22:31:00Z wtmp boot 6.1.0-14-amd64",
                                  "2023-11-14T23:31:40Z wtmp set ",
                                  "2023-11-15T00:43:20Z wtmp boot 6.1.0-14-amd64"}));
  EXPECT_EQ(records[0].Find("after"), nullptr);
  EXPECT_EQ(records[2].StringOr("after", ""), "shutdown");
  EXPECT_EQ(records[3].StringOr("seconds", ""), "3600");
  EXPECT_EQ(records[4].StringOr("after", ""), "crash");
  EXPECT_EQ(got_.members["changes.ndjson"].find("tanaka"), std::string::npos);
}

TEST_F(ChangesKind, KnowsTheRunningBootWithoutARecordOfIt) {
  tree_.Write("proc/stat", "cpu 1\nbtime 1700000000\n");
  EXPECT_EQ(Told(Look()), Texts{"2023-11-14T22:13:20Z kernel boot "});
  EXPECT_EQ(Sums().StringOr("booted", ""), "2023-11-14T22:13:20Z");
  tree_.Write("var/log/wtmp", Login(2, 1'700'000'030, "reboot", "6.1"));
  EXPECT_EQ(Told(Look()), Texts{"2023-11-14T22:13:50Z wtmp boot 6.1"}) << "one boot, once";
}

TEST_F(ChangesKind, AsksRpm) {
  wrap_host_ = [this](std::unique_ptr<os::Host> host) {
    tests::ScriptedHost::Scripts scripts;
    scripts["rpm -qa"].out =
        "1700000000\tkernel\t5.14.0-1.el9\tx86_64\n1600000000\tbash\t5.1-1\tx86_64\n"
        "(none)\tgpg-pubkey\t1-1\t(none)\ncut\n";
    return std::make_unique<tests::ScriptedHost>(std::move(host), scripts, &runs_);
  };
  const auto records = Look();
  EXPECT_EQ(Told(records), (Texts{"2020-09-13T12:26:40Z rpm installed bash",
                                  "2023-11-14T22:13:20Z rpm installed kernel"}));
  EXPECT_EQ(records[1].StringOr("to", ""), "5.14.0-1.el9");
  EXPECT_EQ(records[1].StringOr("arch", ""), "x86_64");
}

TEST_F(ChangesKind, PutsFilesByAreaIntoTheOrderOfTime) {
  tree_.Write("etc/netplan/a.yaml", "");
  tree_.Write("etc/systemd/system/b.service", "");
  SetModified("etc/netplan/a.yaml", 1'700'000'500);
  SetModified("etc/systemd/system/b.service", 1'700'000'000);
  const auto records = Look(
      {{"days", Integer(36'500)},
       {"files", List({"network: /etc/netplan/*.yaml", "unit: /etc/systemd/system/*.service"})}});
  EXPECT_EQ(Told(records),
            (Texts{"2023-11-14T22:13:20Z file modified /etc/systemd/system/b.service",
                   "2023-11-14T22:21:40Z file modified /etc/netplan/a.yaml"}));
  EXPECT_EQ(records[1].StringOr("area", ""), "network");
}

TEST_F(ChangesKind, OlderOnesAreNoBusinessAndOfTooManyTheNewestStay) {
  tree_.Write("d/old", "");
  SetModified("d/old", 1'600'000'000);
  for (int i = 0; i < 9; ++i) {
    tree_.Write("d/" + std::to_string(i), "");
    SetModified("d/" + std::to_string(i), 1'700'000'000 + i);
  }
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const int64_t days = std::chrono::duration_cast<std::chrono::hours>(now).count() / 24 - 19'000;
  auto records = Look({{"days", Integer(days)}, {"files", List({"x: /d/*"})}});
  EXPECT_EQ(records.size(), 9U);
  records =
      Look({{"days", Integer(36'500)}, {"max_changes", Integer(3)}, {"files", List({"x: /d/*"})}});
  EXPECT_EQ(Told(records), (Texts{"2023-11-14T22:13:26Z file modified /d/6",
                                  "2023-11-14T22:13:27Z file modified /d/7",
                                  "2023-11-14T22:13:28Z file modified /d/8"}));
  EXPECT_EQ(got_.row.outcome, Outcome::kPartial);
  EXPECT_EQ(Sums().IntegerOr("left_out", -1), 7);
}

TEST_F(ChangesKind, EndsAtItsDeadlineWithWhatItHas) {
  tree_.Write("var/log/dpkg.log", "2026-11-20 10:02:06 install new:all <none> 1.0\n");
  deadline_ = base::Deadline::After(base::Duration::zero());
  Look();
  EXPECT_EQ(got_.row.outcome, Outcome::kTimedOut);
  EXPECT_EQ(got_.members.count("sums.json"), 1U);
}

TEST_F(ChangesKind, ForeseesItsLogs) {
  tree_.Write("var/log/dpkg.log", "x\n");
  tree_.Write("var/log/wtmp", "");
  const kinds::Preview preview = Plan("changes", {{"files", List({"x: /d/*"})}});
  ASSERT_GE(preview.steps.size(), 3U);
  EXPECT_EQ(preview.steps[0].what, "/var/log/dpkg.log");
  EXPECT_EQ(preview.steps.back().what, "x: /d/*");
}

}  // namespace
}  // namespace casepack

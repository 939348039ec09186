#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::Span;

struct ProcessesKind : tests::KindTest {
  // A process in the tree's /proc.
  void Process(int pid, const std::string& name, char state, int ticks, const std::string& cmdline,
               int kilobytes = 0) const {
    const std::string folder = "proc/" + std::to_string(pid);
    tree_.Write("proc/stat", "cpu 1 2 3\nbtime 1700000000\n");
    tree_.Write(folder + "/stat", Stat(pid, name, state, ticks));
    tree_.Write(folder + "/status", "Name:\tx\nUid:\t1000\t1001\t0\t0\nVmRSS:\t   " +
                                        std::to_string(kilobytes) + " kB\n");
    tree_.Write(folder + "/cmdline", cmdline);
  }

  static std::string Stat(int pid, const std::string& name, char state, int ticks) {
    return std::to_string(pid) + " (" + name + ") " + state + " 1 1 1 0 -1 4194560 0 0 0 0 " +
           std::to_string(ticks) + " 50 0 0 20 0 3 0 12345 8192 77 18446744073709551615 0 0\n";
  }

  tests::Collected Look(base::Duration sample = std::chrono::milliseconds(10)) {
    return Collect("processes", {{"sample", Span(sample)}});
  }

  static std::vector<base::Json> Records(const tests::Collected& got) {
    std::vector<base::Json> records;
    const auto member = got.members.find("processes.ndjson");
    if (member == got.members.end()) return records;
    std::string_view rest = member->second;
    while (!rest.empty()) {
      const size_t end = rest.find('\n');
      auto record = base::ParseJson(rest.substr(0, end));
      EXPECT_TRUE(record) << rest;
      if (record) records.push_back(*record);
      rest.remove_prefix(end + 1);
    }
    return records;
  }
};

// The borders between arguments tell where a secret with blanks in it ends.
TEST_F(ProcessesKind, HidesASecretWithBlanksWhole) {
  using std::string_literals::operator""s;
  Process(7, "app", 'S', 1, "app\0--password\0my CANARYone word\0token:x CANARYtwo\0--verbose\0"s);
  const auto got = Look();
  for (const auto& [name, content] : got.members) {
    EXPECT_EQ(content.find("CANARY"), std::string::npos) << name << content;
    EXPECT_NE(content.find("--verbose"), std::string::npos) << name << content;
  }
  EXPECT_EQ(got.members.size(), 2U);
}

TEST_F(ProcessesKind, TellsOfAProcess) {
  Process(42, "a (b) c", 'S', 150, std::string("/bin/a\0--one\0two words\0", 23), 10);
  tree_.Write("proc/42/cgroup", "12:cpu:/x\n1:name=systemd:/old\n0::/system.slice/a.service\n");
  tree_.Write("proc/42/fd/0", "");
  tree_.Write("proc/42/fd/1", "");
  tree_.Link("proc/42/exe", "/usr/bin/a");
  tree_.Write("proc/42/environ", std::string("SECRET_THING=environment\0", 25));
  auto got = Look();
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members["processes.ndjson"],
            R"({"pid":42,"ppid":1,"name":"a (b) c","state":"S","uid":1000,"threads":3,)"
            R"("started":"2023-11-14T22:15:23Z","cpu_percent":0.0,"cpu_seconds":2.0,"rss":10240,)"
            R"("vsize":8192,"fds":2,"cmdline":"/bin/a --one two words","exe":"/usr/bin/a",)"
            R"("cgroup":"/system.slice/a.service"})"
            "\n");
  EXPECT_NE(got.members["processes.txt"].find("/bin/a --one two words"), std::string::npos);
}

TEST_F(ProcessesKind, HidesSecretsOfCommandLines) {
  Process(7, "x", 'S', 1, std::string("/bin/x\0--password\0hunter2hunter2\0-v\0", 36));
  auto got = Look();
  for (const char* name : {"processes.ndjson", "processes.txt"}) {
    EXPECT_EQ(got.members[name].find("hunter2"), std::string::npos) << got.members[name];
    EXPECT_NE(got.members[name].find("--password"), std::string::npos) << got.members[name];
  }
}

TEST_F(ProcessesKind, CutsLongCommandLinesBetweenWords) {
  const std::string secret(200, 'k');
  Process(7, "x", 'S', 1, std::string(3990, 'a') + ' ' + secret);
  Process(8, "y", 'S', 1, std::string(100, 'b') + ' ' + secret);
  auto got = Look();
  EXPECT_EQ(Records(got).at(0).StringOr("cmdline", ""), std::string(3990, 'a'));
  EXPECT_EQ(Records(got).at(1).StringOr("cmdline", "").size(), 301U);
  EXPECT_EQ(got.members["processes.txt"].find('k'), std::string::npos);
}

TEST_F(ProcessesKind, SortsByPid) {
  for (const int pid : {30, 4, 200})
    Process(pid, "p", 'S', 1, "");
  tree_.Write("proc/self/stat", "x");
  tree_.Write("proc/12x/stat", Stat(12, "p", 'S', 1));
  std::vector<int64_t> pids;
  for (const base::Json& record : Records(Look()))
    pids.push_back(record.IntegerOr("pid", 0));
  EXPECT_EQ(pids, (std::vector<int64_t>{4, 30, 200}));
}

TEST_F(ProcessesKind, PutsTheBusiestFirst) {
  for (int pid = 1; pid <= 40; ++pid)
    Process(pid, "idle" + std::to_string(pid), 'S', 1, "", pid);
  Process(50, "busy", 'R', 100, "");
  std::atomic<bool> done{false};
  std::thread burn([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    for (int ticks = 200; !done; ticks += 10) {
      // Renamed into place, so that it is never seen half written.
      tree_.Write("next", Stat(50, "busy", 'R', ticks));
      std::filesystem::rename(tree_.Path("next"), tree_.Path("proc/50/stat"));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  auto got = Look(std::chrono::milliseconds(400));
  done = true;
  burn.join();
  const std::string& table = got.members["processes.txt"];
  const size_t first = table.find('\n') + 1;
  EXPECT_NE(table.substr(first, table.find('\n', first) - first).find("[busy]"), std::string::npos)
      << table;
  // A heading, the busy one, and 29 of the idle ones: those with the most memory.
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 31);
  EXPECT_NE(table.find("[idle12]"), std::string::npos);
  EXPECT_EQ(table.find("[idle11]"), std::string::npos);
  const auto records = Records(got);
  const base::Json* percent = records.back().Find("cpu_percent");
  ASSERT_NE(percent->number(), nullptr);
  EXPECT_GT(*percent->number(), 0.0);
}

TEST_F(ProcessesKind, LeavesTheMemoryOfAHangingProcessAlone) {
  Process(5, "hangs", 'D', 1, "/bin/hangs");
  Process(6, "sleeps", 'S', 1, "/bin/sleeps");
  const auto got = Look();
  const auto records = Records(got);
  EXPECT_TRUE(records.at(0).Find("cmdline")->is_null());
  EXPECT_EQ(records.at(1).StringOr("cmdline", ""), "/bin/sleeps");
}

TEST_F(ProcessesKind, TakesWhatIsNotThereAsNormal) {
  Process(5, "x", 'S', 1, "");
  tree_.Write("proc/6/status", "Uid:\t0\n");  // gone before its stat was read
  tree_.Write("proc/7/stat", "7 (cut");
  auto got = Look();
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  ASSERT_EQ(Records(got).size(), 1U);
  EXPECT_TRUE(Records(got)[0].Find("fds")->is_null());
}

TEST_F(ProcessesKind, SaysWhatItMayNotSee) {
  Process(5, "x", 'S', 1, "");
  tree_.Folder("proc/5/fd");
  ASSERT_EQ(chmod(tree_.Path("proc/5/fd").c_str(), 0), 0);
  as_nobody_ = true;
  const auto got = Look();
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.processes.denied"), std::vector<std::string>{"/proc"});
}

TEST_F(ProcessesKind, KeepsRoomForTheTable) {
  for (int pid = 1; pid <= 300; ++pid)
    Process(pid, "p", 'S', 1, std::string(1000, 'c'));
  limits_ = manifest::Limits{.max_bytes = 100'000, .max_files = 2};
  auto got = Look();
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_TRUE(got.Member("processes.ndjson")->cut_tail);
  EXPECT_FALSE(got.Member("processes.txt")->cut_tail);
  const std::string& table = got.members["processes.txt"];
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 31);
}

TEST_F(ProcessesKind, WaitsNoLongerThanItMay) {
  Process(5, "x", 'S', 1, "");
  base::StopFlag stop;
  stop.Raise();
  deadline_ = base::Deadline::After(std::chrono::hours(1), &stop);
  EXPECT_EQ(Look(std::chrono::hours(1)).status.code(), base::Code::kCancelled);

  // Half of what is left goes to the wait, so the second look is still done.
  deadline_ = base::Deadline::After(std::chrono::seconds(4));
  auto got = Look(std::chrono::hours(1));
  EXPECT_TRUE(got.status.ok());
  EXPECT_EQ(Records(got).size(), 1U);
}

TEST_F(ProcessesKind, NeedsALiveProc) {
  const auto got = Look();
  EXPECT_EQ(got.status.code(), base::Code::kUnsupported);
  EXPECT_EQ(got.status.message().key, "kinds.processes.not_running");
  Plan("processes");
  EXPECT_EQ(plan_status_.code(), base::Code::kUnsupported);
}

TEST_F(ProcessesKind, SeesItself) {
  root_ = "/";
  const auto got = Look();
  EXPECT_TRUE(got.status.ok()) << got.status.message().key;
  bool found = false;
  for (const base::Json& record : Records(got)) {
    if (record.IntegerOr("pid", 0) != getpid()) continue;
    found = true;
    EXPECT_EQ(record.IntegerOr("ppid", 0), getppid());
    EXPECT_NE(record.StringOr("cmdline", "").find("kinds_tests"), std::string::npos);
    EXPECT_NE(record.StringOr("exe", "").find("kinds_tests"), std::string::npos);
    EXPECT_GT(record.IntegerOr("rss", 0), 0);
    EXPECT_GT(record.IntegerOr("fds", 0), 3);
  }
  EXPECT_TRUE(found);
}

struct Pattern {
  const char* name;
  const char* executable;  // nullptr: not to be seen
  const char* pattern;
  bool matches;
};

TEST_F(ProcessesKind, KnowsAProcessByItsNameOrItsFile) {
  const Pattern cases[] = {
      {"ds_am", "/opt/ds_agent/ds_am", "ds_am", true},
      {"ds_am", nullptr, "ds_am", true},
      {"thread-7", "/opt/ds_agent/ds_am", "ds_am", true},
      {"ds_am", "/opt/ds_agent/ds_am (deleted)", "/opt/ds_agent/ds_am", true},
      {"ds_am", "/opt/ds_agent/ds_am", "ds_*", true},
      {"ds_amx", "/opt/x/ds_amx", "ds_am", false},
      {"java", "/opt/dsm/jre/bin/java", "/opt/dsm/", true},
      {"java", "/opt/other/jre/bin/java", "/opt/dsm/", false},
      {"java", nullptr, "/opt/dsm/", false},
      {"CloudEndpointSe", nullptr, "CloudEndpointService", true},
      {"CloudEndpointSe", "/opt/x/CloudEndpointServer", "CloudEndpointService", false},
      {"Cloud", nullptr, "CloudEndpointService", false},
  };
  for (const Pattern& one : cases) {
    std::filesystem::remove_all(tree_.Path("proc/9"));
    Process(9, one.name, 'S', 1, "");
    if (one.executable != nullptr) tree_.Link("proc/9/exe", one.executable);
    auto got =
        Collect("processes", {{"sample", Span(std::chrono::milliseconds(1))},
                              {"sets", tests::List({std::string("x: nothing ") + one.pattern})}});
    auto sets = base::ParseJson(got.members["sets.json"]);
    ASSERT_TRUE(sets) << got.members["sets.json"];
    EXPECT_EQ(sets->Find("sets")->Find("x")->IntegerOr("count", -1), one.matches ? 1 : 0)
        << one.name << " " << one.pattern;
  }
}

TEST_F(ProcessesKind, TellsSetsWithTheirSums) {
  Process(7, "ds_am", 'S', 50, "/opt/ds_agent/ds_am", 100);
  Process(8, "ds_am", 'S', 150, "/opt/ds_agent/ds_am", 200);
  tree_.Link("proc/8/exe", "/opt/ds_agent/ds_am (deleted)");
  Process(9, "bash", 'S', 1, "bash");
  auto got = Collect("processes", {{"sample", Span(std::chrono::milliseconds(1))},
                                   {"sets", tests::List({"agent: ds_agent ds_am"})},
                                   {"unverified_sets", tests::List({"other_av: clamd"})},
                                   {"keep", tests::Text("sets")}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members.size(), 2U) << "the table of all was not wanted";
  auto json = base::ParseJson(got.members["sets.json"]);
  ASSERT_TRUE(json);
  EXPECT_TRUE(*json->Find("complete")->boolean());
  const base::Json& agent = *json->Find("sets")->Find("agent");
  EXPECT_EQ(agent.IntegerOr("count", -1), 2);
  EXPECT_EQ(*agent.Find("cpu_seconds")->number(), 3.0);
  EXPECT_EQ(agent.IntegerOr("rss", -1), 300 * 1024);
  EXPECT_EQ(agent.IntegerOr("replaced_on_disk", -1), 1);
  EXPECT_EQ(agent.StringOr("oldest_started", ""), "2023-11-14T22:15:23Z");
  const base::Json& other = *json->Find("sets")->Find("other_av");
  EXPECT_EQ(other.IntegerOr("count", -1), 0);
  EXPECT_FALSE(*other.Find("verified")->boolean());
  const std::string& matches = got.members["matches.ndjson"];
  EXPECT_EQ(std::count(matches.begin(), matches.end(), '\n'), 2);
  EXPECT_EQ(matches.find(R"({"set":"agent","verified":true,"pid":7,)"), 0U) << matches;
}

TEST_F(ProcessesKind, SetsAreWholeWhereTheTableIsCut) {
  for (int pid = 1; pid <= 300; ++pid)
    Process(pid, "p", 'S', 1, std::string(1000, 'c'));
  Process(999, "ds_am", 'S', 1, "");
  limits_ = manifest::Limits{.max_bytes = 100'000, .max_files = 4};
  auto got = Collect("processes", {{"sample", Span(std::chrono::milliseconds(1))},
                                   {"sets", tests::List({"agent: ds_am"})}});
  EXPECT_TRUE(got.Member("processes.ndjson")->cut_tail);
  EXPECT_FALSE(got.Member("sets.json")->cut_tail);
  EXPECT_NE(got.members["matches.ndjson"].find(R"("pid":999)"), std::string::npos);
}

TEST_F(ProcessesKind, ForeseesTheNumber) {
  Process(5, "x", 'S', 1, "");
  Process(6, "x", 'S', 1, "");
  const kinds::Preview preview = Plan("processes");
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kRead);
  EXPECT_GT(preview.bytes, 0U);
}

}  // namespace
}  // namespace casepack

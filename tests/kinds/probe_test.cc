#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "collector/os/net_url.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/kinds/scripted_host.h"

namespace casepack::kinds {
namespace {

using base::Json;
using tests::List;
using tests::Text;

// Answers each probe as the test wants it, and remembers what was asked.
class Network : public tests::ScriptedHost {
 public:
  using Answer = std::function<void(const os::ProbeTarget&, os::ProbeReport&)>;
  Network(std::unique_ptr<os::Host> files, Scripts scripts, Runs* runs, Answer answer,
          std::vector<os::ProbeTarget>* asked)
      : ScriptedHost(std::move(files), std::move(scripts), runs),
        answer_(std::move(answer)),
        asked_(asked) {}
  [[nodiscard]] base::Result<std::vector<os::ProbeReport>> Probe(
      const std::vector<os::ProbeTarget>& targets, const os::ProbeLimits& limits) const override {
    EXPECT_LE(limits.whole.Remaining(), std::chrono::seconds(15));
    std::vector<os::ProbeReport> reports(targets.size());
    for (size_t i = 0; i < targets.size(); ++i)
      answer_(targets[i], reports[i]);
    *asked_ = targets;
    return reports;
  }

 private:
  Answer answer_;
  std::vector<os::ProbeTarget>* asked_;
};

void Set(os::Layer& layer, os::LayerState state, const char* reason = "") {
  layer.state = state;
  layer.reason = reason;
  layer.took = std::chrono::microseconds(1234);
}

void AllFine(const os::ProbeTarget& target, os::ProbeReport& report) {
  for (os::Layer* layer :
       {static_cast<os::Layer*>(&report.dns), static_cast<os::Layer*>(&report.icmp),
        static_cast<os::Layer*>(&report.tcp)})
    Set(*layer, os::LayerState::kOk);
  Set(report.proxy, os::LayerState::kSkipped, "not_asked");
  Set(report.ntp, os::LayerState::kSkipped, "not_asked");
  const bool tls = target.scheme == os::ProbeScheme::kTls;
  Set(report.tls, tls ? os::LayerState::kOk : os::LayerState::kSkipped, tls ? "" : "not_asked");
  Set(report.http, os::LayerState::kSkipped, "not_asked");
}

struct ProbeKind : tests::KindTest {
  base::Result<std::unique_ptr<os::Host>> MakeHost() override {
    ASSIGN_OR_RETURN(auto files, tests::KindTest::MakeHost());
    return std::unique_ptr<os::Host>(
        std::make_unique<Network>(std::move(files), scripts_, &runs_, answer_, &asked_));
  }
  Json Document(const tests::OptionList& options) {
    const auto got = Collect("probe", options);
    status_ = got.status;
    const auto found = got.members.find("probe.json");
    text_ = found == got.members.end() ? "" : found->second;
    const auto json = base::ParseJson(text_);
    return json ? *json : Json();
  }
  void AgentSays(const std::string& output) {
    scripts_["/opt/ds_agent/dsa_query -c"] = {};
    scripts_["dsa_query -c"] = {.out = output, .exit = {}};
  }
  // "scheme host port" of each target that was asked for.
  std::vector<std::string> Asked() const {
    std::vector<std::string> rows;
    for (const os::ProbeTarget& target : asked_) {
      rows.push_back(std::string(os::SchemeName(target.scheme)) + " " + target.host + " " +
                     std::to_string(target.port));
    }
    return rows;
  }

  Network::Scripts scripts_;
  Network::Runs runs_;
  Network::Answer answer_ = AllFine;
  std::vector<os::ProbeTarget> asked_;
  base::Status status_;
  std::string text_;
};

using Rows = std::vector<std::string>;
const char* const kStatus =
    "manager|run|/opt/ds_agent/dsa_query -c GetAgentStatus|AgentStatus.dsmUrl";

TEST_F(ProbeKind, FindsTheManagerInTheAgentsStatus) {
  // The index of names comes first, and is no answer.
  AgentSays(
      "AgentStatus.13: agentState\nAgentStatus.15: dsmUrl\nAgentStatus.agentState: green\n"
      "AgentStatus.dsmUrl: https://dsm.example.com:4120/\n");
  const Json document = Document(
      {{"targets", List({"dsm.4120=tls://{manager}:4120", "dsm.4119=tls://{manager}:4119"})},
       {"find", List({kStatus})}});
  EXPECT_TRUE(status_.ok()) << status_.message().key;
  EXPECT_EQ(Asked(), (Rows{"tls dsm.example.com 4120", "tls dsm.example.com 4119"}));
  ASSERT_EQ(runs_.size(), 1U);
  EXPECT_EQ(runs_[0].argv, (Rows{"/usr/bin//opt/ds_agent/dsa_query", "-c", "GetAgentStatus"}));
  const Json& known = document.Find("known")->array()->at(0);
  EXPECT_EQ(known.StringOr("role", ""), "manager");
  EXPECT_EQ(known.StringOr("value", ""), "dsm.example.com");
  EXPECT_EQ(document.Find("facts")->Find("dsm.4119")->StringOr("tls", ""), "ok");
}

TEST_F(ProbeKind, FindsNamesInFilesAndLogs) {
  tree_.Write("etc/chrony.conf", "# server commented.test\nserver a.test iburst\n  pool b.test\n");
  tree_.Write("log",
              "09:00 x Could not resolve host: relay1.test\nCould not resolve host: relay1.test\n"
              "... Could not resolve host: [2001:db8::9]:4122\n");
  (void)Document(
      {{"targets", List({"clock=ntp://{ntp}", "dsr.4122=tls://{relay}:4122"})},
       {"find", List({"ntp|file|/etc/chrony.conf|server ", "ntp|file|/etc/chrony.conf|pool ",
                      "relay|log|/log|Could not resolve host: ", "ntp|file|/gone|x"})}});
  EXPECT_EQ(Asked(), (Rows{"ntp a.test 123", "ntp b.test 123", "tls relay1.test 4122",
                           "tls 2001:db8::9 4122"}));
}

TEST_F(ProbeKind, WhatTheUserNamesCountsAlone) {
  AgentSays("AgentStatus.dsmUrl: https://other.example.com:4120/\n");
  const Json document = Document({{"targets", List({"dsm.4120=tls://{manager}:4120"})},
                                  {"find", List({kStatus})},
                                  {"manager", List({"one.test", "two.test"})},
                                  {"if_any", List({"/not/here"})}});
  EXPECT_EQ(Asked(), (Rows{"tls one.test 4120", "tls two.test 4120"}));
  EXPECT_TRUE(runs_.empty());
  EXPECT_NE(document.Find("facts")->Find("dsm.4120.2"), nullptr);
}

TEST_F(ProbeKind, AHostileFileNamesNobody) {
  std::string text =
      "server -oProxyCommand=x\nserver $(reboot)\nserver a\x1b[2J\nserver .\nserver\n";
  for (int i = 0; i < 100; ++i)
    text += "server h" + std::to_string(i) + ".test\n";
  tree_.Write("ntp", text);
  (void)Document(
      {{"targets", List({"clock=ntp://{ntp}"})}, {"find", List({"ntp|file|/ntp|server "})}});
  ASSERT_EQ(asked_.size(), 8U);
  EXPECT_EQ(asked_[0].host, "h0.test");
}

TEST_F(ProbeKind, SaysWhyNobodyIsProbed) {
  (void)Document({{"targets", List({"dsm.4120=tls://{manager}:4120"})}});
  EXPECT_EQ(status_.code(), base::Code::kMissing);
  EXPECT_EQ(status_.message().key, "kinds.probe.nobody");
  EXPECT_EQ(status_.message().args[0].second, "manager");
  (void)Document({{"targets", List({"tcp://here.test:1"})}, {"if_any", List({"/opt/dsm"})}});
  EXPECT_EQ(status_.message().key, "kinds.probe.other_role");
  tree_.Write("opt/dsm/x", "");
  (void)Document({{"targets", List({"tcp://here.test:1"})}, {"if_any", List({"/opt/dsm"})}});
  EXPECT_TRUE(status_.ok());
  (void)Document({{"targets", List({"gopher://here.test"})}});
  EXPECT_EQ(status_.code(), base::Code::kInvalid);
}

TEST_F(ProbeKind, RecordsTheDecidingLayer) {
  answer_ = [](const os::ProbeTarget& target, os::ProbeReport& report) {
    AllFine(target, report);
    Set(report.tcp, os::LayerState::kFailed, "refused");
    report.tcp.attempts.push_back({report.tcp, "192.0.2.1", "192.0.2.9", "eth0"});
    Set(report.tls, os::LayerState::kSkipped, "after_tcp");
  };
  const Json document = Document({{"targets", List({"dsr.4122=tls://relay.test:4122"})}});
  const Json& target = document.Find("targets")->array()->at(0);
  EXPECT_EQ(target.StringOr("target", ""), "dsr.4122");
  EXPECT_EQ(target.StringOr("state", ""), "failed");
  EXPECT_EQ(target.StringOr("deciding", ""), "tcp");
  EXPECT_EQ(target.Find("sentence")->StringOr("key", ""), "kinds.probe.tcp.refused");
  EXPECT_EQ(target.Find("remedy")->StringOr("key", ""), "kinds.probe.tcp.refused.hint");
  const Json& layers = *target.Find("layers");
  const Json& attempt = layers.Find("tcp")->Find("attempts")->array()->at(0);
  EXPECT_EQ(attempt.StringOr("source", ""), "192.0.2.9");
  EXPECT_EQ(attempt.StringOr("family", ""), "ipv4");
  EXPECT_EQ(*layers.Find("dns")->Find("ms")->number(), 1.2);
  EXPECT_EQ(layers.Find("http"), nullptr);
  const Json& facts = *document.Find("facts")->Find("dsr.4122");
  EXPECT_EQ(facts.StringOr("tcp", ""), "refused");
  EXPECT_EQ(facts.StringOr("tls", ""), "skipped");
  EXPECT_EQ(facts.StringOr("dns", ""), "ok");
}

TEST_F(ProbeKind, AClockThatIsWrongIsNoExpiredCertificate) {
  answer_ = [](const os::ProbeTarget& target, os::ProbeReport& report) {
    AllFine(target, report);
    Set(report.tls, os::LayerState::kFailed, "expired");
    report.tls.chain = {{"CN=x", "CN=x", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", "", {}}};
    Set(report.http, os::LayerState::kOk);
    report.http.date = base::ParseUtc(target.port == 1 ? "2020-07-01T00:00:00Z"  // inside
                                                       : "2022-07-01T00:00:00Z");
  };
  const Json document = Document({{"targets", List({"a=https://x.test:1", "b=https://x.test:2"})}});
  const auto& targets = *document.Find("targets")->array();
  EXPECT_EQ(targets[0].StringOr("reason", ""), "clock");
  EXPECT_EQ(targets[0].Find("sentence")->StringOr("key", ""), "kinds.probe.tls.clock");
  EXPECT_EQ(targets[1].StringOr("reason", ""), "expired");
}

TEST_F(ProbeKind, GoesByTheProxyAndKeepsItsPassword) {
  AgentSays("AgentStatus.relay_proxy: relay_proxy://192.0.2.10:8080\n");
  const std::string find =
      "proxy|run|/opt/ds_agent/dsa_query -c GetAgentStatus|AgentStatus.relay_proxy";
  const tests::OptionList found{{"targets", List({"a=https://x.test", "b=tcp://x.test:1"})},
                                {"find", List({find})}};
  (void)Document(found);
  ASSERT_TRUE(asked_.at(0).proxy);
  EXPECT_EQ(asked_[0].proxy->host, "192.0.2.10");
  EXPECT_FALSE(asked_[1].proxy) << "TCP alone has no way through a proxy";

  auto given = found;
  given.emplace_back("proxy", Text("http://ann:hunter2-Word@proxy.test:3128"));
  const Json document = Document(given);
  EXPECT_EQ(asked_[0].proxy->user, "ann");
  EXPECT_EQ(asked_[0].proxy->password, "hunter2-Word");
  EXPECT_EQ(document.Find("targets")->array()->at(0).StringOr("via", ""), "proxy.test:3128");
  EXPECT_EQ(text_.find("hunter2"), std::string::npos);
  EXPECT_EQ(text_.find("ann"), std::string::npos);

  given.emplace_back("via", Text("found"));
  (void)Document(given);
  EXPECT_EQ(asked_[0].proxy->host, "192.0.2.10");
  given.back().second = Text("direct");
  (void)Document(given);
  EXPECT_FALSE(asked_[0].proxy);
}

TEST_F(ProbeKind, TrustAndVerifiedAreTheItems) {
  const Json document = Document({{"targets", List({"tls://x.test:4120"})},
                                  {"trust", Text("any")},
                                  {"verified", tests::Flag(false)}});
  EXPECT_EQ(asked_.at(0).trust, os::Trust::kAnyCertificate);
  EXPECT_FALSE(*document.Find("targets")->array()->at(0).Find("verified")->boolean());
  (void)Document({{"targets", List({"tls://x.test:4120"})}});
  EXPECT_EQ(asked_.at(0).trust, os::Trust::kSystemRoots);
}

TEST_F(ProbeKind, WhatServersSayIsRedacted) {
  answer_ = [](const os::ProbeTarget& target, os::ProbeReport& report) {
    AllFine(target, report);
    Set(report.http, os::LayerState::kOk);
    report.http.status = 200;
    report.http.server = "x password=Tr0ub4dor&3xyz";
  };
  (void)Document({{"targets", List({"http://x.test"})}});
  EXPECT_NE(text_.find("\"server\""), std::string::npos);
  EXPECT_EQ(text_.find("Tr0ub4dor"), std::string::npos) << text_;
}

TEST_F(ProbeKind, AnInterruptedRunKeepsWhatItHas) {
  base::StopFlag stop;
  stop.Raise();
  deadline_.stop = &stop;
  const Json document = Document({{"targets", List({"tcp://x.test:1"})}});
  EXPECT_EQ(status_.code(), base::Code::kCancelled);
  EXPECT_NE(document.Find("targets"), nullptr);
}

TEST_F(ProbeKind, ForeseesWithoutRunning) {
  const auto preview =
      Plan("probe", {{"targets", List({"dsm=tls://{manager}:4120", "r=tls://{relay}:4122"})},
                     {"find", List({kStatus, "relay|log|/log|x"})},
                     {"manager", List({"one.test"})}});
  EXPECT_TRUE(plan_status_.ok());
  EXPECT_TRUE(runs_.empty());
  EXPECT_TRUE(asked_.empty());
  ASSERT_EQ(preview.steps.size(), 3U);
  EXPECT_EQ(preview.steps[0].what, "tls://one.test:4120");
  EXPECT_EQ(preview.steps[1].what, "r=tls://{relay}:4122");
  EXPECT_EQ(preview.steps[2].act, Preview::Act::kRead);
}

}  // namespace
}  // namespace casepack::kinds

#include "collector/fleet/digest.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

std::string Line(const base::Json& json) {
  return base::WriteJson(json, base::JsonStyle::kOneLine);
}

bundle::Index FullIndex() {
  bundle::Index index;
  index.host = {"web01", "m1", "linux", "Debian 12", "6.1.0", "x86_64", true};
  index.tool.version = "1.2.3";
  index.created = tests::kDay;
  index.bundle_id = "id";
  index.labels = {{"site", "東京"}, {"tier", "web"}};
  index.items.resize(3);
  index.items[2].outcome = bundle::Outcome::kTimedOut;
  bundle::AnalysisRow& analysis = index.analysis.emplace();
  analysis.roles = {"agent", "relay"};
  analysis.verdict.state = "offline";
  analysis.verdict.since = tests::kDay;
  analysis.verdict.top_finding = "cause.ksp_missing";
  analysis.checklist.push_back({"environment.os", {}, "problem", {}, {}, {}, {}});
  analysis.checklist.push_back({"environment.x", {}, "ok", {}, {}, {}, {}});
  return index;
}

analysis::Facts FullFacts() {
  analysis::Facts facts;
  analysis::Fact version;
  version.value = std::string("20.0.1-7380");
  facts.Add("agent.core_version", version);
  return facts;
}

TEST(Digest, SaysWhatARunCameTo) {
  const bundle::Index index = FullIndex();
  const analysis::Facts facts = FullFacts();
  const base::Json json = DigestJson({index, facts, "b.tar.gz", 77, "sha", 1});
  EXPECT_EQ(json.StringOr("format", ""), kDigestFormat);
  EXPECT_EQ(json.StringOr("host", ""), "web01");
  EXPECT_EQ(json.StringOr("state", ""), "offline");
  EXPECT_EQ(json.StringOr("exit_class", ""), "incomplete");
  EXPECT_EQ(json.IntegerOr("bytes", 0), 77);
  EXPECT_EQ(json.Find("by")->StringOr("version", ""), "20.0.1");
  EXPECT_EQ(json.Find("by")->StringOr("build", ""), "20.0.1-7380");
  EXPECT_EQ(json.Find("by")->StringOr("kernel", ""), "6.1.0");
  EXPECT_EQ(json.Find("by")->StringOr("role", ""), "agent+relay");
  EXPECT_EQ(json.Find("by")->StringOr("site", ""), "東京");
  EXPECT_EQ(json.Find("items")->IntegerOr("ok", 0), 2);
  EXPECT_EQ(json.Find("problems")->array()->size(), 1U);
  EXPECT_EQ(Line(json).find('\n'), std::string::npos);
}

TEST(Digest, IsReadAsABundleWouldBe) {
  const bundle::Index index = FullIndex();
  const analysis::Facts facts = FullFacts();
  DigestReader reader;
  reader.Line(Line(DigestJson({index, facts, "b.tar.gz", 77, "sha", 0})));
  Table table = reader.Finish();
  TakeSides(table.hosts(), {});
  ASSERT_EQ(table.hosts().size(), 1U);
  const Host& host = table.hosts()[0];
  EXPECT_EQ(host.reading, Reading::kRead);
  EXPECT_EQ(host.side, Side::kAffected);
  EXPECT_EQ(host.since, tests::kDay);
  EXPECT_EQ(host.outcomes[4], 1U);
  for (const auto& [by, value] : tests::Values{{"version", "20.0.1"},
                                               {"build", "20.0.1-7380"},
                                               {"os", "Debian 12"},
                                               {"role", "agent+relay"},
                                               {"site", "東京"},
                                               {"tier", "web"},
                                               {"cause", "cause.ksp_missing"}})
    EXPECT_EQ(ValuesBy(table, by), std::vector<std::string>{value}) << by;
}

TEST(Digest, LinesThatAreNoneAreRowsWithAReason) {
  const std::string good = Line(DigestJson({FullIndex(), FullFacts(), "b", 1, "s", 0}));
  const struct {
    std::string line;
    Reading reading;
    const char* reason;
  } cases[] = {
      {"web01: " + good + "\r", Reading::kRead, ""},
      {"Warning: Permanently added 'web02' to the list of known hosts.", Reading::kForeign,
       "fleet.digest.junk"},
      {good.substr(0, good.size() / 2), Reading::kBroken, "fleet.digest.truncated"},
      {R"({"format":"casepack-digest/2","host":"web03"})", Reading::kNewer, "fleet.digest.newer"},
      {R"({"other":"json"})", Reading::kForeign, "fleet.digest.junk"},
      {R"({"format":7})", Reading::kForeign, "fleet.digest.junk"},
      {"\xff\xfe{\"\x01", Reading::kForeign, "fleet.digest.junk"},
      {Line(FailedDigestJson("web04", "1.2.3", 3, "disk full")), Reading::kFailed,
       "fleet.digest.failed"},
  };
  DigestReader reader;
  for (const auto& c : cases) {
    reader.Line("");
    reader.Line(c.line);
  }
  const Table table = reader.Finish();
  ASSERT_EQ(table.hosts().size(), std::size(cases));
  for (size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_EQ(table.hosts()[i].reading, cases[i].reading) << cases[i].line;
    EXPECT_EQ(table.hosts()[i].reason.key, cases[i].reason) << cases[i].line;
  }
  EXPECT_EQ(table.hosts()[7].path, "#16 web04");
}

TEST(Digest, BlanksBehindTheBraceAreFine) {
  DigestReader reader;
  reader.Line(
      "{x} {  \"format\": \"casepack-digest/1\", \"host\": \"web01\", \"error\": \"e\", \"exit\": "
      "2}");
  Table table = reader.Finish();
  ASSERT_EQ(table.hosts().size(), 1U);
  EXPECT_EQ(table.hosts()[0].name, "web01");
}

TEST(Digest, CountsThatAreNoneAreNotCounted) {
  DigestReader reader;
  reader.Line(R"({"format":"casepack-digest/1","host":"a","items":)"
              R"({"ok":-5,"failed":1.5,"denied":99999999999999999999,"partial":3,"newer":7}})");
  const Table table = reader.Finish();
  ASSERT_EQ(table.hosts().size(), 1U);
  const auto& outcomes = table.hosts()[0].outcomes;
  EXPECT_EQ(outcomes.at(static_cast<size_t>(bundle::Outcome::kOk)), 0);
  EXPECT_EQ(outcomes.at(static_cast<size_t>(bundle::Outcome::kFailed)), 0);
  EXPECT_EQ(outcomes.at(static_cast<size_t>(bundle::Outcome::kDenied)), UINT16_MAX);
  EXPECT_EQ(outcomes.at(static_cast<size_t>(bundle::Outcome::kPartial)), 3);
}

TEST(Digest, TheSecondRunOfAHostIsTheNewer) {
  bundle::Index index = FullIndex();
  DigestReader reader;
  reader.Line(Line(DigestJson({index, FullFacts(), "b", 1, "s", 0})));
  reader.Line(Line(DigestJson({index, FullFacts(), "b", 1, "s", 0})));
  index.created += std::chrono::hours(1);
  index.bundle_id = "other";
  index.analysis->verdict.state = "online";
  reader.Line(Line(DigestJson({index, FullFacts(), "b2", 1, "s", 0})));
  const Table table = reader.Finish();
  EXPECT_EQ(table.hosts()[0].reading, Reading::kOlder);
  EXPECT_EQ(table.hosts()[1].reading, Reading::kDuplicate);
  EXPECT_EQ(table.hosts()[2].history, std::vector<uint32_t>{0});
}

}  // namespace
}  // namespace casepack::fleet

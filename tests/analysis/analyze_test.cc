#include "collector/analysis/analyze.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

TEST(Analyze, FromMembersToTheVerdict) {
  tests::MemoryContent content;
  content.Add("a.status", "status.txt", "mode: driver-offline\n");
  const std::vector<manifest::Manifest> manifests{tests::ManifestOf(R"(
    "facts": [{"item": "a.status", "key": "mode", "from": "key_value", "name": "mode"}],
    "roles": [{"role": "agent", "when": {"fact": "mode", "exists": true}}],
    "states": [{"state": "offline", "title": {"en": "Offline", "ja": "オフライン"},
                "when": {"fact": "mode", "eq": "driver-offline"}}])")};
  bundle::Index index;
  index.host.platform = "linux";
  const Analysis analysis = Analyze(index, content.content(), manifests, {});
  EXPECT_EQ(analysis.row.verdict.state, "offline");
  EXPECT_EQ(analysis.row.verdict.evidence.at(0).text, "mode: driver-offline");
  EXPECT_EQ(analysis.row.roles, std::vector<std::string>{"agent"});
  EXPECT_EQ(Analyze(index, content.content(), manifests, {"relay"}).row.roles,
            std::vector<std::string>{"relay"});

  const base::Json json = FactsJson(analysis.facts);
  const base::Json* mode = json.Find("facts")->Find("mode");
  ASSERT_NE(mode, nullptr);
  EXPECT_EQ(mode->StringOr("value", ""), "driver-offline");
  EXPECT_EQ(mode->StringOr("class", ""), "state");
  EXPECT_EQ(mode->IntegerOr("line", 0), 1);
}

}  // namespace
}  // namespace casepack::analysis

#include "collector/analysis/analyze.h"

#include <algorithm>

#include "collector/manifest/builtin.h"
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

// Their conclusions and facts; of the items nothing is needed here, so no kind is known.
std::vector<manifest::Manifest> BuiltinManifests() {
  std::vector<manifest::Manifest> manifests;
  for (const manifest::BuiltinFile& file : manifest::BuiltinFiles())
    manifests.push_back(manifest::Parse(file.name, file.text, {}).manifest);
  return manifests;
}

std::string StateOf(const Analysis& analysis, const std::string& id) {
  const auto& rows = analysis.row.findings;
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.id == id; });
  return row == rows.end() ? "none" : row->state;
}

// As reg.exe answers; no host with Windows was seen, so nothing is more than likely.
TEST(Analyze, AWindowsHostThatWaitsForAReboot) {
  bundle::Index index;
  index.host.platform = "windows";
  tests::MemoryContent content;
  content.Add("win.dsa_components", "component_info.txt", "Component.AM.mode: not-installed\n");
  content.Add("win.reboot_servicing", "reg.txt", "");
  for (const int exit : {0, 1}) {
    content.items[1].exit = exit;
    const Analysis analysis = Analyze(index, content.content(), BuiltinManifests(), {"agent"});
    EXPECT_EQ(StateOf(analysis, "cause.reboot_pending"), exit == 0 ? "likely" : "unknown");
    EXPECT_EQ(StateOf(analysis, "cause.ksp_missing"), "not_applicable");
  }
}

}  // namespace
}  // namespace casepack::analysis

#include <gtest/gtest.h>

#include "collector/manifest/parse.h"
#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

// A manifest of that id with these items, one a line from line 2.
Parsed Make(const std::string& id, const Lines& items) {
  std::string text = R"({"casepack_manifest": 1, "title": {"en": "X", "ja": "X"}, "id": ")" + id +
                     R"(", "items": [)";
  for (size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "\n" : ",\n") + std::string(R"({"id": ")") + items[i] +
            R"(", "title": {"en": "X", "ja": "X"}, "kind": "host_facts"})";
  }
  Parsed parsed = Parse("", text + "]}", FakeKinds());
  EXPECT_EQ(LinesOf(parsed.problems), Lines{});
  return parsed;
}

struct Case {
  std::vector<Parsed> manifests;
  Lines problems;
};

TEST(CheckTogether, TellsIdsThatComeTwice) {
  const Case cases[] = {
      {{}, {}},
      {{Make("a", {"a.x"}), Make("b", {"b.x"})}, {}},
      {{Make("a", {"a.x", "a.y"}), Make("b", {"b.x", "a.y"})},
       {"f1 3:8 manifest.item_id.elsewhere id=a.y other=f0"}},
      {{Make("a", {"a.x"}), Make("b", {"b.x"}), Make("a", {"b.x"})},
       {"f2 1:65 manifest.id.elsewhere id=a other=f0",
        "f2 2:8 manifest.item_id.elsewhere id=b.x other=f1"}},
      // Its items were taken over by the other one.
      {{Make("a", {}), Make("a", {"a.x"})}, {}},
  };
  const Lines names = {"f0", "f1", "f2"};
  for (const Case& c : cases) {
    Lines lines;
    for (const Problem& problem :
         CheckTogether(c.manifests, std::span(names).first(c.manifests.size()))) {
      lines.push_back(problem.file + " " + LineOf(problem, Args::kShow));
    }
    EXPECT_EQ(lines, c.problems);
  }
}

TEST(CheckTogether, BrokenManifestsAreNotTwins) {
  // Neither has an id that could be the same.
  const auto broken = [](std::string_view item_id) {
    return Parse("", R"({"items": [{"id": ")" + std::string(item_id) + R"("}, {}]})", FakeKinds());
  };
  const Parsed manifests[] = {broken("a.x"), broken("b.x")};
  ASSERT_EQ(manifests[0].manifest.items.size(), 1U);
  const std::string names[] = {"f0", "f1"};
  EXPECT_TRUE(CheckTogether(manifests, names).empty());
}

}  // namespace
}  // namespace casepack::manifest

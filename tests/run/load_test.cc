#include "collector/run/load.h"

#include <gtest/gtest.h>

#include <set>

#include "collector/kinds/registry.h"
#include "collector/report/words.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

std::string OneItem(const std::string& id, const std::string& title) {
  return R"({"casepack_manifest": 1, "id": "mine", "title": {"en": "m", "ja": "m"}, "items": [{"id": ")" +
         id + R"(", "title": {"en": ")" + title +
         R"(", "ja": "x"}, "kind": "file", "with": {"paths": ["/etc/x"]}}]})";
}

size_t CountOf(const Loaded& loaded, const std::string& id) {
  size_t count = 0;
  for (const auto& manifest : loaded.manifests) {
    for (const auto& item : manifest.items)
      count += item.id == id ? 1 : 0;
  }
  return count;
}

TEST(Load, TheBuiltInManifestsAreGood) {
  const auto loaded = LoadManifests({});
  ASSERT_TRUE(loaded);
  for (const auto& problem : loaded->problems) {
    ADD_FAILURE() << problem.file << ":" << problem.place.line << ":" << problem.place.column << " "
                  << report::Words().Render(report::Language::kEnglish, problem.message);
  }
  EXPECT_GE(loaded->manifests.size(), 2U);
  EXPECT_EQ(loaded->sha256.size(), 64U);
}

TEST(Load, TheUsersItemTakesThePlaceOfABuiltInOne) {
  const auto builtin = LoadManifests({});
  ASSERT_TRUE(builtin);
  const std::string id = builtin->manifests.front().items.front().id;
  const tests::TempTree tree;
  const auto loaded = LoadManifests({tree.Write("m.json", OneItem(id, "my own"))});
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->problems.empty());
  EXPECT_EQ(CountOf(*loaded, id), 1U);
  EXPECT_EQ(loaded->manifests.back().items.back().title.en, "my own");
  EXPECT_NE(loaded->sha256, builtin->sha256);
}

TEST(Load, TellsAllProblemsOfTheUsersFiles) {
  const tests::TempTree tree;
  const std::string one = tree.Write("one.json", "{");
  const std::string two =
      tree.Write("two.json", R"({"casepack_manifest": 1, "id": "two", "titel": 1})");
  const auto loaded = LoadManifests({one, two});
  ASSERT_TRUE(loaded);
  std::set<std::string> files;
  for (const auto& problem : loaded->problems)
    files.insert(problem.file);
  EXPECT_EQ(files, (std::set<std::string>{one, two}));
  EXPECT_EQ(LoadManifests({tree.Path("none")}).error().code(), base::Code::kMissing);
}

// The catalogue has "kind.<name>" and "field.<kind>.<field>" for the reference.
TEST(Load, EveryKindAndFieldHasItsWordsAndNoWordsAreLeftOver) {
  std::set<std::string> expected;
  for (const kinds::Kind* kind : kinds::All()) {
    expected.insert("kind." + std::string(kind->name));
    for (const auto& field : kind->fields)
      expected.insert("field." + std::string(kind->name) + "." + std::string(field.name));
  }
  std::set<std::string> found;
  for (const std::string& key : report::Words().Keys(report::Language::kEnglish)) {
    if (key.rfind("kind.", 0) == 0 || key.rfind("field.", 0) == 0) found.insert(key);
  }
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace casepack::run

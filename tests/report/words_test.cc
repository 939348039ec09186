#include "collector/report/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace casepack::report {
namespace {

using Names = std::set<std::string>;

// String literals in the sources that have the shape of a catalogue key.
Names KeysInSources() {
  static const std::regex kKey(
      R"re("((?:analysis|base|archive|os|manifest|bundle|kinds|report|run|cli|summary|outcome|conclusions|differences|fleet|help)(?:\.[a-z0-9_-]+)+)")re");
  Names keys;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(CASEPACK_SOURCE_DIR "/collector")) {
    const auto extension = entry.path().extension();
    if (extension != ".cc" && extension != ".h") continue;
    std::ifstream in(entry.path());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (std::sregex_iterator it(text.begin(), text.end(), kKey), end; it != end; ++it)
      keys.insert((*it)[1]);
  }
  return keys;
}

// Made from a table: tests/cli/flags_test.cc, tests/run/load_test.cc and
// tests/report/conclusions_test.cc look after them.
bool IsFromTable(const std::string& key) {
  static const std::regex kTable(R"((flag|command|kind|field|state)\..*)");
  return std::regex_match(key, kTable);
}

Names PlacesIn(const std::string& text) {
  static const std::regex kPlace(R"(\{([a-z_]+)\})");
  Names places;
  for (std::sregex_iterator it(text.begin(), text.end(), kPlace), end; it != end; ++it)
    places.insert((*it)[1]);
  return places;
}

TEST(Words, BothLanguagesHaveTheSameKeysAndPlaces) {
  const Words words;
  const auto english = words.Keys(Language::kEnglish);
  ASSERT_GT(english.size(), 50U);
  EXPECT_EQ(english, words.Keys(Language::kJapanese));
  for (const std::string& key : english) {
    const std::string en = words.Text(Language::kEnglish, key);
    const std::string ja = words.Text(Language::kJapanese, key);
    EXPECT_FALSE(en.empty()) << key;
    EXPECT_FALSE(ja.empty()) << key;
    EXPECT_EQ(PlacesIn(en), PlacesIn(ja)) << key;
  }
}

TEST(Words, EveryKeyInTheSourcesIsInTheCatalogue) {
  const Words words;
  const Names used = KeysInSources();
  ASSERT_GT(used.size(), 50U);
  for (const std::string& key : used)
    EXPECT_TRUE(words.Has(key)) << key;
}

TEST(Words, EveryKeyInTheCatalogueIsUsed) {
  const Names used = KeysInSources();
  const std::string hint = ".hint";
  for (std::string key : Words().Keys(Language::kEnglish)) {
    if (IsFromTable(key)) continue;
    const std::string whole = key;
    if (key.size() > hint.size() && key.substr(key.size() - hint.size()) == hint)
      key.resize(key.size() - hint.size());
    EXPECT_TRUE(used.count(key) > 0) << whole;
  }
}

TEST(Words, FillsPlacesOnce) {
  const Words words;
  // A value that looks like a place stays what it is: it may come from a hostile host.
  EXPECT_EQ(words.Render(Language::kEnglish, {"os.user_file.missing", {{"path", "{path}"}}}),
            "{path}: no such file");
  EXPECT_EQ(words.Render(Language::kJapanese, {"os.user_file.missing", {{"path", "/etc/x"}}}),
            "/etc/x: ファイルがありません");
  EXPECT_EQ(words.Render(Language::kEnglish, {"os.user_file.missing", {}}), "{path}: no such file");
  EXPECT_EQ(words.Render(Language::kEnglish, {"from.the.future", {{"n", "3"}}}),
            "from.the.future n=3");
  EXPECT_EQ(words.Render(Language::kEnglish, {}), "");
}

TEST(Words, ReadsALocale) {
  const std::pair<const char*, std::optional<Language>> cases[] = {
      {"ja", Language::kJapanese},
      {"ja_JP.UTF-8", Language::kJapanese},
      {"ja_JP.eucJP", Language::kJapanese},
      {"en_GB.UTF-8", Language::kEnglish},
      {"C", Language::kEnglish},
      {"C.UTF-8", Language::kEnglish},
      {"POSIX", Language::kEnglish},
      {"jav", std::nullopt},
      {"de_DE", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& [locale, language] : cases)
    EXPECT_EQ(LanguageOf(locale), language) << locale;
}

TEST(Words, ReadsATextOfANewerBundleAsItStands) {
  const Words words;
  const bundle::Text newer{{"os.of.tomorrow", {}}, "english", "日本語"};
  EXPECT_EQ(words.Read(Language::kEnglish, newer), "english");
  EXPECT_EQ(words.Read(Language::kJapanese, newer), "日本語");
  const bundle::Text known{{"run.interrupted", {}}, "old words", "古い言葉"};
  EXPECT_EQ(words.Read(Language::kEnglish, known),
            words.Text(Language::kEnglish, "run.interrupted"));
}

}  // namespace
}  // namespace casepack::report

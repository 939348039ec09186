#include "collector/cli/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace casepack::cli {
namespace {

using report::Language;

Invocation Collect(std::vector<std::string> words) {
  words.insert(words.begin(), "collect");
  return Parse(words).value();
}

TEST(Settings, LanguageByFlagThenLocale) {
  struct Case {
    const char* lc_all;
    const char* lang;
    std::vector<std::string> words;
    Language language;
  };
  const Case cases[] = {
      {"", "ja_JP.UTF-8", {}, Language::kJapanese},
      {"C", "ja_JP.UTF-8", {}, Language::kEnglish},
      {"", "de_DE.UTF-8", {}, Language::kEnglish},
      {"", "", {}, Language::kEnglish},
      {"", "ja_JP", {"--lang", "en"}, Language::kEnglish},
      {"C", "C", {"--lang", "ja"}, Language::kJapanese},
  };
  for (const Case& c : cases) {
    setenv("LC_ALL", c.lc_all, 1);
    unsetenv("LC_MESSAGES");
    setenv("LANG", c.lang, 1);
    EXPECT_EQ(ChooseLanguage(Collect(c.words)).value(), c.language) << c.lc_all << " " << c.lang;
  }
  unsetenv("LC_ALL");
  EXPECT_EQ(ChooseLanguage(Collect({"--lang", "fr"})).error().message().key, "cli.bad_language");
}

TEST(Settings, ReadsSizesAndTimes) {
  const auto options = CollectOptionsOf(Collect(
      {"--timeout", "90s", "--max-size", "50M", "--jobs", "3", "--format", "zip", "--yes"}));
  ASSERT_TRUE(options);
  EXPECT_EQ(options->timeout, std::chrono::seconds(90));
  EXPECT_EQ(options->max_size, 50U << 20U);
  EXPECT_EQ(options->jobs, 3U);
  EXPECT_EQ(options->format, bundle::Format::kZip);
  EXPECT_EQ(options->selection.consent, run::Ask::kAlreadyYes);
}

TEST(Settings, RefusesWhatIsNone) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--timeout", "soon"}, "cli.bad_duration"}, {{"--timeout", "0"}, "cli.bad_duration"},
      {{"--max-size", "-1"}, "cli.bad_size"},      {{"--max-size", "1K"}, "cli.bad_size"},
      {{"--jobs", "0"}, "cli.bad_jobs"},           {{"--jobs", "2x"}, "cli.bad_jobs"},
      {{"--jobs", "65"}, "cli.bad_jobs"},          {{"--format", "rar"}, "cli.bad_format"},
  };
  for (const auto& [words, key] : cases) {
    const auto options = CollectOptionsOf(Collect(words));
    ASSERT_FALSE(options) << words[1];
    EXPECT_EQ(options.error().message().key, key) << words[1];
  }
}

TEST(Settings, SourceDateEpochSetsTheTime) {
  setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  EXPECT_EQ(base::FormatUtc(CollectOptionsOf(Collect({}))->created.value()),
            "2023-11-14T22:13:20Z");
  EXPECT_EQ(CollectOptionsOf(Collect({}))->incident.now, CollectOptionsOf(Collect({}))->created);
  for (const char* wrong : {"yesterday", "-5", "99999999999999", ""}) {
    setenv("SOURCE_DATE_EPOCH", wrong, 1);
    EXPECT_EQ(CollectOptionsOf(Collect({}))->created, std::nullopt) << wrong;
  }
  unsetenv("SOURCE_DATE_EPOCH");
  EXPECT_EQ(CollectOptionsOf(Collect({}))->created, std::nullopt);
}

}  // namespace
}  // namespace casepack::cli

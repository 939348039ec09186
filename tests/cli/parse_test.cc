#include "collector/cli/parse.h"

#include <gtest/gtest.h>

namespace casepack::cli {
namespace {

using Words = std::vector<std::string>;

TEST(Parse, UnderstandsWhatPeopleType) {
  const auto long_form =
      Parse({"collect", "--output", "x.zip", "--only=a.b", "--only", "c.d", "--yes", "--jobs=3"});
  ASSERT_TRUE(long_form);
  EXPECT_EQ(long_form->command, "collect");
  EXPECT_EQ(long_form->Value("output"), "x.zip");
  EXPECT_EQ(long_form->Values("only"), (Words{"a.b", "c.d"}));
  EXPECT_TRUE(long_form->Has("yes"));
  EXPECT_FALSE(long_form->Has("json"));
  EXPECT_EQ(long_form->Value("timeout"), std::nullopt);

  const auto dash = Parse({"collect", "-o", "-", "-y"});
  ASSERT_TRUE(dash);
  EXPECT_EQ(dash->Value("output"), "-");

  const auto show = Parse({"show", "b.tar.gz", "--lang", "ja", "index.json"});
  ASSERT_TRUE(show);
  EXPECT_EQ(show->arguments, (Words{"b.tar.gz", "index.json"}));
}

TEST(Parse, RefusesAnEmptyValue) {
  for (const Words& words : {Words{"collect", "--error-time", ""}, Words{"collect", "--time-zone="},
                             Words{"collect", "-o", ""}}) {
    const auto got = Parse(words);
    ASSERT_FALSE(got) << words[1];
    EXPECT_EQ(got.error().message().key, "cli.empty_value") << words[1];
  }
}

TEST(Parse, ReadsTheUsualShortcuts) {
  EXPECT_EQ(Parse({})->command, "help");
  EXPECT_EQ(Parse({"--help"})->command, "help");
  EXPECT_EQ(Parse({"-h"})->command, "help");
  EXPECT_EQ(Parse({"--version"})->command, "version");
  const auto help = Parse({"show", "--help"});  // no bundle needed to ask for help
  ASSERT_TRUE(help);
  EXPECT_TRUE(help->Has("help"));
}

TEST(Parse, NamesTheWrongWordAndTheNearestRightOne) {
  struct Case {
    Words words;
    const char* key;
    const char* word;
    const char* nearest;
  };
  const Case cases[] = {
      {{"colect"}, "cli.unknown_command", "colect", "collect"},
      {{"xyzzy"}, "cli.unknown_command", "xyzzy", ""},
      {{"collect", "--outptu", "x"}, "cli.unknown_flag", "--outptu", "--output"},
      {{"collect", "--timeot=5m"}, "cli.unknown_flag", "--timeot", "--timeout"},
      {{"show", "b", "--output", "x"}, "cli.unknown_flag", "--output", ""},
      {{"collect", "stray"}, "cli.too_many", "stray", nullptr},
      {{"show"}, "cli.too_few", nullptr, nullptr},
      {{"show", "a", "b", "c"}, "cli.too_many", "c", nullptr},
      {{"collect", "--output"}, "cli.needs_value", nullptr, nullptr},
      {{"collect", "--yes=5x"}, nullptr, nullptr, nullptr},
      {{"collect", "-o", "a", "-o", "b"}, "cli.twice", nullptr, nullptr},
      {{""}, "cli.unknown_command", "", ""},
  };
  for (const Case& c : cases) {
    const auto parsed = Parse(c.words);
    ASSERT_FALSE(parsed) << c.words.back();
    const base::Message message = parsed.error().message();
    if (c.key != nullptr) {
      EXPECT_EQ(message.key, c.key) << c.words.back();
    }
    for (const auto& [name, value] : message.args) {
      const char* expected = name == "word" ? c.word : name == "nearest" ? c.nearest : nullptr;
      if (expected == nullptr) continue;
      EXPECT_EQ(value, expected);
    }
  }
}

}  // namespace
}  // namespace casepack::cli

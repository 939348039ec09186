#include "collector/cli/flags.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "collector/report/words.h"

namespace casepack::cli {
namespace {

TEST(Flags, EveryRowHasItsWordsAndNoWordsAreLeftOver) {
  const report::Words words;
  std::set<std::string> expected;
  for (const Flag& flag : Flags())
    expected.insert("flag." + std::string(flag.name));
  for (const Command& command : Commands())
    expected.insert("command." + std::string(command.name));
  std::set<std::string> found;
  for (const std::string& key : words.Keys(report::Language::kEnglish)) {
    if (key.rfind("flag.", 0) == 0 || key.rfind("command.", 0) == 0) found.insert(key);
  }
  EXPECT_EQ(found, expected);
}

TEST(Flags, NameKnownCommandsOnly) {
  for (const Flag& flag : Flags()) {
    std::string rest(flag.commands);
    size_t applies = 0;
    for (const Command& command : Commands())
      applies += Applies(flag, command.name) ? 1 : 0;
    const auto blanks = static_cast<size_t>(std::count(rest.begin(), rest.end(), ' '));
    EXPECT_EQ(applies, blanks + 1) << flag.name;
    EXPECT_EQ(flag.arity == Arity::kSwitch, flag.value.empty()) << flag.name;
  }
}

TEST(Flags, AreUniqueWithinACommand) {
  for (const Command& command : Commands()) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const Flag& flag : Flags()) {
      if (!Applies(flag, command.name)) continue;
      EXPECT_TRUE(names.insert(flag.name).second) << flag.name;
      if (flag.letter == 0) continue;
      EXPECT_TRUE(letters.insert(flag.letter).second) << flag.letter;
    }
  }
}

TEST(Flags, ApplyByWholeWords) {
  const Flag flag{"x", 0, "", Arity::kSwitch, "collect plan"};
  EXPECT_TRUE(Applies(flag, "collect"));
  EXPECT_TRUE(Applies(flag, "plan"));
  EXPECT_FALSE(Applies(flag, "pla"));
  EXPECT_FALSE(Applies(flag, "lan"));
  EXPECT_FALSE(Applies(flag, ""));
}

}  // namespace
}  // namespace casepack::cli

#include "collector/cli/help.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "collector/base/utf8.h"

namespace casepack::cli {
namespace {

using report::Language;

TEST(Help, NamesEveryCommandAndFlag) {
  const report::Words words;
  for (const Language language : {Language::kEnglish, Language::kJapanese}) {
    const std::string overview = Overview(words, language);
    const std::string man = ManPage(words, language);
    for (const Command& command : Commands()) {
      EXPECT_NE(overview.find("casepack " + std::string(command.name)), std::string::npos);
      EXPECT_NE(man.find("casepack " + std::string(command.name)), std::string::npos);
      const std::string help = CommandHelp(command, words, language);
      for (const Flag& flag : Flags()) {
        const std::string spelled = "--" + std::string(flag.name);
        const bool named = help.find(spelled + " ") != std::string::npos ||
                           help.find(spelled + "[=") != std::string::npos;
        // A name may stand in several rows: a switch here, with a value there.
        const bool applies = std::any_of(Flags().begin(), Flags().end(), [&](const Flag& other) {
          return other.name == flag.name && Applies(other, command.name);
        });
        EXPECT_EQ(named, applies) << command.name << " " << flag.name;
      }
      EXPECT_EQ(help.find("flag."), std::string::npos) << help;
    }
  }
}

TEST(Help, TextsBeginInOneColumn) {
  const report::Words words;
  const std::string help = CommandHelp(Commands()[0], words, Language::kJapanese);
  const std::string text = words.Text(Language::kJapanese, "flag.yes");
  const size_t at = help.find(text);
  ASSERT_NE(at, std::string::npos);
  const size_t line = help.rfind('\n', at) + 1;
  EXPECT_EQ(base::DisplayWidth(help.substr(line, at - line)), 34U);
}

TEST(Help, TheManPageIsRoff) {
  const report::Words words;
  const std::string man = ManPage(words, Language::kEnglish);
  EXPECT_EQ(man.rfind(".TH CASEPACK 1", 0), 0U);
  for (const char* section :
       {".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n", ".SH \"EXIT STATUS\"\n"}) {
    EXPECT_NE(man.find(section), std::string::npos) << section;
  }
  EXPECT_NE(man.find("\\fB\\-o, \\-\\-output FILE|\\-\\fR"), std::string::npos);
}

TEST(Help, CompletionsAreAShellScriptThatKnowsTheFlags) {
  const std::string script = BashCompletions();
  const std::string path = testing::TempDir() + "casepack-completions.bash";
  std::ofstream(path) << script << "COMP_WORDS=(casepack collect --out)\nCOMP_CWORD=2\n_casepack\n"
                      << "[ \"${COMPREPLY[*]}\" = --output ] || exit 3\n"
                      << "COMP_WORDS=(casepack ver)\nCOMP_CWORD=1\n_casepack\n"
                      << "[ \"${COMPREPLY[*]}\" = 'verify version' ] || exit 4\n";
  EXPECT_EQ(std::system(("bash " + path).c_str()), 0) << script;
  std::remove(path.c_str());
}

}  // namespace
}  // namespace casepack::cli

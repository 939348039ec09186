// Help texts, the man page and shell completions, made from the flag table and the
// catalogue. Pure.
#pragma once

#include <string>

#include "collector/cli/flags.h"
#include "collector/report/words.h"

namespace casepack::cli {

std::string Overview(const report::Words& words, report::Language language);
std::string CommandHelp(const Command& command, const report::Words& words,
                        report::Language language);
// man(7), section 1.
std::string ManPage(const report::Words& words, report::Language language);
// For `source <(casepack help --completions)`.
std::string BashCompletions();

}  // namespace casepack::cli

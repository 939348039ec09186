// What the analysis found, as text for people: the verdict in a few lines, and the whole
// checklist with its evidence. Made from the index alone. Pure.
#pragma once

#include <string>

#include "collector/bundle/index.h"
#include "collector/report/words.h"

namespace casepack::report {

// For the terminal, after a run: the headline with its evidence, the strongest cause and
// what to do, the rows that are problems, and what could not be known.
std::string VerdictText(const bundle::AnalysisRow& analysis, const Words& words, Language language);

// For SUMMARY.txt: the same, and every row of the checklist and every cause.
std::string ConclusionsText(const bundle::AnalysisRow& analysis, const Words& words,
                            Language language);

}  // namespace casepack::report

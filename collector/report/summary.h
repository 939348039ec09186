// SUMMARY.txt: the one page for people, made from the index alone, so that `show` makes
// it anew in the reader's language. Pure.
#pragma once

#include <string>

#include "collector/bundle/index.h"
#include "collector/report/words.h"

namespace casepack::report {

// Nothing in it differs between two runs over the same host at the same `created`: what
// the run cost is CostLine's.
std::string Summary(const bundle::Index& index, const Words& words, Language language);

// The same for the person who has just run it: the verdict, and what could not be had.
std::string Brief(const bundle::Index& index, const Words& words, Language language);

// "took 4.2 s, 1.1 s of CPU, 22 MiB of memory; read 31 MiB"
std::string CostLine(const bundle::ResourcesRow& used, const Words& words, Language language);

// "ok", "partial" ... as a word for people.
std::string OutcomeWord(bundle::Outcome outcome, const Words& words, Language language);

}  // namespace casepack::report

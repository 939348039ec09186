// Does a condition hold, as far as is known? Pure.
#pragma once

#include "collector/analysis/known.h"
#include "collector/analysis/truth.h"
#include "collector/manifest/condition.h"

namespace casepack::analysis {

Judgement Evaluate(const manifest::Condition& condition, const Known& known);

}  // namespace casepack::analysis

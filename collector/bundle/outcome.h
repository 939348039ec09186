// How an item ended, from what its kind said and what it brought. Pure, any thread.
#pragma once

#include "collector/base/result.h"
#include "collector/bundle/index.h"

namespace casepack::bundle {

// The row's members and notes are final.
Outcome OutcomeOf(const base::Status& status, const ItemRow& row);
base::Message ReasonOf(const base::Status& status, const ItemRow& row);

}  // namespace casepack::bundle

// How many agents of how many the manager says have their anti-malware engine offline: for
// the bundle, and for `casepack dsm`. Not yet redacted. Any thread.
#pragma once

#include <functional>
#include <string_view>

#include "collector/base/json.h"
#include "collector/base/result.h"
#include "collector/kinds/dsm_api_host.h"
#include "collector/kinds/kind.h"

namespace casepack::kinds {

struct DsmAnswer {
  // manifests/README.md, "The manager's counts": `counts` where all computers were seen,
  // `counts_so_far` where not.
  base::Json document;
  base::Status status;  // why not
};

// Called for each computer, in the order of their IDs. A failure ends it.
using EachDsmHost = std::function<base::Status(const DsmHost&)>;

// What is wrong with url, key_file, ca, pin or proxy: kInvalid, kMissing, kDenied, kRefused.
base::Status CheckDsm(const manifest::Options& options);

// Asks the manager. kUnsupported for another root.
DsmAnswer AskDsm(const Context& context, const EachDsmHost& each);

// An answer of the API that was saved: {"computers": [...]}, or the list alone.
DsmAnswer ReadDsm(const Context& context, std::string_view saved, const EachDsmHost& each);

}  // namespace casepack::kinds

// From what was typed to what it means: the flags that several commands share.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "collector/base/result.h"
#include "collector/cli/console.h"
#include "collector/cli/parse.h"
#include "collector/os/host.h"
#include "collector/run/collect.h"
#include "collector/run/load.h"
#include "collector/run/plan.h"

namespace casepack::cli {

// --lang, else LC_ALL, LC_MESSAGES or LANG, else English. kInvalid for a --lang that we
// do not speak.
base::Result<report::Language> ChooseLanguage(const Invocation& invocation);

base::Result<std::shared_ptr<const os::Host>> HostOf(const Invocation& invocation);
run::Selection SelectionOf(const Invocation& invocation);
base::Result<run::CollectOptions> CollectOptionsOf(const Invocation& invocation);

// Reports what is wrong with manifests, each problem with its place; nullopt then.
std::optional<run::Loaded> LoadOrReport(const Invocation& invocation, Console& console);
void ReportProblems(const std::vector<manifest::Problem>& problems, Console& console);

}  // namespace casepack::cli

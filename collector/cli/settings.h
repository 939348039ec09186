// From what was typed to what it means: the flags that several commands share.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "collector/base/result.h"
#include "collector/cli/console.h"
#include "collector/cli/parse.h"
#include "collector/os/host.h"
#include "collector/os/output.h"
#include "collector/run/collect.h"
#include "collector/run/load.h"
#include "collector/run/plan.h"
#include "collector/run/probe_names.h"
#include "redaction/engine.h"

namespace casepack::cli {

// --lang, else LC_ALL, LC_MESSAGES or LANG, else English. kInvalid for a --lang that we
// do not speak.
base::Result<report::Language> ChooseLanguage(const Invocation& invocation);

base::Result<std::shared_ptr<const os::Host>> HostOf(const Invocation& invocation);
base::Result<run::Selection> SelectionOf(const Invocation& invocation);
base::Result<run::CollectOptions> CollectOptionsOf(const Invocation& invocation);

// Tells what an engine renamed, for --map. Any thread; the engine may outlive it.
class PseudonymMap;

struct Redaction {
  redaction::EnginePtr engine;
  std::shared_ptr<PseudonymMap> map;  // with --map
  std::shared_ptr<os::AtomicFile> map_file;
};
// --rules, --pseudonymize, --key-file, --map; reports what is wrong and returns nullopt.
// `host` (may be null) tells the names that are known.
std::optional<Redaction> RedactionOrReport(const Invocation& invocation, const os::Host* host,
                                           Console& console);
// Writes the map's file, if one is asked for.
base::Status WriteMap(const Redaction& redaction);

// --manager, --relay, --agent, --proxy. kInvalid for a host or a proxy that is none.
base::Result<run::ProbeNames> ProbeNamesOf(const Invocation& invocation);

// With the names of ProbeNamesOf. Reports what is wrong with manifests, each problem with its
// place; nullopt then.
std::optional<run::Loaded> LoadOrReport(const Invocation& invocation, Console& console);
// --events: false when a file cannot be read or nothing takes it, which was reported.
bool GiveEventsOrReport(const Invocation& invocation, run::Loaded& loaded, Console& console);
enum class Severity { kError, kWarning };
void ReportProblems(const std::vector<manifest::Problem>& problems, Console& console,
                    Severity severity = Severity::kError);

}  // namespace casepack::cli

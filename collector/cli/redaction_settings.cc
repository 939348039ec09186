#include "collector/cli/pseudonym_map.h"
#include "collector/cli/settings.h"
#include "collector/os/output.h"
#include "collector/run/redaction.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

base::Result<redaction::EngineOptions> OptionsOf(const Invocation& invocation,
                                                 const os::Host* host) {
  redaction::EngineOptions options;
  const auto classes = invocation.Value("pseudonymize");
  for (const char* flag : {"key-file", "map"}) {
    if (!classes && invocation.Has(flag)) {
      return Status(Code::kInvalid,
                    {"cli.needs_pseudonymize", {{"flag", std::string("--") + flag}}});
    }
  }
  if (!classes) return options;
  ASSIGN_OR_RETURN(options.pseudonymize, run::ParseClasses(*classes));
  const auto key = invocation.Value("key-file");
  ASSIGN_OR_RETURN(options.key, key ? run::ReadKey(*key) : run::RandomKey());
  if (host != nullptr) options.known = run::KnownNamesOf(*host);
  return options;
}

}  // namespace

std::optional<Redaction> RedactionOrReport(const Invocation& invocation, const os::Host* host,
                                           Console& console) {
  const auto rules = run::LoadRules(invocation.Values("rules"));
  if (!rules) {
    console.Error(rules.error().message());
    return std::nullopt;
  }
  ReportProblems(rules->errors, console);
  if (!rules->errors.empty()) return std::nullopt;
  auto options = OptionsOf(invocation, host);
  if (!options) {
    console.Error(options.error().message());
    return std::nullopt;
  }
  Redaction redaction;
  if (invocation.Has("map")) {
    // Known to be writable before anything is gathered.
    auto file = os::AtomicFile::Create(*invocation.Value("map"));
    if (!file) {
      console.Error(file.error().message());
      return std::nullopt;
    }
    redaction.map_file = std::make_shared<os::AtomicFile>(std::move(*file));
    redaction.map = std::make_shared<PseudonymMap>();
    options->observer = [map = redaction.map](redaction::Identifier kind, std::string_view original,
                                              std::string_view pseudonym) {
      map->Add(kind, original, pseudonym);
    };
  }
  redaction.engine = std::make_shared<redaction::Engine>(rules->rules, std::move(*options));
  return redaction;
}

base::Status WriteMap(const Redaction& redaction) {
  if (redaction.map == nullptr) return {};
  RETURN_IF_ERROR(redaction.map_file->Write(redaction.map->Text()));
  return redaction.map_file->Commit();
}

}  // namespace casepack::cli

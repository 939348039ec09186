// Any bytes as a rule file: each rule is judged at its place; those without a problem are
// compiled and redact the file that they came in. What they find there does not depend on
// how it was cut.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/manifest/rule_parse.h"
#include "redaction/rule_check.h"
#include "redaction/ruleset.h"
#include "redaction/stream.h"

namespace {

using namespace casepack;  // NOLINT(google-build-using-namespace): one function in a program
using redaction::EnginePtr;

constexpr size_t kMostText = 4096;  // of the file, redacted by rules that may be slow

void Check(bool holds) {
  if (!holds) std::abort();
}

std::string Redact(const EnginePtr& engine, std::string_view text, size_t block) {
  std::string out;
  redaction::Stream stream(engine, [&out](std::string_view part) { out.append(part); });
  for (size_t i = 0; i < text.size(); i += block)
    stream.Feed(text.substr(i, block));
  stream.Finish();
  return out;
}

void CheckProblems(const manifest::ParsedRules& parsed, const redaction::Ruleset& rules,
                   const std::vector<redaction::RuleProblem>& problems) {
  for (const redaction::RuleProblem& problem : problems) {
    Check(problem.rule < parsed.rules.size() && problem.rule < parsed.sources.size());
    const manifest::Problem told =
        manifest::LocateProblem("f", parsed.sources[problem.rule], problem);
    Check(told.place.line >= 1 && told.place.column >= 1 && !told.message.key.empty());
  }
  for (size_t i = 0; i < rules.rules().size(); ++i) {
    if (!rules.usable(i)) Check(!problems.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const manifest::ParsedRules parsed = manifest::ParseRules("f", text);
  for (const manifest::Problem& problem : parsed.problems)
    Check(problem.place.line >= 1 && problem.place.column >= 1 && !problem.message.key.empty());
  Check(parsed.rules.size() == parsed.sources.size());
  if (parsed.rules.empty()) return 0;

  std::vector<redaction::RuleProblem> problems;
  const auto rules =
      redaction::Ruleset::Compile(parsed.rules, redaction::CompileRules::kNow, &problems);
  CheckProblems(parsed, *rules, problems);
  redaction::CheckExamples(*rules);

  const auto engine = std::make_shared<const redaction::Engine>(rules);
  const std::string_view some = text.substr(0, kMostText);
  const std::string whole = Redact(engine, some, some.size());
  Check(Redact(engine, some, 7) == whole);
  return 0;
}

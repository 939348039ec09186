#include "collector/manifest/evidence_parse.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collector/manifest/item_parse.h"
#include "collector/manifest/members.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

// A shorter one is found in any log.
constexpr size_t kShortest = 6;

std::vector<std::string> ReadTexts(const base::Json& value, size_t shortest,
                                   ProblemList& problems) {
  auto texts = ReadTextList(value, Empty::kRefused, problems).value_or(std::vector<std::string>());
  const bool good = std::all_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return text.size() >= shortest && text.find('\n') == std::string::npos;
  });
  if (!good) {
    problems.Add(value.place,
                 {"manifest.evidence.short",
                  {{"found", ShownValue(value)}, {"least", std::to_string(shortest)}}});
  }
  return texts;
}

}  // namespace

Evidence ParseEvidence(const base::Json& value, ProblemList& problems) {
  Evidence evidence;
  Members members(value, problems);
  if (value.object() == nullptr) return evidence;
  if (const base::Json* id = members.Require("id")) {
    evidence.id = ReadId(*id, IdForm::kWithDot, problems).value_or("");
  }
  if (const base::Json* title = members.Require("title")) {
    evidence.title = ParseTitle(*title, problems);
  }
  if (const base::Json* paths = members.Require("paths")) {
    evidence.paths = ReadTexts(*paths, 2, problems);
  }
  if (const base::Json* texts = members.Find("texts")) {
    evidence.texts = ReadTexts(*texts, kShortest, problems);
  }
  if (const base::Json* ids = members.Find("ids")) evidence.ids = ReadTexts(*ids, 1, problems);
  if (const base::Json* anchors = members.Find("anchors")) {
    evidence.anchors = ReadTexts(*anchors, 2, problems);
  }
  if (const base::Json* from = members.Find("from")) {
    evidence.from = ReadTexts(*from, kShortest, problems);
  }
  if (const base::Json* fallback = members.Find("fallback")) {
    evidence.fallback = ReadFlag(*fallback, problems).value_or(false);
  }
  if (const base::Json* verified = members.Find("verified")) {
    evidence.verified = ReadFlag(*verified, problems).value_or(true);
  }
  members.Finish();
  const bool numbers = !evidence.ids.empty() && !evidence.anchors.empty();
  if (evidence.ids.empty() != evidence.anchors.empty() || (evidence.texts.empty() && !numbers)) {
    problems.Add(value.place, {"manifest.evidence.nothing", {}});
  }
  return evidence;
}

}  // namespace casepack::manifest

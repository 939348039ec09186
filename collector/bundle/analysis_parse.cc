#include "collector/bundle/analysis_parse.h"

#include "collector/bundle/fields.h"

namespace casepack::bundle {
namespace {

using base::Json;

WordsRow ReadWords(Fields& fields, const char* name, std::string* wrong) {
  WordsRow words;
  if (const Json* json = fields.Find(name)) {
    Fields of(*json, wrong);
    of.Read("en", &words.en);
    of.Read("ja", &words.ja);
  }
  return words;
}

std::vector<EvidenceRow> ReadEvidence(Fields& fields, std::string* wrong) {
  std::vector<EvidenceRow> rows;
  fields.ReadArray("evidence", [&](const Json& json) {
    EvidenceRow row;
    Fields of(json, wrong);
    of.Read("fact", &row.fact);
    of.Read("value", &row.value);
    of.Read("member", &row.member);
    of.Read("line", &row.line);
    of.Read("text", &row.text);
    rows.push_back(std::move(row));
  });
  return rows;
}

std::vector<std::string> ReadTexts(Fields& fields, const char* name) {
  std::vector<std::string> texts;
  fields.ReadArray(name, [&](const Json& json) {
    if (json.string() == nullptr) return fields.Wrong(name);
    texts.push_back(*json.string());
  });
  return texts;
}

template <typename Row>
Row ReadConclusion(Fields& fields, std::string* wrong) {
  Row row;
  fields.Read("id", &row.id);
  row.title = ReadWords(fields, "title", wrong);
  fields.Read("state", &row.state);
  row.evidence = ReadEvidence(fields, wrong);
  row.missing = ReadTexts(fields, "missing");
  row.remedy = ReadWords(fields, "remedy", wrong);
  return row;
}

}  // namespace

AnalysisRow ReadAnalysis(const Json& index, std::string* wrong) {
  AnalysisRow analysis;
  Fields fields(index, wrong);
  analysis.roles = ReadTexts(fields, "roles");
  if (const Json* json = fields.Find("verdict")) {
    Fields of(*json, wrong);
    of.Read("state", &analysis.verdict.state);
    analysis.verdict.headline = ReadWords(of, "headline", wrong);
    analysis.verdict.evidence = ReadEvidence(of, wrong);
    if (of.Find("since") != nullptr) of.Read("since", &analysis.verdict.since.emplace());
    of.Read("since_from", &analysis.verdict.since_from);
    of.Read("top_finding", &analysis.verdict.top_finding);
    of.Read("top_state", &analysis.verdict.top_state);
  }
  fields.ReadArray("checklist", [&](const Json& json) {
    Fields of(json, wrong);
    CheckRow row = ReadConclusion<CheckRow>(of, wrong);
    row.unknown = ReadWords(of, "unknown", wrong);
    analysis.checklist.push_back(std::move(row));
  });
  fields.ReadArray("findings", [&](const Json& json) {
    Fields of(json, wrong);
    FindingRow row = ReadConclusion<FindingRow>(of, wrong);
    row.settle = ReadWords(of, "settle", wrong);
    of.Read("faq", &row.faq);
    analysis.findings.push_back(std::move(row));
  });
  return analysis;
}

}  // namespace casepack::bundle

#include "collector/report/conclusions.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "collector/base/utf8.h"

namespace casepack::report {
namespace {

using bundle::AnalysisRow;
using bundle::CheckRow;
using bundle::EvidenceRow;
using bundle::FindingRow;
using bundle::WordsRow;

constexpr size_t kStateColumns = 10;
constexpr size_t kEvidenceShown = 3;
constexpr size_t kTextShown = 160;

class Page {
 public:
  Page(const Words& words, Language language) : words_(words), language_(language) {}

  [[nodiscard]] std::string Word(std::string_view key) const { return words_.Text(language_, key); }
  [[nodiscard]] std::string In(const WordsRow& row) const {
    return base::Visible(language_ == Language::kJapanese && !row.ja.empty() ? row.ja : row.en);
  }
  void Line(std::string_view text) { out_.append(text).push_back('\n'); }
  void Labelled(const char* key, const std::string& text) {
    if (!text.empty()) Line(fmt::format("    {}: {}", Word(key), text));
  }

  // "member:7  the line", or the fact and its value where there is no line.
  void Evidence(const std::vector<EvidenceRow>& evidence, size_t most) {
    size_t shown = 0;
    for (const EvidenceRow& row : evidence) {
      if (shown++ == most) break;
      std::string text = row.text.empty() ? fmt::format("{} = {}", row.fact, row.value) : row.text;
      if (text.size() > kTextShown) text = base::CutUtf8(text, kTextShown) + "…";
      std::string place = row.member;
      if (row.line > 0) place += fmt::format(":{}", row.line);
      if (!place.empty()) text += fmt::format("  ({})", place);
      Line(fmt::format("      - {}", base::Visible(text)));
    }
    if (evidence.size() > most)
      Line("        " +
           words_.Render(language_, {"conclusions.more_evidence",
                                     {{"count", fmt::to_string(evidence.size() - most)}}}));
  }

  // What would be needed to know.
  void Missing(const std::vector<std::string>& missing) {
    std::string keys;
    for (const std::string& key : missing)
      keys += (keys.empty() ? "" : ", ") + base::Visible(key);
    Labelled("conclusions.missing", keys);
  }

  [[nodiscard]] std::string State(const std::string& state) const {
    const std::string key = "state." + state;
    return base::FitColumns(words_.Has(key) ? Word(key) : base::Visible(state), kStateColumns);
  }

  std::string Take() { return std::move(out_); }

 private:
  const Words& words_;
  Language language_;
  std::string out_;
};

const FindingRow* Top(const AnalysisRow& analysis) {
  for (const FindingRow& finding : analysis.findings) {
    if (!finding.id.empty() && finding.id == analysis.verdict.top_finding) return &finding;
  }
  return nullptr;
}

void Headline(const AnalysisRow& analysis, Page& page) {
  const std::string headline = page.In(analysis.verdict.headline);
  page.Line(headline.empty() ? page.Word("conclusions.no_headline") : headline);
  if (analysis.verdict.since) {
    page.Labelled(analysis.verdict.since_from == "given" ? "conclusions.since_given"
                                                         : "conclusions.since_found",
                  base::FormatUtc(*analysis.verdict.since));
  }
  page.Evidence(analysis.verdict.evidence, kEvidenceShown);
  const FindingRow* top = Top(analysis);
  if (top == nullptr) {
    page.Line("  " + page.Word("conclusions.no_cause"));
    return;
  }
  page.Line(fmt::format("  {}: {} [{}]", page.Word("conclusions.cause"), page.In(top->title),
                        base::Visible(page.Word("state." + top->state))));
  page.Evidence(top->evidence, kEvidenceShown);
  page.Labelled("conclusions.remedy", page.In(top->remedy));
}

void Row(const CheckRow& row, size_t evidence, Page& page) {
  page.Line(fmt::format("  {}{}", page.State(row.state), page.In(row.title)));
  page.Evidence(row.evidence, evidence);
  if (row.state == "problem") page.Labelled("conclusions.remedy", page.In(row.remedy));
  if (row.state != "unknown") return;
  page.Labelled("conclusions.why", page.In(row.unknown));
  page.Missing(row.missing);
}

void Finding(const FindingRow& row, Page& page) {
  page.Line(fmt::format("  {}{}", page.State(row.state), page.In(row.title)));
  page.Evidence(row.evidence, kEvidenceShown);
  if (row.state == "confirmed" || row.state == "likely" || row.state == "possible")
    page.Labelled("conclusions.remedy", page.In(row.remedy));
  if (row.state == "unknown") {
    page.Labelled("conclusions.settle", page.In(row.settle));
    page.Missing(row.missing);
  }
}

void ProblemsAndUnknowns(const AnalysisRow& analysis, Page& page) {
  for (const auto& [state, title] : {std::pair("problem", "conclusions.problems"),
                                     std::pair("unknown", "conclusions.unknowns")}) {
    const bool any =
        std::any_of(analysis.checklist.begin(), analysis.checklist.end(),
                    [&state = state](const CheckRow& row) { return row.state == state; });
    if (!any) continue;
    page.Line("");
    page.Line(page.Word(title));
    for (const CheckRow& row : analysis.checklist) {
      if (row.state == state) Row(row, 2, page);
    }
  }
}

}  // namespace

std::string VerdictText(const AnalysisRow& analysis, const Words& words, Language language) {
  Page page(words, language);
  Headline(analysis, page);
  ProblemsAndUnknowns(analysis, page);
  return page.Take();
}

std::string ConclusionsText(const AnalysisRow& analysis, const Words& words, Language language) {
  Page page(words, language);
  Headline(analysis, page);
  page.Line("");
  page.Line(page.Word("conclusions.checklist"));
  for (const CheckRow& row : analysis.checklist)
    Row(row, kEvidenceShown, page);
  page.Line("");
  page.Line(page.Word("conclusions.causes"));
  for (const FindingRow& row : analysis.findings)
    Finding(row, page);
  return page.Take();
}

}  // namespace casepack::report

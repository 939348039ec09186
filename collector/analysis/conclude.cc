#include "collector/analysis/conclude.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "collector/analysis/evaluate.h"

namespace casepack::analysis {
namespace {

using bundle::AnalysisRow;
using bundle::CheckRow;
using bundle::FindingRow;
using manifest::Condition;

constexpr size_t kMaxEvidence = 12;
constexpr size_t kMaxMissing = 12;

constexpr std::string_view kStates[] = {"confirmed", "likely",    "possible",
                                        "unknown",   "ruled_out", "not_applicable"};

size_t Strength(std::string_view state) {
  return static_cast<size_t>(std::find(std::begin(kStates), std::end(kStates), state) -
                             std::begin(kStates));
}

bundle::WordsRow Words(const manifest::Title& title) { return {title.en, title.ja}; }

// Each fact once, and no more than a page takes.
void Keep(std::vector<bundle::EvidenceRow> from, std::vector<bundle::EvidenceRow>* to) {
  for (bundle::EvidenceRow& row : from) {
    const bool told = std::any_of(to->begin(), to->end(), [&](const bundle::EvidenceRow& one) {
      return one.fact == row.fact && one.member == row.member && one.line == row.line &&
             one.text == row.text;
    });
    if (!told && to->size() < kMaxEvidence) to->push_back(std::move(row));
  }
}

void Keep(std::vector<std::string> from, std::vector<std::string>* to) {
  for (std::string& key : from) {
    const bool told = std::find(to->begin(), to->end(), key) != to->end();
    if (!told && to->size() < kMaxMissing) to->push_back(std::move(key));
  }
}

// The state of a row while its conditions are tried one by one.
template <typename Row>
class Trial {
 public:
  Trial(Row* row, const Known& known) : row_(row), known_(known) {}

  [[nodiscard]] bool decided() const { return !row_->state.empty(); }
  [[nodiscard]] bool unknown() const { return unknown_; }

  void Decide(const char* state, Judgement judgement) {
    row_->state = state;
    row_->missing.clear();
    Keep(std::move(judgement.evidence), &row_->evidence);
  }
  // What was never seen on a real host confirms nothing.
  void Try(const std::optional<Condition>& condition, const char* state,
           const char* unverified_state) {
    if (!condition || decided()) return;
    Judgement judgement = Evaluate(*condition, known_);
    if (judgement.truth == Truth::kTrue) {
      const bool verified = judgement.verified;
      if (!verified && unverified_state == nullptr) {
        unknown_ = true;
        Keep(std::move(judgement.evidence), &row_->evidence);
        return;
      }
      Decide(verified ? state : unverified_state, std::move(judgement));
    } else if (judgement.truth == Truth::kUnknown) {
      unknown_ = true;
      Keep(std::move(judgement.missing), &row_->missing);
    } else {
      unknown_ = unknown_ || !judgement.verified;
      refuting_.push_back(std::move(judgement));
    }
  }
  void DecideByRest(const char* if_unknown, const char* otherwise) {
    if (decided()) return;
    row_->state = unknown_ ? if_unknown : otherwise;
    if (unknown_) return;
    for (Judgement& judgement : refuting_)
      Keep(std::move(judgement.evidence), &row_->evidence);
  }

 private:
  Row* row_;
  const Known& known_;
  bool unknown_ = false;
  std::vector<Judgement> refuting_;
};

// A row whose condition surely does not hold is not applicable; whether it holds where that
// is not known, the row's own conditions tell.
template <typename Row>
void TryWhen(const std::optional<Condition>& when, const Known& known, Trial<Row>* trial) {
  if (!when) return;
  Judgement judgement = Evaluate(*when, known);
  if (judgement.truth == Truth::kFalse) trial->Decide("not_applicable", std::move(judgement));
}

FindingRow MakeFinding(const manifest::Finding& finding, const Known& known) {
  FindingRow row;
  row.id = finding.id;
  row.title = Words(finding.title);
  row.remedy = Words(finding.remedy);
  row.settle = Words(finding.settle);
  row.faq = finding.faq;
  Trial<FindingRow> trial(&row, known);
  TryWhen(finding.when, known, &trial);
  trial.Try(finding.confirmed, finding.verified ? "confirmed" : "likely", "likely");
  trial.Try(finding.likely, "likely", "likely");
  trial.Try(finding.ruled_out, "ruled_out", nullptr);
  trial.Try(finding.possible, "possible", "possible");
  const bool any = finding.confirmed || finding.likely || finding.possible || finding.ruled_out;
  trial.DecideByRest("unknown", any ? "ruled_out" : "unknown");
  return row;
}

// By the findings that a row names: one that is there is a problem, all ruled out is fine.
void JudgeByFindings(const manifest::Check& check, const std::vector<FindingRow>& findings,
                     CheckRow* row) {
  bool all_ruled_out = !check.findings.empty();
  for (const std::string& id : check.findings) {
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const FindingRow& one) { return one.id == id; });
    const std::string state = found == findings.end() ? "unknown" : found->state;
    if (state == "confirmed" || state == "likely") {
      row->state = "problem";
      Keep(found->evidence, &row->evidence);
      if (row->remedy.en.empty()) row->remedy = found->remedy;
      return;
    }
    all_ruled_out = all_ruled_out && (state == "ruled_out" || state == "not_applicable");
    const bool open = state == "unknown" || state == "possible";
    if (open && row->unknown.en.empty() && found != findings.end()) row->unknown = found->settle;
    if (found != findings.end()) Keep(found->missing, &row->missing);
  }
  if (all_ruled_out) row->state = "ok";
}

CheckRow MakeCheck(const manifest::Check& check, const std::vector<FindingRow>& findings,
                   const Known& known) {
  CheckRow row;
  row.id = check.id;
  row.title = Words(check.title);
  row.remedy = Words(check.remedy);
  row.unknown = Words(check.unknown);
  for (const std::string& pattern : check.show) {
    for (const std::string& key : known.facts.Keys(pattern))
      Keep({EvidenceOf(key, *known.facts.Find(key))}, &row.evidence);
  }
  Trial<CheckRow> trial(&row, known);
  TryWhen(check.when, known, &trial);
  if (!trial.decided()) JudgeByFindings(check, findings, &row);
  if (row.state == "ok" && (check.problem || check.ok)) row.state.clear();
  trial.Try(check.problem, "problem", "problem");
  trial.Try(check.ok, "ok", nullptr);
  trial.DecideByRest("unknown", "unknown");
  if (row.state != "unknown") row.missing.clear();
  return row;
}

void FindRoles(std::span<const manifest::Manifest> manifests, Known* known) {
  if (known->knows_roles) return;
  bool unknown = false;
  std::set<std::string> roles;
  for (const manifest::Manifest& manifest : manifests) {
    for (const manifest::Role& role : manifest.conclusions.roles) {
      const Truth truth = Evaluate(role.when, *known).truth;
      if (truth == Truth::kTrue) roles.insert(role.role);
      unknown = unknown || truth == Truth::kUnknown;
    }
  }
  known->roles.assign(roles.begin(), roles.end());
  known->knows_roles = !unknown || !roles.empty();
}

// A state says which evidence shows its beginning; what the user says needs none.
void SetSince(const manifest::EngineState& state, const bundle::CaseRow& incident,
              bundle::VerdictRow* verdict) {
  const bool given = incident.error_from == "given" && !state.since.empty();
  const bool found =
      incident.error_from == "found" &&
      std::find(state.since.begin(), state.since.end(), incident.evidence) != state.since.end();
  if (!given && !found) return;
  verdict->since = incident.error_time;
  verdict->since_from = incident.error_from;
}

bundle::VerdictRow MakeVerdict(std::span<const manifest::Manifest> manifests, const Known& known,
                               const std::vector<FindingRow>& findings) {
  bundle::VerdictRow verdict;
  verdict.state = "unknown";
  // What always holds is said where nothing else does, of whichever manifest.
  for (const bool fallback : {false, true}) {
    for (const manifest::Manifest& manifest : manifests) {
      for (const manifest::EngineState& state : manifest.conclusions.states) {
        if ((state.when.kind == Condition::Kind::kAlways) != fallback) continue;
        if (!verdict.headline.en.empty()) continue;
        Judgement judgement = Evaluate(state.when, known);
        if (judgement.truth != Truth::kTrue) continue;
        verdict.state = state.state;
        verdict.headline = Words(state.title);
        SetSince(state, known.incident, &verdict);
        Keep(std::move(judgement.evidence), &verdict.evidence);
      }
    }
  }
  if (!findings.empty() && Strength(findings.front().state) <= Strength("likely")) {
    verdict.top_finding = findings.front().id;
    verdict.top_state = findings.front().state;
  }
  return verdict;
}

}  // namespace

AnalysisRow Conclude(std::span<const manifest::Manifest> manifests, Known* known) {
  AnalysisRow analysis;
  FindRoles(manifests, known);
  analysis.roles = known->roles;
  std::vector<std::pair<int, FindingRow>> ranked;
  for (const manifest::Manifest& manifest : manifests) {
    for (const manifest::Finding& finding : manifest.conclusions.findings) {
      FindingRow row = MakeFinding(finding, *known);
      known->findings[row.id] = row.state;
      ranked.emplace_back(finding.rank, std::move(row));
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    const size_t left = Strength(a.second.state);
    const size_t right = Strength(b.second.state);
    return left != right ? left < right : a.first > b.first;
  });
  for (auto& [rank, row] : ranked)
    analysis.findings.push_back(std::move(row));
  for (const manifest::Manifest& manifest : manifests) {
    for (const manifest::Check& check : manifest.conclusions.checklist)
      analysis.checklist.push_back(MakeCheck(check, analysis.findings, *known));
  }
  analysis.verdict = MakeVerdict(manifests, *known, analysis.findings);
  return analysis;
}

}  // namespace casepack::analysis

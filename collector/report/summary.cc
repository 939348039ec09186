#include "collector/report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/report/conclusions.h"

namespace casepack::report {
namespace {

using bundle::Index;
using bundle::ItemRow;
using bundle::Outcome;

constexpr size_t kLabelColumns = 14;
constexpr size_t kTitleColumns = 44;
constexpr size_t kNotesShown = 5;

// The page while it is written, with what each part of it needs.
struct Page {
  const Index& index;
  const Words& words;
  Language language;
  std::string out;

  [[nodiscard]] std::string Word(std::string_view key) const { return words.Text(language, key); }
  void Line(std::string_view text) { out.append(text).push_back('\n'); }
  void Labelled(std::string_view key, std::string_view value) {
    Line(fmt::format("{}  {}", base::FitColumns(Word(key), kLabelColumns), base::Visible(value)));
  }
  [[nodiscard]] std::string TitleOf(const ItemRow& item) const {
    return language == Language::kJapanese ? item.title_ja : item.title_en;
  }
};

uint64_t BytesOf(const ItemRow& item) {
  uint64_t bytes = 0;
  for (const auto& member : item.members)
    bytes += member.bytes;
  return bytes;
}

// Around which time logs were cut, and where that time comes from.
void ErrorTime(Page& page) {
  const bundle::CaseRow& row = page.index.incident;
  if (!row.error_time) return;
  const char* key = "summary.error_run";
  if (row.error_from == "given") key = "summary.error_given";
  if (row.error_from == "found") key = "summary.error_found";
  page.Labelled("summary.error_time",
                base::FormatUtc(*row.error_time) + " " +
                    page.words.Render(page.language, {key, {{"source", row.source}}}));
  if (!row.line.empty()) page.Line("      " + base::Visible(row.line));
  page.Labelled("summary.window",
                base::FormatUtc(row.from) + " - " + base::FormatUtc(row.to) + " (" +
                    page.words.Render(page.language, {"summary.zone", {{"zone", row.error_zone}}}) +
                    ")");
}

void Head(Page& page) {
  const Index& index = page.index;
  page.Line(page.Word("summary.title"));
  page.Line("");
  page.Labelled("summary.host", index.host.name);
  page.Labelled("summary.os",
                fmt::format("{} / {} {}", index.host.os, index.host.kernel, index.host.machine));
  page.Labelled("summary.created", base::FormatUtc(index.created));
  ErrorTime(page);
  page.Labelled("summary.tool", fmt::format("casepack {}", index.tool.version));
  std::string labels;
  for (const auto& [name, value] : index.labels)
    labels += (labels.empty() ? "" : ", ") + name + "=" + value;
  if (!labels.empty()) page.Labelled("summary.labels", labels);
  if (index.ended == bundle::Ended::kInterrupted)
    page.Labelled("summary.complete", page.Word("summary.interrupted"));
  if (index.ended == bundle::Ended::kTimeLimit)
    page.Labelled("summary.complete", page.Word("summary.time_limit"));
  if (!index.host.as_root) page.Labelled("summary.rights", page.Word("summary.not_root"));
}

void Counts(Page& page) {
  std::array<size_t, 7> counts{};
  uint64_t bytes = 0;
  for (const ItemRow& item : page.index.items) {
    ++counts.at(static_cast<size_t>(item.outcome));
    bytes += BytesOf(item);
  }
  std::string text;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts.at(i) == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", OutcomeWord(static_cast<Outcome>(i), page.words, page.language),
                        counts.at(i));
  }
  page.Labelled("summary.items", fmt::format("{} ({})", page.index.items.size(), text));
  page.Labelled("summary.bytes", base::FormatSize(bytes));
  uint64_t removed = 0;
  for (const auto& [rule, count] : page.index.redactions)
    removed += count;
  page.Labelled(
      "summary.secrets",
      page.words.Render(page.language, {"summary.removed", {{"count", fmt::to_string(removed)}}}));
}

void Notes(Page& page, const ItemRow& item) {
  size_t shown = 0;
  for (const auto& note : item.notes) {
    if (++shown > kNotesShown) break;
    page.Line(fmt::format("      {}: {}", base::Visible(note.subject),
                          base::Visible(page.words.Read(page.language, note.text))));
  }
  const uint64_t more =
      item.notes.size() - std::min(item.notes.size(), kNotesShown) + item.notes_left_out;
  if (more > 0) {
    page.Line("      " + page.words.Render(page.language, {"summary.more_notes",
                                                           {{"count", fmt::to_string(more)}}}));
  }
}

// What could not be had, and why: the part that saves a second round of questions.
void NotGathered(Page& page) {
  bool any = false;
  for (const ItemRow& item : page.index.items) {
    if (item.outcome == Outcome::kOk) continue;
    if (!any) {
      page.Line("");
      page.Line(page.Word("summary.not_gathered"));
      any = true;
    }
    page.Line(fmt::format(
        "  {}  {}", base::FitColumns(OutcomeWord(item.outcome, page.words, page.language), 10),
        base::Visible(page.TitleOf(item))));
    const std::string reason = page.words.Read(page.language, item.reason);
    if (!reason.empty()) page.Line("      " + base::Visible(reason));
    Notes(page, item);
  }
  for (const auto& row : page.index.left_out) {
    page.Line(fmt::format("  {}: {}", base::Visible(row.member),
                          base::Visible(page.words.Read(page.language, row.reason))));
  }
}

void Table(Page& page) {
  page.Line("");
  page.Line(page.Word("summary.table"));
  for (const ItemRow& item : page.index.items) {
    page.Line(
        fmt::format("  {}  {}  {:>10}  {}",
                    base::FitColumns(OutcomeWord(item.outcome, page.words, page.language), 10),
                    base::FitColumns(base::Visible(page.TitleOf(item)), kTitleColumns),
                    base::FormatSize(BytesOf(item)), base::Visible(item.id)));
  }
}

// Manifests without a checklist conclude nothing.
bool HasConclusions(const Index& index) {
  return index.analysis &&
         (!index.analysis->checklist.empty() || !index.analysis->findings.empty());
}

}  // namespace

std::string OutcomeWord(Outcome outcome, const Words& words, Language language) {
  static constexpr std::array<std::string_view, 7> kKeys{
      "outcome.ok",        "outcome.partial", "outcome.missing", "outcome.denied",
      "outcome.timed_out", "outcome.failed",  "outcome.skipped"};
  return words.Text(language, kKeys.at(static_cast<size_t>(outcome)));
}

std::string Summary(const bundle::Index& index, const Words& words, Language language) {
  Page page{index, words, language, {}};
  Head(page);
  Counts(page);
  if (HasConclusions(index)) {
    page.Line("");
    page.out += ConclusionsText(*index.analysis, words, language);
  }
  NotGathered(page);
  Table(page);
  return std::move(page.out);
}

std::string Brief(const bundle::Index& index, const Words& words, Language language) {
  Page page{index, words, language, {}};
  Head(page);
  Counts(page);
  if (HasConclusions(index)) {
    page.Line("");
    page.out += VerdictText(*index.analysis, words, language);
  }
  NotGathered(page);
  return std::move(page.out);
}

std::string CostLine(const bundle::ResourcesRow& used, const Words& words, Language language) {
  return words.Render(language, {"summary.cost",
                                 {{"wall", base::FormatDuration(used.wall)},
                                  {"cpu", base::FormatDuration(used.cpu)},
                                  {"memory", base::FormatSize(used.peak_memory)},
                                  {"read", base::FormatSize(used.bytes_read)}}});
}

}  // namespace casepack::report

#include "collector/fleet/html.h"

#include <fmt/format.h>

#include <algorithm>

#include "collector/base/utf8.h"
#include "collector/fleet/phrases.h"

namespace casepack::fleet {
namespace {

using report::Language;
using report::Words;

constexpr size_t kRowsShown = 50;
constexpr size_t kNamesShown = 200;
constexpr size_t kBundlesShown = 500;

constexpr const char* kStyle =
    "body{font-family:sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;margin:.5em 0 1.5em}"
    "td,th{padding:.2em .8em;border-bottom:1px solid #ddd;text-align:left}"
    "td.n,th.n{text-align:right}li{margin:.4em 0}small{color:#666}"
    ".bar{background:#c33;height:.8em;display:inline-block}";

class Page {
 public:
  Page(const Table& table, const Report& report, const Words& words, Language language)
      : table_(table), report_(report), words_(words), language_(language) {}

  std::string Write() {
    const std::string title = Say(
        {"fleet.text.title",
         {{"hosts", Number(report_.totals.hosts())}, {"bundles", Number(report_.totals.bundles)}}});
    out_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>{}</style>\n<h1>{}</h1>\n",
        report::CodeOf(language_), title, kStyle, title);
    Sides();
    Separated();
    InGroups();
    WhenItBegan();
    for (const Counts& counts : report_.counts)
      Counted(counts);
    NotCounted();
    return std::move(out_) + "</html>\n";
  }

 private:
  static std::string Number(uint64_t number) { return fmt::to_string(number); }
  [[nodiscard]] std::string Word(std::string_view key) const {
    return Escaped(words_.Text(language_, key));
  }
  [[nodiscard]] std::string Say(const base::Message& message) const {
    return Escaped(words_.Render(language_, message));
  }
  void Head(const std::string& text) { out_ += "<h2>" + text + "</h2>\n"; }
  static std::string Cell(const std::string& text) { return "<td>" + text + "</td>"; }
  static std::string Cell(uint64_t number) { return "<td class=\"n\">" + Number(number) + "</td>"; }

  void Sides() {
    out_ += "<table>\n";
    const std::array<const char*, 3> keys{"fleet.text.affected", "fleet.text.healthy",
                                          "fleet.text.unknown"};
    for (size_t i = 0; i < 3; ++i)
      out_ += "<tr>" + Cell(Word(keys.at(i))) + Cell(report_.totals.sides.at(i)) + "</tr>\n";
    out_ += "<tr>" + Cell(Word("fleet.text.uncounted")) +
            Cell(report_.totals.bundles - report_.totals.hosts()) + "</tr>\n</table>\n";
  }

  void Separated() {
    Head(Word("fleet.text.separators"));
    const Separators& separators = report_.separators;
    if (separators.why != Separators::Why::kFound) {
      out_ += "<p>" + Escaped(WhyNone(report_, words_, language_)) + "</p>\n";
      return;
    }
    out_ += "<ol>\n";
    for (const Separator& separator : separators.found) {
      out_ += "<li>" + Escaped(Sentence(table_, separator, words_, language_)) + "<br><small>" +
              Say({"fleet.text.strength",
                   {{"lift", fmt::format("{:.1f}", separator.Lift())},
                    {"p", FormatLogP(separator.log_p)},
                    {"q", FormatLogP(separator.log_q)}}});
      for (const Folded& folded : separator.folded) {
        out_ += "<br>" + Say({folded.same_hosts ? "fleet.text.same_hosts" : "fleet.text.goes_with",
                              {{"facts", TextOf(table_, folded.trait)}}});
      }
      out_ += "</small></li>\n";
    }
    out_ += "</ol>\n";
  }

  void InGroups() {
    const Groups& groups = report_.groups;
    if (groups.found.size() < 2 && groups.rest.empty()) return;
    Head(Word(groups.found.size() > 1 ? "fleet.text.groups" : "fleet.text.group"));
    out_ += "<ul>\n";
    const auto row = [&](const std::string& text, const std::vector<uint32_t>& rows) {
      if (rows.empty()) return;
      out_ += "<li>" + text + "<br><small>" + Names(rows) + "</small></li>\n";
    };
    for (const Group& group : groups.found) {
      std::string traits;
      for (const Trait& trait : group.separator.traits)
        traits += (traits.empty() ? "" : ", ") + TextOf(table_, trait);
      row(Say({"fleet.text.group_row", {{"count", Number(group.rows.size())}, {"facts", traits}}}),
          group.rows);
    }
    row(Say({"fleet.text.group_hidden", {{"count", Number(groups.hidden.size())}}}), groups.hidden);
    row(Say({"fleet.text.group_rest", {{"count", Number(groups.rest.size())}}}), groups.rest);
    out_ += "</ul>\n";
  }

  [[nodiscard]] std::string Names(const std::vector<uint32_t>& rows) const {
    std::string text;
    for (size_t i = 0; i < rows.size() && i < kNamesShown; ++i)
      text += (i > 0 ? ", " : "") + Escaped(table_.hosts()[rows[i]].name);
    if (rows.size() > kNamesShown)
      text += Say({"fleet.text.and_more", {{"count", Number(rows.size() - kNamesShown)}}});
    return text;
  }

  void WhenItBegan() {
    const Onset& onset = report_.onset;
    if (onset.counts.empty()) return;
    Head(Say({"fleet.text.onset",
              {{"first", base::FormatUtc(*onset.first)}, {"last", base::FormatUtc(*onset.last)}}}));
    uint32_t most = 1;
    for (const auto& [name, count] : onset.counts)
      most = std::max(most, count);
    out_ += "<table>\n";
    for (const auto& [name, count] : onset.counts) {
      out_ += "<tr>" + Cell(Escaped(name)) + Cell(count) +
              Cell(fmt::format("<span class=\"bar\" style=\"width:{}px\"></span>",
                               uint64_t{count} * 300 / most)) +
              "</tr>\n";
    }
    out_ += "</table>\n";
  }

  void Counted(const Counts& counts) {
    Head(Escaped(DimensionText(counts.by, words_, language_)));
    out_ += "<table>\n<tr><th></th>";
    for (const char* key : {"fleet.text.affected", "fleet.text.healthy", "fleet.text.unknown"})
      out_ += "<th class=\"n\">" + Word(key) + "</th>";
    out_ += "</tr>\n";
    size_t shown = 0;
    for (const CountRow& row : counts.rows) {
      if (++shown > kRowsShown) break;
      out_ += "<tr>" +
              Cell(row.value.empty() ? Word("fleet.text.not_visible") : Escaped(row.value)) +
              Cell(row.sides[0]) + Cell(row.sides[1]) + Cell(row.sides[2]) + "</tr>\n";
    }
    out_ += "</table>\n";
    if (counts.rows.size() > kRowsShown) {
      out_ +=
          "<p>" +
          Say({"fleet.text.other_values", {{"count", Number(counts.rows.size() - kRowsShown)}}}) +
          "</p>\n";
    }
  }

  void NotCounted() {
    if (report_.totals.bundles == report_.totals.hosts()) return;
    Head(Word("fleet.text.not_read"));
    out_ += "<table>\n";
    size_t shown = 0;
    for (const Host& host : table_.hosts()) {
      if (host.counts() || ++shown > kBundlesShown) continue;
      out_ += "<tr>" + Cell(Escaped(ReadingText(host.reading, words_, language_))) +
              Cell(Escaped(host.path)) + Cell(Say(host.reason)) + "</tr>\n";
    }
    out_ += "</table>\n";
    if (shown > kBundlesShown) {
      out_ += "<p>" + Say({"fleet.text.more_of_them", {{"count", Number(shown - kBundlesShown)}}}) +
              "</p>\n";
    }
  }

  const Table& table_;
  const Report& report_;
  const Words& words_;
  const Language language_;
  std::string out_;
};

}  // namespace

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : base::Visible(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string ReportHtml(const Table& table, const Report& report, const Words& words,
                       Language language) {
  return Page(table, report, words, language).Write();
}

}  // namespace casepack::fleet

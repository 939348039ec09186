#include "collector/fleet/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "collector/base/utf8.h"
#include "collector/fleet/phrases.h"

namespace casepack::fleet {
namespace {

using report::Language;
using report::Words;

constexpr size_t kValueColumns = 36;
constexpr size_t kNumberColumns = 12;
constexpr size_t kRowsShown = 8;
constexpr size_t kFoldedShown = 3;
constexpr size_t kHostsShown = 8;
constexpr size_t kReasonsShown = 5;
constexpr size_t kUnusualShown = 30;
constexpr size_t kNamesShown = 30;
constexpr size_t kStatesShown = 5;
constexpr size_t kHistoriesShown = 10;

std::string Number(uint64_t number) { return fmt::to_string(number); }

std::string Padded(const std::string& text, size_t columns) {
  const size_t width = base::DisplayWidth(text);
  return std::string(columns - std::min(columns, width), ' ') + text;
}

class Page {
 public:
  Page(const Table& table, const Report& report, const Words& words, Language language)
      : table_(table), report_(report), words_(words), language_(language) {}

  std::string Write() {
    Head();
    OneHost();
    Separated();
    InGroups();
    if (report_.totals.sides[0] > 0) Causes();
    WhenItBegan();
    for (const Counts& counts : report_.counts)
      Counted(counts);
    Inventoried();
    Histories();
    NotRead();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string Word(std::string_view key) const { return words_.Text(language_, key); }
  [[nodiscard]] std::string Say(base::Message message) const {
    return words_.Render(language_, message);
  }
  void Line(std::string_view text) { out_.append(text).push_back('\n'); }
  void Title(std::string_view text) {
    Line("");
    Line(text);
  }

  void Head() {
    const Totals& totals = report_.totals;
    Line(Say({"fleet.text.title",
              {{"hosts", Number(totals.hosts())}, {"bundles", Number(totals.bundles)}}}));
    Side("fleet.text.affected", totals.sides[0], Joined(report_.states.affected));
    Side("fleet.text.healthy", totals.sides[1], Joined(report_.states.healthy));
    std::vector<std::string> others;
    for (const auto& [state, count] : totals.states) {
      const bool named =
          Named(report_.states.affected, state) || Named(report_.states.healthy, state);
      if (!named)
        others.push_back((state.empty() ? Word("fleet.text.no_verdict") : base::Visible(state)) +
                         " " + Number(count));
    }
    Side("fleet.text.unknown", totals.sides[2], Joined(others));
    std::vector<std::string> unread;
    for (size_t i = 1; i < kReadings; ++i) {
      if (totals.readings.at(i) > 0)
        unread.push_back(ReadingText(static_cast<Reading>(i), words_, language_) + " " +
                         Number(totals.readings.at(i)));
    }
    if (!unread.empty())
      Side("fleet.text.uncounted", totals.bundles - totals.hosts(), Joined(unread));
  }

  static bool Named(const std::vector<std::string>& states, const std::string& state) {
    return std::find(states.begin(), states.end(), state) != states.end();
  }

  void Side(const char* key, uint64_t count, const std::string& what) {
    Line("  " + base::FitColumns(Word(key), 16) + Padded(Number(count), 7) +
         (what.empty() ? "" : "   " + what));
  }

  void OneHost() {
    if (!report_.host) return;
    const Host& host = table_.hosts()[report_.host->row];
    Title(Say({"fleet.text.host",
               {{"host", base::Visible(host.name)}, {"state", base::Visible(host.state)}}}));
    const auto shown = [&](const std::string& value) {
      return value.empty() ? Word("differences.none") : base::Visible(value);
    };
    size_t rows = 0;
    for (const Unusual& one : report_.host->unusual) {
      if (++rows > kUnusualShown) continue;
      Line("  " + base::FitColumns(base::Visible(one.key), kValueColumns) + "  " +
           Say({"fleet.text.unusual",
                {{"value", shown(one.value)},
                 {"usual", shown(one.usual)},
                 {"with", Number(one.with)},
                 {"told", Number(one.told)}}}));
    }
    if (rows == 0) Line("  " + Word("fleet.text.usual_host"));
    if (rows > kUnusualShown)
      Line("  " + Say({"fleet.text.more_of_them", {{"count", Number(rows - kUnusualShown)}}}));
  }

  void Inventoried() {
    if (report_.labels && report_.labels->contradictions + report_.labels->unknown > 0) {
      Title(Say({"fleet.text.group_file",
                 {{"unknown", Number(report_.labels->unknown)},
                  {"contradictions", Number(report_.labels->contradictions)}}}));
    }
    if (!report_.inventory) return;
    const Inventory& inventory = *report_.inventory;
    Title(Say({"fleet.text.inventory",
               {{"found", Number(inventory.found)}, {"listed", Number(inventory.listed)}}}));
    NameList("fleet.text.inventory_missing", inventory.missing);
    NameList("fleet.text.inventory_unread", inventory.unread);
    NameList("fleet.text.inventory_extra", inventory.extra);
  }

  void NameList(const char* key, const std::vector<std::string>& names) {
    if (names.empty()) return;
    std::string line;
    for (size_t i = 0; i < names.size() && i < kNamesShown; ++i)
      line += (i > 0 ? ", " : "") + base::Visible(names[i]);
    if (names.size() > kNamesShown)
      line += Say({"fleet.text.and_more", {{"count", Number(names.size() - kNamesShown)}}});
    Line("  " + Say({key, {{"count", Number(names.size())}}}) + " " + line);
  }

  // Of hosts with several bundles, those whose state changed.
  void Histories() {
    size_t shown = 0;
    for (const Host& host : table_.hosts()) {
      std::string states;
      const auto add = [&](const Host& one) {
        states += (states.empty() ? "" : " -> ") + base::FormatUtc(one.created) + " " +
                  (one.state.empty() ? Word("fleet.text.no_verdict") : base::Visible(one.state));
      };
      bool changed = false;
      for (size_t i = std::min(host.history.size(), kStatesShown); i > 0; --i) {
        const Host& older = table_.hosts()[host.history[i - 1]];
        add(older);
        changed = changed || older.state != host.state;
      }
      if (!changed) continue;
      add(host);
      if (++shown == 1) Title(Word("fleet.text.history"));
      if (shown <= kHistoriesShown) Line("  " + base::Visible(host.name) + ": " + states);
    }
    if (shown > kHistoriesShown)
      Line("  " + Say({"fleet.text.more_of_them", {{"count", Number(shown - kHistoriesShown)}}}));
  }

  void Separated() {
    Title(Word("fleet.text.separators"));
    const Separators& separators = report_.separators;
    if (separators.why != Separators::Why::kFound)
      return Line("  " + WhyNone(report_, words_, language_));
    size_t number = 0;
    for (const Separator& separator : separators.found) {
      Line(fmt::format("  {}. {}", ++number, Sentence(table_, separator, words_, language_)));
      Line("     " +
           Say({"fleet.text.strength",
                {{"lift", fmt::format("{:.1f}", separator.Lift())},
                 {"p", FormatLogP(separator.log_p)},
                 {"q", FormatLogP(separator.log_q)}}}) +
           Hidden(separator.split));
      FoldedInto(separator);
    }
    if (separators.more > 0)
      Line("  " + Say({"fleet.text.more_separators", {{"count", Number(separators.more)}}}));
    Line("  " + Say({"fleet.text.tests",
                     {{"count", Number(separators.tests)},
                      {"percent", fmt::format("{:g}", kFalseDiscovery * 100)}}}));
  }

  // Hosts that do not tell are on neither side of a sentence.
  [[nodiscard]] std::string Hidden(const Split& split) const {
    const uint32_t affected = report_.separators.affected - split.affected();
    const uint32_t healthy = report_.separators.healthy - split.healthy();
    if (affected + healthy == 0) return {};
    return Say(
        {"fleet.text.hidden", {{"affected", Number(affected)}, {"healthy", Number(healthy)}}});
  }

  void FoldedInto(const Separator& separator) {
    for (const bool same : {true, false}) {
      std::vector<std::string> texts;
      size_t more = same ? 0 : separator.folded_more;
      for (const Folded& folded : separator.folded) {
        if (folded.same_hosts != same) continue;
        if (texts.size() < kFoldedShown) {
          texts.push_back(base::Visible(TextOf(table_, folded.trait)));
        } else {
          ++more;
        }
      }
      if (texts.empty()) continue;
      std::string line = Say(
          {same ? "fleet.text.same_hosts" : "fleet.text.goes_with", {{"facts", Joined(texts)}}});
      if (more > 0) line += Say({"fleet.text.and_more", {{"count", Number(more)}}});
      Line("     " + line);
    }
  }

  void InGroups() {
    const Groups& groups = report_.groups;
    const bool several = groups.found.size() > 1;
    if (groups.found.empty() || (!several && groups.rest.empty())) return;
    Title(Word(several ? "fleet.text.groups" : "fleet.text.group"));
    for (const Group& group : groups.found) {
      std::vector<std::string> traits;
      for (const Trait& trait : group.separator.traits)
        traits.push_back(base::Visible(TextOf(table_, trait)));
      Line("  " + Say({"fleet.text.group_row",
                       {{"count", Number(group.rows.size())}, {"facts", Joined(traits)}}}));
      Line("     " + HostNames(group.rows));
    }
    if (!groups.hidden.empty()) {
      Line("  " + Say({"fleet.text.group_hidden", {{"count", Number(groups.hidden.size())}}}));
      Line("     " + HostNames(groups.hidden));
    }
    if (groups.rest.empty()) return;
    Line("  " + Say({"fleet.text.group_rest", {{"count", Number(groups.rest.size())}}}));
    Line("     " + HostNames(groups.rest));
  }

  [[nodiscard]] std::string HostNames(const std::vector<uint32_t>& rows) const {
    std::vector<std::string> names;
    for (const uint32_t row : rows)
      names.push_back(base::Visible(table_.hosts()[row].name));
    std::sort(names.begin(), names.end());
    const size_t more = names.size() - std::min(names.size(), kHostsShown);
    names.resize(names.size() - more);
    return Joined(names) +
           (more > 0 ? Say({"fleet.text.and_more", {{"count", Number(more)}}}) : "");
  }

  void Causes() {
    Counts counts = report_.causes;
    counts.rows.erase(std::remove_if(counts.rows.begin(), counts.rows.end(),
                                     [](const CountRow& row) { return row.sides[0] == 0; }),
                      counts.rows.end());
    if (counts.rows.empty() || counts.rows.front().value.empty()) return;
    Title(Word("fleet.text.causes"));
    for (const CountRow& row : counts.rows) {
      Line("  " + Padded(Number(row.sides[0]), 7) + "  " +
           (row.value.empty() ? Word("fleet.text.no_cause") : base::Visible(row.value)));
    }
  }

  void WhenItBegan() {
    const Onset& onset = report_.onset;
    if (onset.counts.empty()) return;
    Title(
        Say({"fleet.text.onset",
             {{"first", base::FormatUtc(*onset.first)}, {"last", base::FormatUtc(*onset.last)}}}));
    uint32_t most = 1;
    for (const auto& [name, count] : onset.counts)
      most = std::max(most, count);
    size_t left = onset.counts.size();
    for (const auto& [name, count] : onset.counts) {
      if (left-- > 24) continue;  // the latest ones are told
      const size_t bar = (static_cast<size_t>(count) * 30 + most - 1) / most;
      Line(fmt::format("  {:<14} {:>7}  {}", name, count, std::string(bar, '#')));
    }
    if (onset.not_known > 0)
      Line("  " + Say({"fleet.text.onset_not_known", {{"count", Number(onset.not_known)}}}));
  }

  void Counted(const Counts& counts) {
    Line("");
    const auto row = [&](const std::string& value, const std::array<std::string, 4>& numbers) {
      std::string line = "  " + base::FitColumns(value, kValueColumns);
      for (const std::string& number : numbers)
        line += Padded(number, kNumberColumns);
      Line(line);
    };
    row(DimensionText(counts.by, words_, language_),
        {Word("fleet.text.affected"), Word("fleet.text.healthy"), Word("fleet.text.unknown"),
         Word("fleet.text.share")});
    size_t shown = 0;
    std::array<uint64_t, 3> others{};
    size_t values = 0;
    for (const CountRow& one : counts.rows) {
      if (++shown > kRowsShown && !one.value.empty()) {
        ++values;
        for (size_t i = 0; i < 3; ++i)
          others.at(i) += one.sides.at(i);
        continue;
      }
      const std::string name =
          one.value.empty() ? Word("fleet.text.not_visible") : base::Visible(one.value);
      row(name, {Number(one.sides[0]), Number(one.sides[1]), Number(one.sides[2]),
                 Share(one.sides[0], one.sides[1])});
    }
    if (values > 0)
      row(Say({"fleet.text.other_values", {{"count", Number(values)}}}),
          {Number(others[0]), Number(others[1]), Number(others[2]), Share(others[0], others[1])});
  }

  static std::string Share(uint64_t affected, uint64_t healthy) {
    if (affected + healthy == 0) return "-";
    return fmt::format(
        "{:.0f}%", 100.0 * static_cast<double>(affected) / static_cast<double>(affected + healthy));
  }

  void NotRead() {
    if (report_.shared_machine_ids > 0) {
      Title(Say({"fleet.text.shared_ids", {{"count", Number(report_.shared_machine_ids)}}}));
    }
    std::array<size_t, kReadings> shown{};
    bool any = false;
    for (const Host& host : table_.hosts()) {
      if (host.counts() || host.reading == Reading::kOlder) continue;
      if (++shown.at(static_cast<size_t>(host.reading)) > kReasonsShown) continue;
      if (!any) Title(Word("fleet.text.not_read"));
      any = true;
      Line("  " + base::FitColumns(ReadingText(host.reading, words_, language_), 12) +
           base::Visible(host.path) + ": " + base::Visible(words_.Render(language_, host.reason)));
    }
    for (size_t i = 1; i < kReadings; ++i) {
      if (shown.at(i) > kReasonsShown)
        Line("  " + base::FitColumns(ReadingText(static_cast<Reading>(i), words_, language_), 12) +
             Say({"fleet.text.more_of_them", {{"count", Number(shown.at(i) - kReasonsShown)}}}));
    }
    if (table_.dropped() > 0)
      Line(Say({"fleet.text.dropped", {{"count", Number(table_.dropped())}}}));
  }

  const Table& table_;
  const Report& report_;
  const Words& words_;
  const Language language_;
  std::string out_;
};

}  // namespace

std::string ReportText(const Table& table, const Report& report, const Words& words,
                       Language language) {
  return Page(table, report, words, language).Write();
}

}  // namespace casepack::fleet

#include "collector/fleet/rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "collector/base/json.h"
#include "collector/base/utf8.h"
#include "collector/fleet/dimensions.h"
#include "collector/fleet/load.h"
#include "collector/report/csv.h"

namespace casepack::fleet {
namespace {

using base::Json;

constexpr size_t kRowsAtOnce = 1024;
constexpr std::array<const char*, 7> kOutcomes{"ok",        "partial", "missing", "denied",
                                               "timed_out", "failed",  "skipped"};

std::string Utc(const std::optional<base::Timestamp>& time) {
  return time ? base::FormatUtc(*time) : "";
}

std::string Written(const Json& json) { return base::WriteJson(json, base::JsonStyle::kOneLine); }

bool IsLabel(const Column& column) {
  return column.key().compare(0, kLabelKey.size(), kLabelKey) == 0;
}
// What the index says is told by itself, and not among the facts.
bool IsFact(const Column& column) {
  return !IsLabel(column) && column.key().compare(0, 6, "index.") != 0 &&
         column.key().compare(0, kDigestKey.size(), kDigestKey) != 0;
}

// "key":value of each distinct value, made once.
struct WrittenColumn {
  const Column* column = nullptr;
  std::vector<std::string> members;
};

std::vector<WrittenColumn> WriteMembers(const Table& table, bool labels) {
  std::vector<WrittenColumn> written;
  for (size_t i = 0; i < table.columns(); ++i) {
    const Column& column = table.column(i);
    if (labels ? !IsLabel(column) : !IsFact(column)) continue;
    WrittenColumn one{&column, {}};
    const std::string key =
        Written(Json(labels ? column.key().substr(kLabelKey.size()) : column.key())) + ":";
    for (Code code = 0; code < column.values(); ++code) {
      const bool number = column.number(code).has_value();
      one.members.push_back(key + (number ? column.text(code) : Written(Json(column.text(code)))));
    }
    written.push_back(std::move(one));
  }
  std::sort(written.begin(), written.end(), [](const WrittenColumn& a, const WrittenColumn& b) {
    return a.column->key() < b.column->key();
  });
  return written;
}

// What a host is, without its facts; open at its end.
std::string HeadOf(const Host& host) {
  Json json;
  json.Set("format", kRowFormat);
  json.Set("host", host.name);
  json.Set("machine", host.machine);
  json.Set("side", NameOf(host.side));
  json.Set("state", host.state);
  if (host.since) json.Set("since", base::FormatUtc(*host.since));
  if (!host.top_finding.empty()) json.Set("top_finding", host.top_finding);
  json.Set("created", base::FormatUtc(host.created));
  json.Set("complete", host.complete);
  json.Set("bundle", base::Visible(host.path));
  json.Set("bundle_id", host.bundle_id);
  json.Set("older_bundles", static_cast<uint64_t>(host.history.size()));
  Json items;
  for (size_t i = 0; i < kOutcomes.size(); ++i)
    items.Set(kOutcomes.at(i), uint64_t{host.outcomes.at(i)});
  json.Set("items", std::move(items));
  std::string text = Written(json);
  text.pop_back();
  return text;
}

// The texts of some columns, appended to those of the rows from `first` on.
void AppendMembers(const std::vector<WrittenColumn>& written, uint32_t first,
                   std::vector<std::string>* rows) {
  std::vector<Code> codes(rows->size());
  for (const WrittenColumn& one : written) {
    one.column->Fill(first, codes);
    for (size_t i = 0; i < rows->size(); ++i) {
      if (codes[i] == kNotVisible) continue;
      std::string& row = (*rows)[i];
      if (row.back() != '{') row += ',';
      row += one.members[codes[i]];
    }
  }
}

}  // namespace

void WriteCsv(const Table& table, const TextSink& sink) {
  std::string text = "\xEF\xBB\xBF";
  text += "host,side,state,since,top_finding,reading,reason";
  std::vector<std::vector<std::string>> columns;
  for (const std::string& by : UsualDimensions()) {
    text += "," + by;
    columns.push_back(ValuesBy(table, by));
  }
  for (size_t i = 0; i < table.columns(); ++i) {
    const Column& column = table.column(i);
    if (!IsLabel(column) || column.key() == "label.site") continue;
    text += "," + report::CsvCell(column.key());
    columns.push_back(ValuesBy(table, column.key()));
  }
  text += ",complete,items_ok,items_not_ok,created,bundle\r\n";
  for (size_t row = 0; row < table.hosts().size(); ++row) {
    const Host& host = table.hosts()[row];
    const bool counts = host.counts();
    std::vector<std::string> cells{host.name,        counts ? NameOf(host.side) : "",
                                   host.state,       Utc(host.since),
                                   host.top_finding, NameOf(host.reading),
                                   host.reason.key};
    for (const auto& column : columns)
      cells.push_back(column[row]);
    uint32_t not_ok = 0;
    for (const size_t outcome : {1U, 3U, 4U, 5U})
      not_ok += host.outcomes.at(outcome);
    for (const std::string& cell :
         {std::string(counts ? (host.complete ? "yes" : "no") : ""),
          counts ? fmt::to_string(host.outcomes[0]) : "", counts ? fmt::to_string(not_ok) : "",
          counts ? base::FormatUtc(host.created) : "", host.path})
      cells.push_back(cell);
    text += report::CsvRow(cells);
    if (text.size() < (64U << 10U)) continue;
    if (!sink(text)) return;
    text.clear();
  }
  sink(text);
}

void WriteNdjson(const Table& table, const TextSink& sink) {
  const std::vector<WrittenColumn> facts = WriteMembers(table, false);
  const std::vector<WrittenColumn> labels = WriteMembers(table, true);
  std::vector<std::pair<std::string, std::vector<std::string>>> dimensions;
  for (const std::string& by : UsualDimensions())
    dimensions.emplace_back(Written(Json(by)) + ":", ValuesBy(table, by));
  const std::vector<Host>& hosts = table.hosts();
  for (size_t first = 0; first < hosts.size(); first += kRowsAtOnce) {
    std::vector<std::string> rows;
    for (size_t row = first; row < hosts.size() && row < first + kRowsAtOnce; ++row) {
      std::string text = HeadOf(hosts[row]) + ",\"by\":{";
      for (const auto& [key, values] : dimensions) {
        if (values[row].empty()) continue;
        if (text.back() != '{') text += ',';
        text += key + Written(Json(values[row]));
      }
      rows.push_back(text + "},\"labels\":{");
    }
    AppendMembers(labels, static_cast<uint32_t>(first), &rows);
    for (std::string& row : rows)
      row += "},\"facts\":{";
    AppendMembers(facts, static_cast<uint32_t>(first), &rows);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (hosts[first + i].counts() && !sink(rows[i] + "}}\n")) return;
    }
  }
}

}  // namespace casepack::fleet

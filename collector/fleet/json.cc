#include "collector/fleet/json.h"

#include <cmath>

#include "collector/fleet/load.h"

namespace casepack::fleet {
namespace {

using base::Json;

Json Names(const std::vector<std::string>& names) {
  Json json{Json::Array()};
  for (const std::string& name : names)
    json.Push(name);
  return json;
}

Json HostNames(const Table& table, const std::vector<uint32_t>& rows) {
  Json json{Json::Array()};
  for (const uint32_t row : rows)
    json.Push(table.hosts()[row].name);
  return json;
}

void SetSides(Json& json, const std::array<uint32_t, 3>& sides) {
  for (const Side side : {Side::kAffected, Side::kHealthy, Side::kUnknown})
    json.Set(NameOf(side), uint64_t{sides.at(static_cast<size_t>(side))});
}

void SetSplit(Json& json, const Split& split) {
  json.Set("affected_with", uint64_t{split.affected_with});
  json.Set("affected_told", uint64_t{split.affected()});
  json.Set("healthy_with", uint64_t{split.healthy_with});
  json.Set("healthy_told", uint64_t{split.healthy()});
}

Json TraitJson(const Table& table, const Trait& trait) {
  static constexpr std::array<const char*, 3> kIs{"=", ">=", "<="};
  const Column& column = table.column(trait.column);
  Json json;
  json.Set("key", column.key());
  json.Set("is", kIs.at(static_cast<size_t>(trait.is)));
  json.Set("value", column.text(trait.code));
  return json;
}

Json TotalsJson(const Totals& totals) {
  Json json;
  json.Set("bundles", uint64_t{totals.bundles});
  json.Set("hosts", uint64_t{totals.hosts()});
  SetSides(json, totals.sides);
  Json readings;
  for (size_t i = 0; i < kReadings; ++i)
    readings.Set(NameOf(static_cast<Reading>(i)), uint64_t{totals.readings.at(i)});
  json.Set("readings", std::move(readings));
  Json states{Json::Object()};
  for (const auto& [state, count] : totals.states)
    states.Set(state, uint64_t{count});
  json.Set("states", std::move(states));
  return json;
}

Json SeparatorsJson(const Table& table, const Separators& separators) {
  static constexpr std::array<const char*, 5> kWhy{"found", "no_affected", "no_healthy", "too_few",
                                                   "nothing"};
  Json json;
  json.Set("result", kWhy.at(static_cast<size_t>(separators.why)));
  json.Set("comparisons", static_cast<uint64_t>(separators.tests));
  json.Set("false_discovery_bound", kFalseDiscovery);
  Json found{Json::Array()};
  for (const Separator& separator : separators.found)
    found.Push(SeparatorJson(table, separator));
  json.Set("found", std::move(found));
  json.Set("more", uint64_t{separators.more});
  return json;
}

Json GroupsJson(const Table& table, const Groups& groups) {
  Json json;
  Json found{Json::Array()};
  for (const Group& group : groups.found) {
    Json row;
    row.Set("separator", SeparatorJson(table, group.separator));
    row.Set("hosts", HostNames(table, group.rows));
    found.Push(std::move(row));
  }
  json.Set("found", std::move(found));
  json.Set("hidden", HostNames(table, groups.hidden));
  json.Set("rest", HostNames(table, groups.rest));
  return json;
}

Json CountsJson(const Counts& counts) {
  Json json;
  json.Set("by", counts.by);
  Json rows{Json::Array()};
  for (const CountRow& row : counts.rows) {
    Json one;
    row.value.empty() ? one.Set("value", Json()) : one.Set("value", row.value);
    SetSides(one, row.sides);
    rows.Push(std::move(one));
  }
  json.Set("rows", std::move(rows));
  return json;
}

Json OnsetJson(const Onset& onset) {
  Json json{Json::Object()};
  if (onset.first) json.Set("first", base::FormatUtc(*onset.first));
  if (onset.last) json.Set("last", base::FormatUtc(*onset.last));
  Json counts{Json::Object()};
  for (const auto& [name, count] : onset.counts)
    counts.Set(name, uint64_t{count});
  json.Set("counts", std::move(counts));
  json.Set("not_known", uint64_t{onset.not_known});
  return json;
}

Json UncountedJson(const std::vector<Host>& hosts) {
  Json json{Json::Array()};
  for (const Host& host : hosts) {
    if (host.counts()) continue;
    Json row;
    row.Set("bundle", host.path);
    if (!host.name.empty()) row.Set("host", host.name);
    row.Set("reading", NameOf(host.reading));
    row.Set("reason", host.reason.key);
    json.Push(std::move(row));
  }
  return json;
}

Json HistoryJson(const Table& table) {
  Json json{Json::Array()};
  for (const Host& host : table.hosts()) {
    if (host.history.empty()) continue;
    Json row;
    row.Set("host", host.name);
    Json bundles{Json::Array()};
    const auto add = [&](const Host& one) {
      Json bundle;
      bundle.Set("created", base::FormatUtc(one.created));
      bundle.Set("state", one.state);
      bundle.Set("bundle", one.path);
      bundles.Push(std::move(bundle));
    };
    add(host);
    for (const uint32_t older : host.history)
      add(table.hosts()[older]);
    row.Set("bundles", std::move(bundles));
    json.Push(std::move(row));
  }
  return json;
}

Json InventoryJson(const Inventory& inventory) {
  Json json;
  json.Set("listed", uint64_t{inventory.listed});
  json.Set("found", uint64_t{inventory.found});
  json.Set("missing", Names(inventory.missing));
  json.Set("unread", Names(inventory.unread));
  json.Set("extra", Names(inventory.extra));
  return json;
}

Json LabelsJson(const LabelsGiven& labels) {
  Json json;
  json.Set("hosts", uint64_t{labels.hosts});
  json.Set("unknown", uint64_t{labels.unknown});
  json.Set("contradictions", uint64_t{labels.contradictions});
  return json;
}

Json HostJson(const Table& table, const HostReport& host) {
  Json json;
  json.Set("host", table.hosts()[host.row].name);
  Json rows{Json::Array()};
  for (const Unusual& one : host.unusual) {
    Json row;
    row.Set("key", one.key);
    one.value.empty() ? row.Set("value", Json()) : row.Set("value", one.value);
    one.usual.empty() ? row.Set("usual", Json()) : row.Set("usual", one.usual);
    row.Set("healthy_with", uint64_t{one.with});
    row.Set("healthy_told", uint64_t{one.told});
    rows.Push(std::move(row));
  }
  json.Set("unlike_the_healthy", std::move(rows));
  return json;
}

}  // namespace

Json SeparatorJson(const Table& table, const Separator& separator) {
  Json json;
  Json facts{Json::Array()};
  for (const Trait& trait : separator.traits)
    facts.Push(TraitJson(table, trait));
  json.Set("facts", std::move(facts));
  SetSplit(json, separator.split);
  json.Set("lift", separator.Lift());
  json.Set("log10_p", separator.log_p / std::log(10.0));
  json.Set("log10_q", separator.log_q / std::log(10.0));
  Json folded{Json::Array()};
  for (const Folded& one : separator.folded) {
    Json row = TraitJson(table, one.trait);
    SetSplit(row, one.split);
    row.Set("same_hosts", one.same_hosts);
    folded.Push(std::move(row));
  }
  json.Set("folded", std::move(folded));
  json.Set("folded_more", uint64_t{separator.folded_more});
  return json;
}

Json ReportJson(const Table& table, const Report& report) {
  Json json;
  json.Set("format", kReportFormat);
  Json states;
  states.Set("affected", Names(report.states.affected));
  states.Set("healthy", Names(report.states.healthy));
  json.Set("states", std::move(states));
  json.Set("totals", TotalsJson(report.totals));
  json.Set("separators", SeparatorsJson(table, report.separators));
  json.Set("groups", GroupsJson(table, report.groups));
  Json counts{Json::Array()};
  for (const Counts& one : report.counts)
    counts.Push(CountsJson(one));
  json.Set("counts", std::move(counts));
  json.Set("causes", CountsJson(report.causes));
  json.Set("onset", OnsetJson(report.onset));
  if (report.host) json.Set("host", HostJson(table, *report.host));
  if (report.inventory) json.Set("inventory", InventoryJson(*report.inventory));
  if (report.labels) json.Set("group_file", LabelsJson(*report.labels));
  json.Set("history", HistoryJson(table));
  json.Set("uncounted", UncountedJson(table.hosts()));
  return json;
}

}  // namespace casepack::fleet

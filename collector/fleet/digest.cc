#include "collector/fleet/digest.h"

#include <fmt/format.h>

#include <array>

#include "collector/base/json_scan.h"
#include "collector/base/utf8.h"
#include "collector/bundle/index_names.h"
#include "collector/fleet/dimensions.h"
#include "collector/fleet/load.h"
#include "collector/fleet/same_host.h"

namespace casepack::fleet {
namespace {

using base::Json;
using base::JsonScan;

constexpr std::string_view kFamily = "casepack-digest/";
constexpr size_t kLongest = 1024;  // of a text that is kept
constexpr size_t kSample = 80;     // of a line that is none
constexpr size_t kMostNames = 100;

const char* ExitClass(int exit) {
  switch (exit) {
    case 0:
      return "complete";
    case 1:
      return "incomplete";
    case 2:
      return "usage";
    case 130:
      return "interrupted";
    default:
      return "not_written";
  }
}

Json Items(const bundle::Index& index) {
  std::array<uint64_t, 7> counts{};
  for (const auto& item : index.items)
    ++counts.at(static_cast<size_t>(item.outcome));
  Json json;
  for (size_t i = 0; i < counts.size(); ++i) {
    json.Set(std::string(bundle::NameOf(static_cast<bundle::Outcome>(i))), counts.at(i));
  }
  return json;
}

// The value of a dimension as a bundle of this run would give it.
std::string ValueOf(const DigestOf& of, const std::string& by) {
  for (const std::string& key : KeysOf(by)) {
    if (key == kOsKey && !of.index.host.os.empty()) return of.index.host.os;
    if (key == kKernelKey && !of.index.host.kernel.empty()) return of.index.host.kernel;
    if (key == kRolesKey && of.index.analysis) return RolesText(of.index.analysis->roles);
    if (key.compare(0, kLabelKey.size(), kLabelKey) == 0) {
      const auto label = of.index.labels.find(key.substr(kLabelKey.size()));
      if (label != of.index.labels.end()) return label->second;
    }
    if (const analysis::Fact* fact = of.facts.Find(key)) return analysis::TextOf(fact->value);
  }
  return {};
}

void SetVerdict(Json& json, const bundle::AnalysisRow& analysis) {
  const bundle::VerdictRow& verdict = analysis.verdict;
  json.Set("state", verdict.state);
  json.Set("headline", verdict.headline.en);
  if (verdict.since) json.Set("since", base::FormatUtc(*verdict.since));
  json.Set("top_finding", verdict.top_finding);
  json.Set("top_state", verdict.top_state);
  Json problems{Json::Array()};
  for (const auto& check : analysis.checklist) {
    if (check.state == "problem") problems.Push(check.id);
  }
  json.Set("problems", std::move(problems));
}

// One line while it is read.
class LineParser {
 public:
  explicit LineParser(std::string_view text) : scan_(text) {}

  // False: not the whole of an object.
  bool Parse() {
    return scan_.Object([this](std::string_view name) { Member(name); });
  }

  std::string format;
  std::string error;
  Host host;
  Cells cells;

 private:
  void Member(std::string_view name) {
    if (name == "format") return Take(&format);
    if (name == "host") return Take(&host.name);
    if (name == "machine") return Take(&host.machine);
    if (name == "bundle_id") return Take(&host.bundle_id);
    if (name == "bundle") return Take(&host.path);
    if (name == "state") return Take(&host.state);
    if (name == "top_finding") return Take(&host.top_finding);
    if (name == "error") return Take(&error);
    if (name == "complete") {
      host.complete = scan_.Flag().value_or(host.complete);
      return;
    }
    if (name == "created") host.created = Time().value_or(host.created);
    if (name == "since") host.since = Time();
    if (name == "casepack") return TakeCell(std::string(kToolKey));
    if (name == "by") return TakeCells(kDigestKey);
    if (name == "labels") return TakeCells(kLabelKey);
    if (name == "items") return TakeItems();
  }

  void Take(std::string* out) {
    if (const auto text = scan_.String()) *out = base::CutUtf8(*text, kLongest);
  }
  std::optional<base::Timestamp> Time() {
    const auto text = scan_.String();
    return text ? base::ParseUtc(*text) : std::nullopt;
  }
  void TakeCell(const std::string& key) {
    if (const auto text = scan_.String()) cells.Add(key, *text);
  }
  void TakeCells(std::string_view prefix) {
    size_t names = 0;
    scan_.Object([&](std::string_view name) {
      const std::string key = std::string(prefix) + std::string(name);
      if (++names <= kMostNames) TakeCell(key);
    });
  }
  void TakeItems() {
    scan_.Object([&](std::string_view name) {
      const bundle::Outcome outcome = bundle::OutcomeOfName(name);
      if (bundle::NameOf(outcome) != name) return;  // of a newer version, or a lie
      const std::string_view number = scan_.Number().value_or("-");
      if (number.find_first_not_of("0123456789") != number.npos) return;
      uint64_t count = 0;
      for (const char c : number)
        count = std::min<uint64_t>(UINT16_MAX, count * 10 + static_cast<uint64_t>(c - '0'));
      host.outcomes.at(static_cast<size_t>(outcome)) = static_cast<uint16_t>(count);
    });
  }

  JsonScan scan_;
};

Host Unread(uint64_t number, Reading reading, base::Message reason) {
  Host host;
  host.path = fmt::format("#{}", number);
  host.reading = reading;
  host.reason = std::move(reason);
  return host;
}

std::string Sample(std::string_view line) { return base::Visible(base::CutUtf8(line, kSample)); }

// Where the object begins; other writers of JSON put blanks behind its brace.
size_t BraceOf(std::string_view line) {
  size_t brace = line.find('{');
  while (brace != line.npos) {
    const size_t next = line.find_first_not_of(" \t", brace + 1);
    if (next != line.npos && line[next] == '"') break;
    brace = line.find('{', brace + 1);
  }
  return brace;
}

}  // namespace

Json DigestJson(const DigestOf& of) {
  const bundle::Index& index = of.index;
  Json json;
  json.Set("format", kDigestFormat);
  json.Set("host", index.host.name);
  json.Set("machine", index.host.machine_id_hash);
  json.Set("casepack", index.tool.version);
  json.Set("created", base::FormatUtc(index.created));
  json.Set("complete", index.ended == bundle::Ended::kWhole);
  if (index.analysis) SetVerdict(json, *index.analysis);
  Json by{Json::Object()};
  for (const std::string& dimension : UsualDimensions()) {
    const std::string value = CountedAs(dimension, ValueOf(of, dimension));
    if (!value.empty()) by.Set(dimension, value);
  }
  json.Set("by", std::move(by));
  Json labels{Json::Object()};
  for (const auto& [name, value] : index.labels)
    labels.Set(name, value);
  json.Set("labels", std::move(labels));
  json.Set("items", Items(index));
  json.Set("bundle", of.bundle);
  json.Set("bundle_id", index.bundle_id);
  json.Set("bytes", of.bytes);
  json.Set("sha256", of.sha256);
  json.Set("exit", of.exit);
  json.Set("exit_class", ExitClass(of.exit));
  return json;
}

Json FailedDigestJson(std::string_view host, std::string_view version, int exit,
                      std::string_view error) {
  Json json;
  json.Set("format", kDigestFormat);
  if (!host.empty()) json.Set("host", host);
  json.Set("casepack", version);
  json.Set("error", error);
  json.Set("exit", exit);
  json.Set("exit_class", ExitClass(exit));
  return json;
}

void DigestReader::Line(std::string_view line) {
  ++number_;
  while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
    line.remove_suffix(1);
  if (line.empty()) return;
  const size_t brace = BraceOf(line);
  if (brace == line.npos) {
    return table_.AddUnread(
        Unread(number_, Reading::kForeign, {"fleet.digest.junk", {{"text", Sample(line)}}}));
  }
  LineParser parser(line.substr(brace));
  const bool whole = parser.Parse();
  if (parser.format.compare(0, kFamily.size(), kFamily) != 0) {
    return table_.AddUnread(
        Unread(number_, Reading::kForeign, {"fleet.digest.junk", {{"text", Sample(line)}}}));
  }
  Host& host = parser.host;
  if (!whole) {
    host.reading = Reading::kBroken;
    host.reason = {"fleet.digest.truncated", {}};
  } else if (parser.format != kDigestFormat &&
             parser.format.compare(0, std::string_view(kDigestFormat).size() + 1,
                                   std::string(kDigestFormat) + ".") != 0) {
    host.reading = Reading::kNewer;
    host.reason = {"fleet.digest.newer", {{"format", Sample(parser.format)}}};
  } else if (!parser.error.empty()) {
    host.reading = Reading::kFailed;
    host.reason = {"fleet.digest.failed", {{"error", parser.error}}};
  }
  if (host.reading == Reading::kRead) return table_.Add(std::move(host), parser.cells.all(), {});
  host.path = fmt::format("#{}", number_) + (host.name.empty() ? "" : " " + host.name);
  table_.AddUnread(std::move(host));
}

Table DigestReader::Finish() {
  table_.Close();
  SettleSameHosts(table_.hosts());
  return std::move(table_);
}

}  // namespace casepack::fleet

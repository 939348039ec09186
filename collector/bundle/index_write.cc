#include "collector/bundle/index_write.h"

#include "collector/base/json.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index_names.h"

namespace casepack::bundle {
namespace {

using base::Json;

int64_t Milliseconds(base::Duration span) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

Json FromCounts(const std::map<std::string, uint64_t, std::less<>>& counts) {
  Json json{Json::Object()};
  for (const auto& [rule, count] : counts)
    json.Set(rule, count);
  return json;
}

// Into the object that the text belongs to.
void SetText(Json& json, const Text& text) {
  if (!text.message.key.empty()) {
    json.Set("key", text.message.key);
    Json args{Json::Object()};
    for (const auto& [name, value] : text.message.args) {
      if (args.Find(name) == nullptr) args.Set(name, value);
    }
    json.Set("args", std::move(args));
  }
  json.Set("en", text.en);
  json.Set("ja", text.ja);
}

bool IsEmpty(const Text& text) {
  return text.message.key.empty() && text.en.empty() && text.ja.empty();
}

Json FromText(const Text& text) {
  Json json;
  SetText(json, text);
  return json;
}

Json FromMember(const MemberRow& member) {
  Json json;
  json.Set("name", member.name);
  if (!member.original.empty()) json.Set("original", member.original);
  json.Set("bytes", member.bytes);
  json.Set("sha256", member.sha256);
  if (member.place.length > 0) {
    json.Set("offset", member.place.offset);
    json.Set("length", member.place.length);
  }
  if (member.cut_head) json.Set("cut_head", true);
  if (member.cut_tail) json.Set("cut_tail", true);
  return json;
}

Json FromNote(const NoteRow& note) {
  Json json;
  json.Set("subject", note.subject);
  SetText(json, note.text);
  return json;
}

Json FromLog(const LogRow& log) {
  Json json;
  json.Set("path", log.path);
  json.Set("state", log.state);
  if (!log.format.empty()) json.Set("format", log.format);
  if (!log.zone.empty()) json.Set("zone", log.zone);
  if (!log.zone_from.empty()) json.Set("zone_from", log.zone_from);
  if (log.first) json.Set("first", base::FormatUtc(*log.first));
  if (log.last) json.Set("last", base::FormatUtc(*log.last));
  json.Set("bytes", log.bytes);
  json.Set("dated", log.dated);
  json.Set("undated", log.undated);
  json.Set("jumps", log.jumps);
  return json;
}

Json FromCase(const CaseRow& row) {
  Json json;
  json.Set("error_time", base::FormatUtc(*row.error_time));
  json.Set("error_from", row.error_from);
  json.Set("zone", row.error_zone);
  json.Set("zone_from", row.zone_from);
  if (!row.evidence.empty()) json.Set("evidence", row.evidence);
  if (!row.source.empty()) json.Set("source", row.source);
  if (!row.line.empty()) json.Set("line", row.line);
  json.Set("from", base::FormatUtc(row.from));
  json.Set("to", base::FormatUtc(row.to));
  return json;
}

Json FromItem(const ItemRow& item) {
  Json json;
  json.Set("id", item.id);
  json.Set("kind", item.kind);
  json.Set("title", Json::Object{{"en", item.title_en, {}}, {"ja", item.title_ja, {}}});
  json.Set("priority", item.priority);
  json.Set("outcome", NameOf(item.outcome));
  if (!IsEmpty(item.reason)) json.Set("reason", FromText(item.reason));
  json.Set("started", base::FormatUtc(item.started));
  json.Set("elapsed_ms", Milliseconds(item.elapsed));
  if (item.exit) json.Set("exit", *item.exit);
  json.Set("bytes_read", item.bytes_read);
  Json members{Json::Array()};
  for (const MemberRow& member : item.members)
    members.Push(FromMember(member));
  json.Set("members", std::move(members));
  Json notes{Json::Array()};
  for (const NoteRow& note : item.notes)
    notes.Push(FromNote(note));
  json.Set("notes", std::move(notes));
  if (item.notes_left_out > 0) json.Set("notes_left_out", item.notes_left_out);
  if (!item.logs.empty()) {
    Json logs{Json::Array()};
    for (const LogRow& log : item.logs)
      logs.Push(FromLog(log));
    json.Set("logs", std::move(logs));
  }
  if (item.logs_left_out > 0) json.Set("logs_left_out", item.logs_left_out);
  json.Set("redactions", FromCounts(item.redactions));
  return json;
}

Json FromLeftOut(const LeftOutRow& row) {
  Json json;
  json.Set("member", row.member);
  json.Set("bytes", row.bytes);
  json.Set("reason", FromText(row.reason));
  return json;
}

Json FromTool(const ToolRow& tool) {
  Json json;
  json.Set("name", "casepack");
  json.Set("version", tool.version);
  json.Set("commit", tool.commit);
  json.Set("manifests_sha256", tool.manifests_sha256);
  return json;
}

Json FromHost(const HostRow& host) {
  Json json;
  json.Set("name", host.name);
  json.Set("machine_id_hash", host.machine_id_hash);
  json.Set("platform", host.platform);
  json.Set("os", host.os);
  json.Set("kernel", host.kernel);
  json.Set("machine", host.machine);
  json.Set("as_root", host.as_root);
  return json;
}

Json FromWords(const WordsRow& words) {
  return Json::Object{{"en", words.en, {}}, {"ja", words.ja, {}}};
}

void SetWords(Json& json, const char* name, const WordsRow& words) {
  if (!words.en.empty() || !words.ja.empty()) json.Set(name, FromWords(words));
}

Json FromEvidence(const std::vector<EvidenceRow>& evidence) {
  Json rows{Json::Array()};
  for (const EvidenceRow& row : evidence) {
    Json json;
    if (!row.fact.empty()) json.Set("fact", row.fact);
    if (!row.value.empty()) json.Set("value", row.value);
    if (!row.member.empty()) json.Set("member", row.member);
    if (row.line > 0) json.Set("line", row.line);
    if (!row.text.empty()) json.Set("text", row.text);
    rows.Push(std::move(json));
  }
  return rows;
}

Json FromTexts(const std::vector<std::string>& texts) {
  Json rows{Json::Array()};
  for (const std::string& text : texts)
    rows.Push(text);
  return rows;
}

// What a check and a finding have in common.
template <typename Row>
Json FromConclusion(const Row& row) {
  Json json;
  json.Set("id", row.id);
  json.Set("title", FromWords(row.title));
  json.Set("state", row.state);
  json.Set("evidence", FromEvidence(row.evidence));
  if (!row.missing.empty()) json.Set("missing", FromTexts(row.missing));
  SetWords(json, "remedy", row.remedy);
  return json;
}

Json FromVerdict(const VerdictRow& verdict) {
  Json json;
  json.Set("state", verdict.state);
  json.Set("headline", FromWords(verdict.headline));
  json.Set("evidence", FromEvidence(verdict.evidence));
  if (verdict.since) {
    json.Set("since", base::FormatUtc(*verdict.since));
    json.Set("since_from", verdict.since_from);
  }
  if (!verdict.top_finding.empty()) {
    json.Set("top_finding", verdict.top_finding);
    json.Set("top_state", verdict.top_state);
  }
  return json;
}

void SetAnalysis(Json& json, const AnalysisRow& analysis) {
  json.Set("roles", FromTexts(analysis.roles));
  json.Set("verdict", FromVerdict(analysis.verdict));
  Json checklist{Json::Array()};
  for (const CheckRow& row : analysis.checklist) {
    Json check = FromConclusion(row);
    SetWords(check, "unknown", row.unknown);
    checklist.Push(std::move(check));
  }
  json.Set("checklist", std::move(checklist));
  Json findings{Json::Array()};
  for (const FindingRow& row : analysis.findings) {
    Json finding = FromConclusion(row);
    SetWords(finding, "settle", row.settle);
    if (!row.faq.empty()) finding.Set("faq", row.faq);
    findings.Push(std::move(finding));
  }
  json.Set("findings", std::move(findings));
}

Json FromResources(const ResourcesRow& resources) {
  Json json;
  json.Set("wall_ms", Milliseconds(resources.wall));
  json.Set("cpu_ms", Milliseconds(resources.cpu));
  json.Set("peak_memory_bytes", resources.peak_memory);
  json.Set("bytes_read", resources.bytes_read);
  return json;
}

}  // namespace

Json FindingsJson(const AnalysisRow& analysis) {
  Json json;
  json.Set("format", "casepack-findings/1");
  SetAnalysis(json, analysis);
  return json;
}

std::string WriteIndexJson(const Index& index) {
  Json json;
  json.Set("format", kFormatName);
  json.Set("tool", FromTool(index.tool));
  json.Set("bundle_id", index.bundle_id);
  json.Set("created", base::FormatUtc(index.created));
  json.Set("complete", index.ended == Ended::kWhole);
  json.Set("ended", NameOf(index.ended));
  json.Set("host", FromHost(index.host));
  if (!index.product.empty()) json.Set("product", index.product);
  if (!index.labels.empty()) {
    Json labels{Json::Object()};
    for (const auto& [key, value] : index.labels)
      labels.Set(key, value);
    json.Set("labels", std::move(labels));
  }
  if (index.incident.error_time) json.Set("case", FromCase(index.incident));
  json.Set("language", index.language);
  if (index.analysis) SetAnalysis(json, *index.analysis);
  Json items{Json::Array()};
  for (const ItemRow& item : index.items)
    items.Push(FromItem(item));
  json.Set("items", std::move(items));
  Json left_out{Json::Array()};
  for (const LeftOutRow& row : index.left_out)
    left_out.Push(FromLeftOut(row));
  json.Set("left_out", std::move(left_out));
  json.Set("redaction", FromCounts(index.redactions));
  json.Set("resources", FromResources(index.resources));
  return base::WriteJson(json, base::JsonStyle::kIndented) + "\n";
}

}  // namespace casepack::bundle

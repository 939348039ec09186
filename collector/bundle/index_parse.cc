#include "collector/bundle/index_parse.h"

#include "collector/bundle/analysis_parse.h"
#include "collector/bundle/fields.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index_names.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::Json;
using base::Status;

using Counts = std::map<std::string, uint64_t, std::less<>>;

// Reads rows; `wrong_` has the name of the first field of a wrong type.
class Parser {
 public:
  Index Read(const Json& json) {
    Index index;
    Fields fields(json, &wrong_);
    ReadHead(fields, index);
    fields.ReadArray("items", [&](const Json& item) { index.items.push_back(ReadItem(item)); });
    fields.ReadArray("left_out",
                     [&](const Json& row) { index.left_out.push_back(ReadLeftOut(row)); });
    ReadCounts(fields, "redaction", &index.redactions);
    if (json.Find("verdict") != nullptr) index.analysis = ReadAnalysis(json, &wrong_);
    return index;
  }
  [[nodiscard]] const std::string& wrong() const { return wrong_; }

 private:
  void ReadHead(Fields& fields, Index& index) {
    fields.Read("bundle_id", &index.bundle_id);
    fields.Read("created", &index.created);
    fields.Read("language", &index.language);
    fields.Read("product", &index.product);
    ReadEnded(fields, index);
    fields.ReadObject("labels", [&](const std::string& key, const Json& value) {
      if (value.string() == nullptr) return fields.Wrong("labels");
      index.labels.emplace(key, *value.string());
    });
    if (const Json* tool = fields.Find("tool")) {
      Fields of(*tool, &wrong_);
      of.Read("version", &index.tool.version);
      of.Read("commit", &index.tool.commit);
      of.Read("manifests_sha256", &index.tool.manifests_sha256);
    }
    if (const Json* host = fields.Find("host")) ReadHost(*host, index.host);
    if (const Json* incident = fields.Find("case")) ReadCase(*incident, index.incident);
    if (const Json* resources = fields.Find("resources")) {
      Fields of(*resources, &wrong_);
      of.ReadMilliseconds("wall_ms", &index.resources.wall);
      of.ReadMilliseconds("cpu_ms", &index.resources.cpu);
      of.Read("peak_memory_bytes", &index.resources.peak_memory);
      of.Read("bytes_read", &index.resources.bytes_read);
    }
  }

  static void ReadEnded(Fields& fields, Index& index) {
    bool complete = true;
    std::string ended;
    fields.Read("complete", &complete);
    fields.Read("ended", &ended);
    index.ended = complete ? Ended::kWhole : Ended::kInterrupted;
    if (!complete && EndedOfName(ended) != Ended::kWhole) index.ended = EndedOfName(ended);
  }

  void ReadHost(const Json& json, HostRow& host) {
    Fields fields(json, &wrong_);
    fields.Read("name", &host.name);
    fields.Read("machine_id_hash", &host.machine_id_hash);
    fields.Read("platform", &host.platform);
    fields.Read("os", &host.os);
    fields.Read("kernel", &host.kernel);
    fields.Read("machine", &host.machine);
    fields.Read("as_root", &host.as_root);
  }

  ItemRow ReadItem(const Json& json) {
    ItemRow item;
    Fields fields(json, &wrong_);
    fields.Read("id", &item.id);
    fields.Read("kind", &item.kind);
    if (const Json* title = fields.Find("title")) {
      Fields of(*title, &wrong_);
      of.Read("en", &item.title_en);
      of.Read("ja", &item.title_ja);
    }
    fields.Read("priority", &item.priority);
    std::string outcome;
    fields.Read("outcome", &outcome);
    item.outcome = OutcomeOfName(outcome);
    if (const Json* reason = fields.Find("reason")) item.reason = ReadText(*reason);
    fields.Read("started", &item.started);
    fields.ReadMilliseconds("elapsed_ms", &item.elapsed);
    if (fields.Find("exit") != nullptr) fields.Read("exit", &item.exit.emplace(0));
    fields.Read("bytes_read", &item.bytes_read);
    fields.ReadArray("members", [&](const Json& row) { item.members.push_back(ReadMember(row)); });
    fields.ReadArray("notes", [&](const Json& row) { item.notes.push_back(ReadNote(row)); });
    fields.Read("notes_left_out", &item.notes_left_out);
    fields.ReadArray("logs", [&](const Json& row) { item.logs.push_back(ReadLog(row)); });
    fields.Read("logs_left_out", &item.logs_left_out);
    ReadCounts(fields, "redactions", &item.redactions);
    return item;
  }

  LogRow ReadLog(const Json& json) {
    LogRow log;
    Fields fields(json, &wrong_);
    fields.Read("path", &log.path);
    fields.Read("state", &log.state);
    fields.Read("format", &log.format);
    fields.Read("zone", &log.zone);
    fields.Read("zone_from", &log.zone_from);
    if (fields.Find("first") != nullptr) fields.Read("first", &log.first.emplace());
    if (fields.Find("last") != nullptr) fields.Read("last", &log.last.emplace());
    fields.Read("bytes", &log.bytes);
    fields.Read("dated", &log.dated);
    fields.Read("undated", &log.undated);
    fields.Read("jumps", &log.jumps);
    return log;
  }

  void ReadCase(const Json& json, CaseRow& row) {
    Fields fields(json, &wrong_);
    fields.Read("error_time", &row.error_time.emplace());
    fields.Read("error_from", &row.error_from);
    fields.Read("zone", &row.error_zone);
    fields.Read("zone_from", &row.zone_from);
    fields.Read("evidence", &row.evidence);
    fields.Read("source", &row.source);
    fields.Read("line", &row.line);
    fields.Read("from", &row.from);
    fields.Read("to", &row.to);
  }

  MemberRow ReadMember(const Json& json) {
    MemberRow member;
    Fields fields(json, &wrong_);
    fields.Read("name", &member.name);
    if (member.name.empty()) fields.Wrong("name");
    fields.Read("original", &member.original);
    fields.Read("bytes", &member.bytes);
    fields.Read("sha256", &member.sha256);
    fields.Read("offset", &member.place.offset);
    fields.Read("length", &member.place.length);
    fields.Read("cut_head", &member.cut_head);
    fields.Read("cut_tail", &member.cut_tail);
    return member;
  }

  NoteRow ReadNote(const Json& json) {
    NoteRow note;
    Fields(json, &wrong_).Read("subject", &note.subject);
    note.text = ReadText(json);
    return note;
  }

  LeftOutRow ReadLeftOut(const Json& json) {
    LeftOutRow row;
    Fields fields(json, &wrong_);
    fields.Read("member", &row.member);
    fields.Read("bytes", &row.bytes);
    if (const Json* reason = fields.Find("reason")) row.reason = ReadText(*reason);
    return row;
  }

  Text ReadText(const Json& json) {
    Text text;
    Fields fields(json, &wrong_);
    fields.Read("key", &text.message.key);
    fields.Read("en", &text.en);
    fields.Read("ja", &text.ja);
    fields.ReadObject("args", [&](const std::string& name, const Json& value) {
      if (value.string() == nullptr) return fields.Wrong("args");
      text.message.args.emplace_back(name, *value.string());
    });
    return text;
  }

  static void ReadCounts(Fields& fields, const char* name, Counts* counts) {
    fields.ReadObject(name, [&](const std::string& rule, const Json& value) {
      if (value.integer() == nullptr || *value.integer() < 0) return fields.Wrong(name);
      (*counts)[rule] = static_cast<uint64_t>(*value.integer());
    });
  }

  std::string wrong_;
};

}  // namespace

base::Result<Index> ParseIndexJson(std::string_view text, const base::JsonLimits& limits) {
  const base::Result<Json> json = base::ParseJson(text, limits);
  if (!json)
    return Status(Code::kInvalid, {"bundle.reader.index_json", json.error().message().args});
  RETURN_IF_ERROR(CheckFormatName(json->StringOr("format", "")));
  Parser parser;
  Index index = parser.Read(*json);
  if (parser.wrong().empty()) return index;
  return Status(Code::kInvalid, {"bundle.reader.index_field", {{"field", parser.wrong()}}});
}

}  // namespace casepack::bundle

#include "collector/run/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "collector/analysis/log_records.h"
#include "collector/analysis/log_store.h"
#include "collector/base/json.h"

namespace casepack::run {
namespace {

using analysis::LogRecord;
using base::Json;

constexpr const char* kId = "casepack.events";
constexpr const char* kName = "events.ndjson";
constexpr uint64_t kMaxBytes = 32U << 20U;

// RFC 3339 in UTC with microseconds: what order the lines of a second have.
std::string Exactly(base::Timestamp time) {
  std::string text = base::FormatUtc(time);
  const auto rest = time - std::chrono::floor<std::chrono::seconds>(time);
  const auto micro = std::chrono::duration_cast<std::chrono::microseconds>(rest).count();
  if (micro == 0) return text;
  text.pop_back();
  return text + fmt::format(".{:06}Z", micro);
}

Json DoubtsOf(uint32_t doubts) {
  struct Word {
    uint32_t bit;
    const char* word;
  };
  static constexpr std::array<Word, 4> kWords{{{records::kZoneAssumed, "zone"},
                                               {records::kYearGuessed, "year"},
                                               {records::kHourTwice, "hour_twice"},
                                               {records::kClockBack, "clock_back"}}};
  Json list{Json::Array()};
  for (const Word& word : kWords) {
    if ((doubts & word.bit) != 0) list.Push(word.word);
  }
  return list;
}

Json ToJson(const LogRecord& record) {
  Json json;
  json.Set("time", Exactly(record.time));
  json.Set("source", record.source);
  json.Set("member", record.member);
  json.Set("line", record.line);
  json.Set("text", record.text);
  if (record.cut) json.Set("cut", true);
  if (record.count > 1) {
    json.Set("count", record.count);
    json.Set("until", Exactly(record.until));
  }
  if (record.doubts != records::kNoDoubt) json.Set("doubts", DoubtsOf(record.doubts));
  return json;
}

std::string SourceOf(const bundle::ItemRow& item, const bundle::MemberRow& member) {
  if (!member.original.empty()) return member.original;
  const std::string prefix = "raw/" + item.id;
  return member.name.substr(std::min(prefix.size(), member.name.size()));
}

// Those whose kind tells rows of logs, and to the store which logs several of them took.
std::vector<const bundle::ItemRow*> ItemsWithLogs(const std::vector<bundle::ItemRow>& rows,
                                                  analysis::LogStore& store) {
  const bool journal = std::any_of(rows.begin(), rows.end(), [](const bundle::ItemRow& row) {
    return row.kind == "journal" && !row.members.empty();
  });
  std::vector<const bundle::ItemRow*> items;
  std::map<std::string, int> sources;
  for (const bundle::ItemRow& row : rows) {
    // What the kernel says and a command prints, the journal has too.
    if (row.logs.empty() || (journal && row.kind == "command")) continue;
    items.push_back(&row);
    for (const bundle::MemberRow& member : row.members) {
      const std::string source = SourceOf(row, member);
      if (++sources[source] == 2) store.ExpectTwice(source);
    }
  }
  return items;
}

// A log's part in the bundle.
void AddLog(const bundle::ItemRow& item, const bundle::MemberRow& member,
            const records::Window& window, const bundle::Writer& writer,
            analysis::LogStore& store) {
  // What was taken is of the window: so is a year that is not there.
  analysis::LogRecords events({SourceOf(item, member), member.name, window.error}, window, store);
  const base::Status read = writer.Read(member, [&](std::string_view bytes) {
    events.Feed(bytes);
    return true;
  });
  if (read.ok()) events.Finish();
}

}  // namespace

std::vector<bundle::ItemRow> WriteEvents(const std::vector<bundle::ItemRow>& rows,
                                         const records::Window& window, bundle::Writer& writer) {
  analysis::LogStore store(window.error, {});
  bool any = false;
  const std::vector<const bundle::ItemRow*> items = ItemsWithLogs(rows, store);
  for (const bundle::ItemRow* const one : items) {
    const bundle::ItemRow& item = *one;
    for (const bundle::MemberRow& member : item.members) {
      any = true;
      AddLog(item, member, window, writer, store);
    }
  }
  if (!any) return {};
  const base::Instant begun = std::chrono::steady_clock::now();
  bundle::Entry entry = writer.NewTopEntry(kId, {.max_bytes = kMaxBytes, .max_members = 1});
  base::Status status;
  {
    auto member = entry.Open({kName, kName, {}});
    status = member.error();
    if (member) {
      for (const LogRecord* record : store.InOrder()) {
        status = member->Record(ToJson(*record));
        if (!status.ok()) break;
      }
      const base::Status closed = member->Close();
      if (status.ok()) status = closed;
    }
  }
  if (store.left_out() > 0) {
    entry.Note(kName, {"run.events.left_out", {{"count", fmt::to_string(store.left_out())}}});
  }
  bundle::ItemRow row = entry.Finish(status);
  row.id = kId;
  row.kind = "events";
  row.title_en = "Events around the error, of all logs";
  row.title_ja = "障害時刻前後のイベント (全ログ統合)";
  row.priority = 85;
  row.elapsed = std::chrono::steady_clock::now() - begun;
  return {std::move(row)};
}

}  // namespace casepack::run

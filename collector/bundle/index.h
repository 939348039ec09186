// index.json as plain data: the table from which all else in a bundle is reachable. The
// format is FORMAT.md beside this file. Values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "collector/base/message.h"
#include "collector/base/time.h"

namespace casepack::bundle {

enum class Outcome {
  kOk,
  kPartial,  // something of it could not be had: its notes say what
  kMissing,  // not on this host
  kDenied,   // the system said no, or we did: a link not to be trusted, a network mount
  kTimedOut,
  kFailed,
  kSkipped,  // not done, on purpose: its reason says why
};

// A text in both languages. `message` is empty in an index written by a newer casepack
// with words that we do not know; the texts are there all the same.
struct Text {
  base::Message message;
  std::string en;
  std::string ja;
};

struct Extent {  // a part of the file that holds whole gzip members or zstd frames
  uint64_t offset = 0;
  uint64_t length = 0;
};

struct MemberRow {
  std::string name;       // "raw/host.os-release/etc/os-release", as in the archive less its folder
  std::string original;   // the path or command that it came from, where that differs
  uint64_t bytes = 0;     // redacted content
  std::string sha256;     // of the redacted content, hex
  Extent place;           // counted from the end of the first gzip member; empty in a zip
  bool cut_head = false;  // the source had more before it
  bool cut_tail = false;  // or behind it
};

struct NoteRow {
  std::string subject;  // a path, mostly
  Text text;
};

// What a log had to say of the window: one for each log that was looked at.
struct LogRow {
  std::string path;
  std::string state;      // "taken", "outside", "undated", "empty"
  std::string format;     // names of time formats: "iso8601", "iso8601 rfc3164"
  std::string zone;       // of times without one: "Asia/Tokyo"; empty if all of them have one
  std::string zone_from;  // "host", "given", "utc": why that one
  std::optional<base::Timestamp> first;  // of its stamps
  std::optional<base::Timestamp> last;
  uint64_t bytes = 0;    // in the window, as they stood in the log
  uint64_t dated = 0;    // lines read with a time
  uint64_t undated = 0;  // lines read without one: they belong to the line before
  uint64_t jumps = 0;    // how often the clock was set back
};

struct ItemRow {
  std::string id;
  std::string kind;
  std::string title_en;
  std::string title_ja;
  int priority = 50;
  Outcome outcome = Outcome::kOk;
  Text reason;  // empty when kOk
  base::Timestamp started{};
  base::Duration elapsed{};
  std::optional<int> exit;  // of a command
  uint64_t bytes_read = 0;
  std::vector<MemberRow> members;
  std::vector<NoteRow> notes;
  uint64_t notes_left_out = 0;  // beyond the bound on notes
  std::vector<LogRow> logs;
  uint64_t logs_left_out = 0;                               // beyond the bound on them
  std::map<std::string, uint64_t, std::less<>> redactions;  // rule id -> how often
};

struct LeftOutRow {
  std::string member;
  uint64_t bytes = 0;
  Text reason;
};

struct HostRow {
  std::string name;
  std::string machine_id_hash;  // of /etc/machine-id, keyed with our name; empty if unknown
  std::string platform;         // "linux"
  std::string os;               // "Debian GNU/Linux 12 (bookworm)"
  std::string kernel;
  std::string machine;
  bool as_root = false;  // the collector had full rights
};

struct ToolRow {
  std::string version;
  std::string commit;
  std::string manifests_sha256;
};

struct ResourcesRow {
  base::Duration wall{};
  base::Duration cpu{};      // casepack and its children
  uint64_t peak_memory = 0;  // casepack alone
  uint64_t bytes_read = 0;
};

// A line of a member that a conclusion rests on.
struct EvidenceRow {
  std::string fact;    // its key; empty for an event
  std::string value;   // as text
  std::string member;  // where it was read; empty: how an item ended
  uint64_t line = 0;   // 1-based; 0: the member as a whole
  std::string text;    // the line, redacted as it stands in the member
};

struct WordsRow {  // from a manifest: said there in both languages
  std::string en;
  std::string ja;
};

struct FindingRow {
  std::string id;
  WordsRow title;
  std::string state;  // confirmed, likely, possible, ruled_out, unknown, not_applicable
  std::vector<EvidenceRow> evidence;
  std::vector<std::string> missing;  // what was not known: keys of facts
  WordsRow remedy;
  WordsRow settle;
  std::string faq;
};

struct CheckRow {
  std::string id;
  WordsRow title;
  std::string state;  // ok, problem, unknown, not_applicable
  std::vector<EvidenceRow> evidence;
  std::vector<std::string> missing;
  WordsRow remedy;
  WordsRow unknown;
};

struct VerdictRow {
  std::string state;  // of the engine: what the manifest calls it; "unknown"
  WordsRow headline;
  std::vector<EvidenceRow> evidence;
  std::optional<base::Timestamp> since;  // when that state began, as far as it is known:
  std::string since_from;                // "found" in a log, "given" by the user
  std::string top_finding;               // its id; empty: none is likely
  std::string top_state;
};

// What follows from what was gathered: made by analysis/, the same for the same members.
struct AnalysisRow {
  std::vector<std::string> roles;
  VerdictRow verdict;
  std::vector<CheckRow> checklist;
  std::vector<FindingRow> findings;  // the strongest first
};

// The time around which logs were cut.
struct CaseRow {
  std::optional<base::Timestamp> error_time;
  std::string error_from;  // "given", "found", "run": where it comes from
  std::string error_zone;  // of what was typed and of times without a zone: "Asia/Tokyo"
  std::string zone_from;   // "host", "given", "utc"
  std::string evidence;    // of "found": the id of what was looked for,
  std::string source;      // where it stood
  std::string line;        // and the line, redacted
  base::Timestamp from{};
  base::Timestamp to{};
};

enum class Ended { kWhole, kInterrupted, kTimeLimit };

struct Index {
  ToolRow tool;
  std::string bundle_id;
  base::Timestamp created{};
  Ended ended = Ended::kWhole;
  HostRow host;
  std::string product;  // as it was asked for: a product, "none"; empty: every one
  std::map<std::string, std::string, std::less<>> labels;  // given by the user: site -> tokyo
  CaseRow incident;                                        // "case" in the file
  std::string language;                                    // of SUMMARY.txt
  std::vector<ItemRow> items;
  std::vector<LeftOutRow> left_out;                         // by --max-size
  std::map<std::string, uint64_t, std::less<>> redactions;  // totals
  ResourcesRow resources;
  std::optional<AnalysisRow> analysis;
};

}  // namespace casepack::bundle

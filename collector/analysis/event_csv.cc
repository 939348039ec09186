#include "collector/analysis/event_csv.h"

#include <algorithm>
#include <string>
#include <vector>

#include "collector/analysis/event_csv_reader.h"
#include "collector/analysis/event_text.h"
#include "collector/analysis/event_time.h"

namespace casepack::analysis {
namespace {

constexpr char kSeparators[] = {',', '\t', ';'};
constexpr int kRecordsBeforeHeader = 10;
constexpr size_t kFewestCells = 4;  // of a row without a header

// The console's own order, for a file that lost its header.
constexpr std::string_view kUsualColumns[] = {"Time",    "Level",        "Event ID", "Event",
                                              "Tag(s)",  "Event Origin", "Target",   "Action By",
                                              "Manager", "Description"};

// How many columns of a header are known; 0 when it is none.
size_t KnownColumns(const std::vector<std::string>& cells, const EventWords& words) {
  size_t known = 0;
  bool tells = false;
  for (const std::string& cell : cells) {
    const EventColumnName* name = words.Find(cell);
    if (name == nullptr) continue;
    ++known;
    tells = tells || name->column == EventColumn::kId || name->column == EventColumn::kTitle ||
            name->column == EventColumn::kText;
  }
  return tells && known >= 2 ? known : 0;
}

size_t KnownInLine(std::string_view line, char separator, const EventWords& words) {
  CsvReader reader(line, separator, BeginsCsvRow);
  return reader.Next() ? KnownColumns(reader.cells(), words) : 0;
}

// By the first line that is a header with one of them; a comma when there is none.
char SeparatorOf(std::string_view text, const EventWords& words) {
  EventLines lines(text);
  for (int i = 0; i < kRecordsBeforeHeader && lines.Next(); ++i) {
    char best = '\0';
    size_t most = 0;
    for (const char separator : kSeparators) {
      const size_t known = KnownInLine(lines.line(), separator, words);
      if (known > most) best = separator;
      most = std::max(most, known);
    }
    if (best != '\0') return best;
  }
  return ',';
}

bool IsUsualRow(const std::vector<std::string>& cells) {
  return cells.size() >= kFewestCells && ParseEventTime(cells[0]) && ParseEventId(cells[2]);
}

bool IsEmptyRecord(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](const std::string& cell) { return TrimEventText(cell).empty(); });
}

class Table {
 public:
  Table(std::string_view text, const EventContext& context)
      : context_(context),
        list_(EventForm::kCsv, context.limits, KeepEvents::kFirst),
        reader_(text, SeparatorOf(text, context.words), BeginsCsvRow) {}

  ParsedEvents Read() {
    while (!list_.full() && reader_.Next()) {
      if (IsEmptyRecord(reader_.cells())) continue;
      if (KnownColumns(reader_.cells(), context_.words) >= 2) {
        header_ = reader_.cells();  // again, where exports were joined
      } else if (!header_.empty() || FindUsual()) {
        ReadRow();
      }
    }
    if (header_.empty()) list_.Tell(1, {"analysis.event.csv_header", {}});
    return list_.Take();
  }

 private:
  // Rows before any header. What comes before the first one is told once.
  bool FindUsual() {
    if (!IsUsualRow(reader_.cells())) return false;
    list_.Tell(reader_.line(), {"analysis.event.csv_no_header", {}});
    header_.assign(std::begin(kUsualColumns), std::end(kUsualColumns));
    return true;
  }

  void ReadRow() {
    const std::vector<std::string>& cells = reader_.cells();
    if (reader_.unclosed()) list_.Tell(reader_.line(), {"analysis.event.csv_quote", {}});
    if (reader_.cut()) list_.Tell(reader_.line(), {"analysis.event.csv_cut", {}});
    if (cells.size() > header_.size()) list_.Tell(reader_.line(), {"analysis.event.csv_cells", {}});
    EventRow row(context_, reader_.line());
    row.event().space = EventSpace::kSystem;
    for (size_t i = 0; i < std::min(cells.size(), header_.size()); ++i)
      row.Set(header_[i], cells[i]);
    list_.Add(row, context_);
  }

  const EventContext& context_;
  EventList list_;
  CsvReader reader_;
  std::vector<std::string> header_;
};

}  // namespace

bool IsCsvHeader(std::string_view line, const EventWords& words) {
  return std::any_of(std::begin(kSeparators), std::end(kSeparators),
                     [&](char separator) { return KnownInLine(line, separator, words) >= 2; });
}

bool BeginsCsvRow(std::string_view line, char separator) {
  const bool quoted = !line.empty() && line[0] == '"';
  if (quoted) line.remove_prefix(1);
  const size_t end = line.substr(0, 64).find(quoted ? '"' : separator);
  if (end == std::string_view::npos || end + 1 >= line.size()) return false;
  if (quoted && line[end + 1] != separator) return false;
  return ParseEventTime(line.substr(0, end)).has_value();
}

ParsedEvents ParseCsvEvents(std::string_view text, const EventContext& context) {
  return Table(text, context).Read();
}

}  // namespace casepack::analysis

#include "collector/analysis/event_csv_reader.h"

#include <algorithm>

#include "collector/analysis/event_text.h"

namespace casepack::analysis {

CsvReader::CsvReader(std::string_view text, char separator, BeginsRecord begins_record,
                     const CsvLimits& limits)
    : text_(text), separator_(separator), begins_record_(begins_record), limits_(limits) {}

void CsvReader::Append(std::string& cell, std::string_view part) {
  const size_t room = limits_.cell_bytes - std::min(cell.size(), limits_.cell_bytes);
  cut_ = cut_ || part.size() > room;
  cell += CutEventText(part, room);
}

// The line break before the first line that begins a record, or the end.
size_t CsvReader::EndOfUnclosed(size_t from) const {
  for (size_t end = text_.find('\n', from); end != std::string_view::npos;
       end = text_.find('\n', end + 1)) {
    const std::string_view line = text_.substr(end + 1);
    if (begins_record_(line.substr(0, line.find('\n')), separator_)) return end;
  }
  return text_.size();
}

// From behind the opening quote to behind the closing one.
void CsvReader::ReadQuoted(std::string& cell) {
  const size_t open = at_;
  while (true) {
    const size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) break;
    Append(cell, text_.substr(at_, quote - at_));
    at_ = quote + 1;
    if (at_ >= text_.size() || text_[at_] != '"') return;
    Append(cell, "\"");
    ++at_;
  }
  unclosed_ = true;
  const size_t end = EndOfUnclosed(open);
  cell.clear();
  Append(cell, text_.substr(open, end - open));
  at_ = end;
}

void CsvReader::ReadPlain(std::string& cell) {
  const char stops[] = {separator_, '\n', '\0'};
  const size_t end = std::min(text_.find_first_of(stops, at_), text_.size());
  std::string_view part = text_.substr(at_, end - at_);
  const bool line_end = end == text_.size() || text_[end] == '\n';
  if (line_end && !part.empty() && part.back() == '\r') part.remove_suffix(1);
  Append(cell, part);
  at_ = end;
}

bool CsvReader::Next() {
  cells_.clear();
  unclosed_ = false;
  cut_ = false;
  if (at_ >= text_.size()) return false;
  line_ = next_line_;
  const size_t begin = at_;
  while (true) {
    std::string cell;
    if (at_ < text_.size() && text_[at_] == '"') {
      ++at_;
      ReadQuoted(cell);
    }
    ReadPlain(cell);
    if (cells_.size() < limits_.cells) {
      cells_.push_back(std::move(cell));
    } else {
      cut_ = true;
    }
    if (at_ >= text_.size() || text_[at_] != separator_) break;
    ++at_;
  }
  at_ = std::min(at_ + 1, text_.size());  // past the line break
  const std::string_view read = text_.substr(begin, at_ - begin);
  next_line_ += static_cast<uint32_t>(std::count(read.begin(), read.end(), '\n'));
  return true;
}

}  // namespace casepack::analysis

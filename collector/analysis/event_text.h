// Small steps over the text of events, shared by the parsers. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casepack::analysis {

// Without blanks, full-width ones too, and line breaks at both ends.
std::string_view TrimEventText(std::string_view text);

// To compare names and titles by: ASCII letters small, full-width ASCII as ASCII, without
// blanks of any kind and without a mark of UTF-8.
std::string FoldEventName(std::string_view text);

// The same for looking for phrases in: runs of blanks become one, line breaks stay.
std::string FoldEventClause(std::string_view text);

// At most that many bytes, cut before a character and not in one.
std::string CutEventText(std::string_view text, size_t bytes);

// The digits and nothing else; a sign is not one.
std::optional<int64_t> ParseEventId(std::string_view text);

// A number that stands alone, as "(2209)" or "event 2209,": not inside another one, a
// hexadecimal one, or the fraction of a second. (Microseconds ".742209" were taken for the
// event 2209 on healthy hosts.)
bool MentionsNumber(std::string_view text, int64_t number);

struct LabelledLine {  // "Level: Error", "レベル： エラー"
  std::string_view label;
  std::string_view value;
};
// nullopt without a colon, ASCII or full-width, in the first 64 bytes.
std::optional<LabelledLine> SplitLabel(std::string_view line);

// Hands out one line after the other, without its end ("\n" or "\r\n").
class EventLines {
 public:
  explicit EventLines(std::string_view text, uint32_t first_line = 1)
      : rest_(text), next_number_(first_line) {}

  // False at the end of the text.
  bool Next();
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] uint32_t number() const { return number_; }      // from 1
  [[nodiscard]] std::string_view rest() const { return rest_; }  // behind this line

 private:
  std::string_view rest_;
  std::string_view line_;
  uint32_t number_ = 0;
  uint32_t next_number_;
};

}  // namespace casepack::analysis

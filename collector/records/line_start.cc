#include "collector/records/line_start.h"

#include <algorithm>

namespace casepack::records {

bool IsBase64Line(std::string_view line) {
  constexpr std::string_view kBase64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  const size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos || line[first] == '\r') return false;
  const size_t other = line.find_first_not_of(kBase64, first);
  return other == std::string_view::npos || line.substr(other) == "\r";
}

bool EndsInKeyLine(std::string_view line) {
  constexpr size_t kShortest = 60;
  constexpr size_t kLongest = 80;
  const size_t end = line.find_last_not_of("\r\n \t\"'");
  if (end == std::string_view::npos) return false;
  const size_t blank = line.find_last_of(" \t\"'", end);
  const size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
  const std::string_view word = line.substr(begin, end + 1 - begin);
  if (word.size() < kShortest || word.size() > kLongest || !IsBase64Line(word)) return false;
  return word.find_first_not_of("0123456789abcdef") != std::string_view::npos;
}

std::string_view FromLineStart(std::string_view text) {
  const std::string_view searched = text.substr(0, kLineSearch);
  size_t at = searched.find('\n');
  if (at == std::string_view::npos) {
    at = searched.find_first_of(",;");
    return text.substr(at == std::string_view::npos ? searched.size() : at + 1);
  }
  for (++at; at < searched.size();) {
    const size_t end = std::min(searched.find('\n', at), searched.size());
    const std::string_view line = searched.substr(at, end - at);
    if (!IsBase64Line(line) && !EndsInKeyLine(line)) break;
    at = std::min(end + 1, searched.size());
  }
  return text.substr(at);
}

}  // namespace casepack::records

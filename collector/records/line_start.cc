#include "collector/records/line_start.h"

#include <algorithm>

namespace casepack::records {

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

}  // namespace

bool IsBase64Line(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos || line[first] == '\r') return false;
  const size_t other = line.find_first_not_of(kBase64, first);
  return other == std::string_view::npos || line.substr(other) == "\r";
}

bool BeginsKeyRest(std::string_view line) {
  constexpr size_t kLongWord = 24;
  return IsBase64Line(line) && (line.size() >= kLongWord ||
                                line.find_first_of("0123456789+/=") != std::string_view::npos);
}

namespace {

// Base64 of what is random: letters of both cases and digits, '=' at the end alone, and not
// '/' after '/' as in a path or a ruler.
bool LooksRandom(std::string_view word) {
  int upper = 0;
  int lower = 0;
  int digits = 0;
  int marks = 0;
  const size_t equals = word.find('=');
  for (const char c : word) {
    upper += c >= 'A' && c <= 'Z' ? 1 : 0;
    lower += c >= 'a' && c <= 'z' ? 1 : 0;
    digits += c >= '0' && c <= '9' ? 1 : 0;
    marks += c == '/' || c == '+' ? 1 : 0;
  }
  constexpr int kMostMarks = 9;
  return upper > 2 && lower > 2 && digits > 0 && marks <= kMostMarks &&
         (equals == std::string_view::npos || equals + 3 > word.size());
}

}  // namespace

bool HasKeyLine(std::string_view line) {
  constexpr size_t kShortest = 60;
  constexpr size_t kLongest = 80;
  for (size_t at = 0; at < line.size();) {
    const size_t begin = line.find_first_of(kBase64, at);
    if (begin == std::string_view::npos) return false;
    at = std::min(line.find_first_not_of(kBase64, begin), line.size());
    const std::string_view word = line.substr(begin, at - begin);
    const bool fits = word.size() >= kShortest && word.size() <= kLongest;
    if (fits && LooksRandom(word)) return true;
  }
  return false;
}

std::string_view FromLineStart(std::string_view text) {
  const std::string_view searched = text.substr(0, kLineSearch);
  size_t at = searched.find('\n');
  if (at == std::string_view::npos) {
    at = searched.find_first_of(",;");
    return text.substr(at == std::string_view::npos ? searched.size() : at + 1);
  }
  bool behind_one = false;
  for (++at; at < searched.size(); behind_one = true) {
    const size_t end = std::min(searched.find('\n', at), searched.size());
    const std::string_view line = searched.substr(at, end - at);
    const bool rest = behind_one ? IsBase64Line(line) : BeginsKeyRest(line);
    if (!rest && !HasKeyLine(line)) break;
    at = std::min(end + 1, searched.size());
  }
  return text.substr(at);
}

}  // namespace casepack::records

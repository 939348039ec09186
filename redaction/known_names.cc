#include "redaction/known_names.h"

#include <algorithm>
#include <array>

#include "redaction/identifiers.h"
#include "redaction/pseudonyms.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLongestName = 253;  // RFC 1035

bool IsLabel(char c) { return IsAlnum(c) || c == '-'; }

// From the end of a label over all that follow it: "db1" -> "db1.example.jp".
size_t EndOfLabels(const View& view, size_t at) {
  size_t end = at;
  while (view.At(end) == '.' && IsAlnum(view.At(end + 1)) && end < at + kLongestName) {
    size_t next = end + 1;
    while (IsLabel(view.At(next)) && next < at + kLongestName)
      ++next;
    if (view.At(next) == '_') break;
    end = next;
  }
  return end;
}

// The beginning of the labels that stand before `at`, which follows a dot.
size_t BeginOfLabels(const View& view, size_t at) {
  const size_t lowest = std::max(view.floor, at - std::min(at, kLongestName));
  size_t begin = at;
  while (begin > lowest && (IsLabel(view.text[begin - 1]) || view.text[begin - 1] == '.'))
    --begin;
  while (begin < at && !IsAlnum(view.text[begin]))
    ++begin;
  return begin;
}

bool EndsHere(const View& view, size_t end) {
  const char c = view.At(end);
  return !IsAlnum(c) && c != '_' && c != '-';
}

// "web.log" is a file of the host "web", "web.example.jp" its full name.
bool IsFileSuffix(std::string_view label) {
  constexpr std::array<std::string_view, 32> suffixes = {
      "log", "txt", "conf", "cfg", "ini",     "json",   "xml",   "csv",   "html",   "gz",   "bz2",
      "xz",  "zst", "zip",  "tar", "tgz",     "pid",    "sock",  "lock",  "sh",     "py",   "db",
      "pem", "crt", "key",  "old", "service", "socket", "timer", "mount", "target", "slice"};
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](std::string_view suffix) { return SameLetters(suffix, label); });
}

// The end of the full name that begins with the host's name, which ends at `end`.
size_t EndOfFullName(const View& view, size_t end) {
  const size_t all = EndOfLabels(view, end);
  const std::string_view labels = view.text.substr(end, all - end);
  const std::string_view last = labels.substr(labels.rfind('.') + 1);
  const bool name =
      last.size() >= 2 && std::all_of(last.begin(), last.end(), [](char c) { return !IsDigit(c); });
  return !labels.empty() && name && !IsFileSuffix(last) ? all : end;
}

bool HasLetter(std::string_view text) { return std::any_of(text.begin(), text.end(), IsAlpha); }

}  // namespace

std::optional<IdentifierSpan> MatchKnownName(const View& view, size_t at, const Literal& literal) {
  size_t end = at + literal.text.size();
  const bool joined = at > view.floor && (view.text[at - 1] == '_');
  if (joined || !EndsHere(view, end)) return std::nullopt;
  if (literal.kind == Literal::Kind::kUser) {
    const bool dashed = at > view.floor && view.text[at - 1] == '-';
    const std::string_view text = view.text.substr(at, end - at);
    if (dashed || IsPseudonym(Identifier::kUser, text)) return std::nullopt;
    return IdentifierSpan{Identifier::kUser, at, end};
  }
  size_t begin = at;
  if (literal.kind == Literal::Kind::kDomain) {
    if (view.At(end) == '.' && IsAlnum(view.At(end + 1))) return std::nullopt;
    if (at > view.floor && view.text[at - 1] == '.') begin = BeginOfLabels(view, at);
  } else {
    end = EndOfFullName(view, end);
  }
  const std::string_view text = view.text.substr(begin, end - begin);
  if (IsPseudonym(Identifier::kHost, text) || IsVendorHost(text)) return std::nullopt;
  return IdentifierSpan{Identifier::kHost, begin, end};
}

std::optional<IdentifierSpan> MatchUrlHost(const View& view, size_t at) {
  if (!IsAlnum(view.At(at))) return std::nullopt;
  size_t end = at;
  while (end < at + kLongestName && IsLabel(view.At(end)))
    ++end;
  end = EndOfLabels(view, end);
  const std::string_view text = view.text.substr(at, end - at);
  const bool ends = view.At(end) == '/' || view.At(end) == ':' || IsSpace(view.At(end)) ||
                    IsQuote(view.At(end)) || view.At(end) == '?' || view.At(end) == '>';
  if (!ends || text.find('.') == std::string_view::npos || !HasLetter(text)) return std::nullopt;
  if (IsPseudonym(Identifier::kHost, text) || IsVendorHost(text)) return std::nullopt;
  return IdentifierSpan{Identifier::kHost, at, end};
}

}  // namespace casepack::redaction

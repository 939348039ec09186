#include <algorithm>
#include <array>

#include "redaction/identifiers.h"
#include "redaction/look_back.h"
#include "redaction/pseudonyms.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLongestLocal = 128;  // 64 by the standard; mailing lists write more
constexpr size_t kLongestDomain = 250;
constexpr std::string_view kEncodedAt = "%40";

// No top-level domains: the units of systemd, and files such as `icon@2x.png`.
constexpr auto kUnits = std::to_array<std::string_view>(
    {"service", "slice", "socket", "timer", "mount", "automount", "scope", "target",
     "device",  "path",  "swap",   "conf",  "log",   "png",       "jpg",   "jpeg",
     "gif",     "svg",   "webp",   "bmp",   "ico",   "css",       "js",    "json",
     "html",    "xml",   "txt",    "yaml",  "yml",   "gz",        "lock"});

bool IsLocal(char c) { return IsName(c) || c == '+' || c == '%' || c == '\''; }

// Behind the escapes that the run of letters before the "@" begins with or has in it:
// `\n`, `\u003c`, a colour, `%22`, but not `%2B`, which is a "+".
size_t SkipEscapes(const View& view, size_t begin, size_t at) {
  const char before = Before(view, begin);
  if (before == '\\') {
    const char c = view.text[begin];
    if (c == 'u' && at - begin > 5)
      begin += 5;
    else if ((c == 'n' || c == 'r' || c == 't') && at - begin > 1)
      ++begin;
  }
  if (before == '[' && Before(view, begin - 1) == '\x1b') {
    size_t m = begin;
    while (m < at && IsDigit(view.text[m]))
      ++m;
    if (m + 1 < at && view.text[m] == 'm') begin = m + 1;
  }
  for (size_t i = begin; i + 2 < at; ++i) {
    if (view.text[i] != '%' || !IsHex(view.text[i + 1]) || !IsHex(view.text[i + 2])) continue;
    if (!StartsAtAnyCase(view, i, "%2b")) begin = i + 3;
  }
  return begin;
}

// `bounces+bob=example.com@list.example.org` has a second address in it.
size_t TakeEnclosed(const View& view, size_t begin) {
  if (Before(view, begin) != '=') return begin;
  const std::string_view outer = RunBefore(view, begin - 1, kLongestLocal, IsLocal);
  return outer.find('+') == std::string_view::npos ? begin : begin - 1 - outer.size();
}

size_t LocalBegin(const View& view, size_t at) {
  const std::string_view run = RunBefore(view, at, kLongestLocal + 1, IsLocal);
  if (run.empty() || run.size() > kLongestLocal) return at;
  size_t begin = TakeEnclosed(view, SkipEscapes(view, at - run.size(), at));
  while (begin < at && !IsWord(view.text[begin]))
    ++begin;
  return begin;
}

// `example.com`, `xn--wgv71a119e.xn--q9jyb4c`: the last label has no digits.
size_t TopLevelEnd(std::string_view label) {
  if (SameLetters(label.substr(0, 4), "xn--")) return label.size();
  const auto* end = std::find_if_not(label.begin(), label.end(), IsAlpha);
  const size_t letters = static_cast<size_t>(end - label.begin());
  const bool whole = end == label.end() || *end == '-';
  return whole && letters >= 2 ? letters : 0;
}

// The end of the domain in `run`, 0 when it is none: labels are cut off until the last
// one can be a top-level domain.
size_t DomainEnd(std::string_view run) {
  while (true) {
    while (!run.empty() && (run.back() == '.' || run.back() == '-'))
      run.remove_suffix(1);
    const size_t dot = run.rfind('.');
    if (dot == std::string_view::npos) return 0;
    const std::string_view last = run.substr(dot + 1);
    const size_t length = TopLevelEnd(last);
    const std::string_view top = last.substr(0, length);
    if (std::any_of(kUnits.begin(), kUnits.end(),
                    [top](std::string_view unit) { return SameLetters(top, unit); }))
      return 0;
    if (length > 0) return dot + 1 + length;
    run = run.substr(0, dot);
  }
}

// `npm@1.2.3-beta.rc`
bool IsVersionNumber(std::string_view run) {
  if (!run.empty() && Lower(run.front()) == 'v') run.remove_prefix(1);
  const size_t dot = run.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == run.size()) return false;
  return std::all_of(run.begin(), run.begin() + static_cast<std::ptrdiff_t>(dot), IsDigit) &&
         IsDigit(run[dot + 1]);
}

// A pseudonym, and what stood beside the address that it is for: `-`, `-x`, a dot.
bool BeginsWithPseudonym(std::string_view text) {
  while (!text.empty()) {
    if (IsPseudonym(Identifier::kEmail, text)) return true;
    text = text.substr(
        0, text.find_last_of(".-") == std::string_view::npos ? 0 : text.find_last_of(".-"));
  }
  return false;
}

}  // namespace

FoundIdentifier MatchEmail(const View& view, size_t at) {
  const size_t from = at + (view.At(at) == '@' ? 1 : kEncodedAt.size());
  if (!IsAlnum(view.At(from))) return std::nullopt;
  size_t end = from;
  while (end - from < kLongestDomain &&
         (IsAlnum(view.At(end)) || view.At(end) == '-' || view.At(end) == '.')) {
    if (view.At(end) == '.' && view.At(end + 1) == '.') break;
    ++end;
  }
  if (end - from == kLongestDomain) return std::nullopt;
  const std::string_view run = view.text.substr(from, end - from);
  const size_t length = DomainEnd(run);
  if (length == 0 || IsVersionNumber(run)) return std::nullopt;
  const size_t begin = LocalBegin(view, at);
  if (begin == at) return std::nullopt;
  if (BeginsWithPseudonym(view.text.substr(begin, end - begin))) return std::nullopt;
  return IdentifierSpan{Identifier::kEmail, begin, from + length};
}

bool IsVendorHost(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  constexpr auto kVendor = std::to_array<std::string_view>({"trendmicro.com", "trendmicro.co.jp"});
  return std::any_of(kVendor.begin(), kVendor.end(), [host](std::string_view domain) {
    if (host.size() < domain.size() ||
        !SameLetters(host.substr(host.size() - domain.size()), domain))
      return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
  });
}

}  // namespace casepack::redaction

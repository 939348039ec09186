#include <array>

#include "redaction/marker.h"
#include "redaction/match.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLongestUrl = 2048;
constexpr size_t kLongestPassword = 256;  // one that has a slash in it

constexpr bool IsUrlEnd(char c) {
  return IsSpace(c) || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`' || c == '\\' ||
         c == '|' || c == '\x1b';
}

struct Spelling {
  std::string_view slashes;  // behind the scheme, colon included
  std::string_view colon;
  std::string_view at;
  std::string_view slash;
};
constexpr Spelling kPlain = {"://", ":", "@", "/"};
constexpr Spelling kEncoded = {"%3A%2F%2F", "%3A", "%40", "%2F"};

// What ends a URL or divides it; nearly all of its bytes do neither.
constexpr auto MakeSigns() {
  std::array<bool, 256> signs{};
  for (size_t c = 0; c < signs.size(); ++c)
    signs[c] = IsUrlEnd(static_cast<char>(c));
  for (const char c : std::string_view("[?#"))
    signs[static_cast<unsigned char>(c)] = true;
  for (const Spelling& spelling : {kPlain, kEncoded}) {
    for (const std::string_view sign : {spelling.colon, spelling.at, spelling.slash})
      signs[static_cast<unsigned char>(sign.front())] = true;
  }
  return signs;
}
constexpr auto kSigns = MakeSigns();

bool AllDigits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct UserInfo {
  size_t colon = kNotFound;  // the first one
  size_t at = kNotFound;     // the last one of the authority
  size_t slash = kNotFound;  // the first one: the authority ends, unless the password has it
};

UserInfo FindUserInfo(const View& view, size_t from, const Spelling& spelling) {
  UserInfo info;
  for (size_t i = from; i < from + kLongestUrl; ++i) {
    if (!kSigns[static_cast<unsigned char>(view.At(i))]) continue;
    if (IsUrlEnd(view.At(i))) break;
    if (view.At(i) == '[') {  // the colon in a marker divides nothing
      const size_t marker = MarkerLength(view.text.substr(i));
      if (marker > 0) i += marker - 1;
    }
    if (info.colon == kNotFound && StartsAtAnyCase(view, i, spelling.colon)) info.colon = i;
    const char c = view.At(i);
    const bool over = StartsAtAnyCase(view, i, spelling.slash) || c == '?' || c == '#';
    if (over && info.slash == kNotFound) {
      info.slash = i;
      // A port before the slash: this authority has no more to say. So has one whose "@"
      // is behind us.
      if (info.at != kNotFound || info.colon == kNotFound) break;
      const size_t port = info.colon + spelling.colon.size();
      if (AllDigits(view.text.substr(port, i - port))) break;
    }
    if (info.slash != kNotFound && i > info.slash + kLongestPassword) break;
    if (!StartsAtAnyCase(view, i, spelling.at)) continue;
    info.at = i;
    if (info.slash != kNotFound) break;
  }
  return info;
}

}  // namespace

Found MatchUrl(const View& view, size_t at) {
  const bool encoded = view.At(at) == '%';
  const Spelling& spelling = encoded ? kEncoded : kPlain;
  if (!StartsAtAnyCase(view, at, spelling.slashes)) return std::nullopt;
  if (at == view.floor || !IsAlnum(view.text[at - 1])) return std::nullopt;
  const UserInfo info = FindUserInfo(view, at + spelling.slashes.size(), spelling);
  if (info.at == kNotFound || info.colon >= info.at) return std::nullopt;
  Match match;
  match.id = id::kUrlPassword;
  match.begin = info.colon + spelling.colon.size();
  match.end = info.at;
  if (IsMarkerAt(view, match.begin)) return std::nullopt;
  if (IsPlaceholder(view.text.substr(match.begin, match.end - match.begin))) return std::nullopt;
  return match;
}

}  // namespace casepack::redaction

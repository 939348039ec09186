#include <algorithm>

#include "redaction/rule.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLongestShape = 256;

size_t RunOf(const View& view, size_t from, Charset charset, size_t most) {
  size_t i = from;
  while (i < from + most && i < view.text.size() && InCharset(view.text[i], charset)) {
    if (view.text[i] == '[' && IsMarkerAt(view, i)) break;  // what was there may have been shorter
    ++i;
  }
  return i - from;
}

bool HasNeeded(std::string_view text, uint8_t need) {
  const bool digit = std::any_of(text.begin(), text.end(), IsDigit);
  const bool upper = std::any_of(text.begin(), text.end(), IsUpper);
  return (digit || (need & kNeedDigit) == 0) && (upper || (need & kNeedUpper) == 0);
}

Found Shape(const View& view, size_t begin, std::string_view id, Charset charset) {
  Value value;
  value.begin = begin;
  value.ending.kind = Ending::Kind::kChars;
  value.ending.charset = charset;
  return Hide(view, value, id, Strength::kPassword);
}

Found MatchPrefix(const View& view, size_t at, const TokenRule& rule) {
  if (!StartsAt(view, at, rule.prefix)) return std::nullopt;
  const size_t from = at + rule.prefix.size();
  const size_t run = RunOf(view, from, rule.charset, kLongestShape);
  if (run < rule.least || (rule.most != 0 && run > rule.most)) return std::nullopt;
  if (rule.most != 0 && IsWord(view.At(from + run))) return std::nullopt;
  if (!HasNeeded(view.text.substr(from, run), rule.need)) return std::nullopt;
  return Shape(view, rule.keep_prefix ? from : at, rule.id, rule.charset);
}

// header.payload.signature in base64url; the header begins with {" and so with eyJ.
Found MatchJwt(const View& view, size_t at) {
  const auto run = [&](size_t from) {
    size_t i = from;
    while (i < from + kLookAhead / 4 && (IsWord(view.At(i)) || view.At(i) == '-'))
      ++i;
    return i - from;
  };
  const size_t header = run(at);
  if (header < kLookAhead / 4) {
    if (header < 10 || view.At(at + header) != '.' || run(at + header + 1) < 8) return std::nullopt;
  }
  return Shape(view, at, id::kJwt, Charset::kDotted);
}

Found MatchPemBase64(const View& view, size_t at) {
  const size_t from = at + kPemBase64.size();
  for (const std::string_view harmless : kPemBase64Public) {
    if (StartsAt(view, from, harmless)) return std::nullopt;
  }
  return Shape(view, at, id::kPrivateKey, Charset::kBase64Url);
}

}  // namespace

Found MatchToken(const View& view, size_t at) {
  if (at > view.floor && IsWord(view.text[at - 1])) return std::nullopt;
  if (StartsAt(view, at, "eyJ")) return MatchJwt(view, at);
  if (StartsAt(view, at, kPemBase64)) return MatchPemBase64(view, at);
  for (const TokenRule& rule : kTokenRules) {
    if (rule.prefix[0] != view.At(at) || rule.prefix[1] != view.At(at + 1)) continue;
    if (Found found = MatchPrefix(view, at, rule); found) return found;
  }
  return std::nullopt;
}

Found MatchActivationCode(const View& view, size_t at) {
  constexpr size_t groups[] = {4, 5, 5, 5, 5, 5};
  if (at < view.floor + 2 || view.At(at + 5) != '-' || view.At(at + 11) != '-') return std::nullopt;
  const size_t begin = at - 2;
  if (!IsAlnum(view.text[begin]) || !IsAlnum(view.text[begin + 1])) return std::nullopt;
  if (begin > view.floor && (IsWord(view.text[begin - 1]) || view.text[begin - 1] == '-'))
    return std::nullopt;
  size_t i = at;
  for (const size_t group : groups) {
    if (view.At(i) != '-') return std::nullopt;
    for (++i; i <= at + 34; ++i) {
      if (!IsAlnum(view.At(i))) break;
    }
    const size_t start = i - group - 1;
    if (i < group + 1 || view.At(start) != '-') return std::nullopt;
  }
  if (view.At(i) == '-' || IsWord(view.At(i))) return std::nullopt;
  Match match;
  match.id = id::kActivationCode;
  match.begin = begin;
  match.end = i;
  return match;
}

}  // namespace casepack::redaction

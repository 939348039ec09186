#include "redaction/match.h"

namespace casepack::redaction {
namespace {

enum class Lines : uint8_t { kOne, kMany };

Found Shape(const View& view, size_t begin, std::string_view id, Charset charset, Lines lines) {
  Value value;
  value.begin = begin;
  value.ending.kind = Ending::Kind::kChars;
  value.ending.charset = charset;
  value.ending.lines = lines == Lines::kMany;
  return Hide(view, value, id, Strength::kPassword);
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
  return Shape(view, at, id::kJwt, Charset::kDotted, Lines::kOne);
}

Found MatchPemBase64(const View& view, size_t at) {
  const size_t from = at + kPemBase64.size();
  for (const std::string_view harmless : kPemBase64Public) {
    if (StartsAt(view, from, harmless)) return std::nullopt;
  }
  return Shape(view, at, id::kPrivateKey, Charset::kBase64Url, Lines::kMany);
}

}  // namespace

// Letters, digits and `-` before it belong to another word.
Found MatchActivationCode(const View& view, size_t at) {
  constexpr size_t groups[] = {2, 4, 5, 5, 5, 5, 5};
  constexpr size_t third_dash = 13;
  if (at < view.floor + third_dash || view.text[at - 6] != '-' || view.text[at - 11] != '-')
    return std::nullopt;
  const size_t begin = at - third_dash;
  if (begin > view.floor && (IsWord(view.text[begin - 1]) || view.text[begin - 1] == '-'))
    return std::nullopt;
  size_t i = begin;
  for (const size_t group : groups) {
    if (i > begin && view.At(i++) != '-') return std::nullopt;
    for (const size_t end = i + group; i < end; ++i) {
      if (!IsAlnum(view.At(i))) return std::nullopt;
    }
  }
  if (view.At(i) == '-' || IsWord(view.At(i))) return std::nullopt;
  Match match;
  match.id = id::kActivationCode;
  match.begin = begin;
  match.end = i;
  return match;
}

Found MatchToken(const View& view, size_t at) {
  if (StartsAt(view, at, "eyJ")) return MatchJwt(view, at);
  return StartsAt(view, at, kPemBase64) ? MatchPemBase64(view, at) : std::nullopt;
}

}  // namespace casepack::redaction

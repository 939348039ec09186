#include <algorithm>

#include "redaction/entropy.h"
#include "redaction/marker.h"
#include "redaction/pseudonyms.h"
#include "redaction/values.h"

namespace casepack::redaction {
namespace {

bool AllOf(std::string_view text, bool (*test)(char)) {
  return std::all_of(text.begin(), text.end(), test);
}

bool IsReferenceName(char c) { return IsName(c) || c == ':' || c == '/'; }

// ${X}, {{ x }}, $NAME, %NAME%, $(command), @NAME@. A bare value may have lost the
// closing brace to its end.
bool IsReference(std::string_view value) {
  if (value.substr(0, 2) == "${") {
    std::string_view name = value.substr(2);
    if (!name.empty() && name.back() == '}') name.remove_suffix(1);
    return !name.empty() && AllOf(name, IsReferenceName);
  }
  if (value.substr(0, 2) == "$(") {
    return value.size() == 2 ||
           AllOf(value.substr(2), [](char c) { return IsName(c) || c == '/'; });
  }
  if (value.substr(0, 2) == "{{") {
    return AllOf(value, [](char c) { return IsName(c) || c == '{' || c == '}' || c == ' '; });
  }
  if (value.size() < 3) return false;
  const auto is_constant = [](char c) { return IsUpper(c) || IsDigit(c) || c == '_'; };
  if (value[0] == '$') return IsUpper(value[1]) && AllOf(value.substr(1), is_constant);
  const bool framed = (value[0] == '%' || value[0] == '@') && value.back() == value[0];
  return framed && AllOf(value.substr(1, value.size() - 2), is_constant);
}

// %s, %-10s, %(name)s, <password>, ****, xxxx, ...
bool IsForm(std::string_view value) {
  if (value.size() >= 2 && value[0] == '%') {
    if (value.size() <= 6 && IsAlpha(value.back()) &&
        AllOf(value.substr(1, value.size() - 2),
              [](char c) { return IsDigit(c) || c == '-' || c == '.' || c == 'l'; })) {
      return true;
    }
    if (value[1] == '(' && value[value.size() - 2] == ')') return true;
  }
  if (value.size() >= 2 && value.front() == '<' &&
      value.find_first_of("<>", 1) == value.size() - 1) {
    return value.back() == '>';
  }
  constexpr std::string_view masks = "*xX.-#_?";
  return masks.find(value[0]) != std::string_view::npos &&
         (value.size() > 2 || value[0] == '*' || value[0] == '-') &&
         value.find_first_not_of(value[0]) == std::string_view::npos;
}

constexpr size_t LongestEmptyWord() {
  size_t most = 0;
  for (const std::string_view word : kEmptyWords)
    most = std::max(most, word.size());
  return most;
}

bool IsEmptyWord(std::string_view value) {
  if (value.size() > LongestEmptyWord()) return false;
  return std::any_of(kEmptyWords.begin(), kEmptyWords.end(),
                     [&](std::string_view word) { return SameLetters(word, value); });
}

bool IsPathChar(char c) { return IsName(c) || c == '/' || c == '~'; }
bool IsPathOrMarkerChar(char c) { return IsPathChar(c) || c == '[' || c == ':' || c == ']'; }

bool IsPath(std::string_view value) {
  const bool drive = value.size() > 3 && IsAlpha(value[0]) && value[1] == ':' && value[2] == '\\';
  if (drive) return true;
  if (value.size() < 2 || (value[0] != '/' && value.substr(0, 2) != "~/")) return false;
  // A part of it may have been replaced before.
  const bool marked = value.find(kMarkerStart) != std::string_view::npos;
  return AllOf(value, marked ? IsPathOrMarkerChar : IsPathChar);
}

bool IsKeyFile(std::string_view value) {
  const size_t dot = value.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view suffix = value.substr(dot);
  return IsPath(value) && suffix.size() > 2 && suffix.size() <= 5;
}

// A pseudonym looks as random as a secret.
bool IsRenamed(std::string_view value) {
  return IsPseudonym(Identifier::kUser, value) || IsPseudonym(Identifier::kHost, value) ||
         IsPseudonym(Identifier::kEmail, value);
}

// Something that was made by chance, and not "pam", "30199439_9658844" or a version.
bool LooksRandom(std::string_view value) {
  constexpr size_t kShortest = 8;
  constexpr double kLeastEntropy = 2.5;
  return value.size() >= kShortest && std::any_of(value.begin(), value.end(), IsAlpha) &&
         std::any_of(value.begin(), value.end(), IsDigit) && EntropyOf(value) >= kLeastEntropy;
}

}  // namespace

bool IsPlaceholder(std::string_view value) {
  while (!value.empty() && IsSpace(value.back()))
    value.remove_suffix(1);
  if (value.empty()) return true;
  if (value.size() > kMaxPlain) return false;
  const char first = value.front();  // of most values a letter, or a digit
  if (IsAlnum(first) && Lower(first) != 'x') return IsEmptyWord(value);
  if (const size_t marker = MarkerLength(value); marker != 0) {
    // A PEM block in a JSON string leaves the line end behind it.
    return value.find_first_not_of("\\nr", marker) == std::string_view::npos;
  }
  return IsReference(value) || IsForm(value) || IsEmptyWord(value);
}

bool MayStay(std::string_view value, Strength strength) {
  if (IsPlaceholder(value)) return true;
  if (value.size() > kMaxPlain || strength == Strength::kPassword) return false;
  if (strength == Strength::kKey) return IsKeyFile(value);
  if (value.size() <= 6 && AllOf(value, IsDigit)) return true;
  if (strength == Strength::kToken) return false;
  return !LooksRandom(value) || IsPath(value) || IsRenamed(value);
}

}  // namespace casepack::redaction

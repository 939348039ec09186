#include <algorithm>

#include "redaction/marker.h"
#include "redaction/match.h"
#include "redaction/names.h"

namespace casepack::redaction {
namespace {

// From the end of an option to its argument: blanks, or the quotes and commas of a list
// (`["--password", "x"]`). Returns `at` when nothing lies between them.
size_t ToArgument(const View& view, size_t at) {
  size_t i = at;
  const size_t stop = at + 16;
  while (i < stop && (IsQuote(view.At(i)) || view.At(i) == '\\'))
    ++i;
  if (i > at && view.At(i) == ',') ++i;
  if (i == at && view.At(i) == kStringEnd) return i + 1;
  const size_t argument = SkipBlanks(view, i);
  return argument == i && (i == at || view.At(i - 1) != ',') ? at : argument;
}

// `--password = x`: the business of key_value.cc.
bool IsSeparatorAt(const View& view, size_t at) {
  return view.At(at) == '=' || view.At(at) == ':' || StartsAt(view, at, "%3");
}

bool IsOptionStart(const View& view, size_t at) {
  if (at == 0) return true;
  const char before = view.text[at - 1];
  return IsSpace(before) || IsQuote(before) || before == '[' || before == '(' || before == ',' ||
         before == '=' || before == '{';
}

// What a usage text puts where the value would be: "--password PASSWORD", "--token string".
bool IsUsage(const View& view, size_t at, std::string_view name) {
  size_t end = at;
  while (end < at + kMaxName && IsName(view.At(end)))
    ++end;
  if (!IsSpace(view.At(end)) && view.At(end) != ']') return false;
  const std::string_view word = view.text.substr(at, end - at);
  if (word == "string" || word == "STRING" || word == "VALUE") return true;
  return SameLetters(word, name) &&
         std::all_of(word.begin(), word.end(), [](char c) { return !IsLower(c); });
}

Found MatchLongOption(const View& view, size_t at, NameMemo* names) {
  size_t begin = at;
  while (begin < at + 2 && view.At(begin) == '-')
    ++begin;
  size_t end = begin;
  while (end < begin + kMaxName && IsName(view.At(end)))
    ++end;
  const std::string_view name = view.text.substr(begin, end - begin);
  const size_t argument = ToArgument(view, end);
  if (argument == end || IsLineEnd(view.At(argument)) || view.At(argument) == '-')
    return std::nullopt;
  if (IsSeparatorAt(view, argument)) return std::nullopt;
  const NameRule* rule = names->Classify(name);
  if (rule == nullptr || IsUsage(view, argument, name)) return std::nullopt;
  return Hide(view, OpenValue(view, argument, Ending{}), rule->id, rule->strength);
}

bool Has(std::string_view letters, char c) { return letters.find(c) != std::string_view::npos; }

Found MatchShortOption(const View& view, size_t at, const CommandRule& command) {
  const char letter = view.At(at + 1);
  if (!IsAlpha(letter)) return std::nullopt;
  const size_t argument = ToArgument(view, at + 2);
  if (argument == at + 2) {
    if (!Has(command.attached, letter) || IsSpace(view.At(argument)) ||
        IsQuote(view.At(argument))) {
      return std::nullopt;
    }
    return Hide(view, OpenValue(view, argument, Ending{}), id::kCommandPassword,
                Strength::kPassword);
  }
  const Value value = OpenValue(view, argument, Ending{});
  if (Has(command.pairs, letter)) return HidePair(view, value);
  if (!Has(command.secrets, letter)) return std::nullopt;
  return Hide(view, value, id::kCommandPassword, Strength::kPassword);
}

}  // namespace

Found HidePair(const View& view, const Value& value) {
  Value secret = value;
  const size_t stop = value.begin + kPeek;
  size_t i = value.begin;
  while (i < stop && view.At(i) != ':' && !IsSpace(view.At(i)) &&
         view.At(i) != value.ending.quote) {
    const size_t marker = view.At(i) == '[' ? MarkerLength(view.text.substr(i)) : 0;
    i += std::max<size_t>(marker, 1);
  }
  if (view.At(i) != ':') return std::nullopt;
  secret.begin = i + 1;
  return Hide(view, secret, id::kCommandPassword, Strength::kPassword);
}

Found MatchOption(const View& view, size_t at, Memory* memory) {
  if (!IsOptionStart(view, at)) return std::nullopt;
  if (memory->command != nullptr && view.At(at + 1) != '-') {
    if (Found found = MatchShortOption(view, at, *memory->command); found) return found;
  }
  return MatchLongOption(view, at, &memory->names);
}

bool IsCommandAt(const View& view, size_t at, const CommandRule& command) {
  if (at > 0 && (view.text[at - 1] == '_' || view.text[at - 1] == '-')) return false;
  const size_t end = at + command.name.size();
  const char after = view.At(end);
  return StartsAtAnyCase(view, end, ".exe") || IsSpace(after) || IsQuote(after) || after == '\\';
}

namespace {

size_t EndOfPlainWord(const View& view, size_t at) {
  size_t i = at;
  while (i < at + kLookAhead / 4 && !IsSpace(view.At(i)))
    ++i;
  return i;
}

// netrc(5) on one line: machine HOST login USER password SECRET.
Found MatchNetrc(const View& view, size_t at) {
  size_t i = at;
  bool login = false;
  for (int word = 0; word < 8 && !IsLineEnd(view.At(i)); ++word) {
    const size_t end = EndOfPlainWord(view, i);
    const std::string_view text = view.text.substr(i, end - i);
    i = SkipBlanks(view, end);
    if (text == "login") login = true;
    if (login && text == "password" && !IsLineEnd(view.At(i))) {
      return Hide(view, OpenValue(view, i, Ending{}), id::kPassword, Strength::kPassword);
    }
  }
  return std::nullopt;
}

}  // namespace

Found MatchLine(const View& view, size_t at) {
  const size_t begin = SkipBlanks(view, at);
  size_t end = begin;
  while (end < begin + 24 && IsName(view.At(end)))
    ++end;
  if (end == begin || !IsBlank(view.At(end))) return std::nullopt;
  const std::string_view word = view.text.substr(begin, end - begin);
  if (word == "machine" || word == "login" || word == "default") return MatchNetrc(view, begin);
  for (const LineRule& rule : kLineRules) {
    if (!SameLetters(rule.word, word)) continue;
    size_t argument = SkipBlanks(view, end);
    if (StartsAt(view, argument, "--plaintext ")) argument = SkipBlanks(view, argument + 11);
    if (IsSeparatorAt(view, argument) || view.At(argument) == '-') return std::nullopt;
    if (rule.alone) {
      const size_t last = EndOfPlainWord(view, argument);
      if (!IsLineEnd(view.At(SkipBlanks(view, last)))) return std::nullopt;
      // What was replaced before may have been more than one word.
      if (view.text.substr(argument, last - argument).find(kMarkerStart) != kNotFound)
        return std::nullopt;
    }
    return Hide(view, OpenValue(view, argument, Ending{}), rule.id, Strength::kPassword);
  }
  return std::nullopt;
}

}  // namespace casepack::redaction

#include "redaction/names.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "redaction/stems.h"
#include "redaction/stream.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr bool HasStem(std::string_view word) {
  for (const std::string_view stem : kStems) {
    if (word.find(stem) != std::string_view::npos) return true;
  }
  return word.find(kShortStem) != std::string_view::npos;
}

constexpr bool AllHaveStems() {
  for (const NameRule& rule : kNameRules) {
    if (!HasStem(rule.word)) return false;
  }
  return true;
}
static_assert(AllHaveStems(), "a word of kNameRules that the first look would miss");

bool MayBeSecret(std::string_view name) {
  StemWatch stems;
  return std::any_of(name.begin(), name.end(), [&](char c) { return stems.Seen(c); });
}

// The name in lower case without its separators, and where its words begin.
struct Squashed {
  std::array<char, kMaxName> letters;
  std::array<bool, kMaxName + 1> starts;
  size_t size = 0;

  explicit Squashed(std::string_view name) {
    if (name.size() > kMaxName) name.remove_prefix(name.size() - kMaxName);
    bool start = true;
    for (size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      if (!IsAlnum(c)) {
        start = true;
        continue;
      }
      starts[size] = start || Camel(name, i);
      letters[size++] = Lower(c);
      start = false;
    }
    starts[size] = true;
  }

  static bool Camel(std::string_view name, size_t i) {
    if (i == 0 || !IsUpper(name[i])) return false;
    if (!IsUpper(name[i - 1])) return true;
    return i + 1 < name.size() && IsLower(name[i + 1]);
  }

  [[nodiscard]] std::string_view View() const { return {letters.data(), size}; }
};

bool IsHarmlessTail(std::string_view tail) {
  return std::any_of(kHarmlessAfterPassword.begin(), kHarmlessAfterPassword.end(),
                     [&](std::string_view word) { return tail.substr(0, word.size()) == word; });
}

// The rules whose word begins with three letters, in one of few rows: bit i is rule i.
using RuleBits = std::array<uint64_t, 2>;
static_assert(kNameRules.size() <= 128);

constexpr size_t RowOf(char a, char b, char c) {
  return (static_cast<size_t>(a) * 5 + static_cast<size_t>(b) * 11 + static_cast<size_t>(c)) % 256;
}

constexpr auto MakeRuleRows() {
  std::array<RuleBits, 256> rows{};
  for (size_t i = 0; i < kNameRules.size(); ++i) {
    const std::string_view word = kNameRules[i].word;
    const auto set = [&](size_t row) { rows[row][i / 64] |= uint64_t{1} << (i % 64); };
    // Whatever stands behind a word of two letters.
    for (int c = 0; c < 128; ++c)
      set(RowOf(word[0], word[1], word.size() > 2 ? word[2] : static_cast<char>(c)));
  }
  return rows;
}
constexpr auto kRuleRows = MakeRuleRows();

// The rules whose word may be in the name.
RuleBits RulesIn(std::string_view name) {
  RuleBits rules{};
  for (size_t i = 0; i + 1 < name.size(); ++i) {
    const RuleBits& row =
        kRuleRows[RowOf(name[i], name[i + 1], i + 2 < name.size() ? name[i + 2] : '\0')];
    rules[0] |= row[0];
    rules[1] |= row[1];
  }
  return rules;
}

// Digits, or words that leave the meaning: "token2", "api_key_old".
bool IsIdleTail(const Squashed& name, size_t at) {
  std::string_view tail = name.View().substr(at);
  while (!tail.empty() && IsDigit(tail.back()))
    tail.remove_suffix(1);
  if (tail.empty()) return true;
  return name.starts[at] &&
         std::find(kTailWords.begin(), kTailWords.end(), tail) != kTailWords.end();
}

bool Matches(const NameRule& rule, const Squashed& name) {
  const std::string_view text = name.View();
  const size_t at = text.rfind(rule.word);
  if (at == std::string_view::npos) return false;
  const size_t after = at + rule.word.size();
  switch (rule.place) {
    case Place::kAnywhere:
      return !IsHarmlessTail(text.substr(after));
    case Place::kEnd:
      return IsIdleTail(name, after);
    case Place::kWordEnd:
      return name.starts[at] && IsIdleTail(name, after);
    case Place::kWhole:
      return text.size() == rule.word.size();
  }
  return false;
}

}  // namespace

const NameRule* ClassifyName(std::string_view name) {
  if (name == kSidName) return &kSidRule;
  if (!MayBeSecret(name)) return nullptr;
  // A JVM's -Dpass=x: the option is glued to the name.
  if (name.substr(0, 2) == "-D") name.remove_prefix(2);
  const Squashed squashed(name);
  RuleBits rules = RulesIn(squashed.View());
  if ((rules[0] | rules[1]) == 0) return nullptr;
  if (std::find(kHarmlessNames.begin(), kHarmlessNames.end(), squashed.View()) !=
      kHarmlessNames.end()) {
    return nullptr;
  }
  for (size_t half = 0; half < rules.size(); ++half) {
    for (uint64_t& left = rules[half]; left != 0; left &= left - 1) {
      const NameRule& rule = kNameRules[64 * half + static_cast<size_t>(__builtin_ctzll(left))];
      if (Matches(rule, squashed)) return &rule;
    }
  }
  return nullptr;
}

// All the letters of a name that is not too long, some of them twice: with its size they tell
// it from every other one.
NameMemo::Letters NameMemo::LettersOf(std::string_view name) {
  const auto part = [name]<typename Word>(Word word, size_t at) -> uint64_t {
    std::memcpy(&word, name.data() + at, sizeof(word));
    return word;
  };
  const size_t size = name.size();
  if (size >= 8) {
    return {part(uint64_t{}, 0), part(uint64_t{}, std::min<size_t>(8, size - 8)),
            part(uint64_t{}, size - 8)};
  }
  if (size >= 4) return {part(uint32_t{}, 0), part(uint32_t{}, size - 4), 0};
  if (size == 0) return {};
  return {part(uint8_t{}, 0), part(uint8_t{}, size / 2), part(uint8_t{}, size - 1)};
}

// An empty row is the empty name, which no rule knows.
const NameRule* NameMemo::Classify(std::string_view name) {
  if (name.size() > kLongest) return ClassifyName(name);
  const Letters letters = LettersOf(name);
  constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15U;
  uint64_t hash = name.size();
  for (const uint64_t word : letters)
    hash = (hash ^ word) * kMultiplier;
  Row& row = rows_[(hash >> 32) % rows_.size()];
  if (row.letters != letters || row.size != name.size())
    row = {letters, name.size(), ClassifyName(name)};
  return row.rule;
}

bool IsSecretName(std::string_view name) { return ClassifyName(name) != nullptr; }

}  // namespace casepack::redaction

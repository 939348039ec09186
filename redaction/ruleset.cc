#include "redaction/ruleset.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>

#include "redaction/capture.h"
#include "redaction/entropy.h"
#include "redaction/follow.h"
#include "redaction/marker.h"
#include "redaction/outline.h"

namespace casepack::redaction {
namespace {

constexpr size_t kShortestLiteral = 3;
constexpr size_t kMostBehind = 1000;
constexpr size_t kMostLength = 4096;
constexpr unsigned kFewLines = 3;  // behind so many a window is cut
constexpr uint16_t kOften = 4096;  // so often asked, a rule is worth a Follow

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

bool BeginsWord(std::string_view literal) {
  return !literal.empty() && (IsAlnum(literal.front()) || literal.front() == '$');
}

// Texts that hide nothing. A rule that touches one of them would eat logs.
constexpr std::array<std::string_view, 5> kInnocent = {
    "2021-06-30 12:39:27 INFO the service was started in 5 ms",
    "Jun 30 12:39:27 host sshd[1234]: Server listening on 0.0.0.0 port 22.",
    "GET /index.html HTTP/1.1 200 1234",
    "#include <stdio.h>",
    "drwxr-xr-x 2 root root 4096 Jan 1 2021 /usr/share/doc",
};

}  // namespace

// What says no to most texts stands in front, close together: of hundreds of rules, each is
// asked now and then, and has to come from afar.
struct alignas(64) Ruleset::Compiled {
  std::atomic<bool> ready = false;  // cheaper to ask than the flag
  bool broken = false;
  Outline::Brief brief;
  uint16_t behind = 0;
  uint16_t max_length = 0;
  // The bytes that may follow a literal, as bits (KindOf); by its length, which few share.
  std::array<uint64_t, 4> after{};
  // Made for a rule that is asked often.
  std::atomic<const Follow*> follow = nullptr;
  std::atomic<uint16_t> asked = 0;
  std::once_flag once;
  std::unique_ptr<Outline> outline;
  std::once_flag once_followed;
  std::unique_ptr<const Follow> kept_follow;
  std::once_flag once_asked;
  std::unique_ptr<RE2> pattern;
  std::vector<std::unique_ptr<RE2>> allow;
  std::unique_ptr<Capture> capture;

  void Ready(const Rule& rule) {
    if (!ready.load(std::memory_order_acquire)) Read(rule);
  }
  void Read(const Rule& rule) {
    std::call_once(once, [&] {
      outline = std::make_unique<Outline>(rule.pattern, rule.literals);
      brief = outline->brief();
      behind = static_cast<uint16_t>(std::min(rule.behind, kMostBehind));
      max_length = static_cast<uint16_t>(std::min(rule.max_length, kMostLength));
      SetAfter(rule);
      ready.store(true, std::memory_order_release);
    });
  }
  const Capture& Expression(const Rule& rule) {
    std::call_once(once_asked, [&] {
      pattern = CompileExpression(InLines(rule.pattern));
      for (const std::string& allowed : rule.allow)
        allow.push_back(CompileExpression(allowed));
      capture = std::make_unique<Capture>(rule.pattern, *pattern);
    });
    return *capture;
  }
  // One of 64 kinds: a letter of either case shares its own with a control character.
  static unsigned KindOf(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte & ((byte & 64U) != 0 ? 31U : 63U);
  }
  // Where a match may begin before its literal, nothing is known.
  void SetAfter(const Rule& rule) {
    if (behind > 0) return after.fill(~uint64_t{0});
    for (const std::string& literal : rule.literals) {
      uint64_t& kinds = after.at(literal.size() % after.size());
      for (int c = 0; c < 256; ++c) {
        if (outline->MayStandAt(static_cast<char>(c), literal.size()))
          kinds |= uint64_t{1} << KindOf(static_cast<char>(c));
      }
    }
  }
  const Follow& Followed(const Rule& rule) {
    std::call_once(once_followed, [&] {
      kept_follow =
          std::make_unique<Follow>(rule.pattern, rule.literals,
                                   behind > 0 ? Follow::Begin::kBefore : Follow::Begin::kAtLiteral);
      follow.store(kept_follow.get(), std::memory_order_release);
    });
    return *kept_follow;
  }
  // May the match go on behind its literal as the text does? Follow::kBytes are readable.
  [[nodiscard]] bool MayFollow(const Rule& rule, const char* text, size_t length) {
    if ((after[length % after.size()] >> KindOf(*text) & 1U) == 0) return false;
    const Follow* known = follow.load(std::memory_order_acquire);
    if (known == nullptr) {
      // Threads may count over each other: nothing depends on when.
      const uint16_t now = asked.load(std::memory_order_relaxed);
      asked.store(static_cast<uint16_t>(now + 1), std::memory_order_relaxed);
      if (now < kOften) return true;
      known = &Followed(rule);
    }
    return known->May(length, text);
  }
};

Ruleset::Ruleset(std::vector<Rule> rules)
    : rules_(std::move(rules)), compiled_(std::make_unique<Compiled[]>(rules_.size())) {
  for (size_t i = 0; i < rules_.size(); ++i) {
    if (rules_[i].literals.empty()) unselected_.push_back(i);
  }
}
Ruleset::~Ruleset() = default;

std::shared_ptr<const Ruleset> Ruleset::Compile(std::vector<Rule> rules, CompileRules when,
                                                std::vector<RuleProblem>* problems) {
  std::shared_ptr<Ruleset> set(new Ruleset(std::move(rules)));
  std::vector<RuleProblem> found;
  if (when == CompileRules::kNow) set->Check(&found);
  if (problems != nullptr) *problems = std::move(found);
  return set;
}

bool Ruleset::usable(size_t rule) const { return !compiled_[rule].broken; }

namespace {

using Problems = std::vector<RuleProblem>;

void CheckData(const Rule& rule, size_t index, Problems* problems) {
  using Kind = RuleProblem::Kind;
  for (const std::string& literal : rule.literals) {
    if (literal.size() < kShortestLiteral || !BeginsWord(literal)) {
      problems->push_back({index, Kind::kLiteral, "literals", literal});
    }
  }
  if (rule.literals.empty()) problems->push_back({index, Kind::kNoLiteral, "literals", {}});
  if (rule.behind > kMostBehind) problems->push_back({index, Kind::kBounds, "behind", {}});
  if (rule.max_length == 0 || rule.max_length > kMostLength) {
    problems->push_back({index, Kind::kBounds, "max_length", {}});
  }
}

}  // namespace

void Ruleset::Check(std::vector<RuleProblem>* problems) {
  using Kind = RuleProblem::Kind;
  for (size_t i = 0; i < rules_.size(); ++i) {
    const size_t before = problems->size();
    CheckData(rules_[i], i, problems);
    compiled_[i].Expression(rules_[i]);
    const RE2& pattern = *compiled_[i].pattern;
    if (!pattern.ok()) {
      problems->push_back({i, Kind::kSyntax, "pattern", pattern.error()});
    } else if (RE2::PartialMatch("", pattern)) {
      problems->push_back({i, Kind::kMatchesEmpty, "pattern", {}});
    } else if (std::any_of(kInnocent.begin(), kInnocent.end(), [&](std::string_view text) {
                 return RE2::PartialMatch(Piece(text), pattern);
               })) {
      problems->push_back({i, Kind::kMatchesAll, "pattern", {}});
    }
    for (const auto& allowed : compiled_[i].allow) {
      if (!allowed->ok()) problems->push_back({i, Kind::kSyntax, "allow", allowed->error()});
    }
    compiled_[i].broken =
        std::any_of(problems->begin() + static_cast<std::ptrdiff_t>(before), problems->end(),
                    [](const RuleProblem& problem) { return problem.kind != Kind::kNoLiteral; });
  }
}

// What the expression found may still be a placeholder, an earlier replacement, or not
// random enough. A match that fills its window may go on behind it.
Found Ruleset::Accept(size_t index, const View& view, size_t begin, size_t end,
                      size_t window_end) const {
  const Rule& rule = rules_[index];
  const std::string_view value = view.text.substr(begin, end - begin);
  if (begin < view.floor || IsMarkerAt(view, begin) || IsPlaceholder(value)) return std::nullopt;
  if (value.find(kMarkerStart) != std::string_view::npos) return std::nullopt;
  if (rule.entropy > 0 && EntropyOf(value) < rule.entropy) return std::nullopt;
  for (const auto& allowed : compiled_[index].allow) {
    if (RE2::FullMatch(Piece(value), *allowed)) return std::nullopt;
  }
  Match match;
  match.id = rule.id;
  match.begin = begin;
  match.end = end;
  if (end == window_end && end < view.text.size()) {
    match.ending.kind = Ending::Kind::kChars;
    match.ending.charset = Charset::kDotted;
    match.swallow_from = end;
    match.end = FindEnd(view, end, &match.ending);
  }
  return match;
}

namespace {

// Where the line around `at` begins and ends, no further off than that.
size_t LineBegin(std::string_view text, size_t first, size_t at) {
  const size_t newline = text.substr(first, at - first).rfind('\n');
  return newline == std::string_view::npos ? first : first + newline + 1;
}
size_t EndOfLine(const View& view, size_t at, size_t last, Ruleset::LineEnd* line) {
  const uint64_t here = view.offset + at;
  if (here < line->from || here > line->end) {
    const size_t newline = view.text.substr(at, last - at).find('\n');
    if (newline == std::string_view::npos) return last;
    *line = {here, here + newline};
  }
  return std::min<size_t>(line->end - view.offset, last);
}

// Where a text with no more line ends than that ends.
size_t EndOfLines(const View& view, size_t at, size_t last, unsigned newlines,
                  Ruleset::LineEnd* line) {
  size_t end = EndOfLine(view, at, last, line);
  const std::string_view text = view.text.substr(0, last);
  for (; newlines > 0 && end < last; --newlines)
    end = std::min(text.find('\n', end + 1), last);
  return end;
}

}  // namespace

bool Ruleset::MayMatch(size_t index, const char* text, size_t length) const {
  Compiled& compiled = compiled_[index];
  if (compiled.broken) return false;
  compiled.Ready(rules_[index]);
  if (!compiled.MayFollow(rules_[index], text + length, length)) return false;
  const bool near = compiled.behind == 0 && compiled.brief.reach <= length + kFarthest;
  return !near || compiled.brief.Has({text, compiled.brief.reach});
}

Found Ruleset::MatchAt(size_t index, const View& view, size_t at, size_t length,
                       LineEnd* line) const {
  Compiled& compiled = compiled_[index];
  if (compiled.broken) return std::nullopt;
  compiled.Ready(rules_[index]);
  if (length > 0 && at + length + Follow::kBytes <= view.text.size() &&
      !compiled.MayFollow(rules_[index], view.text.data() + at + length, length))
    return std::nullopt;
  const size_t window_end = std::min(view.text.size(), at + compiled.max_length);
  size_t first = at - std::min<size_t>(at - std::min(at, view.floor), compiled.behind);
  size_t last = window_end;  // of what the expression is shown
  if (compiled.brief.one_line()) first = LineBegin(view.text, first, at);
  if (compiled.brief.newlines <= kFewLines)
    last = EndOfLines(view, at, window_end, compiled.brief.newlines, line);
  // One look for all the places where a match that holds the literal may begin.
  if (!compiled.brief.Has(view.text.substr(first, last - first), at - first)) return std::nullopt;
  const Outline& outline = *compiled.outline;
  for (size_t from = first; from <= at; ++from) {
    if (from < at && !outline.MayBegin(view.text[from])) continue;
    const std::string_view window = view.text.substr(from, last - from);
    if (!outline.Fits(window, from == at ? length : 0)) continue;
    const auto found = compiled.Expression(rules_[index]).MatchAt(view.text, from, last);
    if (!found) continue;
    if (found->end > at) {
      if (found->value.empty()) return std::nullopt;
      const auto begin = static_cast<size_t>(found->value.data() - view.text.data());
      return Accept(index, view, begin, begin + found->value.size(), window_end);
    }
    from = std::max(found->end, from + 1) - 1;
  }
  return std::nullopt;
}

}  // namespace casepack::redaction

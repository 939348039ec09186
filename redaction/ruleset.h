// Rules compiled: RE2 behind the literals that select them.
//
// Immutable once made, for any number of threads. A rule is read when its literal is first
// met, and its expressions are compiled when they are first asked, so that a run pays for the
// few rules that its texts call for.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "redaction/match.h"
#include "redaction/rule.h"

namespace casepack::redaction {

// kNow: every expression is compiled and tried at once, and `problems` tells what is
// wrong with whose rule. kWhenNeeded is for rules that passed that before.
enum class CompileRules : uint8_t { kNow, kWhenNeeded };

class Ruleset {
 public:
  // Rules with an error in them are left out of what can match. `problems` may be null.
  static std::shared_ptr<const Ruleset> Compile(std::vector<Rule> rules, CompileRules when,
                                                std::vector<RuleProblem>* problems);
  ~Ruleset();
  Ruleset(const Ruleset&) = delete;
  Ruleset& operator=(const Ruleset&) = delete;

  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
  // Rules without a literal: to be tried at every word.
  [[nodiscard]] const std::vector<size_t>& unselected() const { return unselected_; }
  // Has it no error?
  [[nodiscard]] bool usable(size_t rule) const;

  // May it find anything where its literal, of `length` bytes, begins at `text`? Cheaper than
  // MatchAt, and never wrong when it says no. kFarthest bytes behind the literal are readable.
  static constexpr size_t kFarthest = 100;
  [[nodiscard]] bool MayMatch(size_t rule, const char* text, size_t length) const;

  // Where a line ends, which many rules ask at many places of it. Of one text that is shown from
  // left to right, in its own offsets.
  struct LineEnd {
    uint64_t from = 1;
    uint64_t end = 0;
  };
  // The value that the rule finds where its literal, of `length` bytes, begins at `at`. `line`
  // remembers from one call to the next.
  [[nodiscard]] Found MatchAt(size_t rule, const View& view, size_t at, size_t length,
                              LineEnd* line) const;
  [[nodiscard]] Found MatchAt(size_t rule, const View& view, size_t at, size_t length = 0) const {
    LineEnd line;
    return MatchAt(rule, view, at, length, &line);
  }

 private:
  struct Compiled;
  explicit Ruleset(std::vector<Rule> rules);

  [[nodiscard]] Found Accept(size_t rule, const View& view, size_t begin, size_t end,
                             size_t window_end) const;
  void Check(std::vector<RuleProblem>* problems);

  std::vector<Rule> rules_;
  std::unique_ptr<Compiled[]> compiled_;
  std::vector<size_t> unselected_;
};

}  // namespace casepack::redaction

// Rules compiled: RE2 behind the literals that select them.
//
// Immutable once made, for any number of threads. A rule's expressions are compiled when
// they are first needed, so that a run pays for the few rules that its texts call for.
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

  // The value that the rule finds where its literal, of `length` bytes, begins at `at`.
  [[nodiscard]] Found MatchAt(size_t rule, const View& view, size_t at, size_t length = 0) const;

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

// Which part of a rule's match is the value? Group 1 of the expression, found without the
// engines that know groups, which are far slower than RE2's automaton.
//
// Most expressions end with their group. What stands before it and the group's content are
// then expressions of their own, matched one behind the other: the first way through the
// first one is the one that the whole takes, if the second one can follow it (leftmost-first,
// as Perl has it).
//
// Immutable once made, any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace casepack::redaction {

// An expression of a rule: over bytes, with a bound for its automaton. What is wrong with it
// is asked of the result.
std::unique_ptr<re2::RE2> CompileExpression(std::string_view expression);
// `^` and `$` are the ends of lines.
std::string InLines(std::string_view pattern);

class Capture {
 public:
  // `whole` is `pattern`, compiled; it lives as long as this.
  Capture(std::string_view pattern, const re2::RE2& whole);
  ~Capture();
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  struct Found {
    size_t end = 0;          // of the match
    std::string_view value;  // all of it where there is no group; no data: it has no part in it
  };
  // The match that begins at `from`, in a text that is shown up to `last`.
  [[nodiscard]] std::optional<Found> MatchAt(std::string_view text, size_t from, size_t last) const;

  // Does the expression end with its one group?
  [[nodiscard]] bool parted() const { return before_ != nullptr; }

 private:
  // Of a match that goes from `from` to `end`.
  [[nodiscard]] std::string_view ValueIn(std::string_view text, size_t from, size_t end,
                                         size_t last) const;

  const re2::RE2* whole_;
  std::unique_ptr<re2::RE2> before_;
  std::unique_ptr<re2::RE2> value_;
};

}  // namespace casepack::redaction

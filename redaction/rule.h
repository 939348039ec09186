// A rule as data: one secret's shape, how to find it fast, and the texts that prove it.
//
// Rules come from redaction/rules/*.json or from the user; who reads the JSON is above
// this folder. Compiled by ruleset.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace casepack::redaction {

struct Rule {
  std::string id;      // in the output as [REDACTED:id]; lower case, digits and dashes
  std::string family;  // "cloud", "code-host", ...
  // RE2 syntax over bytes (Latin-1), `^` and `$` at every line. The value is group 1, or
  // the whole match when there is no group.
  std::string pattern;
  // At least 3 bytes each; one of them begins where a match begins, or up to `behind`
  // bytes further on. Looked for at the beginning of a word, in any case of its letters unless
  // `exact_case` says otherwise. None: the rule is tried at the beginning of every word, which is
  // slow.
  std::vector<std::string> literals;
  // Each match has one of the literals as it is written, where it is looked for: USER, and so
  // not each user need be looked at.
  bool exact_case = false;
  size_t behind = 0;        // bytes of a match that may stand before its literal, at most 1000
  size_t max_length = 256;  // bytes from the literal to the end of the match, at most 4096
  // Bits per character (Shannon) that the value must have: a second opinion for vague
  // keys. 0: none is asked for.
  double entropy = 0;
  std::vector<std::string> allow;  // RE2, of whole values that may stay
  // The value stands between « and »; a text without them must not be touched by this rule.
  std::vector<std::string> examples;
  std::vector<std::string> counter_examples;
  std::string source;  // where the format is documented
};

// Something wrong with a rule, found when it was compiled.
struct RuleProblem {
  enum class Kind : uint8_t {
    kSyntax,          // RE2 does not take it; `detail` is its word for why
    kMatchesEmpty,    // would match everywhere
    kMatchesAll,      // touches texts that hide nothing
    kLiteral,         // shorter than 3 bytes, or no word begins with it
    kBounds,          // max_length or behind
    kNoLiteral,       // a warning: slow
    kExample,         // does not find what is framed in `detail`
    kCounterExample,  // touches `detail`
    kNoExample,       // a warning
  };
  size_t rule = 0;  // its place in what was compiled
  Kind kind = Kind::kSyntax;
  std::string field;  // "pattern", "literals", "allow", ...
  std::string detail;
};

}  // namespace casepack::redaction

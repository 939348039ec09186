// What the matchers share: the find they return, and what they remember about a line.
//
// A matcher is a function from a view and a place in it to a Match; it keeps nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "redaction/grammar.h"
#include "redaction/identifier.h"
#include "redaction/names.h"
#include "redaction/values.h"
#include "redaction/view.h"

namespace casepack::redaction {

struct Match {
  std::string_view id;  // of a secret; empty for an identifier
  size_t begin = 0;
  size_t end = kNotFound;  // kNotFound: further on than the view; `ending` will find it
  Ending ending;
  size_t swallow_from = 0;               // where `ending` applies; before it the value is sure
  std::optional<Identifier> identifier;  // renamed, not removed
};
using Found = std::optional<Match>;

struct Memory {
  const CommandRule* command = nullptr;  // the program named on this line
  const NameRule* named = nullptr;       // name="password", whose value="x" may follow
  uint64_t named_until = 0;              // offset in the input
  NameMemo names;
};

// The end of `value` looked up, and what may stay left alone.
Found Hide(const View& view, Value value, std::string_view id, Strength strength);

// key_value.cc: `name = value`, `"name": "value"`, `'name' => 'value'`, headers; `at` is
// the separator.
Found MatchKeyValue(const View& view, size_t at, Memory* memory);

// markup.cc: <Name>value</Name>; `at` is the `>` or the `&gt;`.
Found MatchMarkup(const View& view, size_t at, Memory* memory);

// url.cc: scheme://user:secret@host; `at` is the `:` or the `%3A` behind the scheme.
Found MatchUrl(const View& view, size_t at);

// options.cc: --name value, and the short options of the program on this line; `at` is
// the first dash.
Found MatchOption(const View& view, size_t at, Memory* memory);
// Is the command's name, which begins at `at`, a word of its own?
bool IsCommandAt(const View& view, size_t at, const CommandRule& command);
// `word value` on a line of its own; `at` is the first byte of the line.
Found MatchLine(const View& view, size_t at);

// tokens.cc: values that are known by their own shape. JWT and PEM in base64; `at` is their
// first byte.
Found MatchToken(const View& view, size_t at);
// XY-ABCD-ABCDE-ABCDE-ABCDE-ABCDE-ABCDE; `at` is its third dash.
Found MatchActivationCode(const View& view, size_t at);

// The secret's part of `user:secret`, the argument of -u; `value` is the whole argument.
Found HidePair(const View& view, const Value& value);

}  // namespace casepack::redaction

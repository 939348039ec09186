// Where a value begins and ends in the usual notations, and whether it hides anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "redaction/grammar.h"
#include "redaction/view.h"

namespace casepack::redaction {

// How a value ends. It is also the state in which the scanner goes on swallowing a value
// that is longer than what it can see.
struct Ending {
  enum class Kind : uint8_t {
    kQuote,    // the closing quote, in whatever depth of escapes, or the line's end
    kWord,     // blank or separator
    kLine,     // the line's end, or `quote` when the whole header stands in quotes
    kList,     // the closing bracket
    kMarkup,   // "<" (a value over lines), for escaped markup "&lt;"
    kLiteral,  // &quot; or %22, whichever `quote` says, or the line's end
    kChars,    // the first character outside of `charset`
  };
  Kind kind = Kind::kWord;
  char quote = '\0';
  uint8_t escapes = 0;  // backslashes before the opening quote: 0, 1 (JSON in JSON), 3, ...
  uint8_t quotes = 1;   // 2: doubled as in CSV
  bool lines = false;   // kMarkup, kChars: the value may reach over lines
  Charset charset = Charset::kBase64Url;
  uint8_t run = 0;      // backslashes just seen, as far as it matters (Longer())
  bool inside = false;  // kList: within a string; kQuote: between two doubled quotes
};

static_assert(sizeof(Ending) == 8, "handed on in a register");

struct Value {
  size_t begin = 0;
  Ending ending;
};

inline constexpr size_t kNotFound = std::string_view::npos;

// The end of the value in [from, view.ScanEnd()), kNotFound when it lies further on; then
// `ending` holds what is needed to go on from ScanEnd().
size_t FindEnd(const View& view, size_t from, Ending* ending);

// The value that begins at `at`, quotes and blanks skipped. `bare` is the ending of a
// value without quotes.
Value OpenValue(const View& view, size_t at, const Ending& bare);

// `text` beginning at `at` is an earlier replacement, and nothing hangs on to it.
bool IsMarkerAt(const View& view, size_t at);

// ${X}, ****, null, %s and the like: nothing is hidden by hiding them.
bool IsPlaceholder(std::string_view value);

// May this value stay beside a name of that strength?
bool MayStay(std::string_view value, Strength strength);

bool InCharset(char c, Charset charset);

}  // namespace casepack::redaction

// Logs in the shapes that servers write, with the truth about them: what in them is a
// secret, what names a person or a machine, and what only looks like it. All values are
// made up. The same seed gives the same text everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/identifier.h"

namespace casepack::redaction::testing {

struct CorpusOptions {
  uint64_t seed = 1;
  size_t bytes = 1 << 20;  // of text, roughly
  // Of 1,000 lines, how many carry a secret, and how many an identifier.
  unsigned secrets = 50;
  unsigned identifiers = 500;
};

struct Corpus {
  std::string text;
  std::vector<std::string> secrets;      // each unlike any other text in it
  std::vector<std::string> identifiers;  // as they stand in the text
  std::vector<std::string> kept;         // versions, classes, digests, times: must stay
  size_t lines = 0;
};

Corpus MakeCorpus(const CorpusOptions& options);

// The names that a host of this corpus knows of itself.
KnownNames CorpusNames();

// UTF-8 to UTF-16LE, with its mark.
std::string ToUtf16Le(std::string_view utf8);
// UTF-8 to CP932, for the characters that the corpus uses.
std::string ToCp932(std::string_view utf8);

}  // namespace casepack::redaction::testing

// The slow and obvious second opinion: the whole text in memory, every byte looked at,
// every literal compared one by one; no masks, no tables, no chunks, no stream.
//
// It shares with the stream what a rule means, and nothing of how its place is found:
// tests hold the two against each other, and `casepack verify` reads bundles with it.
// Pure functions, any thread; memory a few times that of the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/engine.h"
#include "redaction/stream.h"

namespace casepack::redaction {

struct Hit {
  std::string id;    // of the rule, or of the kind of identifier
  size_t begin = 0;  // in the text
  size_t end = 0;
};

// What still stands in a text of one encoding (as Decoder gives it): secrets, and the
// identifiers that the engine's options name.
std::vector<Hit> FindAll(const Engine& engine, std::string_view text);

// What the stream makes of the same text, private-key blocks and runs of characters that
// fill pages left aside.
std::string ReferenceRedact(const EnginePtr& engine, std::string_view text, Counts* counts);

}  // namespace casepack::redaction

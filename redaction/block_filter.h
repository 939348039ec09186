// Removes private-key blocks, which reach over many lines: PEM of every kind, OpenSSH,
// PGP, SSH2, PuTTY; also when the line ends are written as \n or percent-encoded.
//
// Owned by one stream, used by one thread; keeps less than 200 bytes. A block without an
// end is removed to the end of the input, or to kLongest bytes: a log that only quotes
// the first line of a key must not vanish whole.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "redaction/byte_blocks.h"
#include "redaction/stream.h"

namespace casepack::redaction {

class BlockFilter {
 public:
  using Next = std::function<void(std::string_view)>;
  static constexpr size_t kLongest = 1 << 20;

  BlockFilter(Next next, Counts* counts) : next_(std::move(next)), counts_(counts) {}

  // `survey`: of this text.
  void Feed(std::string_view text, const Survey& survey = {});
  void Finish();

 private:
  enum class Kind { kNone, kPem, kPutty, kPuttyMac };

  enum class Words : uint8_t { kNone, kMaybe };  // of blocks, in the text

  size_t Work(std::string_view text, bool end, Words words = Words::kMaybe);
  size_t Outside(std::string_view text, size_t from, bool end, Words words);
  size_t Inside(std::string_view text, size_t from, bool end);
  [[nodiscard]] size_t EndOfBlock(std::string_view text, size_t from) const;

  Next next_;
  Counts* counts_;
  std::string buffer_;  // the end of what came
  Kind kind_ = Kind::kNone;
  bool after_dashes_ = false;  // those of an END, which may be those of a BEGIN, too
  size_t swallowed_ = 0;
};

}  // namespace casepack::redaction

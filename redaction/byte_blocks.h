// Questions about many bytes at a time, which most texts answer with no.
//
// Pure functions, any thread. Each is compiled twice, for every processor and for those that
// HasAvx2() (processor.h), and was written once more for AVX-512; the answers are the same.
#pragma once

#include <cstddef>
#include <string_view>

namespace casepack::redaction {

// What one look at a text tells of it, before anybody has read it. At first nothing is known.
struct Survey {
  bool utf8 = false;       // in the shape of UTF-8 (RFC 3629: as many continuation bytes as the
                           // first one promises) from its first byte to its last, which is ASCII
  bool odd = true;         // HasOddBytes()
  bool block_word = true;  // FindBlockWord() may find one
};

struct ByteBlocks {
  bool (*has_odd)(std::string_view text);
  Survey (*survey)(std::string_view text);  // of what is no UTF-8, nothing else
  size_t (*find_word)(std::string_view text, size_t from);
};
const ByteBlocks& AnyByteBlocks();  // for every processor
#if defined(__x86_64__) || defined(_M_X64)
const ByteBlocks& ByteBlocksAvx2();
const ByteBlocks& ByteBlocksAvx512();
#endif
const ByteBlocks& BestByteBlocks();  // for this one

// Has it a byte below a blank that is no tab, line feed or carriage return, or a DEL?
inline bool HasOddBytes(std::string_view text) { return BestByteBlocks().has_odd(text); }

inline Survey SurveyOf(std::string_view text) { return BestByteBlocks().survey(text); }

// The first place from `from` on at which `BEGIN` or `Private-Lines:` stands; npos: at none.
inline size_t FindBlockWord(std::string_view text, size_t from) {
  return BestByteBlocks().find_word(text, from);
}

}  // namespace casepack::redaction

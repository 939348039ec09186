// Text in any encoding to bytes in which only ASCII looks like ASCII, and back.
//
// The rules read ASCII. In UTF-16 it is spread over two bytes, and the second byte of a
// CP932 character may look like a letter or a backslash, so both are rewritten on their
// way in and restored on their way out:
//   - UTF-16 (told by its mark, or by where its NUL bytes stand) becomes UTF-8; a lone
//     surrogate is written like any other code point and comes back unharmed;
//   - where a line is not UTF-8 but CP932, a character whose second byte is ASCII becomes
//     FF, first byte, second byte + 80h; a byte FF becomes FF FF;
//   - everything else passes as it is: UTF-8, Latin-1, invalid sequences.
//
// Both classes belong to one stream and one thread. What leaves does not depend on how
// the input was cut. They keep at most kSegment bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "redaction/byte_blocks.h"

namespace casepack::redaction {

enum class Encoding : uint8_t { kUnknown, kBytes, kUtf16Le, kUtf16Be };

class Decoder {
 public:
  using Next = std::function<void(std::string_view)>;
  static constexpr size_t kHead = 64;                  // looked at to tell UTF-16
  static constexpr size_t kSegment = 4096;             // judged as CP932 or not
  static constexpr size_t kPiece = size_t{64} * 1024;  // handed on at once
  static constexpr size_t kLeastPiece = 1024;

  explicit Decoder(Next next) : next_(std::move(next)) {}

  void Feed(std::string_view bytes);
  void Finish();

  // Decided before the first byte leaves.
  [[nodiscard]] Encoding encoding() const { return encoding_; }
  // Has it put an escape in? Else what leaves need not be looked through for one.
  [[nodiscard]] bool escaped() const { return escaped_; }
  // Of the text that is handed on just now.
  [[nodiscard]] const Survey& survey() const { return survey_; }
  // An odd byte at the end of UTF-16: not part of the text.
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  void FeedBytes(std::string_view bytes);
  void FeedUtf16(std::string_view bytes);
  void AddUnit(uint32_t unit);
  void JudgeSegment(bool end_of_line);

  Next next_;
  Encoding encoding_ = Encoding::kUnknown;
  bool escaped_ = false;
  Survey survey_;
  // How much is surveyed next: little where the last piece was not all UTF-8, since each line
  // of another encoding makes the look begin anew.
  size_t piece_ = kPiece;
  std::string head_;
  std::string segment_;     // from a line's first byte above 7F
  std::string rest_;        // half a unit of UTF-16
  uint32_t surrogate_ = 0;  // a high one that waits for its partner
  std::string out_;
};

class Encoder {
 public:
  using Next = std::function<void(std::string_view)>;

  explicit Encoder(Next next) : next_(std::move(next)) {}

  // Before the first Feed.
  void Use(Encoding encoding) { encoding_ = encoding; }
  // `escaped`: as Decoder::escaped(), when the text had left it.
  void Feed(std::string_view text, bool escaped);
  // `rest` follows as it is.
  void Finish(std::string_view rest);

 private:
  void FeedBytes(std::string_view text, bool escaped);
  void FeedUtf16(std::string_view text);
  void AddUnit(uint32_t unit);
  void AddCodePoint(uint32_t code);

  Next next_;
  Encoding encoding_ = Encoding::kBytes;
  std::string held_;  // a character whose end is not here yet
  std::string out_;
};

// UTF-16 or bytes, from the first kHead bytes of a text (or all, when it is shorter).
Encoding GuessEncoding(std::string_view head);

}  // namespace casepack::redaction

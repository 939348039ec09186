#include "redaction/encoding.h"

#include <algorithm>
#include <cstring>

namespace casepack::redaction {
namespace {

using std::literals::operator""sv;

constexpr char kEscape = '\xff';

constexpr uint8_t Byte(char c) { return static_cast<uint8_t>(c); }
constexpr bool IsHigh(char c) { return Byte(c) >= 0x80; }
constexpr bool IsContinuation(char c) { return (Byte(c) & 0xc0U) == 0x80; }

size_t FirstHigh(std::string_view text) {
  size_t i = 0;
  for (; i + 64 <= text.size(); i += 64) {
    uint8_t all = 0;
    for (size_t k = 0; k < 64; ++k)
      all |= Byte(text[i + k]);
    if (all >= 0x80) break;
  }
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t eight = 0;
    std::memcpy(&eight, text.data() + i, 8);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (i < text.size() && !IsHigh(text[i]))
    ++i;
  return i;
}

// The length that a UTF-8 sequence's first byte promises (RFC 3629); 0: it is none.
size_t Utf8Length(char first) {
  const uint8_t c = Byte(first);
  if (c < 0x80) return 1;
  if (c >= 0xc2 && c <= 0xdf) return 2;
  if (c >= 0xe0 && c <= 0xef) return 3;
  return c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

enum class Shape : uint8_t { kFits, kBroken, kCut };

// The UTF-8 sequence at the beginning of `text`; kCut when it lacks its end.
Shape Utf8Shape(std::string_view text, size_t* length) {
  *length = Utf8Length(text[0]);
  if (*length == 0) return Shape::kBroken;
  const size_t have = std::min(*length, text.size());
  for (size_t i = 1; i < have; ++i) {
    if (!IsContinuation(text[i])) return Shape::kBroken;
  }
  return have == *length ? Shape::kFits : Shape::kCut;
}

bool IsCp932Lead(char c) {
  const uint8_t b = Byte(c);
  return (b >= 0x81 && b <= 0x9f) || (b >= 0xe0 && b <= 0xfc);
}
bool IsCp932Trail(char c) {
  const uint8_t b = Byte(c);
  return b >= 0x40 && b <= 0xfc && b != 0x7f;
}
bool IsHalfWidthKatakana(char c) { return Byte(c) >= 0xa1 && Byte(c) <= 0xdf; }

Shape Cp932Shape(std::string_view text, size_t* length) {
  *length = 1;
  if (!IsHigh(text[0]) || IsHalfWidthKatakana(text[0])) return Shape::kFits;
  if (!IsCp932Lead(text[0])) return Shape::kBroken;
  *length = 2;
  if (text.size() < 2) return Shape::kCut;
  return IsCp932Trail(text[1]) ? Shape::kFits : Shape::kBroken;
}

// Three bytes of UTF-8 at the beginning of as many readable ones: kana and kanji.
bool IsUtf8Triple(const char* text) {
  const auto is = [text](size_t i, unsigned mask, unsigned bits) {
    return (Byte(text[i]) & mask) == bits;
  };
  return is(0, 0xf0, 0xe0) && is(1, 0xc0, 0x80) && is(2, 0xc0, 0x80);
}

// The bytes up to and with the last line end before which everything is UTF-8.
// `survey`: of them.
size_t Utf8Lines(std::string_view text, Survey* survey) {
  const size_t lines = text.rfind('\n') + 1;
  *survey = SurveyOf(text.substr(0, lines));
  if (survey->utf8) return lines;
  for (size_t i = 0; i < lines;) {
    i += FirstHigh(text.substr(i, lines - i));
    size_t length = 0;
    while (i < lines && IsHigh(text[i])) {
      while (i + 3 <= lines && IsUtf8Triple(text.data() + i))
        i += 3;
      if (i >= lines || !IsHigh(text[i])) break;
      if (Utf8Shape(text.substr(i, lines - i), &length) != Shape::kFits)
        return text.substr(0, i).rfind('\n') + 1;
      i += length;
    }
  }
  return lines;
}

using ShapeOf = Shape (*)(std::string_view, size_t*);

// Is `text` of that encoding? `*cut` are the bytes at its end that wait for more.
bool IsAll(std::string_view text, ShapeOf shape_of, size_t* cut) {
  *cut = 0;
  for (size_t i = 0; i < text.size();) {
    size_t length = 0;
    const Shape shape = shape_of(text.substr(i), &length);
    if (shape == Shape::kBroken) return false;
    if (shape == Shape::kCut) {
      *cut = text.size() - i;
      return true;
    }
    i += length;
  }
  return true;
}

void AppendUtf8(uint32_t code, std::string* out) {
  const auto add = [out](uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xc0U | code >> 6);
    add(0x80U | (code & 0x3f));
  } else if (code < 0x10000) {
    add(0xe0U | code >> 12);
    add(0x80U | (code >> 6 & 0x3f));
    add(0x80U | (code & 0x3f));
  } else {
    add(0xf0U | code >> 18);
    add(0x80U | (code >> 12 & 0x3f));
    add(0x80U | (code >> 6 & 0x3f));
    add(0x80U | (code & 0x3f));
  }
}

constexpr bool IsHighSurrogate(uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool IsLowSurrogate(uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

void AppendCp932(std::string_view text, std::string* out) {
  for (size_t i = 0; i < text.size();) {
    size_t length = 0;
    const bool pair = Cp932Shape(text.substr(i), &length) == Shape::kFits && length == 2;
    if (pair && !IsHigh(text[i + 1])) {
      out->push_back(kEscape);
      out->push_back(text[i]);
      out->push_back(static_cast<char>(Byte(text[i + 1]) | 0x80U));
    } else {
      out->append(text.substr(i, length));
    }
    i += length;
  }
}

// Latin-1, or a mixture: only our own escape has to be told apart.
void AppendOther(std::string_view text, std::string* out) {
  for (const char c : text) {
    if (c == kEscape) out->push_back(kEscape);
    out->push_back(c);
  }
}

}  // namespace

Encoding GuessEncoding(std::string_view head) {
  if (head.substr(0, 2) == "\xff\xfe"sv) return Encoding::kUtf16Le;
  if (head.substr(0, 2) == "\xfe\xff"sv) return Encoding::kUtf16Be;
  size_t even = 0;
  size_t odd = 0;
  for (size_t i = 0; i + 1 < head.size(); i += 2) {
    even += static_cast<size_t>(head[i] == '\0');
    odd += static_cast<size_t>(head[i + 1] == '\0');
  }
  // ASCII now and then, and no unit that is zero: `x NUL y NUL` would also be two words
  // of one letter, so a few are asked for.
  const size_t enough = std::max<size_t>(4, head.size() / 8);
  if (odd >= enough && even == 0) return Encoding::kUtf16Le;
  if (even >= enough && odd == 0) return Encoding::kUtf16Be;
  return Encoding::kBytes;
}

void Decoder::Feed(std::string_view bytes) {
  if (encoding_ == Encoding::kUnknown) {
    const size_t part = std::min(kHead - head_.size(), bytes.size());
    head_.append(bytes.substr(0, part));
    bytes.remove_prefix(part);
    if (head_.size() < kHead) return;
    encoding_ = GuessEncoding(head_);
    const std::string head = std::move(head_);
    Feed(head);
  }
  if (bytes.empty()) return;
  if (encoding_ == Encoding::kBytes) {
    FeedBytes(bytes);
  } else {
    FeedUtf16(bytes);
  }
}

void Decoder::Finish() {
  if (encoding_ == Encoding::kUnknown) {
    encoding_ = GuessEncoding(head_);
    const std::string head = std::move(head_);
    Feed(head);
  }
  if (!segment_.empty()) JudgeSegment(true);
  if (surrogate_ != 0) {
    std::string last;
    AppendUtf8(surrogate_, &last);
    surrogate_ = 0;
    next_(last);
  }
}

// Lines in UTF-8 go straight through, and so does ASCII; from another line's first byte
// that is neither, the line is gathered.
void Decoder::FeedBytes(std::string_view bytes) {
  while (!bytes.empty()) {
    if (segment_.empty()) {
      Survey survey;
      const size_t lines = Utf8Lines(bytes.substr(0, piece_), &survey);
      piece_ = survey.utf8 ? std::min(2 * piece_, kPiece) : kLeastPiece;
      if (lines > 0) {
        survey_ = survey;
        next_(bytes.substr(0, lines));
        survey_ = {};
        bytes.remove_prefix(lines);
        continue;
      }
      const size_t ascii = FirstHigh(bytes);
      if (ascii > 0) next_(bytes.substr(0, ascii));
      bytes.remove_prefix(ascii);
      if (bytes.empty()) return;
    }
    const size_t room = kSegment - segment_.size();
    const std::string_view part = bytes.substr(0, room);
    const size_t newline = part.find('\n');
    const bool whole = newline != std::string_view::npos;
    const size_t taken = whole ? newline + 1 : part.size();
    segment_.append(part.substr(0, taken));
    bytes.remove_prefix(taken);
    if (whole || segment_.size() == kSegment) JudgeSegment(whole);
  }
}

void Decoder::JudgeSegment(bool end_of_line) {
  size_t cut = 0;
  std::string_view text = segment_;
  // A character that the bound cut in two waits for its other half.
  const auto fits = [&](ShapeOf shape_of) {
    return IsAll(text, shape_of, &cut) && (cut == 0 || !end_of_line);
  };
  std::string out;
  if (fits(Utf8Shape)) {
    text.remove_suffix(cut);
    out.assign(text);
  } else if (fits(Cp932Shape)) {
    text.remove_suffix(cut);
    AppendCp932(text, &out);
  } else {
    cut = 0;
    AppendOther(text, &out);
  }
  segment_.erase(0, segment_.size() - cut);
  escaped_ = escaped_ || out.find(kEscape) != std::string::npos;
  if (!out.empty()) next_(out);
}

void Decoder::FeedUtf16(std::string_view bytes) {
  out_.clear();
  const bool little = encoding_ == Encoding::kUtf16Le;
  for (const char c : bytes) {
    if (rest_.empty()) {
      rest_.push_back(c);
      continue;
    }
    const uint32_t first = Byte(rest_[0]);
    const uint32_t second = Byte(c);
    rest_.clear();
    AddUnit(little ? second << 8 | first : first << 8 | second);
  }
  if (!out_.empty()) next_(out_);
}

void Decoder::AddUnit(uint32_t unit) {
  if (surrogate_ != 0) {
    const uint32_t high = surrogate_;
    surrogate_ = 0;
    if (IsLowSurrogate(unit)) {
      AppendUtf8(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00), &out_);
      return;
    }
    AppendUtf8(high, &out_);
  }
  if (IsHighSurrogate(unit)) {
    surrogate_ = unit;
  } else {
    AppendUtf8(unit, &out_);
  }
}

void Encoder::Feed(std::string_view text, bool escaped) {
  if (encoding_ == Encoding::kUtf16Le || encoding_ == Encoding::kUtf16Be) {
    FeedUtf16(text);
  } else {
    FeedBytes(text, escaped);
  }
}

void Encoder::Finish(std::string_view rest) {
  if (!held_.empty()) {
    const std::string held = std::move(held_);
    held_.clear();
    next_(held);
  }
  if (!rest.empty()) next_(rest);
}

void Encoder::FeedBytes(std::string_view text, bool escaped) {
  if (!escaped || (held_.empty() && text.find(kEscape) == std::string_view::npos)) {
    next_(text);
    return;
  }
  std::string all = std::move(held_);
  held_.clear();
  all.append(text);
  out_.clear();
  for (size_t i = 0; i < all.size();) {
    if (all[i] != kEscape) {
      out_.push_back(all[i++]);
    } else if (i + 1 < all.size() && all[i + 1] == kEscape) {
      out_.push_back(kEscape);
      i += 2;
    } else if (i + 2 < all.size()) {
      out_.push_back(all[i + 1]);
      out_.push_back(static_cast<char>(Byte(all[i + 2]) & 0x7fU));
      i += 3;
    } else {
      held_ = all.substr(i);
      break;
    }
  }
  if (!out_.empty()) next_(out_);
}

void Encoder::FeedUtf16(std::string_view text) {
  std::string joined;
  if (!held_.empty()) {
    joined = std::move(held_);
    held_.clear();
    joined.append(text);
    text = joined;
  }
  out_.clear();
  while (!text.empty()) {
    size_t length = 0;
    const Shape shape = Utf8Shape(text, &length);
    if (shape == Shape::kCut) {
      held_.assign(text);
      break;
    }
    if (shape == Shape::kBroken || length == 1) {
      AddUnit(Byte(text[0]));
      length = 1;
    } else {
      uint32_t code = Byte(text[0]) & (0x7fU >> length);
      for (size_t i = 1; i < length; ++i)
        code = code << 6 | (Byte(text[i]) & 0x3fU);
      AddCodePoint(code);
    }
    text.remove_prefix(length);
  }
  if (!out_.empty()) next_(out_);
}

void Encoder::AddCodePoint(uint32_t code) {
  if (code < 0x10000) {
    AddUnit(code);
  } else {
    AddUnit(0xd800 + ((code - 0x10000) >> 10));
    AddUnit(0xdc00 + ((code - 0x10000) & 0x3ff));
  }
}

void Encoder::AddUnit(uint32_t unit) {
  const auto low = static_cast<char>(unit & 0xff);
  const auto high = static_cast<char>(unit >> 8 & 0xff);
  const bool little = encoding_ == Encoding::kUtf16Le;
  out_.push_back(little ? low : high);
  out_.push_back(little ? high : low);
}

}  // namespace casepack::redaction

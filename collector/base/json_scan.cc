#include "collector/base/json_scan.h"

#include <array>
#include <bit>
#include <cstring>

#include "collector/base/utf8.h"

namespace casepack::base {
namespace {

// What shapes a value: quotes, braces, brackets.
constexpr std::array<bool, 256> MakeShape() {
  std::array<bool, 256> shape{};
  for (const char c : {'"', '{', '}', '[', ']'})
    shape[static_cast<unsigned char>(c)] = true;
  return shape;
}
constexpr std::array<bool, 256> kShape = MakeShape();

constexpr uint64_t kOnes = 0x0101010101010101U;
constexpr uint64_t kTops = 0x8080808080808080U;

uint64_t Load8(const char* bytes) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// The top bit of each byte that is zero, and maybe of some above the first such one.
uint64_t Zeros(uint64_t word) { return (word - kOnes) & ~word & kTops; }

// The same for bytes that end the plain part of a string: the quote, the backslash, and
// control characters.
uint64_t Stops(uint64_t word) {
  const uint64_t control = (word - kOnes * 0x20) & ~word & kTops;
  return Zeros(word ^ (kOnes * '"')) | Zeros(word ^ (kOnes * '\\')) | control;
}

bool IsStop(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Of four digits that were checked before.
uint32_t Hex4(std::string_view digits) {
  uint32_t value = 0;
  for (const char c : digits.substr(0, 4))
    value = value * 16 + static_cast<uint32_t>(HexDigit(c));
  return value;
}

void AppendUtf8(uint32_t point, std::string* out) {
  const auto put = [out](uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0U | (point >> 6U));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

char Plain(char escape) {
  switch (escape) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return escape;
  }
}

}  // namespace

JsonScan::JsonScan(std::string_view text, size_t max_depth) : text_(text), max_depth_(max_depth) {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
  Blank();
}

bool JsonScan::Fail() {
  good_ = false;
  at_ = text_.size();
  return false;
}

void JsonScan::PassBlanks() {
  while (at_ < text_.size() &&
         (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
    ++at_;
}

JsonScan::Kind JsonScan::Peek() {
  if (!good_ || at_ >= text_.size()) return Kind::kBad;
  switch (text_[at_]) {
    case '{':
      return Kind::kObject;
    case '[':
      return Kind::kArray;
    case '"':
      return Kind::kString;
    case 't':
      return Kind::kTrue;
    case 'f':
      return Kind::kFalse;
    case 'n':
      return Kind::kNull;
    default:
      return text_[at_] == '-' || IsDigit(text_[at_]) ? Kind::kNumber : Kind::kBad;
  }
}

bool JsonScan::Enter(char brace) {
  if (!good_ || at_ >= text_.size() || text_[at_] != brace) return false;
  if (++depth_ > max_depth_) return Fail();
  ++at_;
  return true;
}

// To the next part of what is open: past a comma, or out of it at its end.
bool JsonScan::NextPart(bool* first, char close) {
  Blank();
  if (!good_ || at_ >= text_.size()) return Fail();
  if (text_[at_] == close) {
    ++at_;
    --depth_;
    Blank();
    return false;
  }
  if (!*first) {
    if (text_[at_] != ',') return Fail();
    ++at_;
    Blank();
  }
  *first = false;
  return true;
}

bool JsonScan::NextMember(bool* first) {
  if (!NextPart(first, '}')) return false;
  const size_t from = at_ + 1;
  if (at_ >= text_.size() || text_[at_] != '"' || !PassString()) return Fail();
  name_ = text_.substr(from, at_ - from - 1);
  if (escaped_) name_ = Unescaped(name_, &name_room_);
  if (wide_ && !IsUtf8(name_)) return Fail();
  Blank();
  if (at_ >= text_.size() || text_[at_] != ':') return Fail();
  ++at_;
  Blank();
  return at_ < text_.size() || Fail();
}

bool JsonScan::NextElement(bool* first) {
  if (!NextPart(first, ']')) return false;
  return at_ < text_.size() || Fail();
}

// On the quote; then behind the other one.
bool JsonScan::PassString() {
  escaped_ = false;
  wide_ = false;
  ++at_;
  for (;;) {
    PassPlain();
    if (at_ >= text_.size()) return Fail();
    if (text_[at_] == '"') break;
    if (text_[at_] != '\\' || !PassEscape()) return Fail();
  }
  ++at_;
  return true;
}

// To what ends the plain part of a string, eight bytes at a time.
void JsonScan::PassPlain() {
  static_assert(std::endian::native == std::endian::little);
  uint64_t all = 0;
  while (at_ + 8 <= text_.size()) {
    const uint64_t word = Load8(text_.data() + at_);
    all |= word;
    if (const uint64_t stops = Stops(word); stops != 0) {
      at_ += static_cast<size_t>(std::countr_zero(stops)) / 8;
      wide_ = wide_ || (all & kTops) != 0;
      return;
    }
    at_ += 8;
  }
  wide_ = wide_ || (all & kTops) != 0;
  while (at_ < text_.size() && !IsStop(text_[at_])) {
    wide_ = wide_ || static_cast<signed char>(text_[at_]) < 0;
    ++at_;
  }
}

// RFC 8259 §7; half a surrogate pair is no character.
bool JsonScan::PassEscape() {
  escaped_ = true;
  const std::string_view rest = text_.substr(at_);
  if (rest.size() < 2) return false;
  if (rest[1] != 'u') {
    at_ += 2;
    return std::string_view("\"\\/bfnrt").find(rest[1]) != std::string_view::npos;
  }
  const auto hex = [&](size_t from) {
    if (rest.size() < from + 4) return false;
    for (size_t i = from; i < from + 4; ++i) {
      if (HexDigit(rest[i]) < 0) return false;
    }
    return true;
  };
  if (!hex(2)) return false;
  const uint32_t unit = Hex4(rest.substr(2));
  at_ += 6;
  if (unit < 0xD800 || unit > 0xDFFF) return true;
  if (unit > 0xDBFF || rest.substr(6, 2) != "\\u" || !hex(8)) return false;
  const uint32_t low = Hex4(rest.substr(8));
  at_ += 6;
  return low >= 0xDC00 && low <= 0xDFFF;
}

std::string_view JsonScan::Unescaped(std::string_view raw, std::string* room) const {
  room->clear();
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      room->push_back(raw[i]);
    } else if (raw[i + 1] != 'u') {
      room->push_back(Plain(raw[++i]));
    } else {
      uint32_t point = Hex4(raw.substr(i + 2));
      i += 5;
      if (point >= 0xD800 && point <= 0xDFFF) {
        point = 0x10000 + ((point - 0xD800) << 10U) + (Hex4(raw.substr(i + 3)) - 0xDC00);
        i += 6;
      }
      AppendUtf8(point, room);
    }
  }
  return *room;
}

std::optional<std::string_view> JsonScan::String() {
  if (Peek() != Kind::kString) return std::nullopt;
  const size_t from = at_ + 1;
  if (!PassString()) return std::nullopt;
  std::string_view value = text_.substr(from, at_ - from - 1);
  if (escaped_) value = Unescaped(value, &value_room_);
  Blank();
  if (wide_ && !IsUtf8(value)) {
    Fail();
    return std::nullopt;
  }
  return value;
}

bool JsonScan::PassNumber() {
  const auto digits = [this] {
    const size_t from = at_;
    while (at_ < text_.size() && IsDigit(text_[at_]))
      ++at_;
    return at_ > from;
  };
  const auto is = [this](char c) { return at_ < text_.size() && text_[at_] == c; };
  if (is('-')) ++at_;
  if (is('0')) {
    ++at_;
  } else if (!digits()) {
    return false;
  }
  if (is('.')) {
    ++at_;
    if (!digits()) return false;
  }
  if (is('e') || is('E')) {
    ++at_;
    if (is('+') || is('-')) ++at_;
    if (!digits()) return false;
  }
  return true;
}

std::optional<std::string_view> JsonScan::Number() {
  if (Peek() != Kind::kNumber) return std::nullopt;
  const size_t from = at_;
  if (!PassNumber()) {
    Fail();
    return std::nullopt;
  }
  const std::string_view value = text_.substr(from, at_ - from);
  Blank();
  return value;
}

bool JsonScan::PassWord(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) return Fail();
  at_ += word.size();
  return true;
}

std::optional<bool> JsonScan::Flag() {
  const Kind kind = Peek();
  if (kind != Kind::kTrue && kind != Kind::kFalse) return std::nullopt;
  if (!PassWord(kind == Kind::kTrue ? "true" : "false")) return std::nullopt;
  Blank();
  return kind == Kind::kTrue;
}

bool JsonScan::PassScalar() {
  switch (Peek()) {
    case Kind::kString:
      return PassString();
    case Kind::kNumber:
      return PassNumber() || Fail();
    case Kind::kTrue:
      return PassWord("true");
    case Kind::kFalse:
      return PassWord("false");
    case Kind::kNull:
      return PassWord("null");
    default:
      return Fail();
  }
}

void JsonScan::Skip() {
  const Kind kind = Peek();
  if (kind == Kind::kObject || kind == Kind::kArray) {
    PassNested();
  } else {
    PassScalar();
  }
  if (good_) Blank();
}

// From a brace or bracket behind the one that closes it: strings and depth are looked at, and
// nothing else.
void JsonScan::PassNested() {
  size_t open = 0;
  do {
    while (at_ < text_.size() && !kShape[static_cast<unsigned char>(text_[at_])])
      ++at_;
    if (at_ >= text_.size()) {
      Fail();
      return;
    }
    switch (text_[at_]) {
      case '"':
        if (!PassString()) return;
        continue;
      case '{':
      case '[':
        ++open;
        break;
      default:
        --open;
    }
    if (depth_ + open > max_depth_) {
      Fail();
      return;
    }
    ++at_;
  } while (open > 0);
}

bool JsonScan::AtEnd() {
  Blank();
  return good_ && at_ == text_.size();
}

}  // namespace casepack::base

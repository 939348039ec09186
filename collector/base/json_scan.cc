#include "collector/base/json_scan.h"

#include <array>

#include "collector/base/utf8.h"

namespace casepack::base {
namespace {

// Bytes that end the plain part of a string: the quote, the backslash, control characters.
constexpr std::array<bool, 256> MakeStops() {
  std::array<bool, 256> stops{};
  for (size_t i = 0; i < 0x20; ++i)
    stops[i] = true;
  stops['"'] = true;
  stops['\\'] = true;
  return stops;
}
constexpr std::array<bool, 256> kStops = MakeStops();

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

void JsonScan::Blank() {
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
  ++at_;
  for (;;) {
    while (at_ < text_.size() && !kStops[static_cast<unsigned char>(text_[at_])])
      ++at_;
    if (at_ >= text_.size()) return Fail();
    if (text_[at_] == '"') break;
    if (text_[at_] != '\\' || !PassEscape()) return Fail();
  }
  ++at_;
  return true;
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
  if (!IsUtf8(value)) {
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
  std::string open;  // what closes each that is open: no recursion for a hostile text
  do {
    const Kind kind = Peek();
    if (kind == Kind::kObject || kind == Kind::kArray) {
      const bool object = kind == Kind::kObject;
      if (!Enter(object ? '{' : '[')) return;
      open.push_back(object ? '}' : ']');
      open.push_back('1');  // its first part is still to come
    } else if (PassScalar()) {
      Blank();
    }
    while (good_ && !open.empty()) {
      bool first = open.back() == '1';
      const bool more = open[open.size() - 2] == '}' ? NextMember(&first) : NextElement(&first);
      open.back() = '0';
      if (more) break;
      if (good_) open.resize(open.size() - 2);
    }
  } while (good_ && !open.empty());
}

bool JsonScan::AtEnd() {
  Blank();
  return good_ && at_ == text_.size();
}

}  // namespace casepack::base

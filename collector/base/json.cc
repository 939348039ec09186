#include "collector/base/json.h"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace casepack::base {
namespace {

using Library = nlohmann::json;

// Feeds the library's lexer one character at a time, so that we know how far it has read,
// and a line break after the last: so it has always read one further than a number.
class Counted {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  Counted(std::string_view text, size_t at, size_t* count) : text_(text), at_(at), count_(count) {}
  reference operator*() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  Counted& operator++() {
    *count_ = ++at_;
    return *this;
  }
  bool operator==(const Counted& other) const { return at_ == other.at_; }
  bool operator!=(const Counted& other) const { return at_ != other.at_; }

 private:
  std::string_view text_;
  size_t at_;
  size_t* count_;
};

Status InvalidAt(Place place, Message message) {
  message.args.emplace_back("line", fmt::to_string(place.line));
  message.args.emplace_back("column", fmt::to_string(place.column));
  return {Code::kInvalid, std::move(message)};
}

// Walks the text token by token, behind the library, and knows line and column.
class Cursor {
 public:
  explicit Cursor(std::string_view text)
      : text_(text), at_(text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0) {}

  [[nodiscard]] size_t at() const { return at_; }
  [[nodiscard]] Place place() const { return place_; }

  // To the next token that is reported: past blanks, and past a comma or colon, which
  // are not, unless it is the last character that was read and so the wrong one.
  void ToToken(size_t last) {
    SkipBlank();
    if (at_ < last && at_ < text_.size() && (text_[at_] == ',' || text_[at_] == ':')) {
      Step();
      SkipBlank();
    }
  }

  // Past the token here. The library has read to `end`, for a number one further.
  void PassToken(size_t end) {
    const bool number = at_ < text_.size() && Among("-0123456789");
    MoveTo(number ? end - 1 : end);
  }

  void MoveTo(size_t end) {
    while (at_ < end && at_ < text_.size())
      Step();
  }

 private:
  [[nodiscard]] bool Among(std::string_view set) const {
    return set.find(text_[at_]) != std::string_view::npos;
  }

  void SkipBlank() {
    while (at_ < text_.size() && Among(" \t\r\n"))
      Step();
  }

  void Step() {
    const auto byte = static_cast<unsigned char>(text_[at_++]);
    if (byte == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if ((byte & 0xC0U) != 0x80U) {  // a column is a character, not a byte
      ++place_.column;
    }
  }

  std::string_view text_;
  size_t at_;
  Place place_{1, 1};
};

// The library's SAX events, made into a Json with places.
class Builder {
 public:
  Builder(std::string_view text, const JsonLimits& limits, const size_t* count)
      : text_(text), limits_(limits), count_(count), cursor_(text) {}

  bool null() { return Add(Json()); }
  bool boolean(bool value) { return Add(Json(value)); }
  bool number_integer(int64_t value) { return Add(Json(value)); }
  bool number_unsigned(uint64_t value) { return Add(Json(value)); }
  bool number_float(double value, const std::string&) { return Add(Json(value)); }
  bool string(std::string& value) { return Add(Json(std::move(value))); }
  bool binary(Library::binary_t&) { return false; }
  bool start_object(size_t) { return Open(Json(Json::Object())); }
  bool start_array(size_t) { return Open(Json(Json::Array())); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }

  bool key(std::string& name) {
    const Place place = TakePlace();
    if (!names_.back().insert(name).second) {
      return Fail(place, {"base.json.twice", {{"name", name}}});
    }
    open_.back()->object()->push_back({name, Json(), place});
    return true;
  }

  // `position` counts the characters that were read, the end of the text as one.
  bool parse_error(size_t position, const std::string&, const std::exception&) {
    const size_t last = position == 0 ? 0 : position - 1;
    cursor_.ToToken(last);
    // A string goes wrong somewhere inside; of any other token the start is named.
    const size_t start = cursor_.at();
    const bool inside =
        start < last && last < text_.size() && text_[start] == '"' && text_[last] != '"';
    if (inside) cursor_.MoveTo(last);
    return Fail(cursor_.place(), {"base.json.syntax", {}});
  }

  Result<Json> Take() {
    if (!status_.ok()) return status_;
    return std::move(root_);
  }

 private:
  bool Add(Json value) { return Store(std::move(value)) != nullptr; }

  bool Open(Json value) {
    if (open_.size() >= limits_.depth) return Fail(TakePlace(), {"base.json.deep", {}});
    Json* stored = Store(std::move(value));
    if (stored == nullptr) return false;
    open_.push_back(stored);
    names_.emplace_back();
    return true;
  }

  bool Close() {
    TakePlace();
    open_.pop_back();
    names_.pop_back();
    return true;
  }

  // Where it stands now: it stays there while it is open, because what is open is the
  // last of its parent's values.
  Json* Store(Json value) {
    value.place = TakePlace();
    if (++values_ > limits_.values) {
      Fail(value.place, {"base.json.large", {}});
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json* parent = open_.back();
    if (Json::Object* object = parent->object()) {
      object->back().value = std::move(value);
      return &object->back().value;
    }
    parent->array()->push_back(std::move(value));
    return &parent->array()->back();
  }

  // Of the token that the library reports now.
  Place TakePlace() {
    cursor_.ToToken(*count_);
    const Place place = cursor_.place();
    cursor_.PassToken(*count_);
    return place;
  }

  bool Fail(Place place, Message message) {
    status_ = InvalidAt(place, std::move(message));
    return false;
  }

  std::string_view text_;
  const JsonLimits& limits_;
  const size_t* count_;
  Cursor cursor_;
  Json root_;
  Status status_;
  size_t values_ = 0;
  std::vector<Json*> open_;
  std::vector<std::unordered_set<std::string>> names_;
};

// The library's own tree would double the memory and is slow to grow: the library
// writes strings and floating-point numbers only.
class Writer {
 public:
  Writer(std::string& out, JsonStyle style) : out_(out), indented_(style == JsonStyle::kIndented) {}

  // Depth is bounded by the parser's limit and by what our own code builds.
  // NOLINTBEGIN(misc-no-recursion)
  void Write(const Json& value) {
    if (const Json::Object* object = value.object()) {
      List(*object, "{}", [&](const Json::Member& member) {
        out_ += Scalar(member.name);
        out_ += indented_ ? ": " : ":";
        Write(member.value);
      });
    } else if (const Json::Array* array = value.array()) {
      List(*array, "[]", [&](const Json& element) { Write(element); });
    } else if (const std::string* s = value.string()) {
      out_ += Scalar(*s);
    } else if (const double* d = value.number()) {
      out_ += Scalar(*d);
    } else if (const int64_t* i = value.integer()) {
      out_ += fmt::to_string(*i);
    } else if (const bool* b = value.boolean()) {
      out_ += *b ? "true" : "false";
    } else {
      out_ += "null";
    }
  }

 private:
  template <typename T>
  static std::string Scalar(const T& value) {
    return Library(value).dump(-1, ' ', false, Library::error_handler_t::replace);
  }

  template <typename Elements, typename WriteOne>
  void List(const Elements& elements, const char* brackets, WriteOne write) {
    out_ += brackets[0];
    ++depth_;
    bool first = true;
    for (const auto& element : elements) {
      if (!first) out_ += ',';
      first = false;
      Break();
      write(element);
    }
    --depth_;
    if (!elements.empty()) Break();
    out_ += brackets[1];
  }

  // NOLINTEND(misc-no-recursion)

  void Break() {
    if (indented_) out_.append("\n").append(depth_, ' ');
  }

  std::string& out_;
  bool indented_;
  size_t depth_ = 0;
};

}  // namespace

// Here and not in the class, where a Member is not complete yet. A tree is copied by
// recursion, as deep as it was allowed to grow.
// NOLINTBEGIN(misc-no-recursion)
Json::Json() = default;
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::~Json() = default;
// NOLINTEND(misc-no-recursion)

Json::Json(bool value) : value_(value) {}
Json::Json(int value) : value_(int64_t{value}) {}
Json::Json(int64_t value) : value_(value) {}
Json::Json(double value) : value_(value) {}
Json::Json(const char* value) : value_(std::string(value)) {}
Json::Json(std::string_view value) : value_(std::string(value)) {}
Json::Json(std::string value) : value_(std::move(value)) {}
Json::Json(Array value) : value_(std::move(value)) {}
Json::Json(Object value) : value_(std::move(value)) {}

Json::Json(uint64_t value) {
  if (value > static_cast<uint64_t>(INT64_MAX)) {
    value_ = static_cast<double>(value);
  } else {
    value_ = static_cast<int64_t>(value);
  }
}

const Json* Json::Find(std::string_view name) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  for (const Member& member : *members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

std::string Json::StringOr(std::string_view name, std::string_view otherwise) const {
  const Json* member = Find(name);
  const std::string* text = member == nullptr ? nullptr : member->string();
  return text == nullptr ? std::string(otherwise) : *text;
}

int64_t Json::IntegerOr(std::string_view name, int64_t otherwise) const {
  const Json* member = Find(name);
  const int64_t* value = member == nullptr ? nullptr : member->integer();
  return value == nullptr ? otherwise : *value;
}

void Json::Set(std::string name, Json value) {
  if (is_null()) value_ = Object();
  object()->push_back({std::move(name), std::move(value), {}});
}

void Json::Push(Json value) {
  if (is_null()) value_ = Array();
  array()->push_back(std::move(value));
}

Result<Json> ParseJson(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) return InvalidAt({1, 1}, {"base.json.large", {}});
  // The library takes a zero byte for the end of the text.
  if (const size_t zero = text.find('\0'); zero != std::string_view::npos) {
    Cursor cursor(text);
    cursor.MoveTo(zero);
    return InvalidAt(cursor.place(), {"base.json.syntax", {}});
  }
  size_t count = 0;
  Builder builder(text, limits, &count);
  Library::sax_parse(Counted(text, 0, &count), Counted(text, text.size() + 1, &count), &builder,
                     Library::input_format_t::json, true);
  return builder.Take();
}

std::string WriteJson(const Json& value, JsonStyle style) {
  std::string out;
  Writer(out, style).Write(value);
  return out;
}

}  // namespace casepack::base

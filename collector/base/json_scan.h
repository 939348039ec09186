// JSON read without a tree: the caller walks through the text and takes what it wants; what
// it does not want is passed over at the price of looking at each byte once. For texts of
// which there are thousands (fleets); where places and problems matter, json.h is.
//
// Takes what ParseJson takes, but does not mind a name that comes twice or a number beyond
// all bounds; in what is passed over it looks at strings and depth alone. One thread; the text
// is lent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casepack::base {

class JsonScan {
 public:
  enum class Kind : uint8_t { kObject, kArray, kString, kNumber, kTrue, kFalse, kNull, kBad };

  explicit JsonScan(std::string_view text, size_t max_depth = 64);

  // What stands here. kBad for ever after the first mistake.
  Kind Peek();

  // Of an object, on its brace: calls `each(name)` for every member, which takes the value
  // or leaves it. The name is valid until the value is looked at. False for anything else.
  template <typename Each>
  bool Object(Each each) {
    if (!Enter('{')) return false;
    for (bool first = true; NextMember(&first);) {
      const size_t before = at_;
      each(name_);
      if (at_ == before) Skip();
    }
    return good();
  }
  // Of an array: calls `each()` for every element.
  template <typename Each>
  bool Array(Each each) {
    if (!Enter('[')) return false;
    for (bool first = true; NextElement(&first);) {
      const size_t before = at_;
      each();
      if (at_ == before) Skip();
    }
    return good();
  }

  // A string; valid until the next one is taken. nullopt, and nothing is passed, for
  // another kind.
  std::optional<std::string_view> String();
  // A number as it is written.
  std::optional<std::string_view> Number();
  std::optional<bool> Flag();
  // Past the value here, whatever it is.
  void Skip();

  [[nodiscard]] bool good() const { return good_; }
  // Nothing but blanks is left.
  bool AtEnd();

 private:
  bool Enter(char brace);
  bool NextMember(bool* first);
  bool NextElement(bool* first);
  bool NextPart(bool* first, char close);
  bool Fail();
  void Blank() {
    if (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ') PassBlanks();
  }
  void PassBlanks();
  bool PassString();
  void PassPlain();
  void PassNested();
  bool PassEscape();
  bool PassNumber();
  bool PassWord(std::string_view word);
  bool PassScalar();
  [[nodiscard]] std::string_view Unescaped(std::string_view raw, std::string* room) const;

  std::string_view text_;
  size_t at_ = 0;
  size_t depth_ = 0;
  size_t max_depth_;
  bool good_ = true;
  bool escaped_ = false;  // the last string that was passed has a backslash in it,
  bool wide_ = false;     // or a byte that is not ASCII
  std::string_view name_;
  std::string name_room_;
  std::string value_room_;
};

}  // namespace casepack::base

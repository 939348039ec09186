#include "redaction/outline.h"

#include <algorithm>
#include <bitset>

#include "redaction/view.h"

namespace casepack::redaction {
namespace {

using Bytes = std::bitset<256>;
// Where in a match the reading may be: bit i is behind i bytes. Further on is left out.
using Where = uint32_t;
constexpr Where kAll = (1U << Outline::kPlaces) - 1;
constexpr size_t kMostSteps = 20000;
constexpr std::string_view kRare = "*{}()|@~^#<>$&%;";
constexpr std::string_view kRareInLine = "*{}()|@~^#<>$&%;=:";
constexpr size_t kAny = Outline::kAnyReach;
constexpr size_t kShortestText = 3;  // shorter ones are everywhere

// What every match has somewhere.
struct Required {
  Bytes bytes;
  std::array<size_t, 256> reach{};  // of each byte: by then it was seen, counted from the begin
  std::vector<std::string> texts;
  std::string text;  // what goes on with the next byte

  void EndText() {
    if (text.size() >= kShortestText) texts.push_back(text);
    text.clear();
  }
};

template <typename Test>
Bytes Of(Test test) {
  Bytes bytes;
  for (size_t c = 0; c < 256; ++c)
    bytes[c] = test(static_cast<char>(c));
  return bytes;
}

bool IsPerlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

// Reads an expression from left to right and notes what each of its parts may match where.
// A repeated part is read again for every place where it may begin.
class Reader {
 public:
  Reader(std::string_view pattern, std::array<Bytes, Outline::kPlaces>* places)
      : pattern_(pattern), places_(places) {}

  // Where a match may end; nothing at all when the expression was not understood.
  Where Read(bool* understood) {
    const Where end = Alternatives(1);
    required_.EndText();
    *understood = known_ && at_ == pattern_.size();
    return end;
  }
  [[nodiscard]] const Required& required() const { return required_; }
  // The bytes that a match may have.
  [[nodiscard]] const Bytes& all() const { return all_; }

 private:
  [[nodiscard]] bool Done() const { return at_ >= pattern_.size() || !known_; }
  [[nodiscard]] char Now() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }
  bool Skip(std::string_view text) {
    if (at_ >= pattern_.size() || pattern_.substr(at_, text.size()) != text) return false;
    at_ += text.size();
    return true;
  }
  Where GiveUp() {
    known_ = false;
    return 0;
  }

  // What was read since then need not be there.
  void Forget(const Required& before) {
    required_ = before;
    required_.EndText();
  }

  Where Alternatives(Where from) {
    const bool fold = fold_;
    const Required before = required_;
    const size_t begin = reach_;
    size_t reach = begin;
    Where end = 0;
    for (bool first = true; first || (!Done() && Skip("|")); first = false) {
      if (!first) Forget(before);
      reach_ = begin;
      Where where = from;
      while (!Done() && Now() != '|' && Now() != ')')
        where = Repeated(where);
      end |= where;
      reach = std::max(reach, reach_);
      if (!first) Forget(before);
    }
    fold_ = fold;
    reach_ = reach;
    return end;
  }

  Where Repeated(Where from) {
    const size_t begin = at_;
    const bool fold = fold_;
    const Required before = required_;
    const size_t reach = reach_;
    const auto once = [&](Where where) {
      at_ = begin;
      fold_ = fold;
      return Atom(where);
    };
    if (++steps_ > kMostSteps) return GiveUp();
    Where where = once(from);
    const size_t length = reach_ - reach;
    size_t least = 1;
    size_t most = 1;
    const size_t quantifier = at_;
    if (!Quantifier(&least, &most)) return where;
    const bool more = most > least && most > 1;
    const size_t end = at_;
    if (least == 0) where |= from;
    for (size_t i = 1; i < std::min(least, Outline::kPlaces + 1); ++i)
      where = once(where);
    if (least > Outline::kPlaces + 1) required_.EndText();  // there is more of it than was read
    const Required fewest = required_;
    // One after the other, until no new place is reached.
    for (Where last = where; more && last != 0 && known_;) {
      last = once(last) & ~where;
      where |= last;
    }
    if (more) Forget(fewest);
    if (least == 0) Forget(before);
    reach_ = std::min(most == kAny ? kAny : reach + most * length, kAny);
    at_ = end;
    return quantifier == end ? GiveUp() : where;
  }

  bool Quantifier(size_t* least, size_t* most) {
    if (Skip("*")) {
      *least = 0;
      *most = kAny;
    } else if (Skip("+")) {
      *most = kAny;
    } else if (Skip("?")) {
      *least = 0;
    } else if (Now() == '{' && IsDigit(at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0')) {
      ++at_;
      const auto number = [this] {
        size_t value = 0;
        for (; IsDigit(Now()); ++at_)
          value = std::min<size_t>(value * 10 + static_cast<size_t>(Now() - '0'), 10000);
        return value;
      };
      *least = number();
      *most = !Skip(",") ? *least : IsDigit(Now()) ? number() : kAny;
      if (!Skip("}")) GiveUp();
    } else {
      return false;
    }
    Skip("?");
    return true;
  }

  Where Atom(Where from) {
    if (Skip("(")) return Group(from);
    if (Skip("^") || Skip("$") || Skip("\\b") || Skip("\\B")) return from;
    if (Skip(".")) return Match(from, Bytes().set());
    if (Skip("[")) return Match(from, Class());
    Bytes bytes;
    if (Skip("\\")) {
      bytes = Escape();
    } else {
      bytes.set(static_cast<unsigned char>(Now()));
      ++at_;
    }
    return Match(from, Folded(bytes));
  }

  Where Group(Where from) {
    const bool fold = fold_;
    if (Skip("?")) {
      if (Skip("P<")) {
        while (!Done() && Now() != '>')
          ++at_;
        ++at_;
      } else {
        bool on = true;
        for (; !Done() && Now() != ':' && Now() != ')'; ++at_) {
          if (Now() == '-') on = false;
          if (Now() == 'i') fold_ = on;
          if (std::string_view("-imsU").find(Now()) == std::string_view::npos) return GiveUp();
        }
        if (Skip(")")) return from;  // for the rest of what is around it
        ++at_;
      }
    }
    const Where end = Alternatives(from);
    fold_ = fold;
    return Skip(")") ? end : GiveUp();
  }

  Bytes Class() {
    const bool negated = Skip("^");
    Bytes bytes;
    bool first = true;
    for (; !Done() && (first || Now() != ']'); first = false) {
      if (Now() == '[' && pattern_.substr(at_, 2) == "[:") GiveUp();
      const Bytes low = ClassByte();
      if (Now() != '-' || pattern_.substr(at_, 2) == "-]") {
        bytes |= low;
        continue;
      }
      ++at_;
      const Bytes high = ClassByte();
      if (low.count() != 1 || high.count() != 1) GiveUp();
      bool in = false;
      for (size_t c = 0; c < 256; ++c) {
        in = in || low[c];
        if (in) bytes.set(c);
        if (high[c]) break;
      }
    }
    if (!Skip("]")) GiveUp();
    return negated ? ~bytes : Folded(bytes);
  }

  Bytes ClassByte() {
    if (Skip("\\")) return Escape();
    Bytes bytes;
    bytes.set(static_cast<unsigned char>(Now()));
    ++at_;
    return bytes;
  }

  Bytes Escape() {
    const char c = Now();
    ++at_;
    switch (c) {
      case 'd':
        return Of(IsDigit);
      case 'D':
        return ~Of(IsDigit);
      case 'w':
        return Of(IsWord);
      case 'W':
        return ~Of(IsWord);
      case 's':
        return Of(IsPerlSpace);
      case 'S':
        return ~Of(IsPerlSpace);
      default:
        break;
    }
    constexpr std::string_view letters = "nrtfv";
    constexpr std::string_view controls = "\n\r\t\f\v";
    const size_t letter = letters.find(c);
    Bytes bytes;
    if (letter != std::string_view::npos) {
      bytes.set(static_cast<unsigned char>(controls[letter]));
    } else if (IsAlnum(c) || IsHigh(c)) {
      GiveUp();
    } else {
      bytes.set(static_cast<unsigned char>(c));
    }
    return bytes;
  }

  // In Latin-1 there are letters above 7F, too.
  [[nodiscard]] Bytes Folded(Bytes bytes) const {
    if (!fold_) return bytes;
    for (size_t c = 'a'; c <= 'z'; ++c) {
      const bool either = bytes[c] || bytes[c - 32];
      bytes[c] = either;
      bytes[c - 32] = either;
    }
    if ((bytes >> 128).any()) bytes |= Bytes().set() << 128;
    return bytes;
  }

  Where Match(Where from, const Bytes& bytes) {
    all_ |= bytes;
    reach_ = std::min(reach_ + 1, kAny);
    if (bytes.count() == 1) {
      const size_t byte = bytes._Find_first();
      if (!required_.bytes[byte]) required_.reach[byte] = reach_;
      required_.bytes |= bytes;
      required_.text.push_back(static_cast<char>(byte));
    } else {
      required_.EndText();
    }
    for (size_t i = 0; i < Outline::kPlaces; ++i) {
      if ((from >> i & 1U) != 0) (*places_)[i] |= bytes;
    }
    return from << 1 & kAll;
  }

  std::string_view pattern_;
  std::array<Bytes, Outline::kPlaces>* places_;
  Required required_;
  Bytes all_;
  size_t reach_ = 0;  // how many bytes may have been read
  size_t at_ = 0;
  size_t steps_ = 0;
  bool fold_ = false;
  bool known_ = true;
};

bool HaveInCommon(std::string_view text, const std::vector<std::string>& literals) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return std::any_of(literals.begin(), literals.end(), [&](std::string literal) {
    std::transform(literal.begin(), literal.end(), literal.begin(), Lower);
    return literal.find(lower) != std::string::npos || lower.find(literal) != std::string::npos;
  });
}

// The longest one that says more than a literal.
std::string BestText(const Required& required, const std::vector<std::string>& literals) {
  std::string best;
  for (const std::string& text : required.texts) {
    if (text.size() > best.size() && !HaveInCommon(text, literals)) best = text;
  }
  return best;
}

}  // namespace

Outline::Outline(std::string_view pattern, const std::vector<std::string>& literals) {
  std::array<Bytes, kPlaces> places;
  bool understood = false;
  Reader reader(pattern, &places);
  const Where end = reader.Read(&understood);
  if (understood) {
    brief_.one_line = !reader.all()['\n'];
    // One that is rare in a log, or in the rest of a line.
    for (const char c : brief_.one_line ? kRareInLine : kRare) {
      const bool has = reader.required().bytes[static_cast<unsigned char>(c)];
      if (brief_.required == '\0' && has) {
        brief_.required = c;
        brief_.reach =
            static_cast<uint16_t>(reader.required().reach[static_cast<unsigned char>(c)]);
      }
    }
    required_text_ = BestText(reader.required(), literals);
  }
  bool over = !understood;  // what follows a match may be anything
  for (size_t i = 0; i < kPlaces; ++i) {
    over = over || (end >> i & 1U) != 0;
    for (size_t c = 0; c < 256; ++c) {
      if (over || places[i][c]) places_[c] |= static_cast<uint16_t>(1U << i);
    }
  }
}

}  // namespace casepack::redaction

#include "redaction/expression.h"

#include <algorithm>

#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr size_t kDeepest = 100;  // parentheses within parentheses

template <typename Test>
ByteSet Of(Test test) {
  ByteSet bytes;
  for (size_t c = 0; c < 256; ++c)
    bytes[c] = test(static_cast<char>(c));
  return bytes;
}

bool IsPerlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

class Reader {
 public:
  explicit Reader(std::string_view pattern) : pattern_(pattern) {}

  std::optional<Expression> Read() {
    Expression all = Choice();
    if (!known_ || at_ != pattern_.size()) return std::nullopt;
    return all;
  }

 private:
  [[nodiscard]] bool Done() const { return at_ >= pattern_.size() || !known_; }
  [[nodiscard]] char Now() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }
  bool Skip(std::string_view text) {
    if (at_ >= pattern_.size() || pattern_.substr(at_, text.size()) != text) return false;
    at_ += text.size();
    return true;
  }

  Expression Choice() {
    Expression choice;
    choice.kind = Expression::Kind::kChoice;
    const bool fold = fold_;
    if (++depth_ > kDeepest) known_ = false;
    do {
      choice.parts.push_back(Sequence());
    } while (!Done() && Skip("|"));
    --depth_;
    fold_ = fold;
    if (choice.parts.size() > 1) return choice;
    Expression only = std::move(choice.parts.front());
    return only;
  }

  Expression Sequence() {
    Expression sequence;
    while (!Done() && Now() != '|' && Now() != ')') {
      Expression part = Atom();
      Expression repeat;
      if (Quantifier(&repeat)) {
        repeat.parts.push_back(std::move(part));
        sequence.parts.push_back(std::move(repeat));
      } else {
        sequence.parts.push_back(std::move(part));
      }
    }
    return sequence;
  }

  // How often, into `repeat`.
  bool Quantifier(Expression* repeat) {
    repeat->kind = Expression::Kind::kRepeat;
    if (Skip("*")) {
      repeat->least = 0;
      repeat->most = Expression::kMany;
    } else if (Skip("+")) {
      repeat->most = Expression::kMany;
    } else if (Skip("?")) {
      repeat->least = 0;
    } else if (Now() == '{' && IsDigit(at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0')) {
      ++at_;
      repeat->least = Number();
      repeat->most = !Skip(",") ? repeat->least : IsDigit(Now()) ? Number() : Expression::kMany;
      if (!Skip("}")) known_ = false;
    } else {
      return false;
    }
    Skip("?");
    return true;
  }

  size_t Number() {
    size_t value = 0;
    for (; IsDigit(Now()); ++at_)
      value = std::min(value * 10 + static_cast<size_t>(Now() - '0'), Expression::kMany);
    return value;
  }

  Expression Atom() {
    if (Skip("(")) return Group();
    if (Skip("^") || Skip("$") || Skip("\\b") || Skip("\\B")) return {};
    if (Skip(".")) return Byte(ByteSet().set());
    if (Skip("[")) return Byte(Class());
    ByteSet bytes;
    if (Skip("\\")) {
      bytes = Escape();
    } else {
      bytes.set(static_cast<unsigned char>(Now()));
      ++at_;
    }
    return Byte(Folded(bytes));
  }

  static Expression Byte(const ByteSet& bytes) {
    Expression byte;
    byte.kind = Expression::Kind::kByte;
    byte.bytes = bytes;
    return byte;
  }

  Expression Group() {
    const bool fold = fold_;
    if (Skip("?")) {
      if (Skip("P<")) {
        while (!Done() && Now() != '>')
          ++at_;
        ++at_;
      } else {
        Flags();
        if (Skip(")")) return {};  // for the rest of what is around it
        ++at_;
      }
    }
    Expression group = Choice();
    fold_ = fold;
    if (!Skip(")")) known_ = false;
    return group;
  }

  void Flags() {
    bool on = true;
    for (; !Done() && Now() != ':' && Now() != ')'; ++at_) {
      if (Now() == '-') on = false;
      if (Now() == 'i') fold_ = on;
      if (std::string_view("-imsU").find(Now()) == std::string_view::npos) known_ = false;
    }
  }

  ByteSet Class() {
    const bool negated = Skip("^");
    ByteSet bytes;
    bool first = true;
    for (; !Done() && (first || Now() != ']'); first = false) {
      if (Now() == '[' && pattern_.substr(at_, 2) == "[:") known_ = false;
      const ByteSet low = ClassByte();
      if (Now() != '-' || pattern_.substr(at_, 2) == "-]") {
        bytes |= low;
        continue;
      }
      ++at_;
      const ByteSet high = ClassByte();
      if (low.count() != 1 || high.count() != 1) known_ = false;
      bool in = false;
      for (size_t c = 0; c < 256; ++c) {
        in = in || low[c];
        if (in) bytes.set(c);
        if (high[c]) break;
      }
    }
    if (!Skip("]")) known_ = false;
    return negated ? ~bytes : Folded(bytes);
  }

  ByteSet ClassByte() {
    if (Skip("\\")) return Escape();
    ByteSet bytes;
    bytes.set(static_cast<unsigned char>(Now()));
    ++at_;
    return bytes;
  }

  ByteSet Escape() {
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
    ByteSet bytes;
    if (letter != std::string_view::npos) {
      bytes.set(static_cast<unsigned char>(controls[letter]));
    } else if (IsAlnum(c) || IsHigh(c)) {
      known_ = false;
    } else {
      bytes.set(static_cast<unsigned char>(c));
    }
    return bytes;
  }

  // In Latin-1 there are letters above 7F, too.
  [[nodiscard]] ByteSet Folded(ByteSet bytes) const {
    if (!fold_) return bytes;
    for (size_t c = 'a'; c <= 'z'; ++c) {
      const bool either = bytes[c] || bytes[c - 32];
      bytes[c] = either;
      bytes[c - 32] = either;
    }
    if ((bytes >> 128).any()) bytes |= ByteSet().set() << 128;
    return bytes;
  }

  std::string_view pattern_;
  size_t at_ = 0;
  size_t depth_ = 0;
  bool fold_ = false;
  bool known_ = true;
};

}  // namespace

std::optional<Expression> ReadExpression(std::string_view pattern) {
  return Reader(pattern).Read();
}

}  // namespace casepack::redaction

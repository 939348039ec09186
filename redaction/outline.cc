#include "redaction/outline.h"

#include <algorithm>

#include "redaction/expression.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

// Where in a match the reading may be: bit i is behind i bytes. Further on is left out.
using Where = uint32_t;
constexpr Where kAll = (1U << Outline::kPlaces) - 1;
constexpr size_t kMostSteps = 20000;
constexpr std::string_view kRare = "*{}()|@~^#<>$&%;";
constexpr std::string_view kRareInLine = "*{}()|@~^#<>$&%;=:";
constexpr size_t kAny = Outline::kAnyReach;

// What every match has somewhere.
struct Required {
  ByteSet bytes;
  std::array<uint16_t, 256> reach{};  // of each byte: by then it was seen, counted from the begin
  std::vector<std::string> texts;
  std::string text;  // what goes on with the next byte

  void EndText() {
    if (text.size() > 1) texts.push_back(text);
    text.clear();
  }
};

std::string InBoth(std::string_view a, std::string_view b) {
  std::string_view best;
  for (size_t from = 0; from < a.size(); ++from) {
    while (from + best.size() < a.size() &&
           b.find(a.substr(from, best.size() + 1)) != std::string_view::npos)
      best = a.substr(from, best.size() + 1);
  }
  return std::string(best);
}

// Of the texts of one of two ways, what is in a text of the other one, too.
std::vector<std::string> InBoth(const std::vector<std::string>& one,
                                const std::vector<std::string>& other) {
  std::vector<std::string> both;
  for (const std::string& a : one) {
    std::string longest;
    for (const std::string& b : other) {
      std::string common = InBoth(a, b);
      if (common.size() > longest.size()) longest = std::move(common);
    }
    if (longest.size() > 1) both.push_back(std::move(longest));
  }
  return both;
}

// What the text has whichever of two ways was taken.
Required InBoth(const Required& one, const Required& other) {
  Required both;
  both.bytes = one.bytes & other.bytes;
  for (size_t c = 0; c < both.reach.size(); ++c)
    both.reach[c] = std::max(one.reach[c], other.reach[c]);
  both.texts = InBoth(one.texts, other.texts);
  return both;
}

// Goes through an expression from left to right and notes what each of its parts may match
// where. A repeated part is gone through again for every place where it may begin.
class Walk {
 public:
  explicit Walk(std::array<ByteSet, Outline::kPlaces>* places) : places_(places) {}

  // Where a match may end.
  Where Through(const Expression& expression) {
    const Where end = Go(expression, 1);
    required_.EndText();
    return end;
  }
  // Was it too far?
  [[nodiscard]] bool gave_up() const { return steps_ > kMostSteps; }
  [[nodiscard]] const Required& required() const { return required_; }
  // The most line ends that a match may have.
  [[nodiscard]] uint8_t newlines() const { return static_cast<uint8_t>(newlines_); }

 private:
  Where Go(const Expression& expression, Where from) {
    if (gave_up()) return 0;
    ++steps_;
    switch (expression.kind) {
      case Expression::Kind::kByte:
        return Byte(expression.bytes, from);
      case Expression::Kind::kSequence:
        for (const Expression& part : expression.parts)
          from = Go(part, from);
        return from;
      case Expression::Kind::kChoice:
        return Choice(expression, from);
      case Expression::Kind::kRepeat:
        return Repeat(expression, from);
    }
    return 0;
  }

  // What was read since then need not be there.
  void Forget(const Required& before) {
    required_ = before;
    required_.EndText();
  }

  Where Choice(const Expression& choice, Where from) {
    const Required before = required_;
    const uint16_t begin = reach_;
    const size_t before_newlines = newlines_;
    uint16_t reach = begin;
    size_t newlines = newlines_;
    Where end = 0;
    Required all;
    for (size_t i = 0; i < choice.parts.size(); ++i) {
      required_ = before;
      reach_ = begin;
      newlines_ = before_newlines;
      end |= Go(choice.parts[i], from);
      reach = std::max(reach, reach_);
      newlines = std::max(newlines, newlines_);
      required_.EndText();
      all = i == 0 ? required_ : InBoth(all, required_);
    }
    required_ = std::move(all);
    reach_ = reach;
    newlines_ = newlines;
    return end;
  }

  Where Repeat(const Expression& repeat, Where from) {
    const Expression& part = repeat.parts.front();
    const Required before = required_;
    const uint16_t reach = reach_;
    const size_t newlines = newlines_;
    Where where = Go(part, from);
    const size_t length = reach_ - reach;
    const size_t newlines_once = newlines_ - newlines;
    if (repeat.least == 0) where |= from;
    for (size_t i = 1; i < std::min(repeat.least, Outline::kPlaces + 1); ++i)
      where = Go(part, where);
    // There is more of it than was gone through.
    if (repeat.least > Outline::kPlaces + 1) required_.EndText();
    const bool more = repeat.most > repeat.least && repeat.most > 1;
    const Required fewest = required_;
    // One after the other, until no new place is reached.
    for (Where last = where; more && last != 0 && !gave_up();) {
      last = Go(part, last) & ~where;
      where |= last;
    }
    if (more) Forget(fewest);
    if (repeat.least == 0) Forget(before);
    const bool endless = repeat.most == Expression::kMany;
    newlines_ = std::min<size_t>(newlines + repeat.most * newlines_once, Outline::kMany);
    reach_ = static_cast<uint16_t>(std::min(endless ? kAny : reach + repeat.most * length, kAny));
    return where;
  }

  Where Byte(const ByteSet& bytes, Where from) {
    if (bytes['\n']) newlines_ = std::min<size_t>(newlines_ + 1, Outline::kMany);
    if (reach_ < kAny) ++reach_;
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

  std::array<ByteSet, Outline::kPlaces>* places_;
  Required required_;
  size_t newlines_ = 0;
  uint16_t reach_ = 0;  // how many bytes may have been read
  size_t steps_ = 0;
};

bool HaveInCommon(std::string_view text, const std::vector<std::string>& literals) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return std::any_of(literals.begin(), literals.end(), [&](std::string literal) {
    std::transform(literal.begin(), literal.end(), literal.begin(), Lower);
    return literal.find(lower) != std::string::npos || lower.find(literal) != std::string::npos;
  });
}

// Shorter ones are everywhere, but for those with a sign in them.
bool IsRare(std::string_view text) {
  return text.size() > 2 || (std::none_of(text.begin(), text.end(), IsSpace) &&
                             !std::all_of(text.begin(), text.end(), IsWord));
}

// The longest one that says more than a literal.
std::string BestText(const Required& required, const std::vector<std::string>& literals) {
  std::string best;
  for (const std::string& text : required.texts) {
    if (text.size() > best.size() && IsRare(text) && !HaveInCommon(text, literals)) best = text;
  }
  return best;
}

}  // namespace

Outline::Outline(std::string_view pattern, const std::vector<std::string>& literals) {
  std::array<ByteSet, kPlaces> places;
  const std::optional<Expression> expression = ReadExpression(pattern);
  Walk reader(&places);
  const Where end = expression ? reader.Through(*expression) : 0;
  const bool understood = expression && !reader.gave_up();
  if (understood) {
    brief_.newlines = reader.newlines();
    // One that is rare in a log, or in the rest of a line.
    for (const char c : brief_.one_line() ? kRareInLine : kRare) {
      const bool has = reader.required().bytes[static_cast<unsigned char>(c)];
      if (brief_.required == '\0' && has) {
        brief_.required = c;
        brief_.reach = reader.required().reach[static_cast<unsigned char>(c)];
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

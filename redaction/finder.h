// What begins at this place? The one list of all that is looked for, used by the scanner
// at its triggers and by the reference at every byte.
//
// Belongs to one thread and one text, which it is shown from left to right: it remembers
// the program on the line and the name whose value comes next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "redaction/engine.h"
#include "redaction/literals.h"
#include "redaction/match.h"
#include "redaction/pending.h"
#include "redaction/quick_look.h"
#include "redaction/ruleset.h"
#include "redaction/view.h"

namespace casepack::redaction {

class Finder {
 public:
  // kOneByOne compares every literal at every word: for the reference.
  enum class Select : uint8_t { kByTable, kOneByOne };
  explicit Finder(const Engine& engine, Select select = Select::kByTable);

  // What is known of the text that is shown next. Stays the caller's.
  void Use(Standing* standing) { standing_ = standing; }

  // The first look for the same, and what it wants to know of the line.
  [[nodiscard]] QuickLook Quick() const;
  [[nodiscard]] QuickLook::Line line() const {
    return {.named = memory_.named != nullptr, .command = memory_.command != nullptr};
  }

  // At the beginning of the input, which is the beginning of a line.
  Found AtStart(const View& view) const;
  // At a trigger (triggers.h), or anywhere: elsewhere nothing is found. Several rules may
  // know the word that begins there, and each its own value. An earlier replacement moves
  // `*floor` behind itself.
  void At(const View& view, size_t at, size_t* floor, std::vector<Match>* finds);
  // The first of what is pending grows: a rule may know a word inside of its value, and
  // that its own value goes on behind it.
  void Widen(const View& view, Pending* pending);

 private:
  [[nodiscard]] Found AtSign(const View& view, size_t at);
  [[nodiscard]] Found AtColon(const View& view, size_t at);
  void AtWord(const View& view, size_t at, std::vector<Match>* finds);
  // As Literals::Find.
  Literals::Found FindLiterals(const View& view, size_t at);
  [[nodiscard]] size_t NextWord(const View& view, size_t from, size_t to);
  void AtLiterals(const View& view, size_t at, std::vector<Match>* finds);
  [[nodiscard]] Found AskRule(const Literal& literal, const View& view, size_t at) {
    return rules_->MatchAt(literal.index, view, at, literal.text.size(), &line_end_);
  }
  // For all other kinds.
  Found UseLiteral(const Literal& literal, const View& view, size_t at, Found* named);
  [[nodiscard]] Found Identify(const View& view, size_t at) const;

  const Ruleset* rules_;
  const Literals* literals_;
  IdentifierClasses classes_;
  bool numbers_ = false;
  Select select_;
  Standing* standing_ = nullptr;
  Ruleset::LineEnd line_end_;
  Memory memory_;
  std::vector<const Literal*> room_;  // for what stands at one place
};

}  // namespace casepack::redaction

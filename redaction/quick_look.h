// May anything be found at this trigger? One cheap look that is never wrong when it says
// no; the finder (finder.h) is asked only where it says yes.
//
// Immutable; any thread. `text` is readable from text[-kBehind] to text[kAhead - 1].
#pragma once

#include <cstddef>
#include <cstdint>

#include "redaction/literals.h"
#include "redaction/ruleset.h"
#include "redaction/triggers.h"

namespace casepack::redaction {

class QuickLook {
 public:
  static constexpr size_t kBehind = 300;
  static constexpr size_t kAhead = 160;

  struct Wanted {
    bool numbers = false;
    bool emails = false;
    bool every_word = false;  // rules without literals
  };

  QuickLook(const Literals& literals, const Ruleset& rules, const Wanted& wanted)
      : literals_(&literals), rules_(&rules), wanted_(wanted) {}

  // `named`: a name was seen whose value comes later; `command`: a program whose options
  // are known.
  struct Line {
    bool named = false;
    bool command = false;
  };
  [[nodiscard]] bool MayFind(const char* text, const Line& line) const;

  // Of the triggers in the first `count` blocks, which are those from `text` on, the ones that
  // are worth a look. Cheaper than MayFind, which is asked for each of them in its turn.
  // Readable kAhead bytes behind the last one.
  struct Worth {                   // none of them null
    uint64_t* fresh = nullptr;     // while nothing is remembered of the line
    uint64_t* always = nullptr;    // whatever is remembered
    Standing* standing = nullptr;  // is told which literals the words are
    size_t offset = 0;             // of `text`, as `standing` counts
  };
  void Worthwhile(const char* text, const TriggerBlocks& blocks, size_t count,
                  const Worth& worth) const;

 private:
  void WordsAmong(const char* text, const TriggerBlocks& blocks, size_t count, const Worth& worth,
                  TriggerBlocks::Masks* words) const;
  void KeepHopeful(const char* text, size_t first, const Worth& worth,
                   TriggerBlocks::Masks* words) const;
  [[nodiscard]] bool MayUse(const Literal& literal, const char* text) const;
  [[nodiscard]] bool Colon(const char* text, const Line& line) const;

  const Literals* literals_;
  const Ruleset* rules_;
  Wanted wanted_;
};

}  // namespace casepack::redaction

// What events mean: which ones say that an update failed, that the engine went offline or
// came back. The knowledge is data (manifest::EventTable); this finds it in events.
//
// Ids count by their numbering space (agent event 165 is not system event 165) and as
// whole numbers: an id in the fraction of a second is none. Immutable after Add; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/analysis/event.h"
#include "collector/analysis/event_words.h"
#include "collector/manifest/event_table.h"

namespace casepack::analysis {

struct FoundMeaning {
  std::string_view id;  // "pattern_update.failed"; lives as long as the EventMeanings
  manifest::EventEffect effect = manifest::EventEffect::kNeutral;
  bool verified = false;          // false: what it rests on was not seen in a public source
  const Event* event = nullptr;   // maybe a nested one
  const Event* parent = nullptr;  // of a nested one
};

class EventMeanings {
 public:
  void Add(const manifest::EventTable& table);

  // Of this event alone, in the order of the table; at most one of each id, a verified
  // one before one that is not.
  [[nodiscard]] std::vector<FoundMeaning> Of(const Event& event) const;
  // Of all, and of what is nested in them: an event, then its nested ones.
  [[nodiscard]] std::vector<FoundMeaning> Of(std::span<const Event> events) const;

 private:
  struct Match {  // as in the table, with its texts folded
    EventSpace space = EventSpace::kNone;
    std::vector<int64_t> ids;
    std::vector<std::string> titles;
    std::vector<std::string> phrases;
    std::vector<int64_t> mentions;
    bool verified = true;
  };
  struct Meaning {
    std::string id;
    manifest::EventEffect effect;
    bool has_ids = false;
    std::vector<Match> matches;
  };
  struct Folded;

  static bool Matches(const Meaning& meaning, const Match& match, const Folded& folded);

  std::vector<Meaning> meanings_;
};

// The number that says why the engine is offline, from a field or from "Reason ID: 7" in
// the text.
std::optional<int64_t> ReasonIdOf(const Event& event, const EventWords& words);

}  // namespace casepack::analysis

// Three-valued logic (Kleene): what is not known stays unknown, and never becomes false.
// Values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/bundle/index.h"

namespace casepack::analysis {

enum class Truth : uint8_t { kFalse, kUnknown, kTrue };

// A truth with what it rests on.
struct Judgement {
  Truth truth = Truth::kTrue;
  std::vector<bundle::EvidenceRow> evidence;  // what made it true, or false
  std::vector<std::string> missing;           // keys of facts that would be needed
  bool verified = true;  // false: rests on something that was never seen on a real host
};

Judgement All(std::vector<Judgement> parts);
Judgement Any(std::vector<Judgement> parts);
Judgement Not(Judgement part);

}  // namespace casepack::analysis

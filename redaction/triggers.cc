#include "redaction/triggers.h"

#include "redaction/processor.h"

namespace casepack::redaction {

#if defined(__x86_64__) || defined(_M_X64)
FindTriggers BestTriggers() {
  if (HasAvx512()) return FindTriggersAvx512;
  return HasAvx2() ? FindTriggersAvx2 : FindTriggersSse2;
}
#else
FindTriggers BestTriggers() { return FindTriggersPortable; }
#endif

}  // namespace casepack::redaction

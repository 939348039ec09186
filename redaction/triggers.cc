#include "redaction/triggers.h"

namespace casepack::redaction {

#if defined(__x86_64__) || defined(_M_X64)
// With what came at the same time as it, or before.
bool HasAvx2() {
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
         __builtin_cpu_supports("bmi2") != 0 && __builtin_cpu_supports("popcnt") != 0;
}
FindTriggers BestTriggers() { return HasAvx2() ? FindTriggersAvx2 : FindTriggersSse2; }
#else
bool HasAvx2() { return false; }
FindTriggers BestTriggers() { return FindTriggersPortable; }
#endif

}  // namespace casepack::redaction

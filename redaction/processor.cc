#include "redaction/processor.h"

namespace casepack::redaction {

// For measurements a build may be told to use less (CASEPACK_VECTOR_BITS in CMakeLists.txt).
#if defined(__x86_64__) || defined(_M_X64)
bool HasAvx2() {
  return CASEPACK_VECTOR_BITS >= 256 && __builtin_cpu_supports("avx2") != 0 &&
         __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0 &&
         __builtin_cpu_supports("popcnt") != 0;
}

bool HasAvx512() {
  return CASEPACK_VECTOR_BITS >= 512 && HasAvx2() && __builtin_cpu_supports("avx512f") != 0 &&
         __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
         __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512vbmi") != 0 &&
         __builtin_cpu_supports("avx512vbmi2") != 0 && __builtin_cpu_supports("gfni") != 0;
}
#else
bool HasAvx2() { return false; }
bool HasAvx512() { return false; }
#endif

}  // namespace casepack::redaction

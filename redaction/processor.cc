#include "redaction/processor.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <cpuid.h>
#endif

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

// The compilers' own question for it is younger than those that we build with.
bool GathersFast() {
  constexpr unsigned kFeatures = 7;
  constexpr unsigned kAvx512Fp16 = 1U << 23;
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  return HasAvx512() && __get_cpuid_count(kFeatures, 0, &a, &b, &c, &d) == 1 &&
         (d & kAvx512Fp16) != 0;
}
#else
bool HasAvx2() { return false; }
bool HasAvx512() { return false; }
bool GathersFast() { return false; }
#endif

}  // namespace casepack::redaction

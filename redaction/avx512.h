// What a function is compiled for that is called only where HasAvx512() (processor.h).
#pragma once

#define CASEPACK_AVX512 \
  __attribute__((       \
      target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,gfni,bmi,bmi2,popcnt")))
#define CASEPACK_AVX512_INLINE CASEPACK_AVX512 __attribute__((always_inline)) inline

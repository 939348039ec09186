// What this processor can do beyond the baseline of its kind.
//
// Pure functions, any thread.
#pragma once

namespace casepack::redaction {

// AVX2, and what came at the same time as it or before: BMI, BMI2, POPCNT.
bool HasAvx2();

// AVX-512 with the byte permutations of VBMI and VBMI2, and GFNI (Ice Lake, Zen 4 and later; those
// before slow down where 512 bits are used). What HasAvx2() says goes for it, too.
bool HasAvx512();

}  // namespace casepack::redaction

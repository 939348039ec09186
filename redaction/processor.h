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

// Does it gather eight words faster than it loads them one by one? Sapphire Rapids and later,
// told by AVX512-FP16; Ice Lake's microcode forbids it (Intel's INTEL-SA-00828), and AMD's up to
// Zen 5 take a gather apart.
bool GathersFast();

}  // namespace casepack::redaction

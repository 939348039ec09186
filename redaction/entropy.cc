#include "redaction/entropy.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace casepack::redaction {

double EntropyOf(std::string_view text) {
  std::array<size_t, 256> counts{};
  for (const char c : text)
    ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  const auto size = static_cast<double>(text.size());
  for (const size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / size;
    bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace casepack::redaction

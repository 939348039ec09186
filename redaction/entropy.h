// How random does a text look? A second opinion for names that promise little. Pure.
#pragma once

#include <string_view>

namespace casepack::redaction {

// Shannon's entropy of the bytes of `text`, in bits per byte.
double EntropyOf(std::string_view text);

}  // namespace casepack::redaction

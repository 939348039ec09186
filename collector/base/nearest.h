// The right word nearest to a wrong one, for "did you mean". Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace casepack::base {

// The candidate with the smallest edit distance (optimal string alignment), or empty
// when none is near enough to be meant: at most a third of the word, and two.
std::string_view Nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace casepack::base

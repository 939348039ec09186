// `*` for any letters, none too. Pure, any thread; linear in practice, and never worse than
// the product of both lengths.
#pragma once

#include <string_view>

namespace casepack::analysis {

bool MatchesWildcard(std::string_view pattern, std::string_view text);

}  // namespace casepack::analysis

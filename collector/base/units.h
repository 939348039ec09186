// Sizes and spans of time as people write them. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collector/base/time.h"

namespace casepack::base {

// "50M", "64KiB", "1G", "4096": binary multiples, and "50MB" a decimal one, as in GNU
// tools; the letter in either case. nullopt when it is not one, is negative or does not fit.
std::optional<uint64_t> ParseSize(std::string_view text);

// "5m", "90s", "250ms", "2h", "1h30m", "2d": units fall, each once; a bare number is
// seconds. nullopt as above.
std::optional<Duration> ParseDuration(std::string_view text);

// "1.4 MiB", "812 B". Not read by ParseSize.
std::string FormatSize(uint64_t bytes);
// "4.2 s", "312 ms", "3 min 20 s", "2 h 5 min", "1 d 3 h"; a negative span is "0 ms".
std::string FormatDuration(Duration span);

}  // namespace casepack::base

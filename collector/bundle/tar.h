// The tar of a bundle: what stands before a member's content, behind it, and at the end.
// Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>

#include "collector/base/result.h"
#include "collector/base/time.h"

namespace casepack::bundle {

inline constexpr size_t kTarRecord = 512;

// The header of a regular file (pax where ustar cannot say it): mode 0600, owner 0/0, no
// owner's names, whole seconds. The path is safe UTF-8 with the bundle's folder.
base::Result<std::string> TarHeader(const std::string& path, uint64_t bytes,
                                    base::Timestamp modified);
std::string TarPadding(uint64_t bytes);
std::string TarEnd();

// Seconds since 1970 that every container can hold: none before that, none after 2106.
int64_t TarTime(base::Timestamp time);

}  // namespace casepack::bundle

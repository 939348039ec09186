// Small files and lists, read whole within a bound: over any Host, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/os/host.h"

namespace casepack::os {

// At most max_bytes of the file; what is beyond is left. Links as in Links::kTrusted.
base::Result<std::string> ReadFile(const Host& host, const std::string& path,
                                   size_t max_bytes = 1U << 20U);

// The folder's names, sorted. At most max_names; kFull when there are more.
base::Result<std::vector<std::string>> ListSorted(const Host& host, const std::string& path,
                                                  size_t max_names = 100'000);

std::vector<std::string_view> Lines(std::string_view text);
std::string_view Trim(std::string_view text);  // blanks, tabs, line ends

}  // namespace casepack::os

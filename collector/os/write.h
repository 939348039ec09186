// All bytes to a descriptor, past short writes and interruptions. Returns an error number,
// 0 for success. Any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace casepack::os {

// Waits where the descriptor does not block by itself.
int WriteAll(int handle, std::string_view bytes);
int WriteAllAt(int handle, std::string_view bytes, uint64_t offset);

}  // namespace casepack::os

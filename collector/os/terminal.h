// The streams of this process as the user sees them. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace casepack::os {

enum class StandardStream { kIn, kOut, kErr };

[[nodiscard]] bool IsTerminal(StandardStream stream);
[[nodiscard]] size_t TerminalColumns(StandardStream stream);  // 80 where it is not known
[[nodiscard]] std::optional<std::string> Environment(const std::string& name);

}  // namespace casepack::os

#include "collector/os/read.h"

#include <algorithm>

namespace casepack::os {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

}  // namespace

base::Result<std::string> ReadFile(const Host& host, const std::string& path, size_t max_bytes) {
  ASSIGN_OR_RETURN(File file, host.Open(path, Links::kTrusted));
  std::string text;
  char buffer[16384];
  // By reading and not by size: the system tells none for most of /proc.
  while (text.size() < max_bytes) {
    const size_t room = std::min(sizeof buffer, max_bytes - text.size());
    ASSIGN_OR_RETURN(const size_t count, file.Read({buffer, room}));
    if (count == 0) break;
    text.append(buffer, count);
  }
  return text;
}

base::Result<std::vector<std::string>> ListSorted(const Host& host, const std::string& path,
                                                  size_t max_names) {
  std::vector<std::string> names;
  bool full = false;
  RETURN_IF_ERROR(host.List(path, Links::kTrusted, [&](std::string_view name) {
    full = names.size() == max_names;
    if (!full) names.emplace_back(name);
    return !full;
  }));
  if (full) {
    const std::string count = std::to_string(max_names);
    return base::Status(base::Code::kFull, {"os.list.full", {{"path", path}, {"count", count}}});
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace casepack::os

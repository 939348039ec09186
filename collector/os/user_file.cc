#include "collector/os/user_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace casepack::os {

base::Result<std::string> ReadUserFile(const std::string& path, size_t max_bytes) {
  using base::Code;
  using base::Status;
  if (IsFolder(path)) return Status(Code::kInvalid, {"os.user_file.folder", {{"path", path}}});
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    if (errno == EACCES) return Status(Code::kDenied, {"os.user_file.denied", {{"path", path}}});
    return Status(Code::kMissing, {"os.user_file.missing", {{"path", path}}});
  }
  std::string text;
  char buffer[16384];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    text.append(buffer, static_cast<size_t>(in.gcount()));
    if (text.size() > max_bytes) {
      return Status(Code::kFull, {"os.user_file.large", {{"path", path}}});
    }
  }
  return text;
}

bool IsFolder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

}  // namespace casepack::os

#include "collector/bundle/input.h"

#include <cerrno>
#include <filesystem>

#include "collector/base/utf8.h"

namespace casepack::bundle {

using base::Code;
using base::Status;

base::Result<std::unique_ptr<Input>> Input::Open(const std::string& path) {
  std::error_code error;
  const std::string shown = base::Visible(path);
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return Status(Code::kMissing, {"bundle.reader.missing", {{"path", shown}}});
  }
  if (!error && !std::filesystem::is_regular_file(status)) {
    return Status(Code::kInvalid, {"bundle.reader.not_a_file", {{"path", shown}}});
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const uint64_t size = std::filesystem::file_size(path, error);
  if (!file || error) {
    if (errno == ENOENT)
      return Status(Code::kMissing, {"bundle.reader.missing", {{"path", shown}}});
    return Status(Code::kDenied, {"bundle.reader.denied", {{"path", shown}}});
  }
  return std::unique_ptr<Input>(new Input(std::move(file), size));
}

size_t Input::ReadAt(uint64_t offset, std::span<char> buffer) {
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(offset));
  if (!file_) return 0;
  file_.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  return static_cast<size_t>(file_.gcount());
}

}  // namespace casepack::bundle

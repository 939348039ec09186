#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "collector/os/handle.h"
#include "collector/os/secret_file.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Status;

constexpr size_t kMost = size_t{64} * 1024;

Status Failure(int error, const std::string& path) {
  if (error == EACCES || error == EPERM)
    return {Code::kDenied, {"os.user_file.denied", {{"path", path}}}};
  return {Code::kMissing, {"os.user_file.missing", {{"path", path}}}};
}

// What is judged is what was opened, whatever the name means by now.
Status Judge(int handle, const std::string& path) {
  struct stat info {};
  if (fstat(handle, &info) != 0) return Failure(errno, path);
  if (!S_ISREG(info.st_mode))
    return {Code::kInvalid, {"os.secret_file.not_regular", {{"path", path}}}};
  const bool ours = info.st_uid == geteuid() || info.st_uid == 0;
  const bool shared = (info.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  if (!ours || shared) return {Code::kRefused, {"os.secret_file.shared", {{"path", path}}}};
  return {};
}

}  // namespace

base::Result<std::string> ReadSecretFile(const std::string& path) {
  // Not to hang at a FIFO.
  const Handle file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok()) return Failure(errno, path);
  RETURN_IF_ERROR(Judge(file.get(), path));
  std::string text(kMost + 1, '\0');
  size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failure(errno, path);
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  if (size > kMost) return Status(Code::kFull, {"os.user_file.large", {{"path", path}}});
  text.resize(size);
  return text;
}

}  // namespace casepack::os

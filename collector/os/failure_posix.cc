#include <cerrno>
#include <cstring>

#include "collector/os/failure.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Status;

Code CodeOf(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ESRCH:  // a process in /proc that ended while we looked at it
      return Code::kMissing;
    case EACCES:
    case EPERM:
    case EROFS:
      return Code::kDenied;
    case EEXIST:
      return Code::kExists;
    case ENOSPC:
    case EDQUOT:
      return Code::kNoSpace;
    default:
      return Code::kFailed;
  }
}

base::Message Unnamed(const char* key, int error, const std::string& path) {
  return {key, {{"path", path}, {"errno", ErrorName(error)}}};
}

}  // namespace

std::string ErrorName(int error) {
  const char* name = strerrorname_np(error);
  return name != nullptr ? name : std::to_string(error);
}

Status FileFailure(int error, const std::string& path) {
  const Code code = CodeOf(error);
  if (code == Code::kMissing) return {code, {"os.file.missing", {{"path", path}}}};
  if (code == Code::kDenied) return {code, {"os.file.denied", {{"path", path}}}};
  return {Code::kFailed, Unnamed("os.file.failed", error, path)};
}

Status RootFailure(int error, const std::string& path) {
  const Code code = CodeOf(error);
  if (code == Code::kMissing) return {code, {"os.root.missing", {{"path", path}}}};
  if (code == Code::kDenied) return {code, {"os.root.denied", {{"path", path}}}};
  return {Code::kFailed, Unnamed("os.root.failed", error, path)};
}

Status OutputFailure(int error, const std::string& path) {
  const Code code = CodeOf(error);
  switch (code) {
    case Code::kMissing:
      return {code, {"os.output.missing", {{"path", path}}}};
    case Code::kDenied:
      return {code, Unnamed("os.output.denied", error, path)};
    case Code::kExists:
      return {code, {"os.output.exists", {{"path", path}}}};
    case Code::kNoSpace:
      return {code, {"os.output.no_space", {{"path", path}}}};
    default:
      break;
  }
  if (error == EFBIG) return {Code::kNoSpace, {"os.output.too_large", {{"path", path}}}};
  return {Code::kFailed, Unnamed("os.output.failed", error, path)};
}

}  // namespace casepack::os

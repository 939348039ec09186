// StandardOutput of output.h.
#include <unistd.h>

#include <cerrno>

#include "collector/os/failure.h"
#include "collector/os/output.h"
#include "collector/os/write.h"

namespace casepack::os {
namespace {

base::Status Failure(int error) {
  if (error == EPIPE) return {base::Code::kFailed, {"os.output.reader_gone", {}}};
  return OutputFailure(error, "-");
}

}  // namespace

base::Status StandardOutput::Write(std::string_view bytes) {
  if (!failure_.ok()) return failure_;
  if (const int error = WriteAll(STDOUT_FILENO, bytes); error != 0) failure_ = Failure(error);
  return failure_;
}

base::Status StandardOutput::Commit() {
  if (!failure_.ok()) return failure_;
  // A pipe or a terminal cannot be synced; a file on a full disk may tell only now.
  if (fsync(STDOUT_FILENO) != 0 && (errno == EIO || errno == ENOSPC || errno == EDQUOT)) {
    failure_ = Failure(errno);
  }
  return failure_;
}

}  // namespace casepack::os

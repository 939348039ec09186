#include <unistd.h>

#include <cerrno>

#include "collector/os/handle.h"

namespace casepack::os {

int Handle::Close() {
  const int value = Release();
  // Never again after EINTR: the number may be another thread's by then.
  return value >= 0 && close(value) != 0 ? errno : 0;
}

}  // namespace casepack::os

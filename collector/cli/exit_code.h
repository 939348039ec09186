// What casepack tells the shell, in all commands.
#pragma once

namespace casepack::cli {

enum class ExitCode {
  kOk = 0,
  kIncomplete = 1,     // done, but something could not be gathered, or a bundle has a problem
  kUsage = 2,          // the command line or a manifest is wrong; nothing was written
  kNotWritten = 3,     // the bundle could not be written
  kSecretFound = 4,    // verify: something stands in the bundle that a rule would remove
  kInterrupted = 130,  // what was gathered is written, and marked so
};

}  // namespace casepack::cli

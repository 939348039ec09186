#include "collector/os/failure.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace casepack::os {
namespace {

using base::Code;

TEST(Failure, HasACodeForEachError) {
  const struct {
    int error;
    Code file;
    Code output;
  } kCases[] = {
      {ENOENT, Code::kMissing, Code::kMissing}, {ENOTDIR, Code::kMissing, Code::kMissing},
      {ESRCH, Code::kMissing, Code::kMissing},  {EACCES, Code::kDenied, Code::kDenied},
      {EPERM, Code::kDenied, Code::kDenied},    {EROFS, Code::kDenied, Code::kDenied},
      {EEXIST, Code::kFailed, Code::kExists},   {ENOSPC, Code::kFailed, Code::kNoSpace},
      {EDQUOT, Code::kFailed, Code::kNoSpace},  {EFBIG, Code::kFailed, Code::kNoSpace},
      {EIO, Code::kFailed, Code::kFailed},      {99'999, Code::kFailed, Code::kFailed},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(FileFailure(c.error, "/a").code(), c.file) << c.error;
    EXPECT_EQ(RootFailure(c.error, "/a").code(), c.file) << c.error;
    EXPECT_EQ(OutputFailure(c.error, "/a").code(), c.output) << c.error;
  }
}

TEST(Failure, NamesTheErrorAndThePath) {
  const base::Message message = FileFailure(EIO, "/var/x").message();
  EXPECT_EQ(message, (base::Message{"os.file.failed", {{"path", "/var/x"}, {"errno", "EIO"}}}));
  EXPECT_EQ(ErrorName(99'999), "99999");
}

}  // namespace
}  // namespace casepack::os

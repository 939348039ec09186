#include "collector/os/handle.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <utility>

namespace casepack::os {
namespace {

int OpenAny() { return open("/", O_PATH | O_CLOEXEC); }
bool IsOpen(int value) { return fcntl(value, F_GETFD) != -1; }

TEST(Handle, ClosesAtTheEnd) {
  int value = -1;
  {
    const Handle handle(OpenAny());
    value = handle.get();
    EXPECT_TRUE(IsOpen(value));
  }
  EXPECT_FALSE(IsOpen(value));
}

TEST(Handle, MovedOntoAnOpenOneClosesThat) {
  Handle a(OpenAny());
  Handle b(OpenAny());
  const int old = a.get();
  const int kept = b.get();
  a = std::move(b);
  EXPECT_FALSE(IsOpen(old));
  EXPECT_TRUE(IsOpen(kept));
  EXPECT_EQ(a.get(), kept);
  Handle& same = a;
  a = std::move(same);
  EXPECT_TRUE(IsOpen(kept));
}

TEST(Handle, TellsWhatCloseSays) {
  Handle none;
  EXPECT_EQ(none.Close(), 0);
  Handle bad(100'000);
  EXPECT_EQ(bad.Close(), EBADF);
  EXPECT_FALSE(bad.ok());
}

}  // namespace
}  // namespace casepack::os

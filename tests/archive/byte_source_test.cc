#include "collector/archive/byte_source.h"

#include <array>

#include "tests/archive/archive_fixture.h"

namespace casepack::archive {
namespace {

TEST(ByteSource, MemoryAndARangeOfIt) {
  MemorySource memory("0123456789");
  ASSERT_NE(memory.random(), nullptr);
  RangeSource range(*memory.random(), 3, 4);
  EXPECT_EQ(tests::ReadAll(range), "3456");
  RangeSource beyond(*memory.random(), 8, UINT64_MAX);
  EXPECT_EQ(tests::ReadAll(beyond), "89");
  EXPECT_EQ(tests::ReadAll(memory), "0123456789");
}

TEST(ByteSource, PeekTakesNothingAway) {
  tests::FlowingSource flowing("0123456789", 3);
  PeekSource peeked(flowing);
  EXPECT_EQ(peeked.Peek(4), "0123");
  EXPECT_EQ(peeked.Peek(2), "01");
  std::array<char, 1> one{};
  EXPECT_EQ(*peeked.Read(one), 1U);
  EXPECT_EQ(peeked.Peek(100), "123456789");
  EXPECT_EQ(tests::ReadAll(peeked), "123456789");
  EXPECT_EQ(peeked.Peek(5), "");
}

class Broken : public ByteSource {
 public:
  base::Result<size_t> Read(std::span<char> buffer) override {
    if (read_++ > 0) return base::Status(base::Code::kFailed, {"test.broken", {}});
    buffer[0] = 'x';
    return size_t{1};
  }

 private:
  int read_ = 0;
};

TEST(ByteSource, AFailureComesBehindWhatWasPeeked) {
  Broken broken;
  PeekSource peeked(broken);
  EXPECT_EQ(peeked.Peek(10), "x");
  base::Status failure;
  EXPECT_EQ(tests::ReadAll(peeked, &failure), "x");
  EXPECT_EQ(failure.message().key, "test.broken");
}

}  // namespace
}  // namespace casepack::archive

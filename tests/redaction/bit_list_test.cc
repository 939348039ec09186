#include "redaction/bit_list.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

std::vector<size_t> Slowly(const std::vector<uint64_t>& blocks) {
  std::vector<size_t> list;
  for (size_t at = 0; at < 64 * blocks.size(); ++at) {
    if ((blocks[at / 64] >> (at % 64) & 1) != 0) list.push_back(at);
  }
  return list;
}

template <size_t kUsual>
std::vector<size_t> Listed(const std::vector<uint64_t>& blocks) {
  std::vector<uint16_t> list(64 * blocks.size() + kUsual, 0xffff);
  list.resize(ListBits<kUsual>(blocks, list.data()));
  return {list.begin(), list.end()};
}

TEST(BitList, EveryBitOnceInOrder) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    testing::Generator generator(seed);
    std::vector<uint64_t> blocks(generator.Below(33));
    for (uint64_t& block : blocks) {
      block = generator.Below(~uint64_t{0});
      for (uint64_t thin = generator.Below(6); thin > 0; --thin)
        block &= generator.Below(~uint64_t{0});
    }
    EXPECT_EQ(Listed<2>(blocks), Slowly(blocks)) << seed;
    EXPECT_EQ(Listed<10>(blocks), Slowly(blocks)) << seed;
  }
}

TEST(BitList, NoneAndAll) {
  EXPECT_TRUE(Listed<4>({}).empty());
  EXPECT_TRUE(Listed<4>({0, 0, 0}).empty());
  const std::vector<uint64_t> all(32, ~uint64_t{0});
  EXPECT_EQ(Listed<4>(all).size(), 2048U);
  EXPECT_EQ(Listed<1>({uint64_t{1} << 63}), std::vector<size_t>{63});
}

}  // namespace
}  // namespace casepack::redaction

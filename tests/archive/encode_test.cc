#include "collector/archive/encode.h"

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

std::string Encode(Filter filter, std::string_view text, size_t piece) {
  tests::MemorySink sink;
  const auto encoder = OpenEncoder(sink, filter);
  while (!text.empty()) {
    EXPECT_TRUE(encoder->Write(text.substr(0, piece)).ok());
    text.remove_prefix(std::min(piece, text.size()));
  }
  EXPECT_TRUE(encoder->Commit().ok());
  return sink.bytes;
}

TEST(Encode, OthersUnpackIt) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{700'000}}) {
    const std::string text = tests::SomeText(size);
    for (const tests::Packer& packer : tests::kPackers) {
      const std::string packed = Encode(packer.filter, text, 100'000);
      EXPECT_TRUE(tests::Unpack(packer, packed) == text) << packer.pack << " " << size;
      EXPECT_EQ(packed, Encode(packer.filter, text, 100'000)) << packer.pack;
    }
  }
}

TEST(Encode, WhatDoesNotPack) {
  std::string noise;
  for (uint64_t i = 1, x = 88172645463325252U; i < 40'000; ++i) {
    x ^= x << 13U;
    x ^= x >> 7U;
    x ^= x << 17U;
    noise.append(reinterpret_cast<const char*>(&x), 8);
  }
  for (const tests::Packer& packer : tests::kPackers)
    EXPECT_TRUE(tests::Unpack(packer, Encode(packer.filter, noise, 65536)) == noise) << packer.pack;
}

TEST(Encode, TellsThatTheSinkIsFull) {
  const std::string text = tests::SomeText(700'000);
  for (const tests::Packer& packer : tests::kPackers) {
    tests::MemorySink sink;
    sink.left = 1000;
    const auto encoder = OpenEncoder(sink, packer.filter);
    base::Status status = encoder->Write(text);
    if (status.ok()) status = encoder->Commit();
    EXPECT_EQ(status.code(), base::Code::kNoSpace) << packer.pack;
  }
}

TEST(Encode, GivenUpHalfWay) {
  for (const tests::Packer& packer : tests::kPackers) {
    tests::MemorySink sink;
    const auto encoder = OpenEncoder(sink, packer.filter);
    EXPECT_TRUE(encoder->Write("some").ok()) << packer.pack;
  }
}

}  // namespace
}  // namespace casepack::archive

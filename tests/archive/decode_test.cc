#include "collector/archive/decode.h"

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

struct Outcome {
  std::string text;
  std::string key;
};

Outcome Decode(std::string_view packed, Filter filter, const Bounds& bounds = {},
               Members members = Members::kMany) {
  tests::FlowingSource in(packed);
  Budget budget(bounds);
  budget.Pack(packed.size());
  const auto decoded = OpenDecoder(in, filter, budget, members);
  base::Status failure;
  Outcome outcome;
  outcome.text = tests::ReadAll(*decoded, &failure);
  outcome.key = failure.message().key;
  return outcome;
}

TEST(Decode, WhatOthersPacked) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{300'000}}) {
    const std::string text = tests::SomeText(size);
    for (const tests::Packer& packer : tests::kPackers) {
      const Outcome outcome = Decode(tests::Pack(packer, text), packer.filter);
      EXPECT_EQ(outcome.key, "") << packer.pack << " " << size;
      EXPECT_TRUE(outcome.text == text) << packer.pack << " " << size;
    }
  }
}

TEST(Decode, MembersInARow) {
  for (const tests::Packer& packer : tests::kPackers) {
    if (packer.filter == Filter::kLzma || packer.filter == Filter::kCompress) continue;
    const std::string two = tests::Pack(packer, "one ") + tests::Pack(packer, "two");
    EXPECT_EQ(Decode(two, packer.filter).text, "one two") << packer.pack;
    EXPECT_EQ(Decode(two, packer.filter, {}, Members::kOne).text, "one ") << packer.pack;
    EXPECT_EQ(Decode(two + std::string(512, '\0'), packer.filter).key, "") << packer.pack;
    const Outcome behind = Decode(two + "something else", packer.filter);
    EXPECT_EQ(behind.text, "one two") << packer.pack;
    EXPECT_EQ(behind.key, "archive.filter.behind_end") << packer.pack;
  }
}

TEST(Decode, CutShort) {
  const std::string text = tests::SomeText(100'000);
  for (const tests::Packer& packer : tests::kPackers) {
    if (packer.filter == Filter::kCompress) continue;  // it has no end
    const std::string packed = tests::Pack(packer, text);
    for (const size_t size : {size_t{3}, packed.size() / 2, packed.size() - 1}) {
      const Outcome outcome = Decode(std::string_view(packed).substr(0, size), packer.filter);
      EXPECT_EQ(outcome.key, "archive.filter.truncated") << packer.pack << " " << size;
      EXPECT_TRUE(text.starts_with(outcome.text)) << packer.pack;
    }
  }
}

// Each of these checks its content; .lzma and .Z have nothing to check by.
TEST(Decode, Damaged) {
  const std::string text = tests::SomeText(100'000);
  for (const tests::Packer& packer : tests::kPackers) {
    std::string packed = tests::Pack(packer, text);
    packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x10);
    const Outcome outcome = Decode(packed, packer.filter);
    if (packer.filter == Filter::kLzma || packer.filter == Filter::kCompress) continue;
    EXPECT_NE(outcome.key, "") << packer.pack;
  }
  std::string gzip = tests::Pack(tests::kPackers[0], text);
  gzip[gzip.size() - 6] = static_cast<char>(gzip[gzip.size() - 6] ^ 1);
  EXPECT_EQ(Decode(gzip, Filter::kGzip).key, "archive.filter.damaged") << "gzip's CRC";
}

TEST(Decode, MemoryIsBounded) {
  const std::string xz = tests::ToolSays("x", "xz --lzma2=dict=256MiB -c < a");
  EXPECT_EQ(Decode(xz, Filter::kXz).key, "archive.filter.memory");
  const std::string lzma = tests::ToolSays("x", "xz --format=lzma --lzma1=dict=256MiB -c < a");
  EXPECT_EQ(Decode(lzma, Filter::kLzma).key, "archive.filter.memory");
  const std::string zstd = tests::ToolSays(
      "x", "(cat a; sleep 0.2; head -c 3000000 /dev/urandom) | zstd -q --ultra --long=28 -c");
  EXPECT_EQ(Decode(zstd, Filter::kZstd).key, "archive.filter.memory");
}

TEST(Decode, Bounds) {
  const std::string zeros = tests::MadeByShell("a", "head -c 10000000 /dev/zero | gzip > a");
  Bounds bounds;
  bounds.free_bytes = 1'000'000;
  bounds.max_ratio = 100;
  const Outcome ratio = Decode(zeros, Filter::kGzip, bounds);
  EXPECT_EQ(ratio.key, "archive.bounds.ratio");
  EXPECT_LT(ratio.text.size(), 1'200'000U);
  bounds = {};
  bounds.max_bytes = 5000;
  EXPECT_EQ(Decode(zeros, Filter::kGzip, bounds).key, "archive.bounds.bytes");
}

TEST(Decode, ParallelZstdBeginsWithAFrameToSkip) {
  const std::string skipped = std::string("\x50\x2a\x4d\x18\x04\x00\x00\x00", 8) + "skip";
  const std::string packed = skipped + tests::Pack(tests::kPackers[5], "text");
  EXPECT_EQ(DetectFilter(packed), Filter::kZstd);
  EXPECT_EQ(Decode(packed, Filter::kZstd).text, "text");
}

}  // namespace
}  // namespace casepack::archive

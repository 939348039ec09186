#include "collector/bundle/compressor.h"

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

TEST(Compressor, GzipMembersAreTheSameForTheSameBytes) {
  const std::string text = tests::Noise(kBlockBytes);
  Compressor one(Codec::kGzip);
  Compressor other(Codec::kGzip);
  other.Compress("something before");
  EXPECT_EQ(one.Compress(text), other.Compress(text));
  EXPECT_EQ(one.Compress("x").substr(4, 4), std::string(4, '\0')) << "a time in the header";
}

TEST(Compressor, BackAgain) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{511}, kBlockBytes}) {
    const std::string text = tests::Noise(size);
    std::string back;
    ASSERT_TRUE(DecompressGzip(Compressor(Codec::kGzip).Compress(text), kBlockBytes, &back));
    EXPECT_EQ(back, text);
  }
}

TEST(Compressor, RefusesWhatIsTooLargeOrDamaged) {
  const std::string member = Compressor(Codec::kGzip).Compress("hello");
  std::string back;
  EXPECT_FALSE(DecompressGzip(member, 4, &back));
  EXPECT_FALSE(DecompressGzip(member.substr(0, member.size() - 1), 100, &back));
  EXPECT_FALSE(DecompressGzip("", 100, &back));
}

TEST(Compressor, ZstdFramesAreTheSameForTheSameBytes) {
  const std::string text = tests::Noise(kBlockBytes);
  Compressor one(Codec::kZstd);
  Compressor other(Codec::kZstd);
  other.Compress("something before");
  const std::string frame = one.Compress(text);
  EXPECT_EQ(frame, other.Compress(text));
  const tests::TempTree tree;
  EXPECT_EQ(tests::Unpacked(tree, frame, Codec::kZstd), text);
}

}  // namespace
}  // namespace casepack::bundle

#include "collector/bundle/decoder.h"

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

struct Decoded {
  std::string bytes;
  std::string key;  // of the failure, if any
  std::optional<uint64_t> first_end;
};

Decoded Decode(const std::string& chain, Codec codec, uint64_t offset = 0,
               const DecoderLimits& limits = {}) {
  const tests::TempTree tree;
  const auto input = Input::Open(tree.Write("chain", chain));
  Decoder decoder(**input, codec, offset, limits);
  Decoded decoded;
  for (;;) {
    const auto part = decoder.Next();
    if (!part) decoded.key = part.error().message().key;
    if (!part || part->empty()) break;
    decoded.bytes += *part;
  }
  decoded.first_end = decoder.first_end();
  return decoded;
}

class DecoderTest : public testing::TestWithParam<Codec> {
 protected:
  std::string Pack(const std::string& text) { return Compressor(GetParam()).Compress(text); }
};
INSTANTIATE_TEST_SUITE_P(Codecs, DecoderTest, testing::Values(Codec::kGzip, Codec::kZstd));

TEST_P(DecoderTest, AChainIsOneStreamFromAnyJointOn) {
  const std::string a = Pack(tests::Noise(300'000));
  const std::string b = Pack("");
  const std::string c = Pack("the end");
  const Decoded whole = Decode(a + b + c, GetParam());
  EXPECT_EQ(whole.bytes, tests::Noise(300'000) + "the end");
  EXPECT_EQ(whole.key, "");
  EXPECT_EQ(whole.first_end, a.size());
  EXPECT_EQ(Decode(a + b + c, GetParam(), a.size()).bytes, "the end");
  EXPECT_EQ(Decode(a, GetParam(), a.size()).bytes, "");
  EXPECT_EQ(Decode("", GetParam()).key, "");
}

TEST(Decoder, WhatIsUnpackedAlreadyIsHandedOutOnce) {
  Decoder decoder("all of it");
  EXPECT_EQ(*decoder.Next(), "all of it");
  EXPECT_EQ(*decoder.Next(), "");
  EXPECT_EQ(*decoder.Next(), "");
}

TEST_P(DecoderTest, CutAnywhere) {
  const std::string chain = Pack(tests::Noise(2000)) + Pack(tests::Noise(2000, 2));
  const size_t joint = Pack(tests::Noise(2000)).size();
  for (size_t size = 1; size < chain.size(); ++size) {
    const Decoded decoded = Decode(chain.substr(0, size), GetParam());
    EXPECT_EQ(decoded.key, size == joint ? "" : "bundle.reader.truncated") << size;
  }
}

TEST_P(DecoderTest, ABitAnywhere) {
  const std::string text = tests::Noise(2000);
  const std::string chain = Pack(text);
  size_t unnoticed = 0;
  for (size_t at = 0; at < chain.size(); ++at) {
    std::string damaged = chain;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    const Decoded decoded = Decode(damaged, GetParam());
    if (!decoded.key.empty()) continue;
    ++unnoticed;  // in a header field that says nothing of the content
    EXPECT_EQ(decoded.bytes, text) << at;
  }
  EXPECT_LE(unnoticed, 8U);
}

TEST_P(DecoderTest, WhatIsNoChain) {
  EXPECT_EQ(Decode("this is no chain at all, and long enough", GetParam()).key,
            "bundle.reader.damaged");
  EXPECT_EQ(Decode(Pack("a") + "garbage behind it", GetParam()).key, "bundle.reader.damaged");
}

TEST_P(DecoderTest, Limits) {
  const std::string chain = Pack(tests::Noise(1000));
  EXPECT_EQ(Decode(chain, GetParam(), 0, {999, 2000}).key, "bundle.reader.total_bytes");
  EXPECT_EQ(Decode(chain, GetParam(), 0, {1000, 2000}).key, "");

  std::string bomb;
  const std::string zeros = Pack(std::string(8U << 20U, '\0'));
  for (int i = 0; i < 9; ++i)
    bomb += zeros;
  EXPECT_EQ(Decode(zeros, GetParam(), 0, {UINT64_MAX, 100}).key, "") << "small ones are let be";
  const Decoded decoded = Decode(bomb, GetParam(), 0, {UINT64_MAX, 100});
  EXPECT_EQ(decoded.key, "bundle.reader.ratio");
  EXPECT_LE(decoded.bytes.size(), (64U << 20U) + (1U << 20U));
}

}  // namespace
}  // namespace casepack::bundle

#include "collector/archive/decoder.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <string>

namespace casepack::archive {
namespace {

TEST(Decoder, TakesAndGivesAByteAtATime) {
  const std::string text = "some text, some text, some text";
  std::string packed(200, '\0');
  auto size = static_cast<uLongf>(packed.size());
  ASSERT_EQ(compress(reinterpret_cast<Bytef*>(packed.data()), &size,
                     reinterpret_cast<const Bytef*>(text.data()), text.size()),
            Z_OK);
  packed = packed.substr(2, size - 6);  // less zlib's frame
  const auto decoder = MakeDecoder(Filter::kDeflate, 1U << 20U);
  for (int again = 0; again < 2; ++again) {
    ASSERT_TRUE(decoder->Start());
    std::string unpacked;
    Step step = Step::kMore;
    for (size_t at = 0; step == Step::kMore;) {
      std::string_view in = std::string_view(packed).substr(at, 1);
      std::array<char, 1> one{};
      std::span<char> out(one);
      const size_t had = in.size();
      step = decoder->Decode(in, out);
      at += had - in.size();
      if (out.empty()) unpacked.push_back(one[0]);
    }
    EXPECT_EQ(step, Step::kMemberEnd);
    EXPECT_EQ(unpacked, text);
  }
}

TEST(Decoder, NoneForNone) { EXPECT_EQ(MakeDecoder(Filter::kNone, 1), nullptr); }

}  // namespace
}  // namespace casepack::archive

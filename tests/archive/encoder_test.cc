#include "collector/archive/encoder.h"

#include <array>
#include <string>

#include "collector/archive/decoder.h"
#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

// The least room that it is promised.
TEST(Encoder, LittleRoom) {
  const std::string text = tests::SomeText(200'000);
  for (const tests::Packer& packer : tests::kPackers) {
    const auto encoder = MakeEncoder(packer.filter);
    ASSERT_TRUE(encoder->Start());
    std::string packed;
    std::string_view in = text;
    Encoder::State state = Encoder::State::kGoing;
    while (state == Encoder::State::kGoing) {
      std::array<char, 16384> room{};
      std::span<char> out(room);
      state = encoder->Encode(in, out, in.empty() ? Encoder::Flush::kEnd : Encoder::Flush::kNo);
      packed.append(room.data(), room.size() - out.size());
    }
    EXPECT_EQ(state, Encoder::State::kEnded) << packer.pack;
    EXPECT_TRUE(tests::Unpack(packer, packed) == text) << packer.pack;
  }
}

TEST(Encoder, NoneForNone) { EXPECT_EQ(MakeEncoder(Filter::kNone), nullptr); }

}  // namespace
}  // namespace casepack::archive

#include "collector/os/decoders.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/os/compressed.h"

namespace casepack::os {
namespace {

struct Decoded {
  DecodeStep last = DecodeStep::kMore;
  std::string text;
  size_t left = 0;  // bytes that it did not take
};

// In pieces as small as they may come.
Decoded Decode(const Decoder& decoder, std::string_view bytes, size_t piece, size_t room) {
  Decoded decoded;
  std::vector<char> out(room);
  EXPECT_TRUE(decoder.start());
  for (int idle = 0; idle < 3 && decoded.last == DecodeStep::kMore;) {
    DecodeBuffers buffers{bytes.substr(0, piece), out};
    const size_t offered = buffers.in.size();
    decoded.last = decoder.decode(buffers);
    bytes.remove_prefix(offered - buffers.in.size());
    decoded.text.append(out.data(), out.size() - buffers.out.size());
    idle = offered == buffers.in.size() && buffers.out.size() == out.size() ? idle + 1 : 0;
  }
  decoded.left = bytes.size();
  return decoded;
}

struct Format {
  const char* name;
  std::string (*pack)(std::string_view);
};
const Format kFormats[] = {
    {"gzip", [](std::string_view text) { return Gzip(text); }},
    {"xz", [](std::string_view text) { return Xz(text); }},
    {"zstd", [](std::string_view text) { return Zstd(text); }},
    {"bzip2", [](std::string_view text) { return Bzip2(text); }},
};

TEST(Decoders, AnyCutGivesTheSame) {
  std::string text;
  for (int i = 0; i < 2000; ++i)
    text += "line " + std::to_string(i) + "\n";
  for (const Format& format : kFormats) {
    const std::string packed = format.pack(text) + "rest";
    const Decoder decoder = MakeDecoder(format.name);
    for (const size_t piece : {1U, 7U, 1U << 20U}) {
      // The same decoder again: each start is a new member.
      const Decoded decoded = Decode(decoder, packed, piece, piece == 7 ? 1 : 4096);
      EXPECT_EQ(decoded.last, DecodeStep::kMemberEnd) << format.name << " " << piece;
      EXPECT_EQ(decoded.text, text) << format.name << " " << piece;
      EXPECT_EQ(decoded.left, 4U) << format.name << " " << piece;
    }
  }
}

TEST(Decoders, ACutStreamWaitsForMore) {
  for (const Format& format : kFormats) {
    const std::string packed = format.pack("some text");
    const Decoded decoded =
        Decode(MakeDecoder(format.name), packed.substr(0, packed.size() - 1), 1000, 1000);
    EXPECT_EQ(decoded.last, DecodeStep::kMore) << format.name;
  }
}

TEST(Decoders, MemoryIsBounded) {
  const Decoder xz = MakeDecoder("xz");
  EXPECT_EQ(Decode(xz, Xz("x", 6), 1000, 1000).last, DecodeStep::kMemberEnd);
  EXPECT_EQ(Decode(xz, Xz("x", 9), 1000, 1000).last, DecodeStep::kTooLarge);
  const Decoder zstd = MakeDecoder("zstd");
  EXPECT_EQ(Decode(zstd, Zstd("x", 23), 1000, 1000).last, DecodeStep::kMemberEnd);
  EXPECT_EQ(Decode(zstd, Zstd("x", 27), 1000, 1000).last, DecodeStep::kTooLarge);
}

TEST(Decoders, ThereIsNoOther) { EXPECT_FALSE(MakeDecoder("lzop").start); }

}  // namespace
}  // namespace casepack::os

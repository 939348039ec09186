#include "collector/archive/lzw.h"

#include "collector/archive/decode.h"
#include "collector/archive/encode.h"
#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

std::string Decode(std::string_view packed, std::string* key = nullptr) {
  MemorySource in(packed);
  Budget budget({});
  const auto decoded = OpenDecoder(in, Filter::kCompress, budget);
  base::Status failure;
  std::string text = tests::ReadAll(*decoded, &failure);
  if (key != nullptr) *key = failure.message().key;
  return text;
}

std::string Encode(std::string_view text) {
  tests::MemorySink sink;
  const auto encoder = OpenEncoder(sink, Filter::kCompress);
  EXPECT_TRUE(encoder->Write(text).ok() && encoder->Commit().ok());
  return sink.bytes;
}

// Each width begins at another number of codes, and none may be off by one.
TEST(Lzw, EveryLength) {
  const std::string text = tests::SomeText(3000);
  for (size_t size = 0; size < text.size(); size += 1 + size / 50) {
    const std::string part = text.substr(0, size);
    EXPECT_EQ(Decode(Encode(part)), part) << size;
  }
  const std::string same(100'000, 'x');
  EXPECT_EQ(Decode(Encode(same)), same);
}

TEST(Lzw, WithCompressItself) {
  // Over several times the table, and of two kinds, so that both sides begin anew.
  std::string text = tests::SomeText(1'500'000);
  for (size_t i = 700'000; i < 1'200'000; ++i)
    text[i] = static_cast<char>((i * i * 2654435761U) >> 13U);
  for (const char* bits : {"10", "12", "16"}) {
    const std::string packed =
        tests::ToolSays(text, std::string("compress -fc -b ") + bits + " < a");
    EXPECT_TRUE(Decode(packed) == text) << bits;
  }
  EXPECT_TRUE(tests::ToolSays(Encode(text), "compress -dc < a") == text);
  EXPECT_TRUE(tests::ToolSays(Encode(text), "bsdcat < a") == text);
}

TEST(Lzw, Damaged) {
  std::string key;
  Decode(std::string("\x1f\x9d\x91", 3), &key);
  EXPECT_EQ(key, "archive.filter.damaged") << "17 bits";
  Decode(std::string("\x1f\x9d\x90\xff\xff\xff", 6), &key);
  EXPECT_EQ(key, "archive.filter.damaged") << "a code that is not there yet";
  Decode(std::string("\x1f\x9d", 2), &key);
  EXPECT_EQ(key, "archive.filter.truncated");
  const std::string packed = Encode(tests::SomeText(3000));
  for (size_t at = 3; at < packed.size(); at += 7) {
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    static_cast<void>(Decode(damaged));
  }
}

// A megabyte of kClear and nothing else.
TEST(Lzw, ClearedAgainAndAgain) {
  std::string packed("\x1f\x9d\x90", 3);
  while (packed.size() < 1'000'000)
    packed += std::string("\x00\x01\x00\x00\x00\x00\x00\x00\x00", 9);
  std::string key;
  EXPECT_EQ(Decode(packed, &key), "");
  EXPECT_EQ(key, "");
}

}  // namespace
}  // namespace casepack::archive

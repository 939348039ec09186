#include "collector/os/decompress.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/os/compressed.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

struct Unpacked {
  std::string text;
  std::string key;  // of the failure; empty when all was well
};

Unpacked Unpack(const std::string& bytes) {
  const tests::TempTree tree;
  File file(open(tree.Write("file", bytes).c_str(), O_RDONLY | O_CLOEXEC), {});
  char first[4];
  EXPECT_TRUE(file.Read(first)) << "from its beginning, wherever it stands";
  Unpacked unpacked;
  const base::Status status = Decompress(file, [&](std::string_view text) {
    unpacked.text += text;
    return true;
  });
  unpacked.key = status.message().key;
  return unpacked;
}

std::string LongText() {
  std::string text;
  for (int i = 0; i < 50'000; ++i)
    text += "line " + std::to_string(i) + "\n";
  return text;
}

TEST(CompressionOf, GoesByTheFirstBytes) {
  EXPECT_EQ(CompressionOf(Gzip("x")), "gzip");
  EXPECT_EQ(CompressionOf(Xz("x")), "xz");
  EXPECT_EQ(CompressionOf(Zstd("x")), "zstd");
  EXPECT_EQ(CompressionOf(Bzip2("x")), "bzip2");
  for (const char* text : {"", "\x1f", "\x1f\x8b", "BZh", "BZhello",
                           "\xfd"
                           "7zXZ",
                           "text"}) {
    EXPECT_EQ(CompressionOf(text), "") << text;
  }
}

TEST(Decompress, EachFormat) {
  const std::string text = LongText();
  for (const std::string& packed : {Gzip(text), Xz(text), Zstd(text), Bzip2(text)}) {
    const auto format = CompressionOf(packed);
    const Unpacked whole = Unpack(packed);
    EXPECT_EQ(whole.key, "") << format;
    EXPECT_EQ(whole.text, text) << format;
  }
}

TEST(Decompress, SeveralMembersAreOneStream) {
  const std::string more = LongText();
  const std::string kCases[] = {
      Gzip("one ") + Gzip(more) + Gzip("") + Gzip("end"),
      Xz("one ") + Xz(more) + std::string(8, '\0') + Xz("") + Xz("end"),
      Zstd("one ") + Zstd(more) + std::string("\x50\x2A\x4D\x18\x03\0\0\0abc", 11) + Zstd("end"),
      Bzip2("one ") + Bzip2(more) + Bzip2("") + Bzip2("end")};
  for (const std::string& packed : kCases) {
    const Unpacked all = Unpack(packed);
    EXPECT_EQ(all.key, "") << CompressionOf(packed);
    EXPECT_EQ(all.text, "one " + more + "end") << CompressionOf(packed);
  }
}

TEST(Decompress, NothingIsNotDamage) {
  for (const std::string& packed : {Gzip(""), Xz(""), Zstd(""), Bzip2("")}) {
    const Unpacked none = Unpack(packed);
    EXPECT_EQ(none.key, "") << CompressionOf(packed);
    EXPECT_EQ(none.text, "") << CompressionOf(packed);
  }
}

TEST(Decompress, WhatFollowsTheStream) {
  for (const std::string& packed : {Gzip("good"), Xz("good"), Zstd("good"), Bzip2("good")}) {
    const auto format = CompressionOf(packed);
    EXPECT_EQ(Unpack(packed + std::string(100'000, '\0')).key, "") << format << ": padding";
    EXPECT_EQ(Unpack(packed + "garbage").key, "os.decompress.trailing") << format;
    EXPECT_EQ(Unpack(packed + "garbage").text, "good") << format;
  }
}

TEST(Decompress, TellsWhatCameBeforeTheDamage) {
  const std::string text = LongText();
  for (const std::string& packed : {Gzip(text), Xz(text), Zstd(text), Bzip2(text)}) {
    const auto format = CompressionOf(packed);
    const Unpacked cut = Unpack(packed.substr(0, packed.size() - 10));
    EXPECT_EQ(cut.key, "os.decompress.cut_short") << format;
    EXPECT_EQ(cut.text, text.substr(0, cut.text.size())) << format;
    EXPECT_EQ(Unpack(packed.substr(0, 8)).key, "os.decompress.cut_short") << format;

    std::string bad = packed;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 0x55);
    EXPECT_NE(Unpack(bad).key, "") << format;
  }
  EXPECT_GT(Unpack(Gzip(text).substr(0, 50'000)).text.size(), 50'000U);
}

TEST(Decompress, RefusesWhatAsksForTooMuchMemory) {
  EXPECT_EQ(Unpack(Xz("x", 9)).key, "os.decompress.memory");
  EXPECT_EQ(Unpack(Xz("x") + Xz("y", 9)).key, "os.decompress.memory") << "a later member too";
}

TEST(Decompress, WhatIsNotCompressed) {
  EXPECT_EQ(Unpack("plain text").key, "os.decompress.unknown");
  EXPECT_EQ(Unpack("").key, "os.decompress.unknown");
}

TEST(Decompress, EndsWhenToldSo) {
  const tests::TempTree tree;
  File file(open(tree.Write("file", Gzip(LongText()) + "garbage").c_str(), O_RDONLY | O_CLOEXEC),
            {});
  int calls = 0;
  EXPECT_TRUE(Decompress(file, [&](std::string_view) { return ++calls < 2; }).ok());
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace casepack::os

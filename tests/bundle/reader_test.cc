#include "collector/bundle/reader.h"

#include <sys/stat.h>

#include "collector/bundle/compressor.h"
#include "collector/bundle/verify.h"
#include "tests/bundle/bundle_fixture.h"
#include "tests/bundle/hostile_tar.h"
#include "tests/support/engine.h"

namespace casepack::bundle {
namespace {

using base::Code;
using tests::RawTarEnd;
using tests::RawTarMember;

const std::vector<tests::Content> kContents = {{"a", "small", "hello\n"},
                                               {"a", "large", tests::Noise(600'000)},
                                               {"b", "last", tests::Noise(5000, 3)}};

std::string Gz(const std::string& bytes) { return Compressor(Codec::kGzip).Compress(bytes); }

std::string OpenKey(const std::string& bytes, const ReaderLimits& limits = {}) {
  const tests::TempTree tree;
  const auto reader = Reader::Open(tree.Write("b", bytes), limits);
  return reader ? "" : reader.error().message().key;
}

std::string ForEachKey(Reader& reader) { return reader.ForEach({}).message().key; }

TEST(Reader, WhatIsNoBundle) {
  EXPECT_EQ(OpenKey(""), "bundle.reader.not_a_bundle");
  EXPECT_EQ(OpenKey("x"), "bundle.reader.not_a_bundle");
  EXPECT_EQ(OpenKey(tests::Noise(5000)), "bundle.reader.not_a_bundle");
  EXPECT_EQ(OpenKey(Gz("")), "bundle.reader.truncated");
  EXPECT_EQ(OpenKey(Gz(RawTarMember("f/other", "x") + RawTarEnd())), "bundle.reader.not_a_bundle");
  EXPECT_EQ(OpenKey(Gz(RawTarMember("index.json", "{}") + RawTarEnd())),
            "bundle.reader.other_folder");
  EXPECT_EQ(OpenKey(Gz(RawTarMember("f/index.json", "{}") + RawTarEnd())),
            "bundle.reader.not_a_bundle");
  EXPECT_NE(OpenKey(Gz(tests::Noise(5000))), "");
  EXPECT_NE(OpenKey("PK\x03\x04 and no more"), "");
  EXPECT_NE(OpenKey("\x28\xb5\x2f\xfd and no more"), "");
  const tests::TempTree tree;
  EXPECT_EQ(Reader::Open(tree.Path("absent")).error().code(), Code::kMissing);
  EXPECT_EQ(Reader::Open(tree.root()).error().code(), Code::kInvalid);
}

TEST(Reader, NewerFormatsAndHostileIndexes) {
  const auto with = [](const std::string& index) {
    return OpenKey(Gz(RawTarMember("f/index.json", index) + RawTarEnd()));
  };
  EXPECT_EQ(with(R"({"format":"casepack-bundle/1"})"), "");
  EXPECT_EQ(with(R"({"format":"casepack-bundle/2"})"), "bundle.reader.newer");
  EXPECT_EQ(with(R"({"format":"casepack-bundle/1","items":{}})"), "bundle.reader.index_field");
  EXPECT_NE(with(std::string(1'000'000, '[')), "");
  ReaderLimits limits;
  limits.index_bytes = 10;
  EXPECT_EQ(OpenKey(Gz(RawTarMember("f/index.json", R"({"format":"casepack-bundle/1"})")), limits),
            "bundle.reader.index_bytes");
  EXPECT_EQ(OpenKey(Gz(RawTarMember("f/index.json", "", '2', "/etc/passwd"))),
            "bundle.reader.link");
}

TEST(Reader, MembersInFileOrder) {
  for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
    const tests::TempTree tree;
    const auto reader =
        tests::OpenReader(tree.Write("b", tests::MakeBundle(tree, format, kContents).bytes));
    ASSERT_NE(reader, nullptr);
    EXPECT_EQ(reader->format(), format);
    std::string seen;
    uint64_t declared = 0;
    uint64_t bytes = 0;
    Reader::Visitor visitor;
    visitor.begin = [&](const MemberInfo& member) {
      seen += member.name + " ";
      declared += member.bytes;
    };
    visitor.bytes = [&](std::string_view part) { bytes += part.size(); };
    visitor.end = [&] { seen += "| "; };
    EXPECT_TRUE(reader->ForEach(visitor).ok());
    EXPECT_EQ(seen, "index.json | SUMMARY.txt | raw/a/small | raw/a/large | raw/b/last | ");
    EXPECT_EQ(bytes, declared);
  }
}

TEST(Reader, OneMember) {
  const tests::TempTree tree;
  const auto reader =
      tests::OpenReader(tree.Write("b", tests::MakeBundle(tree, Format::kTarGz, kContents).bytes));
  EXPECT_EQ(tests::ReadMember(*reader, "raw/b/last"), kContents[2].bytes);
  EXPECT_EQ(tests::ReadMember(*reader, "index.json").compare(0, 2, "{\n"), 0);
  const auto ignore = [](std::string_view) { return true; };
  EXPECT_EQ(reader->Read("raw/none", ignore).code(), Code::kMissing);
  size_t parts = 0;
  EXPECT_TRUE(reader->Read("raw/a/large", [&](std::string_view) { return ++parts < 2; }).ok());
  EXPECT_EQ(parts, 2U);
}

// It is read in its place: damage before it does no harm.
TEST(Reader, JumpsToAMembersPlace) {
  const tests::TempTree tree;
  tests::Made made = tests::MakeBundle(tree, Format::kTarGz, kContents);
  const auto whole = tests::OpenReader(tree.Write("whole", made.bytes));
  const size_t data = made.bytes.size();
  for (size_t at = data / 2; at < data / 2 + 1000; ++at)
    made.bytes[at] = static_cast<char>(~made.bytes[at]);
  const auto reader = tests::OpenReader(tree.Write("b", made.bytes));
  EXPECT_EQ(tests::ReadMember(*reader, "raw/b/last"), kContents[2].bytes);
  EXPECT_FALSE(reader->Read("raw/a/large", [](std::string_view) { return true; }).ok());
  EXPECT_NE(ForEachKey(*reader), "");
}

// Somebody unpacked the chain and packed it again as one stream: places are wrong then.
TEST(Reader, FindsMembersInABundleThatWasPackedAnew) {
  const tests::TempTree tree;
  const tests::Made made = tests::MakeBundle(tree, Format::kTarGz, kContents);
  const auto reader =
      tests::OpenReader(tree.Write("b", Gz(tests::Unpacked(tree, made.bytes, Codec::kGzip))));
  EXPECT_EQ(tests::ReadMember(*reader, "raw/b/last"), kContents[2].bytes);
  EXPECT_EQ(ForEachKey(*reader), "");
}

TEST(Reader, ContentThatIsNotWhatTheIndexSays) {
  const tests::TempTree tree;
  tests::Made made = tests::MakeBundle(tree, Format::kTarGz, {{"a", "small", "hello\n"}});
  std::string tar = tests::Unpacked(tree, made.bytes, Codec::kGzip);
  tar.replace(tar.rfind("hello"), 5, "jello");
  const auto reader = tests::OpenReader(tree.Write("b", Gz(tar)));
  const base::Status status = reader->Read("raw/a/small", [](std::string_view) { return true; });
  EXPECT_EQ(status.code(), Code::kInvalid);
  EXPECT_EQ(status.message().key, "bundle.reader.digest");
}

// Cut anywhere behind its first link, a bundle tells its index and that it is cut.
TEST(Reader, CutAtEvery512thByte) {
  for (const Format format : {Format::kTarGz, Format::kTarZst}) {
    const tests::TempTree tree;
    const tests::Made made = tests::MakeBundle(tree, format,
                                               {{"a", "small", "hello\n"},
                                                {"a", "x", tests::Noise(3000)},
                                                {"b", "y", tests::Noise(20'000)}});
    size_t opened = 0;
    for (size_t size = 0; size<made.bytes.size(); size += size + 600> made.bytes.size() ? 1 : 512) {
      auto reader = Reader::Open(tree.Write("b", made.bytes.substr(0, size)));
      if (!reader) {
        EXPECT_EQ(opened, 0U) << size;
        EXPECT_EQ(reader.error().code(), Code::kInvalid);
        continue;
      }
      ++opened;
      EXPECT_EQ((*reader)->index().items.size(), 2U);
      EXPECT_EQ(ForEachKey(**reader), "bundle.reader.truncated") << size;
      EXPECT_FALSE(Verify(**reader, tests::TestEngine()).problems.empty());
    }
    EXPECT_GT(opened, 10U);
  }
}

TEST(Reader, ABitAnywhere) {
  for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
    const tests::TempTree tree;
    const tests::Made made = tests::MakeBundle(
        tree, format, {{"a", "small", "hello\n"}, {"b", "x", tests::Noise(3000)}});
    for (size_t at = 0; at < made.bytes.size(); at += 11) {
      std::string damaged = made.bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
      auto reader = Reader::Open(tree.Write("b", damaged));
      if (!reader) continue;
      static_cast<void>(ForEachKey(**reader));
      for (const ItemRow& item : (*reader)->index().items) {
        for (const MemberRow& member : item.members) {
          static_cast<void>((*reader)->Read(member.name, [](std::string_view) { return true; }));
        }
      }
    }
  }
}

TEST(Reader, PlacesThatLeadNowhere) {
  const tests::TempTree tree;
  for (const char* place :
       {R"("offset":18446744073709549568,"length":9223372036854775807)",
        R"("offset":9223372036854775807,"length":1)", R"("offset":1,"length":1)"}) {
    const std::string index =
        std::string(R"({"format":"casepack-bundle/1","items":[{"members":[{"name":"raw/m",)") +
        R"("bytes":1,"sha256":"x",)" + place + "}]}]}";
    const std::string bytes =
        Gz(RawTarMember("f/index.json", index)) + Gz(RawTarMember("f/raw/m", "x") + RawTarEnd());
    const auto reader = tests::OpenReader(tree.Write("b", bytes));
    EXPECT_EQ(reader->Read("raw/m", [](std::string_view) { return true; }).message().key,
              "bundle.reader.digest");
  }
}

}  // namespace
}  // namespace casepack::bundle

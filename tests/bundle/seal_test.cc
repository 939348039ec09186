#include "collector/bundle/seal.h"

#include <filesystem>

#include "collector/bundle/digest.h"
#include "collector/bundle/index_write.h"
#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

using tests::Content;

std::vector<Content> Contents() {
  return {{"host.os", "etc/os-release", "NAME=x\n"},
          {"host.os", "empty", ""},
          {"host.os", "日本語/ä \"q\".log", "日本語\n"},
          {"logs", "var/log/large", tests::Noise(900'000)},
          {"logs", "aligned", tests::Noise(512)}};
}

const Format kFormats[] = {Format::kTarGz, Format::kTarZst, Format::kZip};

TEST(Seal, OurReaderFindsEveryMember) {
  for (const Format format : kFormats) {
    const tests::TempTree tree;
    const tests::Made made = tests::MakeBundle(tree, format, Contents());
    const auto reader = tests::OpenReader(tree.Write("b", made.bytes));
    ASSERT_NE(reader, nullptr);
    size_t at = 0;
    for (const ItemRow& item : reader->index().items) {
      for (const MemberRow& member : item.members) {
        EXPECT_EQ(tests::ReadMember(*reader, member.name), Contents()[at++].bytes) << member.name;
      }
    }
    EXPECT_EQ(at, Contents().size());
    EXPECT_EQ(tests::ReadMember(*reader, "SUMMARY.txt"), "host host\n");
  }
}

// Python's modules, GNU tar, bsdtar, 7z and unzip all unpack to the same files.
void ExpectUnpacked(const tests::TempTree& tree, const std::string& line) {
  std::filesystem::remove_all(tree.Path("out"));
  tree.Folder("out");
  ASSERT_TRUE(tests::Runs(tree, line)) << line << "\n" << tree.Read("tool.err");
  for (const Content& content : Contents()) {
    std::string name = content.name;
    while (name.find('"') != std::string::npos)
      name.replace(name.find('"'), 1, "%22");
    EXPECT_EQ(tree.Read(std::string("out/") + tests::kFolder + "/raw/" + content.item + "/" + name),
              content.bytes)
        << line << " " << name;
  }
  EXPECT_EQ(tree.Read(std::string("out/") + tests::kFolder + "/SUMMARY.txt"), "host host\n");
}

TEST(Seal, EveryToolOpensATarGz) {
  const tests::TempTree tree;
  tree.Write("b.tar.gz", tests::MakeBundle(tree, Format::kTarGz, Contents()).bytes);
  ASSERT_TRUE(tests::HaveTool("tar"));
  ASSERT_TRUE(tests::HaveTool("python3"));
  ExpectUnpacked(tree, "tar -xzf b.tar.gz -C out");
  ExpectUnpacked(
      tree,
      "LC_ALL=C.UTF-8 python3 -c \"import tarfile; tarfile.open('b.tar.gz').extractall('out')\"");
  if (tests::HaveTool("bsdtar")) ExpectUnpacked(tree, "LC_ALL=C.UTF-8 bsdtar -xf b.tar.gz -C out");
  if (tests::HaveTool("7z")) ExpectUnpacked(tree, "7z x -so b.tar.gz | 7z x -si -ttar -oout");
  ASSERT_TRUE(tests::Runs(tree, "gzip -t b.tar.gz"));
}

TEST(Seal, EveryToolOpensATarZst) {
  const tests::TempTree tree;
  tree.Write("b.tar.zst", tests::MakeBundle(tree, Format::kTarZst, Contents()).bytes);
  if (tests::HaveTool("bsdtar")) ExpectUnpacked(tree, "LC_ALL=C.UTF-8 bsdtar -xf b.tar.zst -C out");
  if (!tests::HaveTool("zstd")) GTEST_SKIP() << "no zstd";
  ExpectUnpacked(tree, "zstd -dc b.tar.zst | tar -x -C out");
}

TEST(Seal, EveryToolOpensAZip) {
  const tests::TempTree tree;
  tree.Write("b.zip", tests::MakeBundle(tree, Format::kZip, Contents()).bytes);
  ASSERT_TRUE(tests::HaveTool("python3"));
  ExpectUnpacked(tree,
                 "LC_ALL=C.UTF-8 python3 -c \"import zipfile; z = zipfile.ZipFile('b.zip'); "
                 "assert z.testzip() is None; assert z.namelist()[0].endswith('/index.json'); "
                 "z.extractall('out')\"");
  if (tests::HaveTool("unzip")) ExpectUnpacked(tree, "LC_ALL=C.UTF-8 unzip -q b.zip -d out");
  if (tests::HaveTool("7z")) ExpectUnpacked(tree, "LC_ALL=C.UTF-8 7z x b.zip -oout");
  if (tests::HaveTool("bsdtar")) ExpectUnpacked(tree, "LC_ALL=C.UTF-8 bsdtar -xf b.zip -C out");
}

TEST(Seal, TheFirstGzipMemberIsTheIndexAndTheFrontAlone) {
  const tests::TempTree tree;
  const tests::Made made = tests::MakeBundle(tree, Format::kTarGz, Contents());
  const auto input = Input::Open(tree.Write("b", made.bytes));
  Decoder decoder(**input, Codec::kGzip, 0, {});
  std::string first;
  while (!decoder.first_end())
    first += *decoder.Next();
  EXPECT_NE(first.find("index.json"), std::string::npos);
  EXPECT_NE(first.find("host host\n"), std::string::npos);
  EXPECT_EQ(first.find("NAME=x"), std::string::npos);
  EXPECT_EQ(first.size() % 512, 0U);

  // Each place is a whole number of gzip members that hold this member and no other.
  for (const ItemRow& item : made.index.items) {
    for (const MemberRow& member : item.members) {
      const std::string part =
          made.bytes.substr(*decoder.first_end() + member.place.offset, member.place.length);
      const std::string tar = tests::Unpacked(tree, part, Codec::kGzip);
      EXPECT_EQ(tar.size() % 512, 0U) << member.name;
      EXPECT_GE(tar.size(), member.bytes + 512);
      EXPECT_LE(tar.size(), member.bytes + 512 * 5);
    }
  }
}

// The commands of FORMAT.md, as they stand there.
TEST(Seal, ByHandAsTheFormatSays) {
  const tests::TempTree tree;
  const tests::Made made = tests::MakeBundle(tree, Format::kTarGz, Contents());
  const std::string file = std::string(tests::kFolder) + ".tar.gz";
  tree.Write(file, made.bytes);
  const tests::TempTree document;
  const std::string format = std::string(CASEPACK_SOURCE_DIR) + "/collector/bundle/FORMAT.md";
  ASSERT_TRUE(tests::Runs(document, "cat " + format));
  const std::string text = document.Read("tool.out");
  const size_t begin = text.find("# The same by its place");
  ASSERT_NE(begin, std::string::npos);
  const std::string by_place = text.substr(begin, text.find("```", begin) - begin);
  const std::string name = std::string(tests::kFolder) + "/index.json";
  ASSERT_TRUE(tests::Runs(tree, "tar -xOzf " + file + " --occurrence=1 " + name));
  EXPECT_EQ(tree.Read("tool.out"), WriteIndexJson(made.index));
  for (const ItemRow& item : made.index.items) {
    for (const MemberRow& member : item.members) {
      tree.Write("by_place.sh",
                 "set -eu\nf=" + file + "\noffset=" + std::to_string(member.place.offset) +
                     "\nlength=" + std::to_string(member.place.length) + "\n" + by_place);
      ASSERT_TRUE(tests::Runs(tree, "sh by_place.sh")) << tree.Read("tool.err");
      EXPECT_EQ(Sha256Hex(tree.Read("tool.out")), member.sha256) << member.name;
    }
  }
}

TEST(Seal, MaxSizeLeavesOutWholeMembersOfTheLowestPriority) {
  for (const Format format : kFormats) {
    const tests::TempTree tree;
    auto writer = tests::MakeWriter(tree, format);
    Index index = tests::PlainIndex();
    for (int i = 0; i < 20; ++i) {
      const std::string id = "item" + std::to_string(100 + i);
      index.items.push_back(
          tests::Gather(*writer, {{id, "a", tests::Noise(20'000, static_cast<uint64_t>(i) + 1)}}));
      index.items.back().priority = i;
    }
    SealOptions options = tests::PlainSeal();
    options.max_size = 100'000;
    tests::MemorySink sink;
    ASSERT_TRUE(writer->Seal(index, options, sink).ok());
    EXPECT_LE(sink.bytes.size(), 100'000U);
    EXPECT_GE(sink.bytes.size(), 75'000U) << "left out more than it had to";
    const auto reader = tests::OpenReader(tree.Write("b", sink.bytes));
    ASSERT_NE(reader, nullptr);
    const Index& read = reader->index();
    ASSERT_FALSE(read.left_out.empty());
    EXPECT_EQ(read.left_out[0].member, "raw/item100/a");
    EXPECT_EQ(read.left_out[0].reason.en, "en left.out");
    EXPECT_EQ(read.items[0].outcome, Outcome::kPartial);
    EXPECT_EQ(read.items[19].outcome, Outcome::kOk);
    EXPECT_EQ(tests::ReadMember(*reader, "raw/item119/a"), tests::Noise(20'000, 20));
  }
}

TEST(Seal, AMaxSizeThatNothingFits) {
  const tests::TempTree tree;
  auto writer = tests::MakeWriter(tree, Format::kTarGz);
  Index index = tests::PlainIndex();
  index.items.push_back(tests::Gather(*writer, {{"i", "a", "x"}}));
  SealOptions options = tests::PlainSeal();
  options.max_size = 100;
  tests::MemorySink sink;
  EXPECT_EQ(writer->Seal(index, options, sink).code(), base::Code::kFull);
  EXPECT_TRUE(sink.bytes.empty());
  EXPECT_FALSE(sink.committed);
}

TEST(Seal, ASinkThatFailsIsTold) {
  class FailingSink : public os::ByteSink {
   public:
    explicit FailingSink(size_t room) : room_(room) {}
    base::Status Write(std::string_view bytes) override {
      if (bytes.size() > room_) return {base::Code::kNoSpace, {"disk.full", {}}};
      room_ -= bytes.size();
      return {};
    }
    base::Status Commit() override {
      ADD_FAILURE() << "committed";
      return {};
    }

   private:
    size_t room_;
  };
  for (const Format format : kFormats) {
    for (const size_t room : {size_t{0}, size_t{5000}, size_t{100'000}}) {
      const tests::TempTree tree;
      auto writer = tests::MakeWriter(tree, format);
      Index index = tests::PlainIndex();
      index.items.push_back(tests::Gather(*writer, Contents()));
      FailingSink sink(room);
      EXPECT_EQ(writer->Seal(index, tests::PlainSeal(), sink).message().key, "disk.full");
    }
  }
}

}  // namespace
}  // namespace casepack::bundle

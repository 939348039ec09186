#include "collector/bundle/block_writer.h"

#include "collector/bundle/tar.h"
#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

class BlockWriterTest : public testing::Test {
 protected:
  // The blocks of this content as they stand in the spool, written in pieces of a size.
  std::vector<std::string> Blocks(Format format, const std::string& content, size_t piece) {
    BlockWriter writer(*spool_, compressor_, {format, "f/name", tests::kCreated});
    for (size_t at = 0; at < content.size(); at += piece) {
      EXPECT_TRUE(writer.Write(std::string_view(content).substr(at, piece)).ok());
    }
    EXPECT_EQ(writer.bytes(), content.size());
    const auto stored = writer.Close();
    EXPECT_TRUE(stored);
    std::vector<std::string> blocks;
    for (const Extent& extent : stored->blocks) {
      EXPECT_TRUE(spool_->Read(extent, &blocks.emplace_back()).ok());
    }
    return blocks;
  }
  std::string Joined(const std::vector<std::string>& blocks) {
    std::string out;
    for (const std::string& block : blocks) {
      std::string part;
      EXPECT_TRUE(DecompressGzip(block, 2 * kBlockBytes, &part));
      out += part;
    }
    return out;
  }

  const tests::TempTree tree_;
  const std::shared_ptr<Spool> spool_ = *Spool::Create(tree_.root());
  Compressor compressor_{Codec::kGzip};
};

TEST_F(BlockWriterTest, HeaderContentAndPaddingInTheirOrder) {
  struct Case {
    size_t bytes;
    size_t blocks;
  };
  const Case cases[] = {{0, 1},
                        {1, 1},
                        {512, 1},
                        {kBlockBytes, 1},
                        {kBlockBytes + 1, 3},
                        {2 * kBlockBytes, 3},
                        {2 * kBlockBytes + 513, 4}};
  for (const Case& c : cases) {
    const std::string content = tests::Noise(c.bytes);
    const auto blocks = Blocks(Format::kTarGz, content, 10'000);
    EXPECT_EQ(blocks.size(), c.blocks) << c.bytes;
    EXPECT_EQ(Joined(blocks),
              *TarHeader("f/name", c.bytes, tests::kCreated) + content + TarPadding(c.bytes));
  }
}

TEST_F(BlockWriterTest, TheSameBlocksHoweverItWasCut) {
  const std::string content = tests::Noise(2 * kBlockBytes + 100);
  const auto whole = Blocks(Format::kTarGz, content, content.size());
  for (const size_t piece : {size_t{4093}, kBlockBytes - 1, kBlockBytes, kBlockBytes + 1}) {
    EXPECT_EQ(Blocks(Format::kTarGz, content, piece), whole) << piece;
  }
}

TEST_F(BlockWriterTest, AZipsBlocksAreContentAlone) {
  EXPECT_TRUE(Blocks(Format::kZip, "", 1).empty());
  const std::string content = tests::Noise(kBlockBytes + 5);
  EXPECT_EQ(Joined(Blocks(Format::kZip, content, 999)), content);
}

}  // namespace
}  // namespace casepack::bundle

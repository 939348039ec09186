#include "collector/os/zip_end.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "collector/os/host.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

std::string Little(uint64_t value, size_t size) {
  std::string bytes;
  for (size_t i = 0; i < size; ++i, value >>= 8U)
    bytes += static_cast<char>(value & 255U);
  return bytes;
}

std::string EndRecord(uint64_t entries, uint64_t size, uint64_t offset,
                      const std::string& comment = "") {
  return "PK\5\6" + Little(0, 4) + Little(entries, 2) + Little(entries, 2) + Little(size, 4) +
         Little(offset, 4) + Little(comment.size(), 2) + comment;
}

// One stored entry; what stands in its headers beyond the marks nobody asks.
const std::string kEntry = "PK\3\4" + std::string(26, '\0') + "content";
const std::string kDirectory = "PK\1\2" + std::string(42, '\0') + "name";

struct ZipEndTest : ::testing::Test {
  ZipEnd Look(const std::string& bytes) {
    tree_.Write("a.zip", bytes);
    auto host = OpenHost({.root = tree_.root()});
    EXPECT_TRUE(host);
    auto file = (*host)->Open("/a.zip", Links::kNever);
    EXPECT_TRUE(file);
    const auto end = LookAtZipEnd(*file);
    EXPECT_TRUE(end);
    return end ? *end : ZipEnd::kNotZip;
  }
  tests::TempTree tree_;
};

TEST_F(ZipEndTest, AWholeOne) {
  const std::string body = kEntry + kDirectory;
  EXPECT_EQ(Look(body + EndRecord(1, kDirectory.size(), kEntry.size())), ZipEnd::kWhole);
  EXPECT_EQ(Look(body + EndRecord(1, kDirectory.size(), kEntry.size(), "PK\5\6 a comment")),
            ZipEnd::kWhole);
  EXPECT_EQ(Look(EndRecord(0, 0, 0)), ZipEnd::kWhole);
}

TEST_F(ZipEndTest, EveryBeginningOfItIsCut) {
  const std::string whole =
      kEntry + kDirectory + EndRecord(1, kDirectory.size(), kEntry.size(), "comment");
  for (size_t size = 4; size < whole.size(); ++size)
    EXPECT_EQ(Look(whole.substr(0, size)), ZipEnd::kCut) << size;
}

TEST_F(ZipEndTest, ADirectoryThatIsNotThereIsCut) {
  const std::string body = kEntry + kDirectory;
  EXPECT_EQ(Look(body + EndRecord(1, kDirectory.size(), kEntry.size() + 1)), ZipEnd::kCut);
  EXPECT_EQ(Look(body + EndRecord(1, kDirectory.size() + 1, kEntry.size())), ZipEnd::kCut);
  EXPECT_EQ(Look(body + EndRecord(1, 0, body.size())), ZipEnd::kCut);
  std::string zeros = body;
  zeros.replace(kEntry.size(), kDirectory.size(), std::string(kDirectory.size(), '\0'));
  EXPECT_EQ(Look(zeros + EndRecord(1, kDirectory.size(), kEntry.size())), ZipEnd::kCut)
      << "a file whose size was set before it was filled";
}

TEST_F(ZipEndTest, Zip64) {
  const std::string body = kEntry + kDirectory;
  const std::string end64 = "PK\6\6" + Little(44, 8) + Little(45, 2) + Little(45, 2) +
                            Little(0, 4) + Little(0, 4) + Little(1, 8) + Little(1, 8) +
                            Little(kDirectory.size(), 8) + Little(kEntry.size(), 8);
  const std::string locator = "PK\6\7" + Little(0, 4) + Little(body.size(), 8) + Little(1, 4);
  const std::string end = EndRecord(0xffff, 0xffffffff, 0xffffffff);
  EXPECT_EQ(Look(body + end64 + locator + end), ZipEnd::kWhole);
  EXPECT_EQ(Look(body + end), ZipEnd::kCut);
  const std::string wild = "PK\6\7" + Little(0, 4) + Little(~uint64_t{0}, 8) + Little(1, 4);
  EXPECT_EQ(Look(body + end64 + wild + end), ZipEnd::kCut);
}

TEST_F(ZipEndTest, AnythingElseIsNone) {
  EXPECT_EQ(Look(""), ZipEnd::kNotZip);
  EXPECT_EQ(Look("PK"), ZipEnd::kNotZip);
  EXPECT_EQ(Look("hello, world"), ZipEnd::kNotZip);
}

}  // namespace
}  // namespace casepack::os

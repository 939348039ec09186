#include "collector/archive/spool.h"

#include <filesystem>
#include <fstream>

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

Bounds Small(const tests::TempTree& tree) {
  Bounds bounds;
  bounds.memory = 1000;
  bounds.temp_folder = tree.root();
  return bounds;
}

TEST(Spool, MemoryThenAFileWithoutAName) {
  const tests::TempTree tree;
  Spool spool(Small(tree));
  const std::string text = tests::SomeText(200'000);
  ASSERT_TRUE(spool.Write(std::string_view(text).substr(0, 900)).ok());
  ASSERT_TRUE(spool.Write(std::string_view(text).substr(900)).ok());
  EXPECT_EQ(spool.size(), text.size());
  tests::MemorySink sink;
  ASSERT_TRUE(spool.CopyTo(sink).ok());
  EXPECT_TRUE(sink.bytes == text);
  std::string part(1000, '\0');
  EXPECT_EQ(*spool.ReadAt(500, part), 1000U);
  EXPECT_EQ(part, text.substr(500, 1000));
  EXPECT_TRUE(std::filesystem::is_empty(tree.root()));
  spool.Clear();
  EXPECT_EQ(spool.size(), 0U);
  ASSERT_TRUE(spool.Write("again").ok());
  EXPECT_EQ(spool.size(), 5U);
}

TEST(Spool, NoFolder) {
  Bounds bounds;
  bounds.memory = 10;
  bounds.temp_folder = "/nonexistent";
  Spool spool(bounds);
  EXPECT_TRUE(spool.Write("short").ok());
  EXPECT_FALSE(spool.Write("longer than that").ok());
}

TEST(SealedSpool, AnyPlaceOfIt) {
  const tests::TempTree tree;
  SealedSpool spool(Small(tree));
  const std::string text = tests::SomeText(200'000);
  for (size_t at = 0; at < text.size(); at += 7777)
    ASSERT_TRUE(spool.Write(std::string_view(text).substr(at, 7777)).ok());
  EXPECT_EQ(spool.size(), text.size());
  for (const size_t at : {size_t{0}, size_t{1}, size_t{995}, size_t{1000}, size_t{65'541}}) {
    std::string part(70'000, '\0');
    ASSERT_EQ(*spool.ReadAt(at, part), part.size());
    EXPECT_TRUE(part == text.substr(at, part.size())) << at;
  }
  std::string end(100, '\0');
  EXPECT_EQ(*spool.ReadAt(text.size() - 3, end), 3U);
  EXPECT_EQ(*spool.ReadAt(text.size() + 3, end), 0U);
}

// What this process has open in the folder, as another would read it.
TEST(SealedSpool, NothingReadableOnDisk) {
  const tests::TempTree tree;
  SealedSpool spool(Small(tree));
  std::string text;
  while (text.size() < 100'000)
    text += tests::kSecretLine;
  ASSERT_TRUE(spool.Write(text).ok());
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    const std::string target = std::filesystem::read_symlink(entry, error).string();
    if (!target.starts_with(tree.root())) continue;
    ++files;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    EXPECT_GT(bytes.size(), 90'000U);
    EXPECT_EQ(bytes.find("password"), std::string::npos);
    EXPECT_EQ(bytes.find("hunter"), std::string::npos);
  }
  EXPECT_EQ(files, 1);
}

}  // namespace
}  // namespace casepack::archive

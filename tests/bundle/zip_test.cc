#include "collector/bundle/zip.h"

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

TEST(Zip, WhatIsDeclaredIsThere) {
  const tests::TempTree tree;
  tests::MemorySink sink;
  ZipWriter zip(sink, "f");
  ASSERT_TRUE(zip.Begin("日本語.txt", 6, tests::kCreated).ok());
  ASSERT_TRUE(zip.Write("abc").ok());
  ASSERT_TRUE(zip.Write("def").ok());
  ASSERT_TRUE(zip.Begin("empty", 0, tests::kCreated).ok());
  ASSERT_TRUE(zip.Finish().ok());
  EXPECT_NE(sink.bytes[7] & 0x08, 0) << "names are not marked as UTF-8";
  tree.Write("a.zip", sink.bytes);
  ASSERT_TRUE(tests::Runs(
      tree,
      "LC_ALL=C.UTF-8 python3 -c \"import zipfile; z = zipfile.ZipFile('a.zip'); "
      "print(z.namelist(), z.read('f/日本語.txt'), z.infolist()[0].external_attr >> 16)\""));
  EXPECT_EQ(tree.Read("tool.out"), "['f/日本語.txt', 'f/empty'] b'abcdef' 33152\n");
}

// Over 4 GiB of content: zip64, read back by Python. The content is one block again and
// again, so that it costs little disk.
TEST(Zip, LargerThanFourGigabytes) {
  if (std::getenv("CASEPACK_SLOW_TESTS") == nullptr) GTEST_SKIP() << "set CASEPACK_SLOW_TESTS";
  const tests::TempTree tree;
  auto sink = os::AtomicFile::Create(tree.Path("a.zip"));
  ASSERT_TRUE(sink);
  const uint64_t bytes = (uint64_t{4} << 30U) + (uint64_t{1} << 20U);
  ZipWriter zip(*sink, "f");
  ASSERT_TRUE(zip.Begin("large", bytes, tests::kCreated).ok());
  const std::string block(1U << 20U, 'x');
  for (uint64_t at = 0; at < bytes; at += block.size())
    ASSERT_TRUE(zip.Write(block).ok());
  ASSERT_TRUE(zip.Finish().ok());
  ASSERT_TRUE(sink->Commit().ok());
  ASSERT_TRUE(tests::Runs(
      tree,
      "python3 -c \"import zipfile; print(zipfile.ZipFile('a.zip').infolist()[0].file_size)\""));
  EXPECT_EQ(tree.Read("tool.out"), std::to_string(bytes) + "\n");
}

TEST(Zip, GivenUpWithoutATable) {
  tests::MemorySink sink;
  {
    ZipWriter zip(sink, "f");
    ASSERT_TRUE(zip.Begin("a", 100, tests::kCreated).ok());
  }
  EXPECT_EQ(sink.bytes.find("PK\x05\x06"), std::string::npos);
}

}  // namespace
}  // namespace casepack::bundle

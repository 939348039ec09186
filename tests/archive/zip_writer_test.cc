#include "collector/archive/zip_writer.h"

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

base::Status Add(ZipWriter& writer, ZipEntry entry, std::string_view text) {
  PackedEntry content({}, entry.method == 0 ? Filter::kNone : Filter::kDeflate);
  EXPECT_TRUE(content.Write(text).ok() && content.Commit().ok());
  return writer.Add(entry, &content);
}

TEST(ZipWriter, ReadByAll) {
  tests::MemorySink sink;
  ZipWriter writer(sink, {});
  const std::string text = tests::SomeText(100'000);
  ASSERT_TRUE(writer.Add({"d/", "", 0040755, 0x58434285, std::nullopt, 0}, nullptr).ok());
  ASSERT_TRUE(Add(writer, {"d/日本.log", "said", 0100640, 0x58434285, 1700000000, 8}, text).ok());
  ASSERT_TRUE(Add(writer, {"stored", "", 0100600, 0, std::nullopt, 0}, "abc").ok());
  ASSERT_TRUE(writer.Finish("of all").ok());
  EXPECT_EQ(tests::ToolSays(sink.bytes, "unzip -tqq a && 7z t a >/dev/null && bsdtar -tf a"),
            "d/\nd/日本.log\nstored\n");
  EXPECT_TRUE(tests::ToolSays(sink.bytes, "bsdtar -xOf a 'd/日本.log'") == text);
  EXPECT_EQ(tests::ToolSays(sink.bytes,
                            "PYTHONIOENCODING=utf-8 python3 -c \"import zipfile; "
                            "z = zipfile.ZipFile('a'); i = z.infolist()[1]; print(z.testzip(), "
                            "i.filename, i.date_time, oct(i.external_attr >> 16), i.comment, "
                            "z.comment, i.compress_type)\""),
            "None d/日本.log (2024, 2, 3, 8, 20, 10) 0o100640 b'said' b'of all' 8\n");
}

TEST(ZipWriter, MoreEntriesThanSixteenBits) {
  tests::MemorySink sink;
  ZipWriter writer(sink, {});
  for (int i = 0; i < 66'000; ++i)
    ASSERT_TRUE(
        writer.Add({"f" + std::to_string(i), "", 0100600, 0, std::nullopt, 0}, nullptr).ok());
  ASSERT_TRUE(writer.Finish("").ok());
  EXPECT_EQ(
      tests::ToolSays(sink.bytes,
                      "python3 -c \"import zipfile; print(len(zipfile.ZipFile('a').namelist()))\""),
      "66000\n");
  EXPECT_EQ(tests::ToolSays(sink.bytes, "unzip -l a | tail -n 1"),
            "        0                     66000 files\n");
}

TEST(ZipWriter, ACommentThatLooksLikeAnEnd) {
  tests::MemorySink sink;
  ZipWriter writer(sink, {});
  ASSERT_TRUE(writer.Finish(std::string("PK\x05\x06") + std::string(18, '\0')).ok());
  EXPECT_EQ(sink.bytes.size(), 22U);
}

// Over 4 GiB of content: zip64, read back by Python.
TEST(ZipWriter, LargerThanFourGigabytes) {
  if (std::getenv("CASEPACK_SLOW_TESTS") == nullptr) GTEST_SKIP() << "set CASEPACK_SLOW_TESTS";
  const tests::TempTree tree;
  auto sink = os::AtomicFile::Create(tree.Path("a.zip"));
  ASSERT_TRUE(sink);
  ZipWriter writer(*sink, {});
  for (const unsigned method : {0U, 8U}) {
    PackedEntry content({}, method == 0 ? Filter::kNone : Filter::kDeflate);
    const std::string block(1U << 20U, 'x');
    for (int i = 0; i < 4097; ++i)
      ASSERT_TRUE(content.Write(block).ok());
    ASSERT_TRUE(content.Commit().ok());
    ASSERT_TRUE(
        writer.Add({"f" + std::to_string(method), "", 0100600, 0, std::nullopt, method}, &content)
            .ok());
  }
  ASSERT_TRUE(writer.Finish("").ok());
  ASSERT_TRUE(sink->Commit().ok());
  ASSERT_TRUE(tests::Runs(tree,
                          "python3 -c \"import zipfile; z = zipfile.ZipFile('a.zip'); "
                          "print([i.file_size >> 20 for i in z.infolist()], z.testzip())\" && "
                          "unzip -tqq a.zip"));
  EXPECT_EQ(tree.Read("tool.out"), "[4097, 4097] None\n");
}

}  // namespace
}  // namespace casepack::archive

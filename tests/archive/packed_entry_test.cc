#include "collector/archive/packed_entry.h"

#include "tests/archive/archive_fixture.h"

namespace casepack::archive {
namespace {

TEST(PackedEntry, SizesAndCrcOfWhatWentIn) {
  PackedEntry entry({}, Filter::kGzip);
  ASSERT_TRUE(entry.Write("12345").ok());
  ASSERT_TRUE(entry.Write("6789").ok());
  ASSERT_TRUE(entry.Commit().ok());
  EXPECT_EQ(entry.size(), 9U);
  EXPECT_EQ(entry.crc(), 0xcbf43926U);
  tests::MemorySink sink;
  ASSERT_TRUE(entry.CopyTo(sink).ok());
  EXPECT_EQ(sink.bytes.size(), entry.packed());
  EXPECT_EQ(tests::ToolSays(sink.bytes, "gzip -dc < a"), "123456789");
}

TEST(PackedEntry, ResetTakesAllBack) {
  PackedEntry entry({}, Filter::kNone);
  ASSERT_TRUE(entry.Write("secret").ok());
  entry.Reset();
  ASSERT_TRUE(entry.Write("x").ok());
  ASSERT_TRUE(entry.Commit().ok());
  tests::MemorySink sink;
  ASSERT_TRUE(entry.CopyTo(sink).ok());
  EXPECT_EQ(sink.bytes, "x");
  EXPECT_EQ(entry.size(), 1U);
  EXPECT_EQ(entry.crc(), 0x8cdc1683U);
}

}  // namespace
}  // namespace casepack::archive

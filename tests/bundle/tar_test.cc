#include "collector/bundle/tar.h"

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

std::string Header(const std::string& path, uint64_t bytes,
                   base::Timestamp time = tests::kCreated) {
  auto header = TarHeader(path, bytes, time);
  EXPECT_TRUE(header);
  return header ? *header : std::string();
}

TEST(Tar, WholeRecordsAndTheSameEachTime) {
  const std::string header = Header("a/b", 5);
  EXPECT_EQ(header.size(), kTarRecord);
  EXPECT_EQ(header, Header("a/b", 5));
  EXPECT_EQ(header.substr(0, 4), std::string("a/b\0", 4));
  EXPECT_EQ(TarPadding(0), "");
  EXPECT_EQ(TarPadding(1).size(), 511U);
  EXPECT_EQ(TarPadding(512), "");
  EXPECT_EQ(TarEnd(), std::string(1024, '\0'));
}

// What ustar cannot say goes into a pax record before it; GNU tar reads it back.
TEST(Tar, LongAndForeignNamesAndLargeFiles) {
  const tests::TempTree tree;
  const std::string foreign = "f/日本語/ä.log";
  const std::string deep = "f/" + std::string(190, 'x') + "/" + std::string(190, 'y') + "/z";
  for (const std::string& path : {foreign, deep, std::string("f/plain")}) {
    const std::string header = Header(path, 3);
    EXPECT_EQ(header.size() % kTarRecord, 0U);
    tree.Write("a.tar", header + "abc" + TarPadding(3) + TarEnd());
    ASSERT_TRUE(tests::Runs(tree, "LC_ALL=C.UTF-8 tar --quoting-style=literal -tf a.tar")) << path;
    EXPECT_EQ(tree.Read("tool.out"), path + "\n");
  }
  const uint64_t large = uint64_t{9} << 30U;
  EXPECT_NE(Header("f/large", large).find("size=9663676416"), std::string::npos);
}

TEST(Tar, TimesThatEveryContainerHolds) {
  EXPECT_EQ(TarTime(base::Timestamp(std::chrono::milliseconds(1999))), 1);
  EXPECT_EQ(TarTime(base::Timestamp(std::chrono::seconds(-5))), 0);
  EXPECT_EQ(TarTime(base::Timestamp::max()), UINT32_MAX);
  EXPECT_EQ(Header("a", 0, base::Timestamp(std::chrono::milliseconds(1500))),
            Header("a", 0, base::Timestamp(std::chrono::milliseconds(1000))));
}

}  // namespace
}  // namespace casepack::bundle

#include "collector/archive/filter.h"

#include "tests/archive/archive_fixture.h"
#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

TEST(Filter, EveryPackersOwnFirstBytes) {
  for (const tests::Packer& packer : tests::kPackers) {
    const std::string one = tests::Pack(packer, "hello\n");
    EXPECT_EQ(DetectFilter(one), packer.filter) << packer.pack;
    EXPECT_EQ(Detect(one), ArchiveKind::kSingle) << packer.pack;
    EXPECT_EQ(DetectFilter("hello\n"), Filter::kNone);
  }
}

TEST(Filter, ATarBehindEachOfThem) {
  const std::string tar = tests::MadeByShell("a", "echo hello > f; tar -cf a f");
  EXPECT_EQ(Detect(tar), ArchiveKind::kTar);
  for (const tests::Packer& packer : tests::kPackers)
    EXPECT_EQ(Detect(tests::Pack(packer, tar)), ArchiveKind::kTar) << packer.pack;
}

TEST(Filter, ATarByItsChecksum) {
  for (const char* format : {"v7", "oldgnu", "gnu", "ustar", "posix"}) {
    std::string tar =
        tests::MadeByShell("a", std::string("echo x > f; tar --format=") + format + " -cf a f");
    EXPECT_TRUE(LooksLikeTar(tar)) << format;
    tar[0] = 'g';
    EXPECT_FALSE(LooksLikeTar(tar)) << format;
  }
  EXPECT_FALSE(LooksLikeTar(std::string(512, '\0')));
  EXPECT_FALSE(LooksLikeTar("f"));
}

TEST(Filter, Zips) {
  EXPECT_EQ(Detect("PK\x03\x04 and so on"), ArchiveKind::kZip);
  EXPECT_EQ(Detect(std::string("PK\x05\x06") + std::string(18, '\0')), ArchiveKind::kZip);
  EXPECT_EQ(Detect("PKZIP is a program"), ArchiveKind::kNone);
}

TEST(Filter, TextIsNoArchive) {
  for (const char* text :
       {"", "B", "BZh9 is how it begins", "LZIP is a program", "] x", "\x1f", "{}"})
    EXPECT_EQ(Detect(text), ArchiveKind::kNone) << text;
}

}  // namespace
}  // namespace casepack::archive

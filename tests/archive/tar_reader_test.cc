#include "collector/archive/tar_reader.h"

#include "tests/archive/archive_fixture.h"
#include "tests/bundle/hostile_tar.h"

namespace casepack::archive {
namespace {

using tests::RawTarEnd;
using tests::RawTarMember;

struct Walked {
  std::vector<TarHeader> headers;
  std::vector<std::string> contents;
  std::string key;
};

Walked Walk(std::string_view tar, const Bounds& bounds = {}) {
  tests::FlowingSource in(tar, 5000);
  Budget budget(bounds);
  budget.Pack(tar.size());
  TarReader reader(in, budget);
  Walked walked;
  while (auto header = reader.Next()) {
    walked.headers.push_back(*header);
    walked.contents.push_back(tests::ReadAll(reader.content()));
  }
  walked.key = reader.damage().message().key;
  return walked;
}

TEST(TarReader, EveryFormatOfGnuTar) {
  for (const char* format : {"v7", "oldgnu", "gnu", "ustar", "posix"}) {
    const std::string tar = tests::MadeByShell(
        "a", std::string("mkdir d; echo hello > d/f; chmod 4751 d/f; touch -d @1700000000 d/f; "
                         "ln -s f d/l; ln d/f d/z; tar --no-recursion --format=") +
                 format + " -cf a d/f d/l d/z d");
    const Walked walked = Walk(tar);
    EXPECT_EQ(walked.key, "") << format;
    ASSERT_EQ(walked.headers.size(), 4U) << format;
    EXPECT_EQ(walked.headers[0].name, "d/f");
    EXPECT_EQ(walked.headers[0].mode, 0751U);
    EXPECT_EQ(walked.headers[0].modified, 1700000000);
    EXPECT_EQ(walked.contents[0], "hello\n");
    EXPECT_EQ(walked.headers[1].type, TarType::kSymlink);
    EXPECT_EQ(walked.headers[1].target, "f");
    EXPECT_EQ(walked.headers[2].type, TarType::kHardLink);
    EXPECT_EQ(walked.headers[2].target, "d/f");
    EXPECT_EQ(walked.headers.back().type, TarType::kFolder);
  }
}

TEST(TarReader, LongNamesAndNamesThatAreNotUtf8) {
  for (const char* format : {"gnu", "posix"}) {
    const std::string tar =
        tests::MadeByPython("a", std::string("t = tarfile.open('a', 'w', format=tarfile.") +
                                     (format == std::string("gnu") ? "GNU" : "PAX") +
                                     "_FORMAT)\n"
                                     "for n in ('n' * 300, '日本語', 'b\\udcffd'):\n"
                                     "  t.addfile(tarfile.TarInfo(n))\n"
                                     "t.close()");
    const Walked walked = Walk(tar);
    ASSERT_EQ(walked.headers.size(), 3U) << format;
    EXPECT_EQ(walked.headers[0].name, std::string(300, 'n'));
    EXPECT_EQ(walked.headers[1].name, "日本語");
    EXPECT_TRUE(walked.headers[2].name.starts_with("b")) << format;
  }
}

TEST(TarReader, SparseFilesInAllTheirFormats) {
  for (const char* format : {"oldgnu", "posix --sparse-version=0.0", "posix --sparse-version=0.1",
                             "posix --sparse-version=1.0"}) {
    const std::string tar = tests::MadeByShell(
        "a", std::string("printf begin > f; truncate -s 300000 f; printf middle >> f; "
                         "truncate -s 600000 f; tar --sparse --format=") +
                 format + " -cf a f");
    EXPECT_LT(tar.size(), 100'000U) << format;
    const Walked walked = Walk(tar);
    ASSERT_EQ(walked.contents.size(), 1U) << format;
    std::string expected = "begin" + std::string(299'995, '\0') + "middle";
    expected.resize(600'000);
    EXPECT_TRUE(walked.contents[0] == expected) << format << walked.contents[0].size();
    EXPECT_EQ(walked.headers[0].name, "f") << format;
    EXPECT_EQ(walked.key, "") << format;
  }
}

TEST(TarReader, AHoleCounts) {
  const std::string tar =
      tests::MadeByShell("a", "truncate -s 100G f; tar --sparse --format=posix -cf a f");
  Bounds bounds;
  bounds.max_bytes = 10'000'000;
  const Walked walked = Walk(tar, bounds);
  ASSERT_EQ(walked.contents.size(), 1U);
  EXPECT_LE(walked.contents[0].size(), 10'000'000U);
}

TEST(TarReader, WhatIsBehindTheEndIsNotLost) {
  const std::string one = RawTarMember("a", "1") + RawTarEnd();
  const Walked two = Walk(one + RawTarMember("b", "2") + RawTarEnd());
  EXPECT_EQ(two.headers.size(), 2U);
  EXPECT_EQ(two.key, "");
  const Walked garbage = Walk(one + std::string(5000, 'x'));
  EXPECT_EQ(garbage.headers.size(), 1U);
  EXPECT_EQ(garbage.key, "archive.tar.damaged");
}

TEST(TarReader, CutShort) {
  const std::string tar = RawTarMember("a", "1") + RawTarMember("b", std::string(2000, 'x'));
  EXPECT_EQ(Walk(tar).key, "archive.tar.no_end");
  const Walked cut = Walk(std::string_view(tar).substr(0, 2000));
  ASSERT_EQ(cut.headers.size(), 2U);
  EXPECT_EQ(cut.contents[1].size(), 464U);
  EXPECT_EQ(cut.key, "archive.tar.truncated");
}

TEST(TarReader, GoesOnBehindADamagedHeader) {
  std::string tar =
      RawTarMember("a", "1") + RawTarMember("b", "2") + RawTarMember("c", "3") + RawTarEnd();
  tar[1024] = 'x';
  const Walked walked = Walk(tar);
  ASSERT_EQ(walked.headers.size(), 2U);
  EXPECT_EQ(walked.headers[1].name, "c");
  EXPECT_EQ(walked.key, "archive.tar.damaged");
}

TEST(TarReader, LyingSizes) {
  for (const uint64_t size : {uint64_t{1} << 20U, uint64_t{7} << 30U}) {
    const Walked walked = Walk(tests::RawTarHeader({"a", '0', "", size}) + std::string(1000, 'x'));
    ASSERT_EQ(walked.headers.size(), 1U);
    EXPECT_EQ(walked.contents[0].size(), 1000U);
    EXPECT_EQ(walked.key, "archive.tar.truncated");
  }
  // A pax header of gigabytes.
  const Walked pax =
      Walk(tests::RawTarHeader({"a", 'x', "", uint64_t{7} << 30U}) + std::string(5000, '1'));
  EXPECT_TRUE(pax.headers.empty());
  EXPECT_EQ(pax.key, "archive.tar.damaged");
}

// A map of holes that would take all the memory.
TEST(TarReader, AHeaderIsBounded) {
  std::string records;
  const auto record = [&](const std::string& text) {
    std::string line = std::to_string(text.size() + 4) + " " + text + "\n";
    records += line;
  };
  record("GNU.sparse.major=1");
  record("GNU.sparse.minor=0");
  record("GNU.sparse.realsize=99999999");
  std::string map = "10000000\n";
  for (int i = 0; i < 3'000'000; ++i)
    map += std::to_string(10 * i) + "\n1\n";
  const std::string tar = RawTarMember("x", records, 'x') + RawTarMember("f", map) + RawTarEnd();
  Bounds bounds;
  bounds.header_bytes = 1U << 20U;
  const Walked walked = Walk(tar, bounds);
  EXPECT_TRUE(walked.headers.empty());
  EXPECT_EQ(walked.key, "archive.bounds.header");
}

}  // namespace
}  // namespace casepack::archive

#include "collector/archive/tar_writer.h"

#include "tests/archive/archive_fixture.h"

namespace casepack::archive {
namespace {

std::string Tar(const TarHeader& header, std::string_view content) {
  tests::MemorySink sink;
  TarWriter writer(sink);
  PackedEntry packed({}, Filter::kNone);
  EXPECT_TRUE(packed.Write(content).ok() && packed.Commit().ok());
  EXPECT_TRUE(writer.Add(header, header.type == TarType::kFile ? &packed : nullptr).ok());
  EXPECT_TRUE(writer.Finish().ok());
  return sink.bytes;
}

std::string Listed(const std::string& tar) {
  return tests::ToolSays(tar, "TZ=UTC tar --numeric-owner --full-time -tvf a");
}

TEST(TarWriter, WhatGnuTarSeesOfIt) {
  EXPECT_EQ(Listed(Tar({"d/f", TarType::kFile, "", 0751, 1700000000}, "hello")),
            "-rwxr-x--x 0/0               5 2023-11-14 22:13:20 d/f\n");
  EXPECT_EQ(Listed(Tar({"d", TarType::kFolder, "", 0700, 0}, "")),
            "drwx------ 0/0               0 1970-01-01 00:00:00 d/\n");
  EXPECT_EQ(Listed(Tar({"l", TarType::kSymlink, "../日本", 0777, 0}, "")),
            "lrwxrwxrwx 0/0               0 1970-01-01 00:00:00 l -> ../日本\n");
  EXPECT_EQ(Listed(Tar({"h", TarType::kHardLink, "d/f", 0600, 0}, "")),
            "hrw------- 0/0               0 1970-01-01 00:00:00 h link to d/f\n");
}

TEST(TarWriter, LongAndForeignNames) {
  for (const std::string& name : {std::string(240, 'n') + "/" + std::string(240, 'm') + "/x",
                                  std::string("日本語.log"), std::string(100, 'a')}) {
    const std::string tar = Tar({name, TarType::kFile, "", 0600, 5}, "x");
    EXPECT_EQ(tests::ToolSays(tar, "LC_ALL=C.UTF-8 tar --quoting-style=literal -tf a"),
              name + "\n");
    EXPECT_EQ(tests::ToolSays(tar, "LC_ALL=C.UTF-8 bsdtar -tf a"), name + "\n");
  }
  const std::string target(500, 't');
  EXPECT_NE(Listed(Tar({"l", TarType::kSymlink, target, 0777, 0}, "")).find(target),
            std::string::npos);
}

TEST(TarWriter, TimesThatNoTarHolds) {
  for (const int64_t time : {int64_t{-5}, INT64_MAX, INT64_MIN})
    EXPECT_NE(Listed(Tar({"f", TarType::kFile, "", 0600, time}, "")).find("1970-01-01"),
              std::string::npos);
}

}  // namespace
}  // namespace casepack::archive

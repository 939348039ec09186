#include "collector/bundle/archive_walk.h"

#include "tests/bundle/bundle_fixture.h"
#include "tests/bundle/hostile_tar.h"

namespace casepack::bundle {
namespace {

using tests::RawTarEnd;
using tests::RawTarMember;

struct Walked {
  std::vector<std::pair<std::string, std::string>> members;
  std::string key;  // of the failure, if any
};

Walked WalkAll(ArchiveWalk& walk) {
  Walked walked;
  const auto fail = [&](const base::Status& status) {
    walked.key = status.message().key;
    return walked;
  };
  for (;;) {
    const auto member = walk.Next();
    if (!member) return fail(member.error());
    if (!*member) return fail(walk.CheckEnd());
    std::string content;
    const base::Status status = walk.Content([&](std::string_view bytes) {
      content.append(bytes);
      return true;
    });
    walked.members.emplace_back((*member)->name, content);
    if (!status.ok()) return fail(status);
  }
}

Walked WalkTar(const std::string& tar, const ReaderLimits& limits = {}) {
  const tests::TempTree tree;
  const auto input = Input::Open(tree.Write("a", Compressor(Codec::kGzip).Compress(tar)));
  Decoder decoder(**input, Codec::kGzip, 0, {});
  ArchiveWalk walk(decoder, limits);
  return WalkAll(walk);
}

Walked WalkZip(const std::string& zip, const ReaderLimits& limits = {}) {
  const tests::TempTree tree;
  const auto input = Input::Open(tree.Write("a.zip", zip));
  ArchiveWalk walk(**input, limits);
  return WalkAll(walk);
}

// A zip by Python, which writes what it is told to.
std::string PythonZip(const std::string& lines) {
  const tests::TempTree tree;
  tree.Write("make.py",
             "import zipfile, stat\nz = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED)\n" +
                 lines + "\nz.close()\n");
  EXPECT_TRUE(tests::Runs(tree, "python3 -W ignore make.py")) << tree.Read("tool.err");
  return tree.Read("a.zip");
}

TEST(ArchiveWalk, MembersAndTheirContent) {
  const Walked walked = WalkTar(RawTarMember("f/", "", '5') + RawTarMember("f/a", "hello") +
                                RawTarMember("f/b", "") + RawTarEnd());
  EXPECT_EQ(walked.key, "");
  ASSERT_EQ(walked.members.size(), 2U);
  EXPECT_EQ(walked.members[0], (std::pair<std::string, std::string>("a", "hello")));
  EXPECT_EQ(walked.members[1], (std::pair<std::string, std::string>("b", "")));
}

TEST(ArchiveWalk, WhatABundleNeverHas) {
  struct Case {
    std::string member;
    const char* key;
  };
  const Case cases[] = {
      {RawTarMember("f/l", "", '2', "/etc/passwd"), "bundle.reader.link"},
      {RawTarMember("f/h", "", '1', "f/a"), "bundle.reader.link"},
      {RawTarMember("f/h", "", '1', "/etc/passwd"), "bundle.reader.link"},
      {RawTarMember("f/c", "", '3'), "bundle.reader.not_regular"},
      {RawTarMember("f/b", "", '4'), "bundle.reader.not_regular"},
      {RawTarMember("f/p", "", '6'), "bundle.reader.not_regular"},
      {RawTarMember("f/../x", "x"), "bundle.reader.bad_name"},
      {RawTarMember("/f/x", "x"), "bundle.reader.bad_name"},
      {RawTarMember("f/x\\y", "x"), "bundle.reader.bad_name"},
      {RawTarMember("g/x", "x"), "bundle.reader.other_folder"},
      {RawTarMember("f/a", "again"), "bundle.reader.twice"},
      {RawTarMember("f/" + std::string(90, 'n'), "x"), "bundle.reader.long_name"},
  };
  ReaderLimits limits;
  limits.name_bytes = 60;
  for (const Case& c : cases) {
    EXPECT_EQ(WalkTar(RawTarMember("f/a", "") + c.member + RawTarEnd(), limits).key, c.key);
  }
}

TEST(ArchiveWalk, Limits) {
  const std::string tar = RawTarMember("f/a", std::string(100, 'x')) +
                          RawTarMember("f/b", std::string(100, 'y')) + RawTarEnd();
  ReaderLimits limits;
  limits.members = 1;
  EXPECT_EQ(WalkTar(tar, limits).key, "bundle.reader.members");
  limits = {};
  limits.member_bytes = 99;
  EXPECT_EQ(WalkTar(tar, limits).key, "bundle.reader.member_bytes");
  limits = {};
  limits.total_bytes = 199;
  EXPECT_EQ(WalkTar(tar, limits).key, "bundle.reader.total_bytes");
  limits.total_bytes = 200;
  EXPECT_EQ(WalkTar(tar, limits).key, "");
  // Said in the header, before a byte of it is looked at.
  EXPECT_EQ(WalkTar(tests::RawTarHeader({"f/a", '0', "", uint64_t{7} << 30U}),
                    [] {
                      ReaderLimits small;
                      small.member_bytes = 1U << 20U;
                      return small;
                    }())
                .key,
            "bundle.reader.member_bytes");
}

TEST(ArchiveWalk, TheEndHasToBeThere) {
  const std::string member = RawTarMember("f/a", std::string(600, 'x'));
  EXPECT_EQ(WalkTar(member).key, "bundle.reader.truncated");
  EXPECT_EQ(WalkTar(member.substr(0, 700)).key, "bundle.reader.truncated");
  EXPECT_EQ(WalkTar(member.substr(0, 100)).key, "bundle.reader.truncated");
  EXPECT_EQ(WalkTar(member + RawTarEnd() + std::string(9000, '\0')).key, "")
      << "GNU tar fills up its last block";
  EXPECT_NE(WalkTar(member + RawTarEnd() + std::string(500'000, 'x')).key, "")
      << "hidden behind the end";
  EXPECT_EQ(WalkTar("no tar").members.size(), 0U);
  EXPECT_NE(WalkTar("no tar").key, "");
}

TEST(ArchiveWalk, AZipsMembers) {
  const Walked walked = WalkZip(PythonZip("z.writestr('f/a', 'hello')\nz.writestr('f/b', '')"));
  EXPECT_EQ(walked.key, "");
  ASSERT_EQ(walked.members.size(), 2U);
  EXPECT_EQ(walked.members[0].second, "hello");
}

TEST(ArchiveWalk, WhatAZipOfABundleNeverHas) {
  struct Case {
    const char* lines;
    const char* key;
  };
  const Case cases[] = {
      {"z.writestr('f/../x', '')", "bundle.reader.bad_name"},
      {"z.writestr('/f/x', '')", "bundle.reader.bad_name"},
      {"z.writestr('g/x', '')", "bundle.reader.other_folder"},
      {"z.writestr('f/a', '')", "bundle.reader.twice"},
      {"i = zipfile.ZipInfo('f/l')\ni.create_system = 3\ni.external_attr = (stat.S_IFLNK | 0o777) "
       "<< 16\n"
       "z.writestr(i, '/etc/passwd')",
       "bundle.reader.link"},
      {"i = zipfile.ZipInfo('f/c')\ni.create_system = 3\ni.external_attr = (stat.S_IFCHR | 0o777) "
       "<< 16\n"
       "z.writestr(i, '')",
       "bundle.reader.not_regular"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(WalkZip(PythonZip(std::string("z.writestr('f/a', '')\n") + c.lines)).key, c.key)
        << c.lines;
  }
}

TEST(ArchiveWalk, AZipsTableIsBoundedBeforeItIsRead) {
  const std::string zip =
      PythonZip("for i in range(30000):\n  z.writestr('f/' + 'n' * 60 + str(i), '')");
  ReaderLimits limits;
  limits.members = 10;
  const Walked walked = WalkZip(zip, limits);
  EXPECT_EQ(walked.key, "bundle.reader.members");
  EXPECT_TRUE(walked.members.empty());
}

TEST(ArchiveWalk, AZipBomb) {
  const std::string zip = PythonZip("z.writestr('f/a', b'\\0' * (80 << 20))");
  ReaderLimits limits;
  limits.ratio = 100;
  EXPECT_EQ(WalkZip(zip, limits).key, "bundle.reader.ratio");
}

TEST(ArchiveWalk, DamagedZips) {
  const std::string zip = PythonZip("z.writestr('f/a', 'hello' * 99)\nz.writestr('f/b', 'x')");
  for (size_t size = 0; size < zip.size(); ++size)
    EXPECT_NE(WalkZip(zip.substr(0, size)).key, "") << size;
  for (size_t at = 0; at < zip.size(); ++at) {
    std::string damaged = zip;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    static_cast<void>(WalkZip(damaged));
  }
}

}  // namespace
}  // namespace casepack::bundle

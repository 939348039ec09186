#include "collector/archive/zip_table.h"

#include "tests/archive/archive_fixture.h"

namespace casepack::archive {
namespace {

struct Listed {
  std::vector<ZipRow> rows;
  std::string comment;
  std::string key;
  bool scanning = false;
};

Listed List(std::string_view zip) {
  MemorySource in(zip);
  const Bounds bounds;
  ZipTable table(*in.random(), bounds);
  Listed listed;
  while (const auto row = table.Next())
    listed.rows.push_back(*row);
  listed.comment = table.comment();
  listed.key = table.damage().message().key;
  listed.scanning = table.scanning();
  return listed;
}

std::string SomeZip() {
  return tests::MadeByPython("a",
                             "z = zipfile.ZipFile('a', 'w', zipfile.ZIP_DEFLATED)\n"
                             "z.writestr('d/', '')\n"
                             "z.writestr('d/f', 'hello' * 100)\n"
                             "i = zipfile.ZipInfo('l', (2024, 2, 3, 4, 5, 6))\n"
                             "i.create_system = 3\n"
                             "i.external_attr = 0o120777 << 16\n"
                             "i.comment = b'said'\n"
                             "z.writestr(i, 'd/f')\n"
                             "z.comment = b'of all'\n"
                             "z.close()");
}

TEST(ZipTable, Rows) {
  const Listed listed = List(SomeZip());
  EXPECT_EQ(listed.key, "");
  EXPECT_EQ(listed.comment, "of all");
  ASSERT_EQ(listed.rows.size(), 3U);
  EXPECT_TRUE(listed.rows[0].folder);
  EXPECT_EQ(listed.rows[1].name, "d/f");
  EXPECT_EQ(listed.rows[1].size, 500U);
  EXPECT_EQ(listed.rows[1].method, 8U);
  EXPECT_TRUE(listed.rows[2].symlink());
  EXPECT_EQ(listed.rows[2].comment, "said");
  EXPECT_EQ(listed.rows[2].dos_time >> 25U, 44U);
}

TEST(ZipTable, Empty) {
  const Listed listed = List(tests::MadeByPython("a", "zipfile.ZipFile('a', 'w').close()"));
  EXPECT_EQ(listed.key, "");
  EXPECT_TRUE(listed.rows.empty());
}

TEST(ZipTable, ManyRowsAndZip64) {
  const Listed listed = List(tests::MadeByPython("a",
                                                 "z = zipfile.ZipFile('a', 'w')\n"
                                                 "for i in range(70000):\n"
                                                 "  z.writestr('f%05d' % i + 'n' * 40, '')\n"
                                                 "z.close()"));
  EXPECT_EQ(listed.key, "");
  EXPECT_EQ(listed.rows.size(), 70'000U);
  // Sizes of an entry in 64 bits, as streaming writers put them.
  const Listed wide = List(tests::MadeByPython("a",
                                               "z = zipfile.ZipFile('a', 'w')\n"
                                               "f = z.open('f', 'w', force_zip64=True)\n"
                                               "f.write(b'hello')\nf.close()\nz.close()"));
  ASSERT_EQ(wide.rows.size(), 1U);
  EXPECT_EQ(wide.rows[0].size, 5U);
}

TEST(ZipTable, WithoutATable) {
  const std::string zip = SomeZip();
  const Listed cut = List(std::string_view(zip).substr(0, zip.find("PK\x01\x02") + 10));
  EXPECT_TRUE(cut.scanning);
  EXPECT_EQ(cut.key, "archive.zip.no_end");
  ASSERT_EQ(cut.rows.size(), 3U);
  EXPECT_EQ(cut.rows[1].name, "d/f");
}

TEST(ZipTable, OverlapsAreSeen) {
  // Two rows for one content.
  std::string zip = tests::MadeByPython("a",
                                        "z = zipfile.ZipFile('a', 'w')\n"
                                        "z.writestr('a', 'x' * 50)\n"
                                        "z.writestr('b', 'y' * 50)\n"
                                        "z.writestr('c', 'z' * 50)\n"
                                        "z.close()");
  for (const auto& row : List(zip).rows)
    EXPECT_FALSE(row.overlaps);
  const size_t second = zip.find("PK\x01\x02", zip.find("PK\x01\x02") + 1);
  zip.replace(second + 42, 4, std::string(4, '\0'));
  const Listed listed = List(zip);
  ASSERT_EQ(listed.rows.size(), 3U);
  EXPECT_TRUE(listed.rows[0].overlaps);
  EXPECT_TRUE(listed.rows[1].overlaps);
  EXPECT_FALSE(listed.rows[2].overlaps);
}

TEST(ZipTable, AnyByteMayBeWrong) {
  const std::string zip = SomeZip();
  for (size_t size = 0; size < zip.size(); ++size) {
    const Listed listed = List(std::string_view(zip).substr(0, size));
    EXPECT_NE(listed.key, "") << size;
  }
  for (size_t at = 0; at < zip.size(); ++at) {
    for (const int value : {0, 255, zip[at] ^ 1}) {
      std::string damaged = zip;
      damaged[at] = static_cast<char>(value);
      EXPECT_LE(List(damaged).rows.size(), 3U);
    }
  }
}

}  // namespace
}  // namespace casepack::archive

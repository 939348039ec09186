#include <gtest/gtest.h>

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

using tests::RewriteBytes;
using tests::Rewritten;

std::string Zip(const std::string& lines) {
  return tests::MadeByPython(
      "a", "z = zipfile.ZipFile('a', 'w', zipfile.ZIP_DEFLATED)\n" + lines + "\nz.close()");
}

TEST(ZipRewrite, NamesAreMadeSafe) {
  const Rewritten result = RewriteBytes(
      Zip("for n in ('/etc/passwd', '../../x', '..\\\\..\\\\y', 'C:/z', 'same', 'same', '日本'):\n"
          "  z.writestr(n, n)"));
  EXPECT_EQ(tests::List(result.bytes),
            "etc/passwd\n%2E%2E/%2E%2E/x\n%2E%2E/%2E%2E/y\nC%3A/z\nsame\nsame~2\n日本\n");
}

TEST(ZipRewrite, LinksDevicesAndFolders) {
  const Rewritten result = RewriteBytes(
      Zip("def add(n, mode, text):\n"
          "  i = zipfile.ZipInfo(n); i.create_system = 3; i.external_attr = mode << 16\n"
          "  z.writestr(i, text)\n"
          "add('d/', 0o040750, '')\n"
          "add('d/in', 0o120777, 'f')\n"
          "add('d/out', 0o120777, '../../etc')\n"
          "add('abs', 0o120777, '/etc/passwd')\n"
          "add('c', 0o020600, '')\n"
          "add('d/f', 0o104640, 'x')\n"));
  EXPECT_EQ(tests::List(result.bytes), "d/\nd/in\nd/f\n");
  EXPECT_EQ(result.Told("d/out"), "link: archive.entry.link");
  EXPECT_EQ(result.Told("abs"), "link: archive.entry.link");
  EXPECT_EQ(result.Told("c"), "device: archive.entry.device");
  const std::string listed = tests::ToolSays(result.bytes, "unzip -Z a");
  EXPECT_NE(listed.find("-rw-r-----"), std::string::npos) << listed;
  EXPECT_NE(listed.find("drwxr-x---"), std::string::npos) << listed;
}

TEST(ZipRewrite, EncryptedEntriesAreSaidAndTheOthersGoOn) {
  for (const char* method : {"ZipCrypto", "AES256"}) {
    const Rewritten result = RewriteBytes(tests::MadeByShell(
        "a", std::string("echo x > open; seq 1000 > closed; 7z a -pword -mem=") + method +
                 " a.zip closed >/dev/null; zip -q a.zip open; mv a.zip a"));
    EXPECT_EQ(result.Told("closed"), "encrypted: archive.zip.encrypted") << method;
    EXPECT_EQ(tests::Content(result.bytes, "closed"), Notice(EntryOutcome::kEncrypted));
    EXPECT_EQ(tests::Content(result.bytes, "open"), "x\n");
    EXPECT_TRUE(result.report.whole());
  }
}

TEST(ZipRewrite, UnknownMethodsAreWithheld) {
  const Rewritten result = RewriteBytes(
      tests::MadeByShell("a", "seq 1000 > f; 7z a -mm=Deflate64 a.zip f >/dev/null; mv a.zip a"));
  EXPECT_EQ(result.Told("f"), "withheld: archive.zip.method");
}

TEST(ZipRewrite, CommentsAreFiltered) {
  const Rewritten result = RewriteBytes(
      Zip("i = zipfile.ZipInfo('f'); i.comment = b'password=hunter2hunter2'\nz.writestr(i, 'x')\n"
          "z.comment = b'token=hunter2hunter2'"));
  EXPECT_EQ(result.bytes.find(tests::kSecret), std::string::npos);
  EXPECT_EQ(tests::ToolSays(result.bytes, "unzip -z a").substr(0, 30).find("Archive"), 0U);
}

TEST(ZipRewrite, AWrongCrcIsMarked) {
  std::string zip =
      tests::MadeByShell("a", "seq 100 > f; echo x > g; zip -q0 a.zip f g; mv a.zip a");
  zip[100] = '9';
  const Rewritten result = RewriteBytes(zip);
  EXPECT_EQ(result.Told("f"), "damaged: archive.zip.crc");
  EXPECT_TRUE(tests::Content(result.bytes, "f").ends_with(CutNotice(EntryOutcome::kDamaged)));
  EXPECT_EQ(tests::Content(result.bytes, "g"), "x\n");
  EXPECT_FALSE(result.report.whole());
}

TEST(ZipRewrite, OverlapsAreWithheld) {
  std::string zip =
      Zip("z.writestr('a', 'x' * 50)\nz.writestr('b', 'y' * 50)\nz.writestr('c', 'z')");
  const size_t second = zip.find("PK\x01\x02", zip.find("PK\x01\x02") + 1);
  zip.replace(second + 42, 4, std::string(4, '\0'));
  const Rewritten result = RewriteBytes(zip);
  EXPECT_EQ(result.Told("a"), "damaged: archive.zip.overlap");
  EXPECT_EQ(result.Told("b"), "damaged: archive.zip.overlap");
  EXPECT_EQ(tests::Content(result.bytes, "c"), "z");
}

TEST(ZipRewrite, CutShortAtAnyPlace) {
  const std::string zip = tests::MadeByShell(
      "a", "seq 300 > f; echo login password=hunter2hunter2 > g; zip -q - f g | cat > a");
  for (size_t size = 30; size < zip.size(); size += 13) {
    const Rewritten result = RewriteBytes(std::string_view(zip).substr(0, size));
    EXPECT_FALSE(result.report.whole()) << size;
    EXPECT_EQ(result.bytes.find(tests::kSecret), std::string::npos);
  }
  const std::string cut = zip.substr(0, zip.rfind("PK\x01\x02") - 20);
  const Rewritten result = RewriteBytes(cut);
  EXPECT_EQ(tests::ToolSays(result.bytes, "unzip -tqq a; unzip -p a f | tail -n 1"), "300\n");
  EXPECT_TRUE(tests::Content(result.bytes, "g").starts_with("login password=[REDACTED"));
}

TEST(ZipRewrite, AnyByteMayBeWrong) {
  const std::string zip =
      Zip("z.writestr('d/', '')\nz.writestr('f', 'x' * 100)\nz.writestr('g', 'y')");
  for (size_t at = 0; at < zip.size(); ++at) {
    for (int bit = 0; bit < 8; bit += 3) {
      std::string damaged = zip;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      const Rewritten result = RewriteBytes(damaged);
      EXPECT_TRUE(result.key.empty() || at < 4) << at;
    }
  }
}

// Many contents that are one: unpacked more than once, were it not for the overlap.
TEST(ZipRewrite, ABombOfOverlaps) {
  const std::string zip = tests::MadeByPython(
      "a",
      "c = zlib.compressobj(9, zlib.DEFLATED, -15)\nd = b'\\0' * 3000000\nk = c.compress(d) + "
      "c.flush()\n"
      "crc = zlib.crc32(d)\n"
      "def head(sig, extra): return sig + struct.pack('<HHHHHIIIHH', *extra)\n"
      "local = b'PK\\3\\4' + struct.pack('<HHHHHIIIHH', 20, 0, 8, 0, 0, crc, len(k), len(d), 1, 0) "
      "+ b'f' + k\n"
      "table = b''\n"
      "for i in range(1000):\n"
      "  n = b'%04d' % i\n"
      "  table += b'PK\\1\\2' + struct.pack('<HHHHHHIIIHHHHHII', 20, 20, 0, 8, 0, 0, crc, len(k), "
      "len(d), "
      "len(n), 0, 0, 0, 0, 0, 0) + n\n"
      "end = b'PK\\5\\6' + struct.pack('<HHHHIIH', 0, 0, 1000, 1000, len(table), len(local), 0)\n"
      "open('a', 'wb').write(local + table + end)");
  const Rewritten result = RewriteBytes(zip);
  EXPECT_EQ(result.report.count(EntryOutcome::kDamaged), 1000U);
  EXPECT_EQ(result.report.bytes_in, 0U);
}

}  // namespace
}  // namespace casepack::archive

#include <gtest/gtest.h>

#include "tests/archive/packers.h"
#include "tests/bundle/hostile_tar.h"

namespace casepack::archive {
namespace {

using tests::RawTarEnd;
using tests::RawTarMember;
using tests::RewriteBytes;
using tests::Rewritten;

TEST(TarRewrite, NamesAreMadeSafe) {
  const Rewritten result = RewriteBytes(
      RawTarMember("/etc/passwd", "a") + RawTarMember("../../x", "b") + RawTarMember("a\nb", "c") +
      RawTarMember("same", "1") + RawTarMember("same", "2") + RawTarMember("\xff", "d") +
      RawTarMember("", "e") + RawTarEnd());
  EXPECT_EQ(tests::List(result.bytes),
            "etc/passwd\n%2E%2E/%2E%2E/x\na%0Ab\nsame\nsame~2\n%FF\nunnamed\n");
  EXPECT_EQ(tests::Content(result.bytes, "same~2"), "2");
  EXPECT_TRUE(result.report.whole());
}

TEST(TarRewrite, SecretsInNames) {
  const Rewritten result =
      RewriteBytes(RawTarMember("log-password=hunter2hunter2", "x") +
                   RawTarMember("l", "", '2', "token=hunter2hunter2") + RawTarEnd());
  EXPECT_EQ(result.bytes.find(tests::kSecret), std::string::npos);
  EXPECT_EQ(result.report.entries, 2U);
}

TEST(TarRewrite, LinksAndDevices) {
  const Rewritten result = RewriteBytes(
      RawTarMember("d/f", "x") + RawTarMember("d/in", "", '2', "f") +
      RawTarMember("d/up", "", '2', "../d/f") + RawTarMember("d/out", "", '2', "../../etc") +
      RawTarMember("abs", "", '2', "/etc/passwd") + RawTarMember("hard", "", '1', "d/f") +
      RawTarMember("hardout", "", '1', "/etc/passwd") + RawTarMember("c", "", '3') +
      RawTarMember("b", "", '4') + RawTarMember("p", "", '6') + RawTarMember("root", "", '2', ".") +
      RawTarMember("root/y", "z") + RawTarEnd());
  EXPECT_EQ(tests::List(result.bytes), "d/f\nd/in\nd/up\nhard\nroot\nroot~/y\n");
  for (const char* name : {"d/out", "abs", "hardout"})
    EXPECT_EQ(result.Told(name), "link: archive.entry.link") << name;
  for (const char* name : {"c", "b", "p"})
    EXPECT_EQ(result.Told(name), "device: archive.entry.device") << name;
  EXPECT_EQ(result.Told("root~/y"), "redacted: archive.entry.renamed");
  EXPECT_TRUE(
      tests::ToolSays(result.bytes, "mkdir x && tar -C x -xf a && cat x/hard").starts_with("x"));
}

TEST(TarRewrite, ModesAndTimesStay) {
  const std::string tar =
      tests::MadeByShell("a",
                         "mkdir d; echo x > d/f; chmod 6751 d/f; chmod 1777 d; touch -d "
                         "'2021-03-04 05:06:07.5 UTC' d/f; "
                         "tar --format=posix -cf a d/f; tar --no-recursion -rf a d");
  const std::string listed =
      tests::ToolSays(RewriteBytes(tar).bytes, "TZ=UTC tar --full-time -tvf a");
  EXPECT_TRUE(listed.starts_with("-rwxr-x--x 0/0")) << listed;
  EXPECT_NE(listed.find("2021-03-04 05:06:07 d/f\n"), std::string::npos) << listed;
  EXPECT_NE(listed.find("\ndrwxrwxrwx 0/0"), std::string::npos) << listed;
}

TEST(TarRewrite, Damaged) {
  std::string tar =
      RawTarMember("a", "1") + RawTarMember("b", "2") + RawTarMember("c", "3") + RawTarEnd();
  tar[1024] = 'x';
  const Rewritten header = RewriteBytes(tar);
  EXPECT_EQ(tests::List(header.bytes), "a\nc\n");
  EXPECT_EQ(header.report.damage.key, "archive.tar.damaged");
  const std::string cut =
      (RawTarMember("a", "1") + RawTarMember("b", tests::SomeText(5000))).substr(0, 3000);
  const Rewritten truncated = RewriteBytes(cut);
  EXPECT_EQ(truncated.Told("b"), "damaged: archive.tar.truncated");
  EXPECT_NE(tests::Content(truncated.bytes, "b").find("the rest is missing"), std::string::npos);
}

// A large entry: by way of a nameless file, and a later one beside it.
TEST(TarRewrite, LargerThanMemory) {
  const Rewritten result =
      RewriteBytes(tests::MadeByShell("a", "seq 600000 > f; echo x > g; tar -czf a f g"));
  EXPECT_EQ(tests::ToolSays(tests::Content(result.bytes, "f"), "seq 600000 | cmp - a"), "");
  EXPECT_EQ(tests::Content(result.bytes, "g"), "x\n");
}

TEST(TarRewrite, AnyByteMayBeWrong) {
  const std::string tar = tests::MadeByShell("a",
                                             "echo x > f; ln -s f l; truncate -s 100000 s; echo "
                                             "end >> s; tar -S --format=posix -cf a f l s")
                              .substr(0, 8000);
  Bounds bounds;
  bounds.max_bytes = 1'000'000;
  for (size_t at = 0; at < tar.size(); at += 3) {
    std::string damaged = tar;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    const Rewritten result = RewriteBytes(damaged, bounds);
    EXPECT_TRUE(result.key.empty() || at < 512) << at;
  }
}

}  // namespace
}  // namespace casepack::archive

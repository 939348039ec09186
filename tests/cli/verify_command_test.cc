#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "collector/bundle/compressor.h"
#include "collector/bundle/digest.h"
#include "collector/bundle/index_write.h"
#include "tests/bundle/hostile_tar.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

TEST(VerifyCommand, KnowsAWholeBundleFromADamagedOne) {
  const tests::TempTree tree;
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "line " + std::to_string(i * 7919) + "\n";
  tree.Write("root/etc/motd", text);
  const std::string manifest = tree.Write(
      "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
    {"id": "t.motd", "title": {"en": "m", "ja": "m"}, "kind": "file", "with": {"paths": ["/etc/motd"]}}]})");
  const std::string bundle = tree.Path("b.tar.gz");
  ASSERT_EQ(RunCasepack({"collect", "--root", tree.Path("root"), "--manifest", manifest, "--only",
                         "t.*", "-o", bundle})
                .exit,
            0);
  const auto good = RunCasepack({"verify", bundle});
  EXPECT_EQ(good.exit, 0);
  EXPECT_NE(good.out.find("every digest is right"), std::string::npos) << good.out;

  const std::string bytes = tree.Read("b.tar.gz");
  const auto cut = RunCasepack(
      {"verify", tree.Write("cut.tar.gz", bytes.substr(0, bytes.size() * 2 / 3)), "--json"});
  EXPECT_EQ(cut.exit, 1);
  const auto json = base::ParseJson(cut.out);
  ASSERT_TRUE(json) << cut.out;
  EXPECT_GE(json->Find("problems")->array()->size(), 1U);

  std::string flipped = bytes;
  flipped[bytes.size() * 2 / 3] = static_cast<char>(flipped[bytes.size() * 2 / 3] ^ 0x10);
  EXPECT_EQ(RunCasepack({"verify", tree.Write("flipped.tar.gz", flipped)}).exit, 1);
  EXPECT_EQ(RunCasepack({"verify", tree.Path("none")}).exit, 2);
}

// A bundle whose one member was put there by someone else; its digest is that of `listed`.
std::string Bundle(const std::string& content, const std::string& listed) {
  bundle::Index index;
  bundle::MemberRow& row = index.items.emplace_back().members.emplace_back();
  row.name = "raw/t.motd/etc/motd";
  row.bytes = listed.size();
  row.sha256 = bundle::Sha256Hex(listed);
  return bundle::Compressor(bundle::Codec::kGzip)
      .Compress(tests::RawTarMember("f/index.json", bundle::WriteIndexJson(index)) +
                tests::RawTarMember("f/" + row.name, content) + tests::RawTarEnd());
}

TEST(VerifyCommand, FindsWhatRedactionWouldHaveRemoved) {
  const tests::TempTree tree;
  const std::string content = "hello\npassword=geheim12\n";
  const std::pair<std::string, bool> cases[] = {{content, true}, {"hallo" + content, false}};
  for (const auto& [listed, whole] : cases) {
    const std::string path = tree.Write("b.tar.gz", Bundle(content, listed));
    const auto ran = RunCasepack({"verify", path});
    EXPECT_EQ(ran.exit, 4) << ran.out << ran.err;
    for (const char* part : {"raw/t.motd/etc/motd: line 2:", "rule password", "NOT SAFE: 1 "})
      EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
    EXPECT_EQ((ran.out + ran.err).find("geheim"), std::string::npos) << ran.out << ran.err;
    EXPECT_EQ(ran.out.find("good:"), std::string::npos) << ran.out;

    const auto as_json = RunCasepack({"verify", path, "--json"});
    EXPECT_EQ(as_json.exit, 4);
    const auto json = base::ParseJson(as_json.out);
    ASSERT_TRUE(json) << as_json.out;
    ASSERT_EQ(json->Find("secrets")->array()->size(), 1U);
    const base::Json& secret = json->Find("secrets")->array()->front();
    EXPECT_EQ(secret.StringOr("member", ""), "raw/t.motd/etc/motd");
    EXPECT_EQ(secret.StringOr("rule", ""), "password");
    EXPECT_EQ(secret.IntegerOr("line", 0), 2);
    EXPECT_EQ(json->Find("problems")->array()->empty(), whole);
    EXPECT_EQ(as_json.out.find("geheim"), std::string::npos) << as_json.out;
  }
}

TEST(VerifyCommand, SaysItInJapaneseToo) {
  const tests::TempTree tree;
  const std::string content = "password=geheim12\n";
  const auto ran =
      RunCasepack({"verify", tree.Write("b.tar.gz", Bundle(content, content)), "--lang", "ja"});
  EXPECT_EQ(ran.exit, 4);
  EXPECT_NE(ran.out.find("raw/t.motd/etc/motd"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("password"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("geheim"), std::string::npos) << ran.out;
}

TEST(VerifyCommand, LooksForWhatElseItIsToldTo) {
  const tests::TempTree tree;
  const std::string content = "acme_00112233 from 10.1.2.3\n";
  const std::string path = tree.Write("b.tar.gz", Bundle(content, content));
  const std::string rules = tree.Write(
      "rules.json",
      R"({"casepack_rules": 1, "rules": [{"id": "acme", "pattern": "acme_[0-9]{8}", "literals": ["acme_"]}]})");
  EXPECT_EQ(RunCasepack({"verify", path}).exit, 0);
  const auto own = RunCasepack({"verify", path, "--rules", rules});
  EXPECT_EQ(own.exit, 4);
  EXPECT_NE(own.out.find("raw/t.motd/etc/motd: line 1: rule acme "), std::string::npos) << own.out;
  const auto ips = RunCasepack({"verify", path, "--pseudonymize=ips"});
  EXPECT_EQ(ips.exit, 4);
  EXPECT_NE(ips.out.find("rule ipv4 "), std::string::npos) << ips.out;
  EXPECT_EQ(ips.out.find("10.1.2.3"), std::string::npos) << ips.out;
  EXPECT_EQ(RunCasepack({"verify", path, "--rules", tree.Path("none")}).exit, 2);
}

}  // namespace
}  // namespace casepack::cli

#include "collector/bundle/verify.h"

#include "collector/bundle/compressor.h"
#include "collector/bundle/digest.h"
#include "collector/bundle/index_write.h"
#include "tests/bundle/bundle_fixture.h"
#include "tests/bundle/hostile_tar.h"
#include "tests/support/engine.h"

namespace casepack::bundle {
namespace {

using tests::RawTarEnd;
using tests::RawTarMember;

MemberRow Row(const std::string& name, const std::string& content) {
  MemberRow row;
  row.name = name;
  row.bytes = content.size();
  row.sha256 = Sha256Hex(content);
  return row;
}

Verified VerifyTar(const std::vector<MemberRow>& rows, const std::string& members,
                   const redaction::EnginePtr& engine = tests::TestEngine()) {
  Index index;
  index.items.emplace_back().members = rows;
  const tests::TempTree tree;
  const auto reader = tests::OpenReader(tree.Write(
      "b", Compressor(Codec::kGzip)
               .Compress(RawTarMember("f/index.json", WriteIndexJson(index)) + members)));
  return Verify(*reader, engine);
}

// "member: key" of each problem in a bundle with these rows and these members.
std::vector<std::string> Problems(const std::vector<MemberRow>& rows, const std::string& members) {
  std::vector<std::string> problems;
  for (const VerifyProblem& problem : VerifyTar(rows, members).problems) {
    problems.push_back(problem.member + ": " + problem.message.key);
  }
  return problems;
}

// "member: rule: line"
std::vector<std::string> Secrets(const Verified& verified) {
  std::vector<std::string> secrets;
  for (const VerifySecret& secret : verified.secrets) {
    secrets.push_back(secret.member + ": " + secret.rule + ": " + std::to_string(secret.line));
  }
  return secrets;
}

TEST(Verify, AWholeBundle) {
  for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
    const tests::TempTree tree;
    const tests::Made made =
        tests::MakeBundle(tree, format, {{"a", "x", "hello"}, {"b", "y", tests::Noise(400'000)}});
    const auto reader = tests::OpenReader(tree.Write("b", made.bytes));
    const Verified verified = Verify(*reader, tests::TestEngine());
    EXPECT_TRUE(verified.problems.empty()) << verified.problems[0].message.key;
    EXPECT_TRUE(verified.secrets.empty()) << verified.secrets[0].rule;
    EXPECT_EQ(verified.members, 4U);
    EXPECT_GT(verified.bytes, 400'005U);
  }
}

TEST(Verify, BothDirections) {
  using List = std::vector<std::string>;
  const std::string x = RawTarMember("f/raw/x", "hello");
  EXPECT_EQ(Problems({Row("raw/x", "hello")}, x + RawTarEnd()), List());
  EXPECT_EQ(Problems({Row("raw/x", "jello")}, x + RawTarEnd()),
            List{"raw/x: bundle.verify.digest"});
  EXPECT_EQ(Problems({Row("raw/x", "hell")}, x + RawTarEnd()), List{"raw/x: bundle.verify.size"});
  EXPECT_EQ(Problems({}, x + RawTarEnd()), List{"raw/x: bundle.verify.not_listed"});
  EXPECT_EQ(Problems({}, RawTarMember("f/report.html", "of a newer one") + RawTarEnd()), List());
  EXPECT_EQ(Problems({Row("raw/x", "hello"), Row("raw/y", "")}, x + RawTarEnd()),
            List{"raw/y: bundle.verify.absent"});
  EXPECT_EQ(Problems({Row("raw/x", "hello"), Row("raw/x", "hello")}, x + RawTarEnd()),
            List{"raw/x: bundle.verify.listed_twice"});
}

TEST(Verify, WhereReadingHadToStopIsLast) {
  const auto problems = Problems(
      {Row("raw/x", "hello"), Row("raw/z", "")},
      RawTarMember("f/raw/x", "hello") + RawTarMember("f/raw/l", "", '2', "/etc") + RawTarEnd());
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0], "raw/z: bundle.verify.absent");
  EXPECT_NE(problems[1].find("bundle.reader.link"), std::string::npos);
}

// What the doors of the bundle let through, verify has nothing to say about.
TEST(Verify, WhatWasRedactedIsNoSecret) {
  const tests::TempTree tree;
  const tests::Made made = tests::MakeBundle(
      tree, Format::kTarGz,
      {{"a", "password=geheim12", "hello\npassword=geheim12\n"},
       {"b", "y", "{\"secret\": \"geheim34\"}\nAuthorization: Bearer geheim56789\n"}});
  const Verified verified =
      Verify(*tests::OpenReader(tree.Write("b", made.bytes)), tests::TestEngine());
  EXPECT_EQ(Secrets(verified), std::vector<std::string>());
  EXPECT_TRUE(verified.problems.empty());
}

TEST(Verify, NamesWhatShouldHaveBeenRemoved) {
  using List = std::vector<std::string>;
  const std::string plain = "hello\npassword=geheim12\n";
  const std::string rest = RawTarMember("f/raw/y", "nothing") + RawTarEnd();
  const std::vector<MemberRow> rows = {Row("raw/x", plain), Row("raw/y", "nothing")};
  const Verified smuggled = VerifyTar(rows, RawTarMember("f/raw/x", plain) + rest);
  EXPECT_EQ(Secrets(smuggled), List{"raw/x: password: 2"});
  EXPECT_TRUE(smuggled.problems.empty());  // its digest is right

  const Verified both =
      VerifyTar(rows, RawTarMember("f/raw/x", "hallo\npassword=geheim12\n") + rest);
  EXPECT_EQ(Secrets(both), List{"raw/x: password: 2"});
  ASSERT_EQ(both.problems.size(), 1U);
  EXPECT_EQ(both.problems[0].message.key, "bundle.verify.digest");

  // Also what no row speaks of, and what lies beside the gathered.
  EXPECT_EQ(Secrets(VerifyTar({}, RawTarMember("f/SUMMARY.txt", plain) +
                                      RawTarMember("f/raw/x", "a\n" + plain) + RawTarEnd())),
            (List{"SUMMARY.txt: password: 2", "raw/x: password: 3"}));
  // Without an engine nothing is looked for.
  EXPECT_EQ(Secrets(VerifyTar(rows, RawTarMember("f/raw/x", plain) + rest, nullptr)), List());
}

TEST(Verify, LooksThroughNamesAndTheIndexToo) {
  using List = std::vector<std::string>;
  EXPECT_EQ(Secrets(VerifyTar({}, RawTarMember("f/raw/x password=geheim12", "") + RawTarEnd())),
            List{"raw/x password=geheim12: password: 1"});
  const List secrets = Secrets(VerifyTar({Row("raw/x password=geheim12", "")}, RawTarEnd()));
  ASSERT_EQ(secrets.size(), 1U);
  EXPECT_EQ(secrets[0].rfind("index.json: password: ", 0), 0U) << secrets[0];
}

TEST(Verify, AHostileBundleIsToldInSoManyLines) {
  std::string secrets;
  for (int i = 0; i < 150; ++i)
    secrets += "password=geheim12\n";
  std::string members;
  for (int i = 0; i < 15; ++i)
    members += RawTarMember("f/raw/x" + std::to_string(i), secrets);
  const Verified verified = VerifyTar({}, members + RawTarEnd());
  EXPECT_EQ(verified.secrets.size(), kMaxVerifyProblems);
  EXPECT_EQ(verified.members, 16U);
}

}  // namespace
}  // namespace casepack::bundle

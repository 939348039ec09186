#include "collector/bundle/verify.h"

#include "collector/bundle/compressor.h"
#include "collector/bundle/digest.h"
#include "collector/bundle/index_write.h"
#include "tests/bundle/bundle_fixture.h"
#include "tests/bundle/hostile_tar.h"

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

// "member: key" of each problem in a bundle with these rows and these members.
std::vector<std::string> Problems(const std::vector<MemberRow>& rows, const std::string& members) {
  Index index;
  index.items.emplace_back().members = rows;
  const tests::TempTree tree;
  const auto reader = tests::OpenReader(tree.Write(
      "b", Compressor(Codec::kGzip)
               .Compress(RawTarMember("f/index.json", WriteIndexJson(index)) + members)));
  std::vector<std::string> problems;
  for (const VerifyProblem& problem : Verify(*reader).problems) {
    problems.push_back(problem.member + ": " + problem.message.key);
  }
  return problems;
}

TEST(Verify, AWholeBundle) {
  for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
    const tests::TempTree tree;
    const tests::Made made =
        tests::MakeBundle(tree, format, {{"a", "x", "hello"}, {"b", "y", tests::Noise(400'000)}});
    const auto reader = tests::OpenReader(tree.Write("b", made.bytes));
    const Verified verified = Verify(*reader);
    EXPECT_TRUE(verified.problems.empty()) << verified.problems[0].message.key;
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

}  // namespace
}  // namespace casepack::bundle

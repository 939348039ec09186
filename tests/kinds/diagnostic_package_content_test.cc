#include <algorithm>
#include <string>

#include "tests/archive/archive_fixture.h"
#include "tests/kinds/kind_fixture.h"

namespace casepack {
namespace {

using bundle::Outcome;

struct DiagnosticPackageContentKind : tests::KindTest {
  DiagnosticPackageContentKind() { tree_.Folder("diag"); }

  // Run in the tree, with Python.
  void Pack(const std::string& script) {
    tree_.Write("pack.py", "import os, stat, zipfile\n" + script);
    ASSERT_TRUE(tests::Runs(tree_, "python3 pack.py")) << tree_.Read("tool.err");
  }
  tests::Collected Take() {
    return Collect("diagnostic_package_content",
                   {{"paths", std::vector<std::string>{"/diag/*.zip"}}});
  }
};

TEST_F(DiagnosticPackageContentKind, TakesTheTextsOfTheNewest) {
  Pack(R"(
for name, words in (("1", "old\n"), ("2", "password=Canary1234\nkept\n")):
    with zipfile.ZipFile(f"diag/{name}.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("Agent/logs/ds_agent.log", words)
        z.writestr("Agent/", "")
        z.writestr("Agent/ds_agent.db", b"SQLite format 3\0" + bytes(range(256)) * 20)
os.utime("diag/1.zip", (1000, 1000))
)");
  const tests::Collected got = Take();
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  ASSERT_TRUE(got.members.contains("2.zip/Agent/logs/ds_agent.log"));
  const std::string& log = got.members.at("2.zip/Agent/logs/ds_agent.log");
  EXPECT_EQ(log.find("Canary"), std::string::npos);
  EXPECT_NE(log.find("[REDACTED:"), std::string::npos);
  EXPECT_NE(log.find("kept"), std::string::npos);
  EXPECT_EQ(got.Member("2.zip/Agent/logs/ds_agent.log")->original,
            "/diag/2.zip: Agent/logs/ds_agent.log");
  EXPECT_EQ(got.members.count("1.zip/Agent/logs/ds_agent.log"), 0U);
  for (const auto& [name, content] : got.members)
    EXPECT_EQ(content.find("SQLite"), std::string::npos) << name;
  EXPECT_GT(got.row.bytes_read, 5000U);
}

TEST_F(DiagnosticPackageContentKind, WhatItDoesNotTakeIsSaid) {
  Pack(R"(
z = zipfile.ZipFile("diag/1.zip", "w")
link = zipfile.ZipInfo("link")
link.create_system = 3
link.external_attr = (stat.S_IFLNK | 0o777) << 16
z.writestr(link, "/etc/shadow")
z.writestr("../../etc/up", "climbs\n")
z.writestr("last", "the last one\n")
z.close()
data = bytearray(open("diag/1.zip", "rb").read())
at = data.rindex(b"the last one")
data[at] ^= 1
open("diag/1.zip", "wb").write(data)
)");
  const tests::Collected got = Take();
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("archive.entry.link").size(), 1U);
  EXPECT_EQ(got.row.members.size(), 2U);
  // A content that is not what its sum says is kept and marked.
  ASSERT_NE(got.Member("1.zip/last"), nullptr);
  EXPECT_TRUE(got.Member("1.zip/last")->cut_tail);
  for (const auto& [name, content] : got.members)
    EXPECT_EQ(name.find(".."), std::string::npos) << name;
}

TEST_F(DiagnosticPackageContentKind, ABombCostsNoMoreThanTheLimit) {
  Pack(R"(
with zipfile.ZipFile("diag/1.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for i in range(4):
        z.writestr(f"{i}", b"a line of sixteen\n" * 12_000_000)
)");
  limits_ =
      manifest::Limits{.timeout = std::chrono::minutes(1), .max_bytes = 1U << 20U, .max_files = 10};
  const tests::Collected got = Take();
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_LT(got.row.bytes_read, uint64_t{8} << 20U);
}

TEST_F(DiagnosticPackageContentKind, NothingThereAndNoZip) {
  EXPECT_EQ(Take().row.outcome, Outcome::kMissing);
  tree_.Write("diag/1.zip", "no zip at all, but a text with password=Canary1234\n");
  const tests::Collected got = Take();
  EXPECT_NE(got.row.outcome, Outcome::kMissing);
  EXPECT_TRUE(got.members.empty());
}

}  // namespace
}  // namespace casepack

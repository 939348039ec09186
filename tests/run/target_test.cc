#include "collector/run/target.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

using bundle::Format;
const base::Timestamp kCreated = std::chrono::sys_seconds(std::chrono::seconds(1700000000));

TEST(Target, NamesTheFileByHostAndTime) {
  const auto target = ChooseTarget("", std::nullopt, "web01.example.test", kCreated);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "casepack-web01.example.test-20231114T221320Z.tar.gz");
  EXPECT_EQ(target->folder, "casepack-web01.example.test-20231114T221320Z");
  EXPECT_EQ(target->spool_folder, ".");
  EXPECT_EQ(target->format, Format::kTarGz);
}

TEST(Target, TakesNoHostileHostName) {
  const std::pair<const char*, const char*> cases[] = {
      {"../../etc/x", "casepack-_.._etc_x-"},
      {"a b\n$(x)", "casepack-a_b___x_-"},
      {"..", "casepack-host-"},
      {"", "casepack-host-"},
  };
  for (const auto& [name, begin] : cases) {
    const auto target = ChooseTarget("", std::nullopt, name, kCreated);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path.rfind(begin, 0), 0U) << target->path;
  }
}

TEST(Target, ReadsTheFormatFromTheName) {
  const std::pair<const char*, Format> cases[] = {
      {"/x/a.tar.gz", Format::kTarGz},   {"/x/a.tgz", Format::kTarGz},
      {"/x/a.tar.zst", Format::kTarZst}, {"/x/a.zip", Format::kZip},
      {"/x/a.bin", Format::kTarGz},
  };
  for (const auto& [name, format] : cases) {
    const auto target = ChooseTarget(name, std::nullopt, "h", kCreated);
    ASSERT_TRUE(target) << name;
    EXPECT_EQ(target->format, format) << name;
    EXPECT_EQ(target->spool_folder, "/x");
  }
  EXPECT_EQ(ChooseTarget("/x/a.zip", std::nullopt, "h", kCreated)->folder, "a");
  EXPECT_EQ(ChooseTarget("/x/a.zip", Format::kTarGz, "h", kCreated).error().code(),
            base::Code::kInvalid);
}

TEST(Target, PutsItIntoAFolder) {
  const tests::TempTree tree;
  const auto target = ChooseTarget(tree.root(), Format::kZip, "h", kCreated);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, tree.Path("casepack-h-20231114T221320Z.zip"));
  EXPECT_EQ(target->others.front(), "casepack-h-20231114T221320Z-2.zip");
  EXPECT_TRUE(ChooseTarget(tree.Path("a.zip"), std::nullopt, "h", kCreated)->others.empty());
  EXPECT_EQ(target->spool_folder, tree.root());
}

TEST(Target, StandardOutputSpoolsElsewhere) {
  const auto target = ChooseTarget("-", Format::kTarZst, "h", kCreated);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "-");
  EXPECT_EQ(target->format, Format::kTarZst);
  EXPECT_FALSE(target->spool_folder.empty());
}

}  // namespace
}  // namespace casepack::run

#include "collector/bundle/format.h"

#include <gtest/gtest.h>

namespace casepack::bundle {
namespace {

TEST(Format, ByTheEndOfAName) {
  EXPECT_EQ(FormatOfName("a.tar.gz"), Format::kTarGz);
  EXPECT_EQ(FormatOfName("/x/a.tgz"), Format::kTarGz);
  EXPECT_EQ(FormatOfName("a.tar.zst"), Format::kTarZst);
  EXPECT_EQ(FormatOfName("a.zip"), Format::kZip);
  for (const char* name : {"", ".zip", "a.gz", "a.tar", "a.zip.gz", "tar.gz"}) {
    EXPECT_EQ(FormatOfName(name), std::nullopt) << name;
  }
}

TEST(Format, SuffixAndNameAgree) {
  for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
    EXPECT_EQ(FormatOfName("a" + std::string(SuffixOf(format))), format);
  }
}

}  // namespace
}  // namespace casepack::bundle

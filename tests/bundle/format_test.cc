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

TEST(Format, ByTheFirstBytes) {
  EXPECT_EQ(FormatOfBytes("\x1f\x8b\x08"), Format::kTarGz);
  EXPECT_EQ(FormatOfBytes("\x28\xb5\x2f\xfd more"), Format::kTarZst);
  EXPECT_EQ(FormatOfBytes("PK\x03\x04"), Format::kZip);
  for (const char* bytes : {"", "\x1f", "PK", "PK\x05\x06", "text"})
    EXPECT_EQ(FormatOfBytes(bytes), std::nullopt) << bytes;
}

TEST(Format, OfAnIndex) {
  EXPECT_TRUE(CheckFormatName(kFormatName).ok());
  EXPECT_TRUE(CheckFormatName("casepack-bundle/1.9").ok());
  EXPECT_EQ(CheckFormatName("casepack-bundle/2").code(), base::Code::kUnsupported);
  for (const char* name : {"", "casepack-bundle/", "casepack-bundle/x", "casepack-facts/1"})
    EXPECT_EQ(CheckFormatName(name).code(), base::Code::kInvalid) << name;
}

}  // namespace
}  // namespace casepack::bundle

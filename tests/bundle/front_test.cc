#include "collector/bundle/front.h"

#include <libdeflate.h>

#include <filesystem>

#include "collector/bundle/tar.h"
#include "tests/bundle/bundle_fixture.h"
#include "tests/bundle/hostile_tar.h"

namespace casepack::bundle {
namespace {

using base::Code;
using tests::Content;

class FrontTest : public testing::Test {
 protected:
  static SealOptions Seal(std::string facts) {
    SealOptions seal = tests::PlainSeal();
    seal.front = [facts](const Index&) {
      return std::vector<FrontMember>{{"SUMMARY.txt", "s"}, {"facts.json", facts}};
    };
    return seal;
  }
  tests::TempTree tree_;
  Front front_;
};

// Both ways to unpack, the fast one and the one for what is large, give what Reader gives.
TEST_F(FrontTest, GivesWhatTheReaderGives) {
  const std::string small = R"({"facts":{}})";
  const std::string large = tests::Noise(17U << 20U);  // beyond what is unpacked in one go
  FrontReader reader({.index_bytes = 32U << 20U});
  for (const std::string& facts : {small, tests::Noise(3U << 20U), large, small}) {
    for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
      const auto made = tests::MakeBundle(tree_, format, {{"a.b", "x", "data"}}, Seal(facts));
      const std::string path = tree_.Write("bundle.bin", made.bytes);
      const base::Status status = reader.Read(path, &front_);
      ASSERT_TRUE(status.ok()) << status.message().key;
      EXPECT_EQ(front_.facts, facts);
      EXPECT_EQ(front_.index, tests::ReadMember(*tests::OpenReader(path), "index.json"));
    }
  }
}

TEST_F(FrontTest, WithoutFactsThereAreNone) {
  const auto made = tests::MakeBundle(tree_, Format::kTarGz, {{"a.b", "x", "data"}});
  ASSERT_TRUE(FrontReader().Read(tree_.Write("b", made.bytes), &front_).ok());
  EXPECT_EQ(front_.facts, "");
  EXPECT_NE(front_.index, "");
}

// The same reasons as Reader's, for whatever is cut or changed in the first member.
TEST_F(FrontTest, RefusesWhatTheReaderRefuses) {
  const auto made =
      tests::MakeBundle(tree_, Format::kTarGz, {{"a.b", "x", "data"}}, Seal(R"({"facts":{}})"));
  FrontReader reader;
  for (size_t at = 0; at < made.bytes.size(); at += 2) {
    std::string turned = made.bytes;
    turned[at] = static_cast<char>(turned[at] ^ 0x08);
    for (const std::string& bytes : {made.bytes.substr(0, at), turned}) {
      const std::string path = tree_.Write("b", bytes);
      const base::Status status = reader.Read(path, &front_);
      const auto whole = Reader::Open(path);
      if (whole) {
        EXPECT_TRUE(status.ok()) << at << " " << status.message().key;
      } else if (!status.ok()) {
        EXPECT_EQ(status.code(), whole.error().code()) << at;
      }
    }
  }
}

TEST_F(FrontTest, HostileTarsAreRefused) {
  const std::string index = R"({"format":"casepack-bundle/1"})";
  const struct {
    std::string tar;
    const char* key;
  } cases[] = {
      {tests::RawTarMember("../index.json", index), "bundle.reader.bad_name"},
      {tests::RawTarMember("f/other.json", index), "bundle.reader.not_a_bundle"},
      {std::string(), "bundle.reader.not_a_bundle"},
  };
  for (const auto& c : cases) {
    Compressor compressor(Codec::kGzip);
    const std::string path = tree_.Write("b", compressor.Compress(c.tar + std::string(TarEnd())));
    const base::Status status = FrontReader().Read(path, &front_);
    EXPECT_EQ(status.code(), Code::kInvalid);
    EXPECT_EQ(status.message().key, c.key);
  }
}

TEST_F(FrontTest, AnIndexBeyondTheBoundIsRefusedBeforeItIsRead) {
  const auto made = tests::MakeBundle(tree_, Format::kTarGz, {{"a.b", "x", "data"}});
  FrontReader reader({.index_bytes = 100});
  EXPECT_EQ(reader.Read(tree_.Write("b", made.bytes), &front_).message().key,
            "bundle.reader.index_bytes");
}

TEST_F(FrontTest, KnowsWhatIsEncrypted) {
  const std::string der("\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", 15);
  for (const std::string& bytes :
       {der, std::string("-----BEGIN CMS-----\n"), std::string("-----BEGIN PKCS7-----\n")}) {
    const base::Status status = FrontReader().Read(tree_.Write("b", bytes), &front_);
    EXPECT_EQ(status.code(), Code::kUnsupported);
    EXPECT_EQ(status.message().key, "bundle.reader.encrypted");
  }
  EXPECT_EQ(FrontReader().Read(tree_.Path("none"), &front_).code(), Code::kMissing);
}

}  // namespace
}  // namespace casepack::bundle

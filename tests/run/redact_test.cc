#include "collector/run/redact.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

class MemorySink : public os::ByteSink {
 public:
  base::Status Write(std::string_view bytes) override {
    text.append(bytes);
    return {};
  }
  base::Status Commit() override {
    committed = true;
    return {};
  }
  std::string text;
  bool committed = false;
};

class RedactTest : public testing::Test {
 protected:
  base::Result<Redacted> Of(const std::string& content) {
    auto input = os::UserInput::Open(tree_.Write("in", content));
    EXPECT_TRUE(input);
    return Redact(*input, sink_, tests::TestEngine());
  }

  tests::TempTree tree_;
  MemorySink sink_;
};

TEST_F(RedactTest, AText) {
  const auto redacted = Of("password=GEHEIM7\nrest\n");
  ASSERT_TRUE(redacted);
  EXPECT_FALSE(redacted->is_archive);
  EXPECT_TRUE(redacted->Complete());
  EXPECT_TRUE(sink_.committed);
  EXPECT_EQ(sink_.text, "password=[REDACTED:password]\nrest\n");
  EXPECT_EQ(redacted->report.total, (redaction::Counts{{"password", 1}}));
  EXPECT_EQ(redacted->report.bytes_in, 22U);
}

TEST_F(RedactTest, NothingIsATextToo) {
  const auto redacted = Of("");
  ASSERT_TRUE(redacted);
  EXPECT_TRUE(redacted->Complete());
  EXPECT_EQ(sink_.text, "");
}

TEST_F(RedactTest, WhatIsNoTextIsWithheld) {
  const auto redacted =
      Of("\x7f"
         "ELF" +
         std::string(9000, '\x01'));
  ASSERT_TRUE(redacted);
  EXPECT_TRUE(redacted->withheld);
  EXPECT_FALSE(redacted->Complete());
  EXPECT_EQ(sink_.text, "");
}

TEST_F(RedactTest, AnArchiveByItsContent) {
  // The one entry of a stored zip, by hand: local header, table, end.
  const std::string path = tree_.Path("a.zip");
  const std::string make = "import zipfile,sys; z=zipfile.ZipFile('" + path +
                           "','w'); z.writestr('a.log','password=GEHEIM7\\n'); z.close()";
  ASSERT_EQ(std::system(("python3 -c \"" + make + "\"").c_str()), 0);
  std::ifstream in(path, std::ios::binary);
  const std::string zip(std::istreambuf_iterator<char>(in), {});
  const auto redacted = Of(zip);
  ASSERT_TRUE(redacted);
  EXPECT_TRUE(redacted->is_archive);
  EXPECT_TRUE(redacted->Complete());
  EXPECT_EQ(redacted->report.entries, 1U);
  EXPECT_EQ(redacted->report.total, (redaction::Counts{{"password", 1}}));
  EXPECT_EQ(sink_.text.substr(0, 2), "PK");
  EXPECT_EQ(sink_.text.find("GEHEIM7"), std::string::npos);
}

}  // namespace
}  // namespace casepack::run

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "collector/base/json.h"
#include "collector/os/handle.h"
#include "tests/cli/binary.h"
#include "tests/support/standard_input.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

constexpr const char* kLog = "one password=geheim12\ntwo\nBearer abcdefgh01234567";
constexpr const char* kSafe =
    "one password=[REDACTED:password]\ntwo\nBearer [REDACTED:authorization]";

std::string Utf16(std::string_view ascii) {
  std::string wide = "\xff\xfe";
  for (const char c : ascii)
    wide += std::string{c, '\0'};
  return wide;
}

class RedactCommandTest : public testing::Test {
 protected:
  tests::TempTree tree_;
  std::string log_ = tree_.Write("app.log", kLog);
};

TEST_F(RedactCommandTest, AFileToStandardOutput) {
  const auto ran = RunCasepack({"redact", log_});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, kSafe);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(RunCasepack({"redact", log_, "-o", "-"}).out, kSafe);
  EXPECT_EQ(tree_.Read("app.log"), kLog);
}

TEST_F(RedactCommandTest, StandardInput) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"redact"}, {"redact", "-"}}) {
    const os::Handle pipe(tests::PipeWith(kLog));
    const tests::StandardInput standard(pipe.get());
    const auto ran = RunCasepack(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, kSafe);
    EXPECT_EQ(ran.err, "");
  }
}

TEST_F(RedactCommandTest, TextsOfManyKinds) {
  const struct {
    std::string text;
    std::string safe;
  } cases[] = {
      {"", ""},
      {"\n", "\n"},
      {"x", "x"},
      {"nothing to hide\r\n", "nothing to hide\r\n"},
      {Utf16("password=geheim12\n"), Utf16("password=[REDACTED:password]\n")},
      {"\x83\x5c password=geheim12\n", "\x83\x5c password=[REDACTED:password]\n"},
  };
  for (const auto& c : cases) {
    const auto ran = RunCasepack({"redact", tree_.Write("x", c.text)});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, c.safe);
  }
}

TEST_F(RedactCommandTest, IntoAFileThatIsNewAndOnesOwn) {
  const std::string out = tree_.Path("safe.log");
  const auto ran = RunCasepack({"redact", log_, "-o", out});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(tree_.Read("safe.log"), kSafe);
  struct stat info {};
  ASSERT_EQ(stat(out.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0600U);

  tree_.Write("safe.log", "of an earlier run");
  EXPECT_EQ(RunCasepack({"redact", log_, "-o", out}).exit, 3);
  EXPECT_EQ(tree_.Read("safe.log"), "of an earlier run");
  EXPECT_EQ(RunCasepack({"redact", log_, "-o", tree_.Path("no/such/folder/x")}).exit, 3);
  EXPECT_EQ(RunCasepack({"redact", log_, "-o", log_}).exit, 3);
  EXPECT_EQ(tree_.Read("app.log"), kLog);
}

TEST_F(RedactCommandTest, ReportsBesideTheText) {
  const auto to_stdout = RunCasepack({"redact", log_, "--report", "json"});
  EXPECT_EQ(to_stdout.exit, 0);
  EXPECT_EQ(to_stdout.out, kSafe);
  const auto to_file =
      RunCasepack({"redact", log_, "--report", "json", "-o", tree_.Path("safe.log")});
  EXPECT_EQ(to_file.exit, 0);
  EXPECT_EQ(to_file.err, "");
  EXPECT_EQ(tree_.Read("safe.log"), kSafe);
  for (const std::string& report : {to_stdout.err, to_file.out}) {
    const auto json = base::ParseJson(report);
    ASSERT_TRUE(json) << report;
    ASSERT_NE(json->Find("archive"), nullptr);
    EXPECT_EQ(*json->Find("archive")->boolean(), false);
    EXPECT_EQ(*json->Find("complete")->boolean(), true);
    EXPECT_EQ(*json->Find("withheld")->boolean(), false);
    EXPECT_EQ(json->IntegerOr("bytes_in", 0), static_cast<int64_t>(std::string(kLog).size()));
    EXPECT_EQ(json->IntegerOr("bytes_out", 0), static_cast<int64_t>(std::string(kSafe).size()));
    EXPECT_EQ(json->Find("redactions")->IntegerOr("password", 0), 1);
    EXPECT_EQ(json->Find("redactions")->IntegerOr("authorization", 0), 1);
    EXPECT_EQ(json->Find("redactions")->object()->size(), 2U);
    EXPECT_EQ(report.find("geheim"), std::string::npos);
  }
}

// Fail closed: what is not text is not let through.
TEST_F(RedactCommandTest, WithholdsWhatIsNoText) {
  const std::string begin(size_t{64} * 1024, '\n');
  std::string noise;
  for (int i = 0; i < 8192; ++i)
    noise += static_cast<char>(1 + i % 7);
  const std::string elf = std::string("\x7f") + "ELF\x02\x01\x01" + std::string(60, '\0');
  const struct {
    std::string input;
    std::string least;  // what comes out begins with this
  } cases[] = {
      {elf + "password=geheim12\n", ""},
      {noise, ""},
      {begin + noise + "password=geheim12\n", std::string(size_t{32} * 1024, '\n')},
  };
  for (const auto& c : cases) {
    const std::string path = tree_.Write("bin", c.input);
    const auto ran = RunCasepack({"redact", path});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.out.rfind(c.least, 0), 0U) << ran.out.size();
    EXPECT_EQ(ran.out.find_first_not_of('\n'), std::string::npos);
    EXPECT_NE(ran.err.find("casepack: error:"), std::string::npos) << ran.err;

    const auto reported = RunCasepack({"redact", path, "--report", "json"});
    EXPECT_EQ(reported.exit, 1);
    const auto json = base::ParseJson(reported.err);
    ASSERT_TRUE(json) << reported.err;
    EXPECT_EQ(*json->Find("complete")->boolean(), false);
    EXPECT_EQ(*json->Find("withheld")->boolean(), true);
  }
}

TEST_F(RedactCommandTest, OwnRules) {
  const std::string rules = tree_.Write(
      "rules.json",
      R"({"casepack_rules": 1, "rules": [{"id": "acme", "pattern": "acme_[0-9]{8}", "literals": ["acme_"]}]})");
  const std::string log = tree_.Write("x", "acme_00112233 password=geheim12\n");
  EXPECT_EQ(RunCasepack({"redact", log, "--rules", rules}).out,
            "[REDACTED:acme] password=[REDACTED:password]\n");
  EXPECT_EQ(RunCasepack({"redact", log}).out, "acme_00112233 password=[REDACTED:password]\n");
}

TEST_F(RedactCommandTest, RenamesAndTheMapIsTheWayBack) {
  const std::string key = tree_.Write("key", "0123456789abcdef0123456789abcdef\n");
  ASSERT_EQ(chmod(key.c_str(), 0600), 0);
  const std::string text = "from 10.1.2.3:22 and 10.1.2.4 by hanako@example.com\n";
  const std::string log = tree_.Write("x", text);
  const std::string map = tree_.Path("map");
  const auto ran =
      RunCasepack({"redact", log, "--pseudonymize=ips,emails", "--key-file", key, "--map", map});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  for (const char* name : {"10.1.2.3", "10.1.2.4", "hanako", "example.com"})
    EXPECT_EQ(ran.out.find(name), std::string::npos) << ran.out;
  EXPECT_EQ(RunCasepack({"redact", log, "--pseudonymize=ips,emails", "--key-file", key}).out,
            ran.out);
  EXPECT_EQ(RunCasepack({"reveal", map, tree_.Write("safe", ran.out)}).out, text);
  // What is renamed already stays, whatever the key.
  EXPECT_EQ(RunCasepack({"redact", tree_.Path("safe"), "--pseudonymize=ips,emails"}).out, ran.out);
}

TEST_F(RedactCommandTest, SaysWhatIsWrongBeforeAnythingIsWritten) {
  const std::string out = tree_.Path("safe.log");
  const struct {
    std::vector<std::string> words;
    std::string said;
  } cases[] = {
      {{tree_.Path("none")}, tree_.Path("none")},
      {{tree_.root()}, "is a folder"},
      {{log_, log_}, "casepack: error:"},
      {{log_, "--report", "xml"}, "xml"},
      {{log_, "--rules", tree_.Path("none")}, tree_.Path("none")},
      {{log_, "--rules", tree_.Write("bad.json", "{")}, tree_.Path("bad.json") + ":1:2: error:"},
      {{log_, "--pseudonymize=host"}, "host"},
      {{log_, "--map", tree_.Path("map")}, "--pseudonymize"},
  };
  for (const auto& c : cases) {
    std::vector<std::string> words{"redact", "-o", out};
    words.insert(words.end(), c.words.begin(), c.words.end());
    const auto ran = RunCasepack(words);
    EXPECT_EQ(ran.exit, 2) << c.said;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find(c.said), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(out)) << c.said;
  }
}

}  // namespace
}  // namespace casepack::cli

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

using Arguments = std::vector<std::string>;

TEST(RedactArguments, Cases) {
  const struct {
    Arguments arguments;
    Arguments wanted;
  } kCases[] = {
      {{}, {}},
      {{"ls", "-l", "/tmp"}, {"ls", "-l", "/tmp"}},
      {{"x", "--password", "ge heim", "y"}, {"x", "--password", "[REDACTED:password]", "y"}},
      {{"x", "--password=ge heim"}, {"x", "--password=[REDACTED:password]"}},
      {{"x", "--password", "-geheim"}, {"x", "--password", "[REDACTED:password]"}},
      {{"x", "--password", "--host"}, {"x", "--password", "--host"}},
      {{"x", "--password", "${P}"}, {"x", "--password", "${P}"}},
      {{"keytool", "-storepass", "geheim"}, {"keytool", "-storepass", "[REDACTED:password]"}},
      {{"/opt/ds_agent/dsa_control", "-u", "a:geheim", "-p", "pw", "-s", "0"},
       {"/opt/ds_agent/dsa_control", "-u", "a:[REDACTED:command-password]", "-p",
        "[REDACTED:command-password]", "-s", "0"}},
      {{"sudo", "C:\\x\\dsa_control.exe", "-w", "a:b c"},
       {"sudo", "C:\\x\\dsa_control.exe", "-w", "a:[REDACTED:command-password]"}},
      {{"dsa_control", "-a", "dsm://h:4120/", "token:22-BB", "tenantPassword:x y"},
       {"dsa_control", "-a", "dsm://h:4120/", "token:[REDACTED:token]",
        "tenantPassword:[REDACTED:password]"}},
      {{"mysql", "-u", "root", "-pgeheim", "db"},
       {"mysql", "-u", "root", "-p[REDACTED:command-password]", "db"}},
      {{"mysql", "-p", "db"}, {"mysql", "-p", "db"}},
      {{"psql", "-p", "5432"}, {"psql", "-p", "5432"}},
      {{"curl", "-H", "X-Api-Key: geheim", "https://u:p@h"},
       {"curl", "-H", "X-Api-Key: [REDACTED:api-key]", "https://u:[REDACTED:url-password]@h"}},
      {{"x", "\x01\x02"}, {"x", "[REDACTED:not-text]"}},
  };
  for (const auto& row : kCases) {
    Counts counts;
    const Arguments safe = RedactArguments(tests::TestEngine(), row.arguments, &counts);
    EXPECT_EQ(safe, row.wanted);
    EXPECT_EQ(counts.empty(), row.arguments == row.wanted);
    Counts again;
    EXPECT_EQ(RedactArguments(tests::TestEngine(), safe, &again), safe);
    EXPECT_TRUE(again.empty()) << ::testing::PrintToString(safe);
  }
}

TEST(RedactArguments, NeedsNoCounts) {
  EXPECT_EQ(RedactArguments(tests::TestEngine(), {"--token", "abc"}, nullptr)[1],
            "[REDACTED:token]");
}

}  // namespace
}  // namespace casepack::redaction

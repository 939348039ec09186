#include "tests/redaction/cases.h"

namespace casepack::redaction {
namespace {

using testing::Check;
using testing::CheckKept;

TEST(Tokens, JwtAndKeysInBase64) {
  const std::string jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4";
  Check({
      {jwt, "[REDACTED:jwt]"},
      {"got " + jwt + ", ok", "got [REDACTED:jwt], ok"},
      {"data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk=", "data: [REDACTED:private-key-base64]"},
  });
  CheckKept({"eyJhbGciOiJIUzI1NiJ9", "heyJ.a.b", "data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"});
}

TEST(Tokens, ActivationCode) {
  Check({
      {"code XY-ABCD-ABCDE-ABCDE-ABCDE-ABCDE-ABCDE.", "code [REDACTED:activation-code]."},
      {"XY-ABCD-ABCDE-ABCDE-ABCDE-ABCDE-ABCDE", "[REDACTED:activation-code]"},
  });
  CheckKept({"12345678-ABCD-ABCDE-ABCDE-ABCDE-ABCDE-ABCDE", "XY-ABCD-ABCDE-ABCDE-ABCDE-ABCDE",
             "XY-ABCD-ABCDE-ABCDE-ABCDE-ABCDE-ABCDEF", "123e4567-e89b-12d3-a456-426614174000",
             "2025-11-22", "D0:68:DE:AA:BB"});
}

TEST(Tokens, PasswordHashes) {
  Check({
      {"root:$6$salt$hashhash.hash/:19000:0:99999:7:::",
       "root:[REDACTED:password-hash]:19000:0:99999:7:::"},
      {"a:!$y$j9T$saltsalt$hashhash:1::::::", "a:![REDACTED:password-hash]:1::::::"},
  });
  CheckKept({"echo $1 $2$3", "$6$", "cost $5"});
}

}  // namespace
}  // namespace casepack::redaction

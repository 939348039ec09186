#include "redaction/rules.h"
#include "tests/redaction/cases.h"

namespace casepack::redaction {
namespace {

using testing::Check;
using testing::CheckKept;

// Built from the table: a shape that is written wrongly there is found here.
std::string Example(const TokenRule& rule) {
  std::string text(rule.prefix);
  const size_t length = rule.most != 0 ? rule.most : rule.least + 3U;
  const std::string_view letters = rule.charset == Charset::kUpperDigits ? "A7" : "aZ7";
  for (size_t i = 0; i < length; ++i)
    text += letters[i % letters.size()];
  return text;
}

TEST(Tokens, EveryShape) {
  for (const TokenRule& rule : kTokenRules) {
    const std::string token = Example(rule);
    const std::string kept(rule.keep_prefix ? rule.prefix : "");
    const std::string marker = kept + "[REDACTED:" + std::string(rule.id) + "]";
    Check({{token, marker},
           {"a " + token + " b", "a " + marker + " b"},
           {"(\"" + token + "\")", "(\"" + marker + "\")"}});
    CheckKept({"word" + token.substr(0, rule.prefix.size() + 4)});
  }
}

TEST(Tokens, AShapeOfOneLengthHasNoOther) {
  CheckKept({"AKIAIOSFODNN7EXAMPLEx", "AKIAIOSFODNN7EXAMPL", "AKIAIOSFODNN7EXAMPLE2"});
}

TEST(Tokens, JwtAndKeysInBase64) {
  const std::string jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4";
  Check({
      {jwt, "[REDACTED:jwt]"},
      {"got " + jwt + ", ok", "got [REDACTED:jwt], ok"},
      {"data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk=", "data: [REDACTED:private-key]"},
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

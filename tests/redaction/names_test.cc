#include "redaction/names.h"

#include <gtest/gtest.h>

#include <string>

#include "redaction/stream.h"

namespace casepack::redaction {
namespace {

TEST(Names, SecretOnesHaveTheirRule) {
  const struct {
    std::string_view name;
    std::string_view rule;
  } kCases[] = {
      {"password", "password"},
      {"DB_PASSWORD", "password"},
      {"database.SqlServer.password", "password"},
      {"CredentialsScreen.Administrator.Password", "password"},
      {"platformSettingSmtpPassword", "password"},
      {"password2", "password"},
      {"userpasswd", "password"},
      {"passphrase", "password"},
      {"pass", "password"},
      {"keystorePass", "password"},
      {"mailPass", "password"},
      {"mailPASS", "password"},
      {"HTTPAuth", "authorization"},
      {"keystorepass", "password"},
      {"-Dpass", "password"},
      {"smtp.pass", "password"},
      {"pwd", "password"},
      {"UserPwd", "password"},
      {"bindpw", "password"},
      {"pw", "password"},
      {"wifi-psk", "password"},
      {"client_secret", "secret"},
      {"ClientSecret", "secret"},
      {"aws_secret_access_key", "api-key"},
      {"SecretKey", "secret"},
      {"platformSettingAwsManagerIdentitySecretKey", "secret"},
      {"apikey", "api-key"},
      {"api_key", "api-key"},
      {"API-KEY", "api-key"},
      {"apiKeyOld", "api-key"},
      {"platformSettingTrendMicroXdrApiKey", "api-key"},
      {"private_key", "private-key"},
      {"platformSettingSamlServiceProviderPrivateKey", "private-key"},
      {"token", "token"},
      {"accessToken", "token"},
      {"AWS_SESSION_TOKEN", "token"},
      {"JSONEventToken", "token"},
      {"credentials", "credentials"},
      {"auth", "authorization"},
      {"Proxy-Authorization", "authorization"},
      {"session_id", "session"},
      {"JSESSIONID", "session"},
      {"ASP.NET_SessionId", "session"},
      {"sID", "session"},
      {"Set-Cookie", "cookie"},
      {"tenantID", "tenant-id"},
      {"LicenseScreen.License.-1", "activation-code"},
      {"activation_code", "activation-code"},
  };
  for (const auto& row : kCases) {
    const NameRule* rule = ClassifyName(row.name);
    ASSERT_NE(rule, nullptr) << row.name;
    EXPECT_EQ(rule->id, row.rule) << row.name;
    EXPECT_TRUE(IsSecretName(row.name)) << row.name;
  }
}

TEST(Names, OthersAreLeft) {
  for (const std::string_view name : {"",
                                      "p",
                                      "user",
                                      "key",
                                      "bypass",
                                      "compass",
                                      "passed",
                                      "passes",
                                      "passive",
                                      "PasswordAuthentication",
                                      "password_file",
                                      "passwordMinLength",
                                      "passwordPolicy",
                                      "token_type",
                                      "tokens",
                                      "tokenizer",
                                      "secretary",
                                      "secretName",
                                      "author",
                                      "authority",
                                      "authentication",
                                      "auth_method",
                                      "sessions",
                                      "sid",
                                      "SID",
                                      "cookies_enabled",
                                      "keyboard",
                                      "monkey",
                                      "keyring",
                                      "NOPASSWD",
                                      "passwd_tries",
                                      "session_timeout",
                                      "license",
                                      "Feature",
                                      "tenant",
                                      "spwd5x",
                                      "host",
                                      "cpu"}) {
    EXPECT_FALSE(IsSecretName(name)) << name;
  }
}

TEST(Names, OnlyTheEndOfAVeryLongNameCounts) {
  EXPECT_TRUE(IsSecretName(std::string(5000, 'a') + ".password"));
  EXPECT_FALSE(IsSecretName("token" + std::string(5000, 'a')));
}

// Each letter of a name counts, wherever it stands in it.
TEST(Names, TheMemoKnowsNamesThatDifferInOneLetter) {
  NameMemo memo;
  for (const std::string name : {"xxxxxxxxpasswordxxxxxxxx", "xxxxxpasswordxxxxx", "password",
                                 "apikey", "token", "key", "pwd", "psk"}) {
    for (size_t i = 0; i < name.size(); ++i) {
      for (const char c : {'q', '_', 'P'}) {
        std::string other = name;
        other[i] = c;
        ASSERT_EQ(memo.Classify(name), ClassifyName(name)) << name;
        ASSERT_EQ(memo.Classify(other), ClassifyName(other)) << other;
      }
    }
  }
}

// Names that meet in one row of the memo, names too long for it, and the empty one.
TEST(Names, TheMemoAnswersAsIfItWereNotThere) {
  NameMemo memo;
  const std::string letters = "passwordtokenkey_-.A1";
  for (int round = 0; round < 2; ++round) {
    for (size_t from = 0; from < letters.size(); ++from) {
      for (size_t size = 0; size < 40; ++size) {
        const std::string name = (letters + letters + letters).substr(from, size);
        ASSERT_EQ(memo.Classify(name), ClassifyName(name)) << name;
        ASSERT_EQ(memo.Classify(name), ClassifyName(name)) << name;
      }
    }
  }
}

}  // namespace
}  // namespace casepack::redaction

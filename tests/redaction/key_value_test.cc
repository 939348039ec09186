#include "tests/redaction/cases.h"

namespace casepack::redaction {
namespace {

using testing::Check;
using testing::CheckKept;

TEST(KeyValue, UsualNotations) {
  Check({
      {"password=summer", "password=[REDACTED:password]"},
      {"app: password=summer host=h", "app: password=[REDACTED:password] host=h"},
      {"app password: summer, host: h", "app password: [REDACTED:password], host: h"},
      {R"({"user":"bob","password":"a\"b,c","x":1})",
       R"({"user":"bob","password":"[REDACTED:password]","x":1})"},
      {R"({"log":"{\"password\":\"se\\"cret\",\"u\":1}"})",
       R"({"log":"{\"password\":\"[REDACTED:password]\",\"u\":1}"})"},
      {R"("{\"a\":\"{\\"token\\":\\"abc def\\",\\"b\\":1}\"}")",
       R"("{\"a\":\"{\\"token\\":\\"[REDACTED:token]\\",\\"b\\":1}\"}")"},
      {"'passwd' => 'geheim', 'x' => 1", "'passwd' => '[REDACTED:password]', 'x' => 1"},
      {"<c user=\"a\" password=\"geheim\" />", "<c user=\"a\" password=\"[REDACTED:password]\" />"},
      {"x --password=geheim y", "x --password=[REDACTED:password] y"},
      {"java -Dkey.password=geheim -Dpass=x1 -jar a",
       "java -Dkey.password=[REDACTED:password] -Dpass=[REDACTED:password] -jar a"},
      {"GET /x?token=geheim&y=1&sID=abcDEF HTTP/1.1",
       "GET /x?token=[REDACTED:token]&y=1&sID=[REDACTED:session] HTTP/1.1"},
      {"user[password]=geheim&x=1", "user[password]=[REDACTED:password]&x=1"},
      {"x user%5Bpassword%5D=geheim&x=1", "x user%5Bpassword%5D=[REDACTED:password]&x=1"},
      {"x %22password%22%3A%22geheim%22", "x %22password%22%3A%22[REDACTED:password]%22"},
      {"x &quot;password&quot;:&quot;geheim&quot;,",
       "x &quot;password&quot;:&quot;[REDACTED:json-numeric-entities]&quot;,"},
      {"$cfg['password'] = 'geheim';", "$cfg['password'] = '[REDACTED:password]';"},
      {"password := \"geheim\"", "password := \"[REDACTED:password]\""},
      {"b = {u'password': u'geheim'}", "b = {u'password': u'[REDACTED:password]'}"},
      {"//s/x /m cifs user=b,pass=geheim,credentials=/etc/cifs 0 0",
       "//s/x /m cifs user=b,pass=[REDACTED:password],credentials=/etc/cifs 0 0"},
      {"Server=h;Password=geheim;Database=d", "Server=h;Password=[REDACTED:password];Database=d"},
      {"\"tokens_secret\": [\"a]b\", \"c\"], \"x\": 1",
       "\"tokens_secret\": [[REDACTED:secret]], \"x\": 1"},
  });
}

TEST(KeyValue, DeepSecurity) {
  Check({
      {"database.SqlServer.password=$1$abc def", "database.SqlServer.password=[REDACTED:password]"},
      {"CredentialsScreen.Administrator.Password=x",
       "CredentialsScreen.Administrator.Password=[REDACTED:dsm-answer-credential]"},
      {"LicenseScreen.License.-1=AB-CDEF",
       "LicenseScreen.License.-1=[REDACTED:dsm-answer-license]"},
      {"dsa_control -a dsm://h:4120/ \"tenantID:11-AA\" \"token:22-BB\" \"tenantPassword:33\"",
       "dsa_control -a dsm://h:4120/ \"tenantID:[REDACTED:tenant-id]\" \"token:[REDACTED:token]\" "
       "\"tenantPassword:[REDACTED:password]\""},
      {"api-secret-key: A1:xyz/==", "api-secret-key: [REDACTED:dsm-api-secret-key]"},
      {"keystorePass=changeit", "keystorePass=[REDACTED:dsm-keystore-pass]"},
  });
  CheckKept({"... TrendMicroDsTenant=Primary TrendMicroDsTenantId=0 msg=The Agent reported",
             "17.0.21.1 Feature-AM-RedHat_EL8-20.0.0-877.x86_64.dsp"});
}

TEST(KeyValue, APasswordThatHasItsLineMayHaveBlanksAndSeparators) {
  Check({
      {"password=my pass, word;x\nuser=a\n", "password=[REDACTED:password]\nuser=a\n"},
      {"  password: correct horse battery\r\n  user: a",
       "  password: [REDACTED:password]\r\n  user: a"},
      {"export DB_PASSWORD=a b", "export DB_PASSWORD=[REDACTED:password]"},
      {"node.session.auth.password = a b", "node.session.auth.password = [REDACTED:password]"},
      {"password=a user=b", "password=[REDACTED:password] user=b"},
      {"password: |\n    secret words\nuser: x", "password: |\n    [REDACTED:password]\nuser: x"},
      {"\"password\":\n  \"geheim\"", "\"password\":\n  \"[REDACTED:password]\""},
  });
}

TEST(KeyValue, AnObjectIsNotAValue) {
  CheckKept({R"({"password": {"type": "string", "minLength": 8}})",
             R"("{\"password\":{ \"type\":\"string\"}}")"});
  Check({{R"({"password":{"password":"summer"}})",
          R"({"password":{"password":"[REDACTED:password]"}})"},
         {R"("password": {SSHA}summer,)", R"("password": [REDACTED:password],)"},
         {R"(password={"summer)", R"(password=[REDACTED:password])"}});
}

TEST(KeyValue, SeparatorsInsideAValue) {
  Check({
      {"x password=ab,cd;ef user", "x password=[REDACTED:password] user"},
      {"x password=ab)cd user", "x password=[REDACTED:password] user"},
      {"f(password=ab), g", "f(password=[REDACTED:password]), g"},
      {"\"cmd\":\"mysql password=ab\"}", "\"cmd\":\"mysql password=[REDACTED:password]\"}"},
      {R"("{\"cmd\":\"mysql password=ab\"}")",
       R"("{\"cmd\":\"mysql password=[REDACTED:password]\"}")"},
      {"\"a\",\"user=x, password=\"\"geheim,x\"\" ok\",\"b\"",
       "\"a\",\"user=x, password=\"\"[REDACTED:password]\"\" ok\",\"b\""},
      {"password='it''s' x", "password='[REDACTED:password]' x"},
  });
}

TEST(KeyValue, TheStringAroundAValueEndsIt) {
  Check({{R"({"m":"\"password\":\"cut of","y":"kept"})",
          R"({"m":"\"password\":\"[REDACTED:password]","y":"kept"})"}});
}

TEST(KeyValue, APlaceholderStaysOneWhenWhatFollowsIsReplaced) {
  Check({{"password = null AKIAIOSFODNN7EXAMPLE=y", "password = null [REDACTED:aws-key]=y"}});
}

TEST(KeyValue, Headers) {
  Check({
      {"Authorization: Basic Z2VoZWlt", "Authorization: Basic [REDACTED:authorization]"},
      {"> proxy-authorization: Digest username=\"a\", response=\"b\"",
       "> proxy-authorization: Digest [REDACTED:authorization]"},
      {"curl -H \"Authorization: Bearer geheim\" https://x",
       "curl -H \"Authorization: Bearer [REDACTED:authorization]\" https://x"},
      {"{\"Authorization\": \"Bearer geheim\", \"x\": 1}",
       "{\"Authorization\": \"Bearer [REDACTED:authorization]\", \"x\": 1}"},
      {"Cookie: a=b; c=d\nHost: h", "Cookie: [REDACTED:cookie]\nHost: h"},
      {"Set-Cookie: sID=x; Path=/\r\nHost: h", "Set-Cookie: [REDACTED:cookie]\r\nHost: h"},
      {"X-Api-Key: geheim", "X-Api-Key: [REDACTED:api-key]"},
  });
}

TEST(KeyValue, NameAndValueApart) {
  Check({
      {"- name: DB_PASSWORD\n  value: geheim\n- name: A\n  value: b",
       "- name: DB_PASSWORD\n  value: [REDACTED:password]\n- name: A\n  value: b"},
      {"<add key=\"password\" value=\"geheim\"/>",
       "<add key=\"password\" value=\"[REDACTED:password]\"/>"},
      {"{\"name\":\"API_KEY\",\"value\":\"geheim\"},{\"name\":\"a\",\"value\":\"b\"}",
       "{\"name\":\"API_KEY\",\"value\":\"[REDACTED:api-key]\"},{\"name\":\"a\",\"value\":\"b\"}"},
  });
}

TEST(KeyValue, ANextNameForgetsTheOneBefore) {
  CheckKept({"<input name=\"password\"/><input name=\"a b\" value=\"x\"/>"});
}

TEST(KeyValue, Colours) {
  Check({
      {"\x1b[36mpass\x1b[0m=geheim x", "\x1b[36mpass\x1b[0m=[REDACTED:password] x"},
      {"x password=\x1b[32mgeheim\x1b[0m x", "x password=\x1b[32m[REDACTED:password]\x1b[0m x"},
  });
}

TEST(KeyValue, Kept) {
  CheckKept({
      "PasswordAuthentication no",
      "PasswordAuthentication=no",
      "token_type=bearer",
      "tokens: 5",
      "token: 5",
      "passed=3 bypass=x",
      "passwd:         files systemd",
      "passwd: compat [NOTFOUND=return] db",
      "grep: /etc/passwd: No such file or directory",
      "root ALL=(ALL) NOPASSWD: ALL",
      "Access denied for user 'x'@'y' (using password: YES)",
      "PWD=/root OLDPWD=/tmp",
      "password=${DB_PASSWORD} password=\"<your password>\" pwd=**** password=%s password=null",
      "pam_unix(passwd:chauthtok): password changed for bob",
      "auth: pam",
      "session: opened",
      "if (password == null) {",
      "Config::Password::Read",
      "root@host's password: ",
      "credentials=/etc/cifs.cred",
      "private_key = /etc/ssl/a.pem",
      "SID: S-1-5-21",
      "2025-07-26 14:34:47.505346 [+0100]: [Cmd/5] | Received command",
      "a=b c:d",
  });
}

TEST(KeyValue, APasswordIsNeverKeptForBeingShortOrPlain) {
  Check({
      {"x password=1 y", "x password=[REDACTED:password] y"},
      {"x password: no1 y", "x password: [REDACTED:password] y"},
      {"x token=summer y", "x token=[REDACTED:token] y"},
  });
}

}  // namespace
}  // namespace casepack::redaction

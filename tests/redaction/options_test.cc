#include "tests/redaction/cases.h"

namespace casepack::redaction {
namespace {

using testing::Check;
using testing::CheckKept;

TEST(Options, LongOnes) {
  Check({
      {"x --password geheim -h host", "x --password [REDACTED:password] -h host"},
      {"x --password 'ge heim' y", "x --password '[REDACTED:password]' y"},
      {"keytool -storepass geheim -list", "keytool -storepass [REDACTED:keytool-password] -list"},
      {"[\"a\", \"--password\", \"geheim\"]", "[\"a\", \"--password\", \"[REDACTED:password]\"]"},
      {R"("[\"a\",\"--token\",\"geheim\"]")", R"("[\"a\",\"--token\",\"[REDACTED:token]\"]")"},
  });
  CheckKept({"mysql --password -h host", "usage: x --password PASSWORD",
             "docker login --password string  Password", "--user bob", "see --password/--user",
             "x --password"});
}

TEST(Options, ShortOnesOfKnownPrograms) {
  Check({
      {"/opt/ds_agent/dsa_control -u bob:geheim",
       "/opt/ds_agent/dsa_control -u bob:[REDACTED:dsa-proxy-credential]"},
      {"dsa_control -w \"u:ge heim\" -p x1 -s 0",
       "dsa_control -w \"u:[REDACTED:dsa-proxy-credential]\" -p [REDACTED:dsa-command-password] -s "
       "0"},
      {"C:\\x\\dsa_control.exe -p x1", "C:\\x\\dsa_control.exe -p [REDACTED:dsa-command-password]"},
      {"['dsa_query', '-u', 'a:geheim']", "['dsa_query', '-u', 'a:[REDACTED:command-password]']"},
      {"mysql -u root -pgeheim db", "mysql -u root -p[REDACTED:mysql-password-argument] db"},
      {"sshpass -p geheim ssh h", "sshpass -p [REDACTED:sshpass-password] ssh h"},
      {"curl -u a:geheim https://h", "curl -u a:[REDACTED:curl-user] https://h"},
  });
  CheckKept({"psql -p 5432 -u a:b", "mysql -p db", "dsa_control -m\npsql -p 5432",
             "dsa_controller -p x"});
}

TEST(Options, WordsThatBeginALine) {
  Check({
      {"bindpw geheim\n", "bindpw [REDACTED:password]\n"},
      {"a\n  rocommunity geheim 10.0.0.0/8\nb",
       "a\n  rocommunity [REDACTED:snmp-community] 10.0.0.0/8\nb"},
      {"rootpw --plaintext geheim\n", "rootpw --plaintext [REDACTED:password]\n"},
      {"machine h login u password geheim", "machine h login u password [REDACTED:password]"},
      {"machine h\nlogin u\npassword geheim\n",
       "machine h\nlogin u\npassword [REDACTED:netrc-entry]\n"},
      {"requirepass geheim", "requirepass [REDACTED:password]"},
      {"psk=geheim", "psk=[REDACTED:password]"},
  });
  CheckKept({"password required pam_unix.so", "password [success=1 default=ignore] pam_unix.so",
             "the bindpw option", "password for root was changed"});
}

}  // namespace
}  // namespace casepack::redaction

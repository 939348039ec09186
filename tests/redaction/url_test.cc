#include "tests/redaction/cases.h"

namespace casepack::redaction {
namespace {

using testing::Check;
using testing::CheckKept;

TEST(Url, Passwords) {
  Check({
      {"postgres://bob:geheim@db.host/x", "postgres://bob:[REDACTED:url-password]@db.host/x"},
      {"redis://:geheim@h:6379", "redis://:[REDACTED:url-password]@h:6379"},
      {"http://bob:p@ss:w%40rd@proxy:8080/?q=a@b",
       "http://bob:[REDACTED:url-password]@proxy:8080/?q=a@b"},
      {"http://bob:pa/ss@host/x", "http://bob:[REDACTED:url-password]@host/x"},
      {"x%20https%3A%2F%2Fbob%3Ageheim%40h%2F",
       "x%20https%3A%2F%2Fbob%3A[REDACTED:url-password]%40h%2F"},
      {"mongodb://u:p@h1:1,h2:2/d", "mongodb://u:[REDACTED:url-password]@h1:1,h2:2/d"},
      {"\"url\":\"https://u:p@h\"", "\"url\":\"https://u:[REDACTED:url-password]@h\""},
      {"proxy=http://u:geheim@h", "proxy=http://u:[REDACTED:url-password]@h"},
  });
}

// What ends the authority, and how far behind a slash the password may go on.
TEST(Url, Authority) {
  const std::string near(255, 'x');
  Check({{"http://u:pa/" + near + "@h", "http://u:[REDACTED:url-password]@h"},
         {"http://u:pa?x@h", "http://u:[REDACTED:url-password]@h"},
         {"http://u:pa#x@h", "http://u:[REDACTED:url-password]@h"}});
  CheckKept({"http://u:pa/" + near + "xx@h", "http://h:8080?a=b@c", "http://h:8080#a@c",
             "http://h?a:b=c@d/e"});
}

TEST(Url, ATokenForAUser) {
  Check(
      {{"https://"
        "ghp_"
        "0123456789abcdefghij:x-oauth-basic@github.com/a",
        "https://[REDACTED:github-token]:[REDACTED:url-password]@github.com/a"}});
}

TEST(Url, Kept) {
  CheckKept({"http://h:8080/a@b", "https://bob@host/x:y", "dsm://h:4120/", "mailto:a@b.c",
             "http://[::1]:80/", "https://u:${P}@h/", "http://h/a:b c@d", "a://b c:d@e"});
}

}  // namespace
}  // namespace casepack::redaction

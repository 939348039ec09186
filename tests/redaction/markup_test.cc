#include "tests/redaction/cases.h"

namespace casepack::redaction {
namespace {

using testing::Check;
using testing::CheckKept;

TEST(Markup, Elements) {
  Check({
      {"<Password>geheim</Password>", "<Password>[REDACTED:password]</Password>"},
      {"<ns:Password type=\"x\">ge&lt;heim</ns:Password>",
       "<ns:Password type=\"x\">[REDACTED:wsse-password]</ns:Password>"},
      {"<Password>\n  geheim\n</Password>", "<Password>[REDACTED:password]</Password>"},
      {"<Password><![CDATA[ge<heim]]></Password>",
       "<Password><![CDATA[[REDACTED:password]<heim]]></Password>"},
      {"&lt;Password&gt;geheim&lt;/Password&gt;",
       "&lt;Password&gt;[REDACTED:password]&lt;/Password&gt;"},
      {"<entry key=\"password\">geheim</entry>",
       "<entry key=\"password\">[REDACTED:xml-entry-key]</entry>"},
      {"<Password>cut of", "<Password>[REDACTED:password]"},
      // No markup that anyone writes, but the value's name was seen.
      {"<a key=\"password\" />\n</a id=\"7\">S3cret99y</a>",
       "<a key=\"password\" />\n</a id=\"7\">[REDACTED:password]</a>"},
  });
}

TEST(Markup, Kept) {
  CheckKept({"<Password/><Password></Password>", "usage: login <user> <password> [options]",
             "<token>5</token>", "a > b", "a->b", "<user>bob</user>", "<Password>${X}</Password>",
             "echo token > file"});
}

}  // namespace
}  // namespace casepack::redaction

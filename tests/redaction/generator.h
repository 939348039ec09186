// Random texts from the pieces that rules are made of: where they meet is where a
// scanner breaks. The same seed gives the same text everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace casepack::redaction::testing {

class Generator {
 public:
  explicit Generator(uint64_t seed) : state_(seed * 2 + 1) {}

  uint64_t Below(uint64_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return (state_ >> 11) % bound;
  }

  std::string Text(size_t pieces) {
    static constexpr std::string_view kPieces[] = {"password",
                                                   "passwd",
                                                   "token",
                                                   "secret",
                                                   "api_key",
                                                   "auth",
                                                   "cookie",
                                                   "sID",
                                                   "pass",
                                                   "name",
                                                   "value",
                                                   "key",
                                                   "DB_PASSWORD",
                                                   "Authorization",
                                                   "Set-Cookie",
                                                   "tenantID",
                                                   "=",
                                                   "=",
                                                   ":",
                                                   ": ",
                                                   " = ",
                                                   "=>",
                                                   "==",
                                                   ":=",
                                                   "\"",
                                                   "\"",
                                                   "'",
                                                   "\\\"",
                                                   "\\",
                                                   "\"\"",
                                                   "`",
                                                   "&quot;",
                                                   "%22",
                                                   "%3A",
                                                   "%3D",
                                                   "%40",
                                                   "%3A%2F%2F",
                                                   "://",
                                                   "@",
                                                   "/",
                                                   "?",
                                                   "&",
                                                   ";",
                                                   ",",
                                                   "|",
                                                   "(",
                                                   ")",
                                                   "[",
                                                   "]",
                                                   "{",
                                                   "}",
                                                   "<",
                                                   ">",
                                                   "</",
                                                   "/>",
                                                   "&lt;",
                                                   "&gt;",
                                                   "<![CDATA[",
                                                   "]]>",
                                                   " ",
                                                   " ",
                                                   " ",
                                                   "\t",
                                                   "\n",
                                                   "\n",
                                                   "\r\n",
                                                   "\r",
                                                   "\x1b[31m",
                                                   "\x1b[0m",
                                                   "--",
                                                   "-",
                                                   "-p",
                                                   "-u",
                                                   "-----",
                                                   "-----BEGIN ",
                                                   "PRIVATE KEY-----",
                                                   "-----END ",
                                                   "RSA ",
                                                   "CERTIFICATE-----",
                                                   "Private-Lines: 2",
                                                   "Private-MAC: 1",
                                                   "dsa_control ",
                                                   "curl ",
                                                   "mysql ",
                                                   "machine ",
                                                   "login ",
                                                   "bindpw ",
                                                   "Bearer ",
                                                   "Basic ",
                                                   "eyJ",
                                                   "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.x",
                                                   "AKIAIOSFODNN7EXAMPLE",
                                                   "ghp_",
                                                   "$6$",
                                                   "sk-",
                                                   "LS0tLS1CRUdJTi",
                                                   "XY-ABCD-ABCDE-ABCDE-ABCDE-ABCDE-ABCDE",
                                                   "nrf256:",
                                                   "hunter2",
                                                   "abcdefghij0123456789",
                                                   "5",
                                                   "Ab1",
                                                   "null",
                                                   "${X}",
                                                   "****",
                                                   "%s",
                                                   "true",
                                                   "files",
                                                   "http",
                                                   "user",
                                                   "[REDACTED:password]",
                                                   "[REDACTED:",
                                                   "REDACTED",
                                                   "x",
                                                   "\xe3\x81\x82",
                                                   "\xff",
                                                   "#",
                                                   "- ",
                                                   "export ",
                                                   ".",
                                                   "_",
                                                   "+",
                                                   "|\n  "};
    std::string text;
    for (size_t i = 0; i < pieces; ++i)
      text += kPieces[Below(std::size(kPieces))];
    return text;
  }

 private:
  uint64_t state_;
};

}  // namespace casepack::redaction::testing

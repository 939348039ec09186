#include "redaction/magic.h"

#include <gtest/gtest.h>

#include <string>

#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

using std::literals::operator""s;

TEST(Magic, KnownBinariesAreWithheldAtOnce) {
  for (const std::string& head :
       {"\x7f"
        "ELF\2\1\1\0"s,
        "\x1f\x8b\x08\0"s,
        "\xfd"
        "7zXZ\0"s,
        "\x28\xb5\x2f\xfd"s, "PK\x03\x04"s, "BZh91AY"s, "\x89PNG\r\n"s, "SQLite format 3\0"s,
        "\xfe\xed\xfe\xed\0\0\0\2"s, "Salted__12345678"s, "\x30\x82\x0a\x11\x02\x01\x03\x30"s,
        "\x30\x77\x02\x01\x01\x04\x20zzzz"s, "\x30\x82\x02\x5c\x30\x82\x01\xc5zzz"s,
        "\x30\x80\x02\x01\x03zzz"s}) {
    EXPECT_TRUE(HasBinaryMagic(head)) << head;
    for (const size_t block : {1, 5, 10000}) {
      const std::string bytes = head + std::string(9000, 'a');
      std::string out;
      Stream stream(tests::TestEngine(), [&](std::string_view part) { out += part; });
      for (size_t i = 0; i < bytes.size(); i += block)
        stream.Feed(std::string_view(bytes).substr(i, block));
      stream.Finish();
      EXPECT_TRUE(stream.withheld()) << head;
      EXPECT_EQ(out, "");
    }
  }
}

TEST(Magic, TextIsNone) {
  for (const std::string& head :
       {"0\x82\xa0 CP932 text"s, "PK is a name"s, "BZ"s, ""s, "MZ"s, "\xef\xbb\xbfUTF-8"s}) {
    EXPECT_FALSE(HasBinaryMagic(head)) << head;
  }
}

}  // namespace
}  // namespace casepack::redaction

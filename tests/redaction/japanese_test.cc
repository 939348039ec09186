#include "redaction/japanese.h"

#include "tests/redaction/cases.h"
#include "tests/redaction/corpus.h"

namespace casepack::redaction {
namespace {

using testing::Check;
using testing::CheckKept;

TEST(Japanese, NamesAndSeparators) {
  Check({
      {"パスワード：GEHEIM7", "パスワード：[REDACTED:password]"},
      {"x パスワード: GEHEIM7 y", "x パスワード: [REDACTED:password] y"},
      {"ログインパスワード＝GEHEIM7", "ログインパスワード＝[REDACTED:password]"},
      {"パスワード　：　GEHEIM7", "パスワード　：　[REDACTED:password]"},
      {"認証トークン：q1w2e3r4t5", "認証トークン：[REDACTED:token]"},
      {"password：GEHEIM7", "password：[REDACTED:password]"},
      {"アクティベーションコード: abcdef123",
       "アクティベーションコード: [REDACTED:activation-code]"},
  });
}

TEST(Japanese, OtherNamesAreKept) {
  CheckKept({"ユーザー：tanaka", "件数＝12", "パスワードを変更しました", "トークン：5", "：x"});
}

TEST(Japanese, InCp932) {
  const std::string text = testing::ToCp932("パスワード：Zq12345abc\n");
  const std::string safe = RedactText(tests::TestEngine(), text, nullptr);
  EXPECT_EQ(safe, testing::ToCp932("パスワード：") + "[REDACTED:password]\n");
}

}  // namespace
}  // namespace casepack::redaction

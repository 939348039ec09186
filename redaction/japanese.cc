#include "redaction/japanese.h"

#include <array>
#include <cstdint>

namespace casepack::redaction {
namespace {

struct Row {
  std::string_view word;
  std::string_view name;
};

// UTF-8, then CP932 with FF before a character whose second byte is ASCII.
// clang-format off
constexpr std::array kNames = {
    Row{"\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89", "password"},  // パスワード
    Row{"\xff\x83\xf0\xff\x83\xd8\x83\x8f\xff\x81\xdb\xff\x83\xe8", "password"},
    Row{"\xe3\x83\x91\xe3\x82\xb9\xe3\x83\x95\xe3\x83\xac\xe3\x83\xbc\xe3\x82\xba", "passphrase"},  // パスフレーズ
    Row{"\xff\x83\xf0\xff\x83\xd8\xff\x83\xf4\x83\x8c\xff\x81\xdb\xff\x83\xd9", "passphrase"},
    Row{"\xe3\x83\x91\xe3\x82\xb9\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89", "passcode"},  // パスコード
    Row{"\xff\x83\xf0\xff\x83\xd8\xff\x83\xd2\xff\x81\xdb\xff\x83\xe8", "passcode"},
    Row{"\xe6\x9a\x97\xe8\xa8\xbc\xe7\x95\xaa\xe5\x8f\xb7", "password"},  // 暗証番号
    Row{"\x88\xc3\x8f\xd8\x94\xd4\x8d\x86", "password"},
    Row{"\xe5\x90\x88\xe8\xa8\x80\xe8\x91\x89", "password"},  // 合言葉
    Row{"\x8d\x87\x8c\xbe\xff\x97\xf4", "password"},
    Row{"\xe7\xa7\x98\xe5\xaf\x86\xe9\x8d\xb5", "privatekey"},  // 秘密鍵
    Row{"\x94\xe9\x96\xa7\x8c\xae", "privatekey"},
    Row{"\xe4\xba\x8b\xe5\x89\x8d\xe5\x85\xb1\xe6\x9c\x89\xe9\x8d\xb5", "presharedkey"},  // 事前共有鍵
    Row{"\x8e\x96\xff\x91\xcf\x8b\xa4\xff\x97\xcc\x8c\xae", "presharedkey"},
    Row{"\xe5\x85\xb1\xe6\x9c\x89\xe9\x8d\xb5", "presharedkey"},  // 共有鍵
    Row{"\x8b\xa4\xff\x97\xcc\x8c\xae", "presharedkey"},
    Row{"\xe3\x82\xb7\xe3\x83\xbc\xe3\x82\xaf\xe3\x83\xac\xe3\x83\x83\xe3\x83\x88", "secret"},  // シークレット
    Row{"\xff\x83\xd6\xff\x81\xdb\xff\x83\xce\x83\x8c\xff\x83\xe2\xff\x83\xe7", "secret"},
    Row{"\xe3\x82\xa2\xe3\x82\xaf\xe3\x82\xbb\xe3\x82\xb9\xe3\x82\xad\xe3\x83\xbc", "accesskey"},  // アクセスキー
    Row{"\xff\x83\xc1\xff\x83\xce\xff\x83\xda\xff\x83\xd8\xff\x83\xcc\xff\x81\xdb", "accesskey"},
    Row{"API\xe3\x82\xad\xe3\x83\xbc", "apikey"},  // APIキー
    Row{"API\xff\x83\xcc\xff\x81\xdb", "apikey"},
    Row{"API \xe3\x82\xad\xe3\x83\xbc", "apikey"},  // API キー
    Row{"API \xff\x83\xcc\xff\x81\xdb", "apikey"},
    Row{"\xe6\x9a\x97\xe5\x8f\xb7\xe9\x8d\xb5", "encryptionkey"},  // 暗号鍵
    Row{"\x88\xc3\x8d\x86\x8c\xae", "encryptionkey"},
    Row{"\xe8\xaa\x8d\xe8\xa8\xbc\xe3\x83\x88\xe3\x83\xbc\xe3\x82\xaf\xe3\x83\xb3", "token"},  // 認証トークン
    Row{"\xff\x94\xc6\x8f\xd8\xff\x83\xe7\xff\x81\xdb\xff\x83\xce\x83\x93", "token"},
    Row{"\xe3\x83\x88\xe3\x83\xbc\xe3\x82\xaf\xe3\x83\xb3", "token"},  // トークン
    Row{"\xff\x83\xe7\xff\x81\xdb\xff\x83\xce\x83\x93", "token"},
    Row{"\xe8\xaa\x8d\xe8\xa8\xbc\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89", "token"},  // 認証コード
    Row{"\xff\x94\xc6\x8f\xd8\xff\x83\xd2\xff\x81\xdb\xff\x83\xe8", "token"},
    Row{"\xe3\x82\xa2\xe3\x82\xaf\xe3\x83\x86\xe3\x82\xa3\xe3\x83\x99\xe3\x83\xbc\xe3\x82\xb7\xe3\x83\xa7\xe3\x83\xb3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89", "activationcode"},  // アクティベーションコード
    Row{"\xff\x83\xc1\xff\x83\xce\xff\x83\xe5\xff\x83\xc2\xff\x83\xf8\xff\x81\xdb\xff\x83\xd6\x83\x87\x83\x93\xff\x83\xd2\xff\x81\xdb\xff\x83\xe8", "activationcode"},
    Row{"\xe3\x83\xa9\xe3\x82\xa4\xe3\x82\xbb\xe3\x83\xb3\xe3\x82\xb9\xe3\x82\xad\xe3\x83\xbc", "licensekey"},  // ライセンスキー
    Row{"\x83\x89\xff\x83\xc3\xff\x83\xda\x83\x93\xff\x83\xd8\xff\x83\xcc\xff\x81\xdb", "licensekey"},
    Row{"\xe3\x83\x97\xe3\x83\xad\xe3\x83\x80\xe3\x82\xaf\xe3\x83\x88\xe3\x82\xad\xe3\x83\xbc", "productkey"},  // プロダクトキー
    Row{"\xff\x83\xf6\x83\x8d\xff\x83\xdf\xff\x83\xce\xff\x83\xe7\xff\x83\xcc\xff\x81\xdb", "productkey"},
    Row{"\xe8\xaa\x8d\xe8\xa8\xbc\xe3\x82\xad\xe3\x83\xbc", "authkey"},  // 認証キー
    Row{"\xff\x94\xc6\x8f\xd8\xff\x83\xcc\xff\x81\xdb", "authkey"},
};
constexpr std::array<std::string_view, 4> kSeparators = {
    "\xef\xbc\x9a", "\xff\x81\xc6",  // ：
    "\xef\xbc\x9d", "\x81\x81",      // ＝
};
// clang-format on

bool EndsAt(const View& view, size_t end, std::string_view word) {
  return end >= view.floor + word.size() && view.text[end - 1] == word.back() &&
         view.text.substr(end - word.size(), word.size()) == word;
}

constexpr size_t LastTwo(const char* end) {
  return static_cast<size_t>(static_cast<unsigned char>(end[-2])) << 8 |
         static_cast<unsigned char>(end[-1]);
}

constexpr auto MakeTailBits() {
  std::array<uint64_t, 1024> bits{};
  const auto set = [&bits](std::string_view text) {
    const size_t two = LastTwo(text.data() + text.size());
    bits[two / 64] |= uint64_t{1} << (two % 64);
  };
  for (const Row& row : kNames)
    set(row.word);
  for (const std::string_view blank : kWideBlanks)
    set(blank);
  return bits;
}
constexpr auto kTailBits = MakeTailBits();

constexpr bool AllHaveTails() {
  const auto has = [](std::string_view text) {
    return kJapaneseTails.find(text.back()) != std::string_view::npos;
  };
  for (const Row& row : kNames) {
    if (!has(row.word)) return false;
  }
  for (const std::string_view blank : kWideBlanks) {
    if (!has(blank)) return false;
  }
  return true;
}
static_assert(AllHaveTails(), "a name in Japanese whose separator would be quiet");

}  // namespace

bool MayEndJapaneseName(const char* end) {
  const size_t two = LastTwo(end);
  return (kTailBits[two / 64] >> (two % 64) & 1) != 0;
}

JapaneseName JapaneseNameBefore(const View& view, size_t end) {
  if (end < view.floor + 2 || !MayEndJapaneseName(view.text.data() + end)) return {end, {}};
  for (const Row& row : kNames) {
    if (EndsAt(view, end, row.word)) return {end - row.word.size(), row.name};
  }
  return {end, {}};
}

size_t WideSeparatorEndingAt(const View& view, size_t at) {
  for (const std::string_view separator : kSeparators) {
    if (EndsAt(view, at + 1, separator)) return separator.size();
  }
  return 0;
}

}  // namespace casepack::redaction

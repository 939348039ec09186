#include "redaction/encoding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/redaction/corpus.h"
#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

using std::literals::operator""s;
using std::literals::operator""sv;

struct Decoded {
  std::string text;
  std::string rest;
  Encoding encoding = Encoding::kUnknown;
  bool escaped = false;
  bool operator==(const Decoded&) const = default;
};

Decoded Decode(const std::vector<std::string_view>& parts) {
  Decoded decoded;
  Decoder decoder([&](std::string_view text) { decoded.text.append(text); });
  for (const std::string_view part : parts)
    decoder.Feed(part);
  decoder.Finish();
  decoded.rest = decoder.rest();
  decoded.encoding = decoder.encoding();
  decoded.escaped = decoder.escaped();
  return decoded;
}
Decoded Decode(std::string_view bytes) { return Decode(std::vector<std::string_view>{bytes}); }

std::string Encode(const Decoded& decoded, const std::vector<std::string_view>& parts) {
  std::string bytes;
  Encoder encoder([&](std::string_view part) { bytes.append(part); });
  encoder.Use(decoded.encoding);
  for (const std::string_view part : parts)
    encoder.Feed(part, decoded.escaped);
  encoder.Finish(decoded.rest);
  return bytes;
}

std::vector<std::string_view> InBlocks(std::string_view text, size_t block) {
  std::vector<std::string_view> parts;
  for (size_t i = 0; i < text.size(); i += block)
    parts.push_back(text.substr(i, block));
  return parts;
}

std::string Hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes.substr(0, 200)) {
    text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}
std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

// There and back, whatever the cut on either side.
void CheckBack(const std::string& bytes) {
  const Decoded whole = Decode(bytes);
  ASSERT_TRUE(Encode(whole, {whole.text}) == bytes) << Hex(bytes);
  for (const size_t block : {1, 3, 64, 4095}) {
    if (bytes.size() > 20000 && block < 64) continue;
    ASSERT_TRUE(Decode(InBlocks(bytes, block)) == whole) << block << ": " << Hex(bytes);
    ASSERT_TRUE(Encode(whole, InBlocks(whole.text, block)) == bytes) << block << ": " << Hex(bytes);
  }
}

void CheckEverySplit(const std::string& bytes) {
  CheckBack(bytes);
  const Decoded whole = Decode(bytes);
  const std::string_view in = bytes;
  for (size_t at = 0; at <= in.size(); ++at)
    ASSERT_TRUE(Decode({in.substr(0, at), in.substr(at)}) == whole) << at << ": " << Hex(bytes);
  const std::string_view out = whole.text;
  for (size_t at = 0; at <= out.size(); ++at) {
    ASSERT_TRUE(Encode(whole, {out.substr(0, at), out.substr(at)}) == bytes)
        << at << ": " << Hex(bytes);
  }
}

std::string Random(testing::Generator* generator, size_t size, uint64_t bound = 256) {
  std::string text(size, '\0');
  std::generate(text.begin(), text.end(),
                [&] { return static_cast<char>(generator->Below(bound)); });
  return text;
}

void AddUnit(bool little, uint64_t unit, std::string* out) {
  const auto low = static_cast<char>(unit & 0xff);
  const auto high = static_cast<char>(unit >> 8 & 0xff);
  out->push_back(little ? low : high);
  out->push_back(little ? high : low);
}

TEST(Encoding, Guess) {
  struct Row {
    std::string head;
    Encoding encoding;
  };
  for (const Row& row : std::vector<Row>{
           {"", Encoding::kBytes},
           {"plain text", Encoding::kBytes},
           {"\xff\xfe", Encoding::kUtf16Le},
           {"\xfe\xff", Encoding::kUtf16Be},
           {"\xff\xfex\0"s, Encoding::kUtf16Le},
           {"\xff", Encoding::kBytes},
           {"t\0e\0x\0t\0s\0"s, Encoding::kUtf16Le},
           {"\0t\0e\0x\0t\0s"s, Encoding::kUtf16Be},
           {"PATH=/bin\0HOME=/\0A=b\0"s, Encoding::kBytes},
           {"a\0b\0"s, Encoding::kBytes},
           {"\0\0\0\0\0\0\0\0\0\0"s, Encoding::kBytes},
           {"\xef\xbb\xbftext", Encoding::kBytes},
       }) {
    EXPECT_EQ(GuessEncoding(row.head), row.encoding) << Hex(row.head);
    EXPECT_EQ(Decode(row.head).encoding, row.encoding) << Hex(row.head);
  }
}

TEST(Encoding, DecidedBeforeTheFirstByteLeaves) {
  for (const std::string& text : {std::string(200, 'a'), "\xff\xfe"s + std::string(200, 'a')}) {
    Encoding seen = Encoding::kUnknown;
    Decoder* asked = nullptr;
    Decoder decoder([&](std::string_view) {
      if (seen == Encoding::kUnknown) seen = asked->encoding();
    });
    asked = &decoder;
    for (const std::string_view part : InBlocks(text, 1))
      decoder.Feed(part);
    decoder.Finish();
    EXPECT_NE(seen, Encoding::kUnknown);
    EXPECT_EQ(seen, decoder.encoding());
  }
}

TEST(Encoding, Utf16ToUtf8) {
  for (const bool little : {true, false}) {
    const auto text = [little](std::initializer_list<uint64_t> units) {
      std::string bytes;
      for (const uint64_t unit : units)
        AddUnit(little, unit, &bytes);
      return bytes;
    };
    const std::string mark = text({0xfeff});
    EXPECT_EQ(Decode(mark + text({'p', '=', 0x30d1, 0xe9, 0xd83d, 0xde00})).text,
              "\xef\xbb\xbfp=\xe3\x83\x91\xc3\xa9\xf0\x9f\x98\x80");
    EXPECT_EQ(Decode(mark + text({0xd83d, 'x'})).text, "\xef\xbb\xbf\xed\xa0\xbdx");
    EXPECT_EQ(Decode(mark + text({0xde00, 0xd83d})).text, "\xef\xbb\xbf\xed\xb8\x80\xed\xa0\xbd");
    const Decoded odd = Decode(mark + text({'x'}) + "y");
    EXPECT_EQ(odd.text, "\xef\xbb\xbfx");
    EXPECT_EQ(odd.rest, "y");
    CheckEverySplit(mark + text({'p', 0x30d1, 0xd83d, 0xde00, 0xd83d, 0xd83d, 0xde00, 0xde00}));
    CheckEverySplit(mark + text({'a', 0xd83d}));
    CheckEverySplit(mark + text({'a', 0xd83d, 0xde00, 0}) + "\xd8");
    CheckEverySplit(text({'p', 'a', 's', 's', 'w', 'o', 'r', 'd', '=', 0x5c0f, 0, 0xffff, 0xfffe}));
  }
}

TEST(Encoding, RandomUtf16ComesBack) {
  for (uint64_t seed = 0; seed < 1500; ++seed) {
    testing::Generator generator(seed);
    const bool little = generator.Below(2) == 0;
    std::string bytes;
    if (generator.Below(2) == 0) AddUnit(little, 0xfeff, &bytes);
    const size_t units = generator.Below(120);
    for (size_t i = 0; i < units; ++i) {
      constexpr std::array<uint64_t, 4> first = {0, 0x3000, 0xd800, 0};
      constexpr std::array<uint64_t, 4> count = {0x80, 0x100, 0x800, 0x10000};
      const size_t kind = generator.Below(4);
      AddUnit(little, first[kind] + generator.Below(count[kind]), &bytes);
    }
    if (generator.Below(3) == 0) bytes += 'z';
    CheckBack(bytes);
    if (seed % 10 == 0) CheckEverySplit(bytes);
  }
}

TEST(Encoding, AllUnits) {
  for (const bool little : {true, false}) {
    std::string bytes;
    AddUnit(little, 0xfeff, &bytes);
    for (uint64_t unit = 0; unit < 0x10000; ++unit)
      AddUnit(little, unit, &bytes);
    for (uint64_t unit = 0x10000; unit-- > 0;)
      AddUnit(little, unit, &bytes);
    CheckBack(bytes);
  }
}

TEST(Encoding, RandomBytesComeBack) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    testing::Generator generator(seed);
    const size_t size = generator.Below(seed % 100 == 0 ? 12000 : 200);
    std::string bytes;
    switch (seed % 4) {
      case 0:
        bytes = Random(&generator, size);
        break;
      case 1:  // lines
        while (bytes.size() < size)
          bytes += Random(&generator, generator.Below(20)) + "\n";
        break;
      case 2:  // what our own escape is made of
        for (size_t i = 0; i < size; ++i)
          bytes += "\xff\x83\\A\x95\xdc\xb1\xfe\x80\n"[generator.Below(10)];
        break;
      default:
        bytes = testing::Generator(seed).Text(30) + Random(&generator, 3);
    }
    CheckBack(bytes);
    if (seed % 20 == 1 || seed % 20 == 2) CheckEverySplit(bytes.substr(0, 200));
  }
}

// Valid UTF-8 is what most logs are: nothing is done to it.
TEST(Encoding, Utf8PassesUnchanged) {
  std::string text;
  for (uint32_t code = 1; code < 0x11000; ++code) {
    if (code >= 0xd800 && code < 0xe000) continue;
    if (code < 0x80) {
      text += static_cast<char>(code);
    } else if (code < 0x800) {
      text += static_cast<char>(0xc0 | code >> 6);
    } else {
      if (code < 0x10000) {
        text += static_cast<char>(0xe0 | code >> 12);
      } else {
        text += static_cast<char>(0xf0 | code >> 18);
        text += static_cast<char>(0x80 | (code >> 12 & 0x3f));
      }
      text += static_cast<char>(0x80 | (code >> 6 & 0x3f));
    }
    if (code >= 0x80) text += static_cast<char>(0x80 | (code & 0x3f));
    if (code % 61 == 0) text += '\n';
  }
  for (const size_t block : {size_t{1}, size_t{7}, size_t{4096}, text.size()}) {
    const Decoded decoded = Decode(InBlocks(text, block));
    EXPECT_EQ(decoded.encoding, Encoding::kBytes);
    EXPECT_TRUE(decoded.text == text) << block;
  }
  CheckBack(text);
  const std::string line = "\xe3\x82\xbd\xe8\xa1\xa8 password=x \xf0\x9f\x98\x80\n";
  EXPECT_EQ(Decode(line).text, line);
  EXPECT_EQ(Decode("\xef\xbb\xbf" + line).text, "\xef\xbb\xbf" + line);
}

// Written by Python's cp932.
const std::vector<std::string>& Cp932Lines() {
  static const std::vector<std::string> lines = [] {
    std::vector<std::string> all;
    for (
        const char* hex : {
            "835c815b835882cc955c8ea6",                          // ソースの表示
            "945c97cd82f0955c8ea682b782e9",                      // 能力を表示する
            "83708358838f815b83688146",                          // パスワード：
            "895c82cc8f5c905c935c975c",                          // 噂の十申貼予
            "b6c0b6c5",                                          // ｶﾀｶﾅ
            "93fa967b8cea206c6f67208d5c90ac2031302e312e322e33",  // 日本語 log 構成 10.1.2.3
            "433a5c835c837483675c955c5c935c95742e747874",        // C:\ソフト\表\貼付.txt
            "837c815b83673d3830383020975c92e8",                  // ポート=8080 予定
            "83478389815b3a208c5c208160815b",                    // エラー: 圭 ～ー
            "8b5c8d5c8e5c8f5c905c915c925c935c945c955c965c975c985c995c",  // 欺構蚕十申曾箪貼能表暴予禄兔
        })
      all.push_back(FromHex(hex));
    return all;
  }();
  return lines;
}

TEST(Encoding, TrailBytesOfCp932AreNoAscii) {
  for (int lead = 0x81; lead <= 0xfc; ++lead) {
    if (lead > 0x9f && lead < 0xe0) continue;
    for (int trail = 0x40; trail <= 0xfc; ++trail) {
      if (trail == 0x7f) continue;
      const std::string pair = {static_cast<char>(lead), static_cast<char>(trail)};
      const Decoded decoded = Decode(pair + "10.1.2.3\n");
      ASSERT_TRUE(decoded.text.ends_with("10.1.2.3\n"));
      for (const char c : decoded.text.substr(0, decoded.text.size() - 9))
        ASSERT_GE(static_cast<unsigned char>(c), 0x80U) << Hex(pair);
      ASSERT_EQ(Encode(decoded, {decoded.text}), pair + "10.1.2.3\n");
    }
  }
}

TEST(Encoding, Cp932Texts) {
  for (const std::string& line : Cp932Lines()) {
    CheckEverySplit(line);
    CheckEverySplit("x " + line + "\r\n" + line + "\n");
  }
  // What is ASCII in the text, and nothing else, is ASCII in what the rules see.
  const std::string line =
      FromHex("433a5c835c8374835c5c955c5c935c95742e747874");  // C:\ソフソ\表\貼付.txt
  std::string ascii;
  for (const char c : Decode(line).text) {
    if (static_cast<unsigned char>(c) < 0x80) ascii += c;
  }
  EXPECT_EQ(ascii, "C:\\\\\\.txt");
}

TEST(Encoding, TheCorpusInCp932) {
  testing::CorpusOptions options;
  options.bytes = 200'000;
  const std::string utf8 = testing::MakeCorpus(options).text;
  const std::string bytes = testing::ToCp932(utf8);
  ASSERT_NE(bytes, utf8);
  CheckBack(bytes);
  const auto ascii = [](std::string_view text) {
    std::string only;
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < 0x80) only += c;
    }
    return only;
  };
  EXPECT_TRUE(ascii(Decode(bytes).text) == ascii(utf8));
  CheckBack(testing::ToUtf16Le(utf8));
  EXPECT_TRUE(Decode(testing::ToUtf16Le(utf8)).text == "\xef\xbb\xbf" + utf8);
}

// Every line is judged by itself.
TEST(Encoding, LinesOfManyEncodings) {
  const std::string utf8 = "\xe3\x82\xbd\xe8\xa1\xa8\n";
  const std::string cp932 = "\x83\x5c\x95\x5c\n";
  const std::string latin1 = "caf\xe9 \xff\xfc\n";
  const std::string hidden = "\xff\x83\xdc\xff\x95\xdc\n";
  EXPECT_EQ(Decode(utf8 + cp932 + utf8).text, utf8 + hidden + utf8);
  EXPECT_EQ(Decode(cp932 + latin1 + cp932).text, hidden + "caf\xe9 \xff\xff\xfc\n" + hidden);
  CheckEverySplit(utf8 + cp932 + latin1 + "ascii\n" + cp932 + utf8);
  CheckEverySplit(latin1 + "\xff\xff\xff\n\xff");
  CheckEverySplit("\xe3\x82");
  CheckEverySplit("x\xff\x83");
  CheckEverySplit("\x83");
}

TEST(Encoding, LinesLongerThanASegment) {
  for (const std::string_view character : {"\xe3\x82\xbd"sv, "\x83\x5c"sv, "\xf0\x9f\x98\x80"sv,
                                           "\xff"sv, "\xb1"sv, "\xff\x83\x5c"sv}) {
    for (size_t before = 0; before < 5; ++before) {
      std::string line(before, 'a');
      for (size_t i = 0; i < 5000; ++i)
        line += character;
      CheckBack(line);
      CheckBack(line + "\n" + line + "\n");
    }
  }
  // No half of a character becomes ASCII at the bound.
  for (size_t before = 1; before < 4; ++before) {
    std::string line = "\x83\x5c" + std::string(before, 'a');
    for (size_t i = 0; i < 10000; ++i)
      line += "\x83\x5c";
    const std::string text = Decode(line).text;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\\'), 0) << before;
    EXPECT_EQ(std::count(text.begin(), text.end(), 'a'), static_cast<std::ptrdiff_t>(before));
  }
}

TEST(Encoding, KeepsNoMoreThanASegment) {
  size_t out = 0;
  Decoder decoder([&](std::string_view text) { out += text.size(); });
  const std::string block(1000, '\xb1');
  for (size_t in = 0; in < 100'000;) {
    decoder.Feed(block);
    in += block.size();
    ASSERT_LE(in, out + Decoder::kSegment + 4);
  }
}

}  // namespace
}  // namespace casepack::redaction

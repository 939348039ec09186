#include "redaction/reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/block_filter.h"
#include "redaction/encoding.h"
#include "redaction/processor.h"
#include "redaction/rule_check.h"
#include "redaction/ruleset.h"
#include "redaction/scanner.h"
#include "redaction/text_guard.h"
#include "redaction/triggers.h"
#include "tests/redaction/corpus.h"
#include "tests/redaction/mixed_text.h"

namespace casepack::redaction {
namespace {

using std::literals::operator""sv;

std::vector<FindTriggers> AllTriggers() {
  std::vector<FindTriggers> all = {FindTriggersPortable};
#if defined(__x86_64__) || defined(_M_X64)
  all.push_back(FindTriggersSse2);
  if (HasAvx2()) all.push_back(FindTriggersAvx2);
  if (HasAvx512()) all.push_back(FindTriggersAvx512);
#endif
  return all;
}

struct Result {
  std::string text;
  Counts counts;
  bool operator==(const Result&) const = default;
};

// Where two results part, and what was there: texts are too long to be shown whole.
std::string Difference(const Result& one, const Result& two) {
  const size_t same = static_cast<size_t>(
      std::mismatch(one.text.begin(), one.text.end(), two.text.begin(), two.text.end()).first -
      one.text.begin());
  const size_t from = same - std::min<size_t>(same, 100);
  std::string told = "at " + std::to_string(same) + "\n  " + one.text.substr(from, 200) + "\n  " +
                     two.text.substr(from, 200);
  for (const auto& [id, count] : one.counts) {
    const auto other = two.counts.find(id);
    if (other == two.counts.end() || other->second != count) told += "\n  only here: " + id;
  }
  return told;
}

template <typename Door>
void FeedInBlocks(std::string_view text, size_t block, Door* door) {
  for (size_t i = 0; i < text.size(); i += block)
    door->Feed(text.substr(i, block));
}

Result Streamed(const EnginePtr& engine, std::string_view text, FindTriggers find_triggers,
                size_t block) {
  Result result;
  Stream stream(
      engine, [&](std::string_view part) { result.text.append(part); }, find_triggers);
  FeedInBlocks(text, block, &stream);
  stream.Finish();
  EXPECT_FALSE(stream.withheld());
  result.counts = stream.counts();
  return result;
}

Result Streamed(const EnginePtr& engine, std::string_view text) {
  return Streamed(engine, text, BestTriggers(), 4096);
}

struct Decoded {
  std::string text;
  std::string rest;
  Encoding encoding = Encoding::kBytes;
};

Decoded Decode(std::string_view bytes) {
  Decoded decoded;
  Decoder decoder([&](std::string_view part) { decoded.text.append(part); });
  decoder.Feed(bytes);
  decoder.Finish();
  decoded.rest = decoder.rest();
  decoded.encoding = decoder.encoding();
  return decoded;
}

// The doors on both sides are those of the stream, everything at once; between them the
// reference.
Result Referred(const EnginePtr& engine, std::string_view text) {
  const Decoded decoded = Decode(text);
  Result result;
  std::string without_blocks;
  BlockFilter blocks([&](std::string_view part) { without_blocks.append(part); }, &result.counts);
  FeedInBlocks(decoded.text, TextGuard::kWindow, &blocks);  // as the guard does
  blocks.Finish();
  const std::string safe = ReferenceRedact(engine, without_blocks, &result.counts);
  Encoder encoder([&](std::string_view part) { result.text.append(part); });
  encoder.Use(decoded.encoding);
  encoder.Feed(safe, true);
  encoder.Finish(decoded.rest);
  return result;
}

void ExpectTheSame(const EnginePtr& engine, const std::string& text, const std::string& what) {
  const Result wanted = Referred(engine, text);
  for (const FindTriggers find_triggers : AllTriggers()) {
    for (const size_t block : {size_t{7}, size_t{1000}, size_t{1} << 20}) {
      if (block == 7 && text.size() > 100'000) continue;
      const Result streamed = Streamed(engine, text, find_triggers, block);
      ASSERT_TRUE(streamed == wanted)
          << what << ", " << block << ": " << Difference(streamed, wanted);
    }
  }
}

std::string AllExamples() {
  std::string text;
  for (const Rule& rule : casepack::tests::BuiltinRules()->rules()) {
    for (const std::string& example : rule.examples)
      text += ParseExample(example).text + "\n";
    for (const std::string& example : rule.counter_examples)
      text += example + "\n";
  }
  return text;
}

testing::Corpus SmallCorpus() {
  testing::CorpusOptions options;
  options.bytes = 300'000;
  return testing::MakeCorpus(options);
}

const EnginePtr& CorpusEngine() {
  static const EnginePtr engine = [] {
    EngineOptions options = testing::EverythingRenamed();
    options.known = testing::CorpusNames();
    return casepack::tests::EngineWith(options);
  }();
  return engine;
}

TEST(Reference, GeneratedTexts) {
  for (uint64_t seed = 0; seed < 2500; ++seed) {
    const std::string text = testing::Generator(seed).Text(5 + seed % 60);
    ExpectTheSame(casepack::tests::TestEngine(), text, std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

TEST(Reference, GeneratedTextsRenamed) {
  for (uint64_t seed = 0; seed < 2500; ++seed) {
    const std::string text = testing::MixedText(seed, 5 + seed % 60);
    ExpectTheSame(testing::RenamingEngine(), text, std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

TEST(Reference, LongGeneratedTexts) {
  for (uint64_t seed = 0; seed < 3; ++seed) {
    ExpectTheSame(testing::RenamingEngine(), testing::MixedText(seed, 40'000),
                  std::to_string(seed));
    ExpectTheSame(casepack::tests::TestEngine(), testing::Generator(seed).Text(30'000),
                  std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

// What is looked at in one go ends at different places of the same text.
TEST(Reference, AroundTheEndsOfAChunk) {
  for (uint64_t seed = 0; seed < 120; ++seed) {
    const std::string text = std::string(Scanner::kChunk - 100 - seed % 50, '.') + "\n" +
                             testing::MixedText(seed, 40) +
                             std::string(9000, seed % 2 == 0 ? '.' : ' ');
    const Result wanted = Referred(testing::RenamingEngine(), text);
    for (const FindTriggers find_triggers : AllTriggers()) {
      const Result streamed = Streamed(testing::RenamingEngine(), text, find_triggers, 997);
      ASSERT_TRUE(streamed == wanted) << seed << ": " << Difference(streamed, wanted);
    }
  }
}

TEST(Reference, TheCorpus) {
  const std::string text = SmallCorpus().text;
  ExpectTheSame(casepack::tests::TestEngine(), text, "secrets");
  ExpectTheSame(CorpusEngine(), text, "all");
  ExpectTheSame(CorpusEngine(), testing::ToUtf16Le(text), "UTF-16");
  ExpectTheSame(CorpusEngine(), testing::ToCp932(text), "CP932");
}

TEST(Reference, AllRuleExamples) {
  ExpectTheSame(casepack::tests::TestEngine(), AllExamples(), "secrets");
  ExpectTheSame(testing::RenamingEngine(), AllExamples(), "all");
}

// The counts too: nothing is found.
bool IsTwiceOnce(const EnginePtr& engine, const std::string& text) {
  const Result once = Streamed(engine, text);
  const Result twice = Streamed(engine, once.text);
  return twice.text == once.text && twice.counts.empty();
}

void ExpectTwiceIsOnce(const EnginePtr& engine, const std::string& text, const std::string& what) {
  const Result once = Streamed(engine, text);
  const Result twice = Streamed(engine, once.text);
  EXPECT_TRUE(twice.text == once.text && twice.counts.empty())
      << what << ": " << Difference({once.text, {}}, twice);
}

void ExpectNothingFound(const EnginePtr& engine, const std::string& text, const std::string& what) {
  const std::string safe = Decode(Streamed(engine, text).text).text;
  for (const Hit& hit : FindAll(*engine, safe)) {
    const size_t from = hit.begin - std::min<size_t>(hit.begin, 60);
    ADD_FAILURE() << what << ": " << hit.id << " `"
                  << safe.substr(hit.begin, std::min<size_t>(hit.end - hit.begin, 100))
                  << "` in\n  " << safe.substr(from, 200);
    return;
  }
}

template <typename Property>
void ForAllTexts(Property property) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    property(casepack::tests::TestEngine(), testing::Generator(seed).Text(5 + seed % 40),
             "secrets " + std::to_string(seed));
  }
  const std::string corpus = SmallCorpus().text;
  property(casepack::tests::TestEngine(), corpus, "corpus, secrets");
  property(CorpusEngine(), corpus, "corpus, all");
  property(CorpusEngine(), testing::ToUtf16Le(corpus), "corpus, UTF-16");
  property(CorpusEngine(), testing::ToCp932(corpus), "corpus, CP932");
}

TEST(Reference, TwiceIsOnce) { ForAllTexts(ExpectTwiceIsOnce); }

// In texts that no log has (`Bearer /HOST`, `cookie=>u@h=.`) a pseudonym is taken for a
// secret now and then, and removed when the text is redacted again. How often is held here.
TEST(Reference, TwiceIsOnceInNearlyAnyNonsense) {
  constexpr uint64_t texts = 3000;
  uint64_t changed = 0;
  for (uint64_t seed = 0; seed < texts; ++seed) {
    const std::string text = testing::MixedText(seed, 5 + seed % 40, testing::Joints::kSpaced);
    if (!IsTwiceOnce(testing::RenamingEngine(), text)) ++changed;
  }
  EXPECT_LE(changed, texts / 100);
}

// What stands next to a name must not make another name of it.
TEST(Reference, TwiceIsOnceWhateverStandsBesideIt) {
  const std::string after[] = {"-",  "--", "-----", "-x", "_",    "_x",          ".",   ",",
                               ":",  ";",  "/",     "@",  "%40",  "%20",         "\\n", "'",
                               "\"", ")",  "]",     ">",  "&gt;", "\xe3\x82\x92"};
  for (const std::string value :
       {"bob@example.com", "bob%40example.com", "10.1.2.3", "2001:67c:1::1", "00:50:56:aa:bb:cc",
        "6f9619ff-8b86-d011-b42d-00c04fc964ff", "db02.corp.example.co.jp", "db02", "kimura"}) {
    for (const std::string& end : after) {
      ExpectTwiceIsOnce(testing::RenamingEngine(), "x " + value + end + " y", value + end);
      ExpectNothingFound(testing::RenamingEngine(), "x " + value + end + " y", value + end);
    }
    for (const std::string before :
         {"auth=", "auth: ", "session=", "credentials=", "cookie=", "token=", "50% ", "host: "}) {
      ExpectTwiceIsOnce(testing::RenamingEngine(), before + value + " y", before + value);
      ExpectNothingFound(testing::RenamingEngine(), before + value + " y", before + value);
    }
  }
}

TEST(Reference, FindsNothingInWhatTheStreamMade) { ForAllTexts(ExpectNothingFound); }

TEST(Reference, FindAllTellsWhatAndWhere) {
  const std::string text =
      "login password=GEHEIM from 10.1.2.3\n-----BEGIN RSA PRIVATE KEY-----\nbob@example.com";
  std::vector<std::string> told;
  for (const Hit& hit : FindAll(*testing::RenamingEngine(), text))
    told.push_back(hit.id + " " + text.substr(hit.begin, hit.end - hit.begin));
  EXPECT_EQ(told, (std::vector<std::string>{"private-key -----BEGIN RSA PRIVATE KEY-----",
                                            "password GEHEIM", "ipv4 10.1.2.3",
                                            "email bob@example.com"}));
  EXPECT_EQ(FindAll(*casepack::tests::TestEngine(), text).size(), 2U);
  EXPECT_TRUE(FindAll(*casepack::tests::TestEngine(), "").empty());
  EXPECT_TRUE(FindAll(*casepack::tests::TestEngine(), "nothing here\n").empty());
}

// What follows holds of the whole stream: `GEHEIM` must not come out of any of it, in no
// block size.

std::string SafeInAnyBlock(const std::string& text) {
  const EnginePtr& engine = casepack::tests::TestEngine();
  const Result whole = Streamed(engine, text, BestTriggers(), text.size());
  for (const size_t block : {1, 13, 4096}) {
    if (block == 1 && text.size() > 300'000) continue;
    EXPECT_TRUE(Streamed(engine, text, BestTriggers(), block) == whole) << text.substr(0, 300);
  }
  EXPECT_EQ(whole.text.find("GEHEIM"), std::string::npos) << text.substr(0, 300) << "\n"
                                                          << whole.text.substr(0, 1000);
  EXPECT_FALSE(whole.counts.empty()) << text.substr(0, 300);
  return whole.text;
}

std::string KeyLines(size_t lines, std::string_view end) {
  std::string text;
  for (size_t i = 0; i < lines; ++i)
    text.append("MIIEGEHEIM+/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQR").append(end);
  return text;
}

constexpr std::array<std::string_view, 6> kLabels = {"PRIVATE KEY",     "RSA PRIVATE KEY",
                                                     "EC PRIVATE KEY",  "OPENSSH PRIVATE KEY",
                                                     "DSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"};

TEST(Reference, PemAcrossChunks) {
  for (const std::string_view label : kLabels) {
    const std::string begin = "-----BEGIN " + std::string(label) + "-----";
    const std::string end = "-----END " + std::string(label) + "-----";
    for (const size_t before : {size_t{0}, size_t{65536 - 40}, size_t{65536 + 8192 - 20}}) {
      for (const std::string_view line : {"\n"sv, "\r\n"sv, "\\n"sv, "%0A"sv}) {
        const std::string text = std::string(before, '.') + "\n" + begin + std::string(line) +
                                 KeyLines(40, line) + end + "\nbehind\n";
        EXPECT_TRUE(SafeInAnyBlock(text).ends_with("\nbehind\n")) << label << line;
      }
    }
  }
}

TEST(Reference, PemUnfinished) {
  for (const std::string_view label : kLabels) {
    const std::string begin = "a\n-----BEGIN " + std::string(label) + "-----\n";
    EXPECT_EQ(SafeInAnyBlock(begin + KeyLines(40, "\n")), "a\n[REDACTED:private-key]");
    EXPECT_EQ(SafeInAnyBlock(begin + KeyLines(40, "\n") + "-----END RSA PRI"),
              "a\n[REDACTED:private-key]");
    SafeInAnyBlock(begin + KeyLines(2000, "\n") + "\n\nmore\n");
  }
}

TEST(Reference, PemWithHeaders) {
  const std::string headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,GEHEIM\n\n";
  EXPECT_EQ(SafeInAnyBlock("-----BEGIN RSA PRIVATE KEY-----\n" + headers + KeyLines(20, "\n") +
                           "-----END RSA PRIVATE KEY-----\nbehind\n"),
            "[REDACTED:private-key]\nbehind\n");
  EXPECT_TRUE(SafeInAnyBlock("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG\n"
                             "Comment: GEHEIM\n\n" +
                             KeyLines(20, "\n") +
                             "=GEHE\n-----END PGP PRIVATE KEY BLOCK-----\nbehind\n")
                  .ends_with("\nbehind\n"));
}

TEST(Reference, PemOnOneLine) {
  for (const std::string_view line : {"\\n"sv, "\\\\n"sv, "\\r\\n"sv, "%0A"sv, "&#10;"sv, " "sv}) {
    const std::string key = "-----BEGIN PRIVATE KEY-----" + std::string(line) + KeyLines(20, line) +
                            "-----END PRIVATE KEY-----" + std::string(line);
    const std::string safe =
        SafeInAnyBlock("{\"type\":\"service_account\",\"k\":\"" + key + "\",\"after\":1}\n");
    EXPECT_NE(safe.find("\"after\":1}"), std::string::npos) << line << "\n" << safe;
  }
}

TEST(Reference, PemInBase64) {
  // base64 of "-----BEGIN PRIVATE KEY-----\nMIIEv", on one line.
  SafeInAnyBlock("key.pem: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2GEHEIM0000\n");
}

TEST(Reference, CertificatesStay) {
  const std::string text = "-----BEGIN CERTIFICATE-----\n" + std::string(64, 'a') +
                           "\n-----END CERTIFICATE-----\npassword=GEHEIM\n";
  EXPECT_TRUE(SafeInAnyBlock(text).starts_with(text.substr(0, 90)));
}

std::string InJson(std::string_view text) {
  std::string out = "{\"log\":\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\",\"n\":1}";
}

TEST(Reference, JsonInJson) {
  for (const std::string_view text :
       {R"({"password":"GEHEIM"})"sv, R"({"password": "GE\"GEHEIM, GEHEIM"})"sv,
        R"({"a":{"api_key" : "GEHEIM"},"b":["x"]})"sv, R"({"tokens":["GEHEIM","GEHEIM"]})"sv,
        R"({"headers":{"Authorization":"Bearer GEHEIM"}})"sv, "password=GEHEIM"sv,
        "a\npassword=GEHEIM\nb"sv, "Cookie: a=GEHEIM; b=GEHEIM\nx"sv, "--password GEHEIM -x"sv,
        "<password>GEHEIM</password>"sv, "https://u:GEHEIM@h/"sv,
        R"({"name":"password","value":"GEHEIM"})"sv}) {
    if (text.find("tokens") != std::string_view::npos) continue;  // a plural promises nothing
    std::string nested(text);
    for (int depth = 0; depth < 4; ++depth) {
      const std::string safe = SafeInAnyBlock(nested + "\nbehind\n");
      EXPECT_TRUE(safe.ends_with("\nbehind\n")) << nested << "\n" << safe;
      if (depth > 0) {
        EXPECT_NE(safe.find("\"n\":1}"), std::string::npos) << nested << "\n" << safe;
      }
      nested = InJson(nested);
    }
  }
}

TEST(Reference, PercentEncoded) {
  for (const char* text : {
           "GET /x?password%3DGEHEIM%26y%3D1 HTTP/1.1",
           "GET /x?u=https%3A%2F%2Fbob%3AGEHEIM%40h%2F&y=1 HTTP/1.1",
           "GET /x?password=GEHEIM%20GEHEIM&y=1 HTTP/1.1",
           "u=https://bob:GEHEIM%40GEHEIM@h/x",
           "body=%7B%22password%22%3A%22GEHEIM%22%7D",
           "body=%7B%22password%22%3A%20%22GEHEIM%22%2C%22n%22%3A1%7D",
           "r=%2Fcb%3Faccess_token%3DGEHEIM0123456789abcdef%26state%3D1",
       })
    SafeInAnyBlock(text);
}

// base64 of `bob:GEHEIMGEHEIM` is Ym9iOkdFSEVJTUdFSEVJTQ==.
TEST(Reference, UserAndPasswordInBase64) {
  for (const char* text : {
           "Authorization: Basic Ym9iOkdFSEVJTUdFSEVJTQ==",
           "authorization: basic Ym9iOkdFSEVJTUdFSEVJTQ==",
           "{\"headers\":{\"authorization\":\"Basic Ym9iOkdFSEVJTUdFSEVJTQ==\"}}",
           "Proxy-Authorization: Basic Ym9iOkdFSEVJTUdFSEVJTQ==",
           "curl -H 'Authorization: Basic Ym9iOkdFSEVJTUdFSEVJTQ==' https://h/",
           "Authorization%3A%20Basic%20Ym9iOkdFSEVJTUdFSEVJTQ%3D%3D",
           "{\"auths\":{\"registry.example.com\":{\"auth\":\"Ym9iOkdFSEVJTUdFSEVJTQ==\"}}}",
           "//registry.npmjs.org/:_auth=Ym9iOkdFSEVJTUdFSEVJTQ==",
           "_auth = Ym9iOkdFSEVJTUdFSEVJTQ==",
       }) {
    const std::string safe =
        Streamed(casepack::tests::TestEngine(), text, BestTriggers(), 4096).text;
    EXPECT_EQ(safe.find("dFSEVJT"), std::string::npos) << text << "\n" << safe;
    EXPECT_EQ(safe.find("Ym9iOkd"), std::string::npos) << text << "\n" << safe;
  }
}

TEST(Reference, ALineOf50Megabytes) {
  constexpr size_t kLine = 50'000'000;
  const std::string part =
      "password=GEHEIM, {\"a\":\"10.1.2.3\",\"token\":\"GEHEIMgeheim123\"} user kimura; " +
      std::string(3000, '.') + " " + std::string(900, 'x') + ", ";
  // Not the password of a line of its own, which would take all of it.
  const std::string first = "x ";
  size_t in = 0;
  size_t out = 0;
  size_t parts = 0;
  bool leaked = false;
  std::string tail;
  Stream stream(testing::RenamingEngine(), [&](std::string_view text) {
    out += text.size();
    tail.append(text);
    leaked = leaked || tail.find("GEHEIM") != std::string::npos ||
             tail.find("10.1.2.3") != std::string::npos || tail.find("kimura") != std::string::npos;
    if (tail.size() > 16) tail.erase(0, tail.size() - 16);
  });
  stream.Feed(first);
  while (in < kLine) {
    stream.Feed(part);
    in += part.size();
    ++parts;
    // What comes out is a little longer than what went in.
    ASSERT_LT(in, out + 320 * 1024);
  }
  stream.Finish();
  EXPECT_FALSE(leaked);
  EXPECT_EQ(stream.counts().at("password"), parts);
  EXPECT_EQ(stream.counts().at("token"), parts);
  EXPECT_EQ(stream.counts().at("ipv4"), parts);
  EXPECT_EQ(stream.counts().at("user"), parts);
}

// One value of 50 MB, in quotes and without.
TEST(Reference, AValueOf50Megabytes) {
  for (const std::string_view quote : {"\""sv, ""sv}) {
    std::string text;
    Stream stream(casepack::tests::TestEngine(), [&](std::string_view part) { text.append(part); });
    stream.Feed("a password=" + std::string(quote));
    std::string part;
    for (int i = 0; i < 50'000; ++i)
      part += "GEHEIM(+)/!x?0123456";
    for (int i = 0; i < 50; ++i)
      stream.Feed(part);
    stream.Feed(std::string(quote) + " b\n");
    stream.Finish();
    EXPECT_EQ(text.substr(0, 200), "a password=" + std::string(quote) + "[REDACTED:password]" +
                                       std::string(quote) + " b\n");
  }
}

}  // namespace
}  // namespace casepack::redaction

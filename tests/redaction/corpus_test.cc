#include "tests/redaction/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <vector>

#include "redaction/reference.h"
#include "redaction/stream.h"
#include "redaction/view.h"
#include "tests/redaction/mixed_text.h"

namespace casepack::redaction {
namespace {

using testing::Corpus;
using testing::CorpusOptions;

const EnginePtr& Everything() {
  static const EnginePtr engine = [] {
    EngineOptions options = testing::EverythingRenamed();
    options.known = testing::CorpusNames();
    return casepack::tests::EngineWith(options);
  }();
  return engine;
}

std::string Redact(std::string_view text, size_t block, const EnginePtr& engine = Everything()) {
  std::string safe;
  safe.reserve(text.size() + text.size() / 4);
  Stream stream(engine, [&](std::string_view part) { safe.append(part); });
  for (size_t i = 0; i < text.size(); i += block)
    stream.Feed(text.substr(i, block));
  stream.Finish();
  EXPECT_FALSE(stream.withheld());
  return safe;
}

enum class Code { kUtf8, kUtf16Le, kCp932 };
constexpr Code kCodes[] = {Code::kUtf8, Code::kUtf16Le, Code::kCp932};
const char* NameOf(Code code) {
  return code == Code::kUtf8 ? "UTF-8" : code == Code::kUtf16Le ? "UTF-16LE" : "CP932";
}

std::string Encoded(std::string_view utf8, Code code) {
  if (code == Code::kUtf16Le) return testing::ToUtf16Le(utf8);
  return code == Code::kCp932 ? testing::ToCp932(utf8) : std::string(utf8);
}

// Only what is ASCII in the text stays; another character is one 80h. Owes nothing to
// the decoder that is tested.
std::string AsciiOf(std::string_view text, Code code) {
  std::string ascii;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  for (size_t i = 0; i < text.size(); ++i) {
    if (code == Code::kUtf16Le) {
      const bool plain = i + 1 < text.size() && byte(i) < 0x80 && byte(i + 1) == 0;
      ascii += plain ? text[i] : '\x80';
      ++i;
    } else {
      ascii += byte(i) < 0x80 ? text[i] : '\x80';
      const bool lead = (byte(i) > 0x80 && byte(i) < 0xa0) || byte(i) >= 0xe0;
      if (code == Code::kCp932 && lead) ++i;
    }
  }
  return ascii;
}

// How many words of `text`, or rows of words with . : - @ _ between them, are in `wanted`.
size_t WordsIn(std::string_view text, const std::vector<std::string>& wanted,
               std::vector<std::string>* some) {
  const std::unordered_set<std::string_view> all(wanted.begin(), wanted.end());
  constexpr size_t kLongest = 64;
  size_t count = 0;
  for (size_t begin = 0; begin < text.size(); ++begin) {
    if (!IsAlnum(text[begin]) || (begin > 0 && IsAlnum(text[begin - 1]))) continue;
    // A group of a renamed address or GUID may read like a host: `db02`.
    const std::string_view rest = text.substr(begin);
    if (rest.starts_with("2001:db8:") || rest.starts_with("ca5eca5e-")) {
      begin += std::min(rest.find_first_not_of("0123456789abcdef:-"), rest.size()) - 1;
      continue;
    }
    for (size_t end = begin; end < std::min(text.size(), begin + kLongest); ++end) {
      if (!IsName(text[end]) && text[end] != ':' && text[end] != '@') break;
      if (!IsAlnum(text[end]) || (end + 1 < text.size() && IsAlnum(text[end + 1]))) continue;
      const std::string_view word = text.substr(begin, end + 1 - begin);
      if (all.count(word) == 0) continue;
      ++count;
      if (some != nullptr && some->size() < 10) {
        const size_t line = text.rfind('\n', begin) + 1;
        some->push_back(std::string(word) +
                        " in: " + std::string(text.substr(line, text.find('\n', begin) - line)));
      }
    }
  }
  return count;
}

// All secrets begin with Zq, and nothing else has it.
size_t SecretsIn(std::string_view text, std::vector<std::string>* some) {
  size_t count = 0;
  for (size_t at = text.find("Zq"); at != std::string_view::npos; at = text.find("Zq", at + 1)) {
    ++count;
    if (some == nullptr || some->size() >= 10) continue;
    const size_t line = text.rfind('\n', at) + 1;
    some->emplace_back(text.substr(line, text.find('\n', at) - line));
  }
  return count;
}

// In their order, give or take a line.
std::vector<std::string> Missing(std::string_view text, const std::vector<std::string>& kept) {
  std::vector<std::string> missing;
  size_t at = 0;
  for (const std::string& value : kept) {
    const size_t found = text.find(value, at - std::min<size_t>(at, 200));
    if (found == std::string_view::npos) {
      missing.push_back(value);
      if (missing.size() == 10) break;
    } else {
      at = found;
    }
  }
  return missing;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += "  " + line + "\n";
  return text;
}

void ExpectClean(const Corpus& corpus, const std::string& safe, Code code) {
  const std::string ascii = AsciiOf(safe, code);
  std::vector<std::string> some;
  EXPECT_EQ(SecretsIn(ascii, &some), 0U) << NameOf(code) << "\n" << Joined(some);
  some.clear();
  EXPECT_EQ(WordsIn(ascii, corpus.identifiers, &some), 0U) << NameOf(code) << "\n" << Joined(some);
  EXPECT_EQ(Joined(Missing(ascii, corpus.kept)), "") << NameOf(code);
  EXPECT_EQ(static_cast<size_t>(std::count(ascii.begin(), ascii.end(), '\n')),
            static_cast<size_t>(std::count(corpus.text.begin(), corpus.text.end(), '\n')))
      << NameOf(code);
}

Corpus Make(uint64_t seed, size_t bytes, unsigned secrets, unsigned identifiers) {
  CorpusOptions options;
  options.seed = seed;
  options.bytes = bytes;
  options.secrets = secrets;
  options.identifiers = identifiers;
  return testing::MakeCorpus(options);
}

// The measures themselves: everything is seen in a text that nobody redacted.
TEST(Corpus, WhatIsLookedForIsThere) {
  const Corpus corpus = Make(1, 300'000, 100, 500);
  EXPECT_GT(corpus.secrets.size(), 100U);
  EXPECT_GT(corpus.identifiers.size(), 1000U);
  EXPECT_GT(corpus.kept.size(), 500U);
  for (const Code code : kCodes) {
    const std::string ascii = AsciiOf(Encoded(corpus.text, code), code);
    EXPECT_GE(SecretsIn(ascii, nullptr), corpus.secrets.size()) << NameOf(code);
    EXPECT_GE(WordsIn(ascii, corpus.identifiers, nullptr), corpus.identifiers.size())
        << NameOf(code);
    EXPECT_EQ(Joined(Missing(ascii, corpus.kept)), "") << NameOf(code);
    EXPECT_EQ(Missing(ascii, {"Agent-10.0.0-0.none"}).size(), 1U);
  }
}

TEST(Corpus, TheSameSeedIsTheSameText) {
  EXPECT_EQ(Make(3, 10'000, 50, 500).text, Make(3, 10'000, 50, 500).text);
  EXPECT_NE(Make(3, 10'000, 50, 500).text, Make(4, 10'000, 50, 500).text);
}

TEST(Corpus, NothingIsLeftInThreeEncodings) {
  const Corpus corpus = Make(5, 3'000'000, 100, 600);
  for (const Code code : kCodes)
    ExpectClean(corpus, Redact(Encoded(corpus.text, code), 65536), code);
}

// Who does not want names gets a text without secrets, and with everything else.
TEST(Corpus, SecretsAloneLeaveTheRest) {
  const Corpus corpus = Make(6, 2'000'000, 100, 500);
  for (const Code code : kCodes) {
    const std::string ascii =
        AsciiOf(Redact(Encoded(corpus.text, code), 65536, casepack::tests::TestEngine()), code);
    std::vector<std::string> some;
    EXPECT_EQ(SecretsIn(ascii, &some), 0U) << NameOf(code) << "\n" << Joined(some);
    EXPECT_EQ(Joined(Missing(ascii, corpus.kept)), "") << NameOf(code);
    EXPECT_EQ(Joined(Missing(ascii, corpus.identifiers)), "") << NameOf(code);
  }
}

// The same names in all encodings.
TEST(Corpus, EncodingsAgree) {
  const Corpus corpus = Make(7, 500'000, 100, 500);
  const std::string utf8 = Redact(corpus.text, 65536);
  EXPECT_TRUE(Redact(testing::ToUtf16Le(corpus.text), 65536) == testing::ToUtf16Le(utf8));
  EXPECT_TRUE(Redact(testing::ToCp932(corpus.text), 65536) == testing::ToCp932(utf8));
}

TEST(Corpus, AnyBlock) {
  const Corpus corpus = Make(8, 700'000, 100, 500);
  for (const Code code : kCodes) {
    const std::string text = Encoded(corpus.text, code);
    const std::string wanted = Redact(text, text.size());
    for (const size_t block : {size_t{1}, size_t{7}, size_t{4096}, size_t{65536}, size_t{1} << 20})
      EXPECT_TRUE(Redact(text, block) == wanted) << NameOf(code) << " " << block;
  }
}

TEST(Corpus, ManyThreadsOneEngine) {
  std::vector<std::string> texts;
  std::vector<std::string> wanted;
  for (uint64_t seed = 0; seed < 6; ++seed) {
    texts.push_back(Encoded(Make(20 + seed, 300'000, 100, 500).text, kCodes[seed % 3]));
    wanted.push_back(Redact(texts.back(), 65536));
  }
  std::vector<std::string> made(texts.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < texts.size(); ++i)
    threads.emplace_back([&, i] { made[i] = Redact(texts[i], 1000 + 777 * i); });
  for (std::thread& thread : threads)
    thread.join();
  for (size_t i = 0; i < texts.size(); ++i)
    EXPECT_TRUE(made[i] == wanted[i]) << i;
}

TEST(Corpus, TheReferenceFindsNothing) {
  const Corpus corpus = Make(9, 500'000, 100, 500);
  const std::string safe = Redact(corpus.text, 65536);
  for (const Hit& hit : FindAll(*Everything(), safe)) {
    ADD_FAILURE() << hit.id << ": " << safe.substr(hit.begin, hit.end - hit.begin);
    break;
  }
}

struct Package {
  std::string_view name;
  std::string_view version;
};
// Of Debian 12: all versions in which four numbers with dots between stand, every other
// one left out.
constexpr Package kPackages[] = {
#include "tests/redaction/package_versions.inc"
};

// As package managers, changelogs and agents write them.
std::vector<std::string> LinesOf(const Package& package) {
  const std::string name(package.name);
  const std::string version(package.version);
  std::string file = version;
  if (const size_t epoch = file.find(':'); epoch != std::string::npos)
    file.replace(epoch, 1, "%3a");
  return {
      "ii  " + name + "  " + version + "  amd64  a package",
      "Package: " + name + "\nVersion: " + version,
      "Depends: " + name + " (>= " + version + "), libc6",
      "2026-06-30 12:39:27 upgrade " + name + ":amd64 " + version + " " + version,
      "2026-06-30 12:39:27 status installed " + name + ":amd64 " + version,
      "Unpacking " + name + " (" + version + ") over (" + version + ") ...",
      "Setting up " + name + " (" + version + ") ...",
      "/var/cache/apt/archives/" + name + "_" + file + "_amd64.deb",
      name + "/stable " + version + " amd64 [installed]",
      "{\"name\":\"" + name + "\",\"version\":\"" + version + "\"}",
  };
}

TEST(Corpus, NoPackageVersionIsChanged) {
  size_t changed = 0;
  for (const Package& package : kPackages) {
    for (const std::string& line : LinesOf(package)) {
      const std::string text = "x\n" + line + "\ny\n";
      const std::string safe = RedactText(Everything(), text, nullptr);
      if (safe == text) continue;
      if (++changed <= 10) ADD_FAILURE() << line << "\n" << safe;
    }
  }
  EXPECT_EQ(changed, 0U);
  EXPECT_EQ(std::size(kPackages), 547U);
}

// The goal of design/redaction.md in full: a million identifiers, 20,000 secrets.
void ProveAtFullSize(Code code) {
  if (std::getenv("CASEPACK_SLOW_TESTS") == nullptr) GTEST_SKIP() << "set CASEPACK_SLOW_TESTS";
  Corpus corpus = Make(2026, 62'000'000, 34, 920);
  ASSERT_GE(corpus.identifiers.size(), 1'000'000U);
  ASSERT_GE(corpus.secrets.size(), 20'000U);
  std::string versions;
  for (const Package& package : kPackages) {
    for (const std::string& line : LinesOf(package))
      versions += line + "\n";
  }
  corpus.text += versions;
  const std::string text = Encoded(corpus.text, code);
  const auto start = std::chrono::steady_clock::now();
  const std::string safe = Redact(text, 65536);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ExpectClean(corpus, safe, code);
  EXPECT_TRUE(AsciiOf(safe, code).ends_with("\n" + versions));
  std::printf(
      "%s: %zu lines, %zu identifiers, %zu secrets, %zu kept, %zu package versions in "
      "%zu lines, %.1f MB in %.2f s (%.0f MB/s)\n",
      NameOf(code), corpus.lines, corpus.identifiers.size(), corpus.secrets.size(),
      corpus.kept.size(), std::size(kPackages),
      static_cast<size_t>(std::count(versions.begin(), versions.end(), '\n')),
      static_cast<double>(text.size()) / 1e6, seconds.count(),
      static_cast<double>(text.size()) / 1e6 / seconds.count());
}

TEST(Corpus, AMillionIdentifiersInUtf8) { ProveAtFullSize(Code::kUtf8); }
TEST(Corpus, AMillionIdentifiersInUtf16) { ProveAtFullSize(Code::kUtf16Le); }
TEST(Corpus, AMillionIdentifiersInCp932) { ProveAtFullSize(Code::kCp932); }

}  // namespace
}  // namespace casepack::redaction

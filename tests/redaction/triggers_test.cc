#include "redaction/triggers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/japanese.h"
#include "redaction/processor.h"
#include "redaction/stems.h"
#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

using std::literals::operator""sv;
using Bits = std::vector<bool>;

struct Triggers {
  Bits words;
  Bits others;
  Bits quiet;
  Bits lines;
  Bits numbers;
  bool operator==(const Triggers&) const = default;
};

bool IsStemEnd(std::string_view text, size_t at) {
  if (at < 2) return false;
  unsigned groups = 0xff;
  for (size_t i = 0; i < 3; ++i) {
    const auto c = static_cast<unsigned char>(text[at - 2 + i]);
    groups &= kStemRows[i].low[c & 15U] & kStemRows[i].high[c >> 4];
  }
  return groups != 0;
}

// `all` begins with the context; the text, whose blocks count, at `from`.
bool IsQuiet(std::string_view all, size_t from, size_t at) {
  if (all[at] != ':' && all[at] != '=') return false;
  const size_t in_block = (at - from) % 64;
  const bool twice = all.substr(at, 3) == "://" || all.substr(at, 2) == "::";
  const bool cut = in_block > 61 && (at + 1 == all.size() || all.substr(at + 1) == "/");
  if (all[at] == ':' && (cut || twice)) return false;
  const auto in = [&](size_t i, std::string_view set) {
    return set.find(all[i]) != std::string_view::npos;
  };
  const auto in_name = [&](size_t i) {
    return std::isalnum(static_cast<unsigned char>(all[i])) != 0 || in(i, "_-.[%;\x1b");
  };
  const auto tail = [&](size_t i) { return in(i, kJapaneseTails); };
  // A name may end before each of the bytes that may stand around it.
  for (size_t end = at;; --end) {
    if (end == from || tail(end - 1)) return false;
    for (size_t i = end; i > from && in_name(i - 1); --i) {
      if (in(i - 1, "%;\x1b") || IsStemEnd(all, i - 1) || i - 1 == from) return false;
    }
    if (!in(end - 1, " \t\"'`\\]")) return true;
  }
}

bool IsNumber(std::string_view all, size_t from, size_t at) {
  const auto digit = [&](size_t i) { return i < all.size() && all[i] >= '0' && all[i] <= '9'; };
  size_t behind = at;
  while (digit(behind))
    ++behind;
  const size_t digits = behind - at;
  if (digits == 0 || digits > 4 || behind - from >= ((at - from) / 64 + 1) * 64) return false;
  if (behind >= all.size()) return true;
  const auto is = [&](std::string_view set) {
    return set.find(all[behind]) != std::string_view::npos;
  };
  return std::isalnum(static_cast<unsigned char>(all[behind])) == 0 && !is("/;\x1b") &&
         !(digits > 2 && is(":")) && !(digits == 3 && is("-"));
}

// triggers.h, byte by byte.
Triggers InWords(std::string_view text, std::string_view before) {
  const std::string all = std::string(before) + std::string(text);
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  Triggers triggers;
  for (size_t i = before.size(); i < all.size(); ++i) {
    const auto back = [&](size_t by) { return all[i - by]; };
    const char c = all[i];
    const bool escaped = back(2) == '\\' || back(3) == '%' || back(6) == '\\';
    const bool ends = i + 1 == all.size() || (i - before.size()) % 64 == 63;
    const bool named =
        ends ? (i - before.size()) % 64 == 63
             : letter(all[i + 1]) || "_-.[%;\x1b"sv.find(all[i + 1]) != std::string::npos;
    const bool option = c == '-' && !letter(back(1)) && back(1) != '-' && named;
    const bool code = c == '-' && back(6) == '-' && back(11) == '-';
    const bool wide = (back(1) == '\xbc' && (c == '\x9a' || c == '\x9d')) ||
                      (back(1) == '\x81' && (c == '\xc6' || c == '\x81'));
    triggers.words.push_back(c == '$' || (letter(c) && (!letter(back(1)) || escaped)));
    triggers.others.push_back(option || code || wide ||
                              ":=>&%@\n\x1b"sv.find(c) != std::string::npos);
    triggers.quiet.push_back(IsQuiet(all, before.size(), i));
    triggers.lines.push_back(c == '\n');
    triggers.numbers.push_back(triggers.words.back() && IsNumber(all, before.size(), i));
  }
  return triggers;
}

Triggers Found(FindTriggers find, std::string_view text, std::string_view before) {
  TriggerBlocks blocks;
  // Of its own size, so that a sanitizer sees a look over its ends.
  const std::vector<char> copy(text.begin(), text.end());
  find(copy.data(), copy.size(), before.data(), &blocks);
  Triggers triggers;
  for (size_t i = 0; i < (text.size() + 63) / 64 * 64; ++i) {
    const auto is = [&](const TriggerBlocks::Masks& masks) {
      return (masks[i / 64] >> (i % 64) & 1) != 0;
    };
    if (i < text.size()) {
      triggers.words.push_back(is(blocks.words));
      triggers.others.push_back(is(blocks.others));
      triggers.quiet.push_back(is(blocks.quiet));
      triggers.lines.push_back(is(blocks.lines));
      triggers.numbers.push_back(is(blocks.numbers));
    } else {
      EXPECT_FALSE(is(blocks.words) || is(blocks.others))
          << "behind the end, at " << i << " of " << text.size();
    }
  }
  return triggers;
}

struct Implementation {
  const char* name;
  FindTriggers find;
};

std::vector<Implementation> All() {
  std::vector<Implementation> all = {{"portable", FindTriggersPortable}, {"best", BestTriggers()}};
#if defined(__x86_64__) || defined(_M_X64)
  all.push_back({"sse2", FindTriggersSse2});
  if (HasAvx2()) all.push_back({"avx2", FindTriggersAvx2});
  if (HasAvx512()) all.push_back({"avx512", FindTriggersAvx512});
#endif
  return all;
}

const std::string kNothing(kTriggerContext, '\0');

void CheckBlocks(std::string_view text, std::string_view before, const std::string& what) {
  const Triggers wanted = InWords(text, before);
  for (const Implementation& one : All())
    ASSERT_TRUE(Found(one.find, text, before) == wanted) << one.name << ": " << what;
}

// As many blocks at a time as there may be.
void Check(std::string_view text, std::string_view before, const std::string& what) {
  const std::string all = std::string(before) + std::string(text);
  size_t from = before.size();
  do {
    const std::string_view rest = std::string_view(all).substr(from - kTriggerContext);
    CheckBlocks(rest.substr(kTriggerContext, 64 * kMostBlocks), rest.substr(0, kTriggerContext),
                what);
    from += 64 * kMostBlocks;
  } while (from < all.size());
}

class Bytes {
 public:
  explicit Bytes(uint64_t seed) : generator_(seed) {}
  std::string Any(size_t count) {
    return Of(count, [this] { return static_cast<char>(generator_.Below(256)); });
  }
  // Those that matter, so that they meet.
  std::string Near(size_t count) {
    constexpr std::string_view kNear = "aZ09zA\\%-$:=>&@[\n\x1b _~/`{\x80\xff\xbc\x9a\x9d\x81\xc6";
    return Of(count, [&] { return kNear[generator_.Below(kNear.size())]; });
  }

 private:
  template <typename Next>
  static std::string Of(size_t count, Next next) {
    std::string text(count, '\0');
    std::generate(text.begin(), text.end(), next);
    return text;
  }
  testing::Generator generator_;
};

TEST(Triggers, WhatTheWordsSay) {
  struct Row {
    std::string_view text;
    std::string_view marks;  // w: a word, o: another
  };
  for (const Row& row : std::vector<Row>{
           {"ab c9", "w  w "},
           {"a_b", "w w"},
           {"$a$", "www"},
           {"\\nab", " ww "},
           {"%20ab", "ow w "},
           {"\\u003dab", " ww   w "},
           {"--a -b a-b - -", "o w ow w w    "},
           {"AB-ABCD-ABCDE-", "w  w    w    o"},
           {"AB-ABCDE-ABCD-", "w  w     w    "},
           {":=>&%@[\n\x1b", "oooooo oo"},
           {"\xef\xbc\x9a \xef\xbc\x9d", "  o   o"},
           {"\xff\x81\xc6 \x81\x81", "  o  o"},
           {"\xbc \x9a\x81 \xc6", "      "},
           {"/\\\"'<;,. ", "         "},
           {"\xe3\x82\x92"
            "a",
            "   w"},
       }) {
    for (const Implementation& one : All()) {
      const Triggers found = Found(one.find, row.text, kNothing);
      std::string marks;
      for (size_t i = 0; i < row.text.size(); ++i)
        marks += found.words[i] ? 'w' : found.others[i] ? 'o' : ' ';
      EXPECT_EQ(marks, row.marks) << one.name << ": " << row.text;
    }
  }
}

TEST(Triggers, AllBytesAlone) {
  for (int c = 0; c < 256; ++c)
    Check(std::string(1, static_cast<char>(c)), kNothing, std::to_string(c));
}

TEST(Triggers, AllPairsOfBytes) {
  std::string text;
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      text += static_cast<char>(a);
      text += static_cast<char>(b);
    }
  }
  Check(text, kNothing, "all pairs");
}

TEST(Triggers, AnyLengthAnyContext) {
  for (size_t size = 0; size <= 200; ++size) {
    Bytes bytes(size);
    for (int round = 0; round < 8; ++round) {
      Check(bytes.Any(size), bytes.Any(kTriggerContext), "any " + std::to_string(size));
      Check(bytes.Near(size), bytes.Near(kTriggerContext), "near " + std::to_string(size));
    }
  }
}

// Each byte that looks back, with what it looks for at every place of the context.
TEST(Triggers, EveryPlaceOfTheContext) {
  for (const char then : "a-"sv) {
    for (const char earlier : "a-\\%$"sv) {
      for (size_t first = 0; first < kTriggerContext; ++first) {
        for (size_t second = first; second < kTriggerContext; ++second) {
          std::string before = kNothing;
          before[first] = before[second] = earlier;
          Check(std::string(1, then) + "aaaaaaaaaaaa", before, before + then);
        }
      }
    }
  }
}

// At every offset of a block, across the borders of blocks too.
TEST(Triggers, AnyOffset) {
  for (const std::string_view piece : {"\\nx"sv, "\\u003dx"sv, "%3Dx"sv, "AB-ABCD-ABCDE-ABCDE"sv,
                                       "--x"sv, "\x1b[31mx"sv, "$x"sv}) {
    for (size_t offset = 0; offset < 200; ++offset) {
      for (const char filler : "a -"sv)
        Check(std::string(offset, filler) + std::string(piece), kNothing, std::string(piece));
    }
  }
}

// A text in two parts, the second with the end of the first before it, is the text; but for
// a `-` that ends its block, behind which the next byte is not looked at.
TEST(Triggers, TheContextIsAllThatCounts) {
  Bytes bytes(7);
  for (int round = 0; round < 50; ++round) {
    const std::string text = kNothing + bytes.Near(300);
    const Triggers whole = InWords(std::string_view(text).substr(kTriggerContext), kNothing);
    for (size_t cut = kTriggerContext; cut < text.size(); cut += 7) {
      const std::string_view view = text;
      for (const Implementation& one : All()) {
        const Triggers part =
            Found(one.find, view.substr(cut), view.substr(cut - kTriggerContext, kTriggerContext));
        const auto from = static_cast<std::ptrdiff_t>(cut - kTriggerContext);
        ASSERT_TRUE(std::equal(part.words.begin(), part.words.end(), whole.words.begin() + from));
        for (size_t i = 0; i < part.others.size(); ++i) {
          if (view[cut + i] == '-') continue;
          ASSERT_EQ(part.others[i], whole.others[cut - kTriggerContext + i]) << one.name;
        }
      }
    }
  }
}

// What several blocks hand on to one another at once: full blocks between the two ends of a
// run, at every distance.
TEST(Triggers, RunsOverManyBlocks) {
  for (const std::string_view begin : {"pwd"sv, "xyz"sv, "%"sv, "\xe3\x83\xbc"sv}) {
    for (const std::string_view end : {"="sv, " :"sv, "://"sv}) {
      for (size_t length = 0; length < 64 * 20; length += 1 + length / 97) {
        for (const char filler : "a. \""sv) {
          const std::string text = "; " + std::string(begin) + std::string(length, filler) +
                                   std::string(end) + std::string(70, 'b') + "=";
          Check(text, kNothing, text);
        }
      }
    }
  }
}

TEST(Triggers, GeneratedTexts) {
  for (uint64_t seed = 0; seed < 2000; ++seed)
    Check(testing::Generator(seed).Text(60), kNothing, "seed " + std::to_string(seed));
}

}  // namespace
}  // namespace casepack::redaction

// What generator.h makes, mixed with all that can be renamed: where a secret meets an
// address. The same seed gives the same text everywhere.
#pragma once

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "redaction/engine.h"
#include "tests/redaction/generator.h"
#include "tests/support/engine.h"

namespace casepack::redaction::testing {

// kGlued: anything next to anything, as no log has it. kSpaced: what can be renamed stands
// between separators.
enum class Joints : uint8_t { kGlued, kSpaced };

inline std::string MixedText(uint64_t seed, size_t pieces, Joints joints = Joints::kGlued) {
  static constexpr std::string_view kPieces[] = {
      "10.1.2.3",
      "192.168.7.9",
      "172.16.0.1",
      "127.0.0.1",
      "10-1-2-3",
      "1.2.3",
      ".4",
      "2001:67c:1::1",
      "fe80::1",
      "::ffff:10.1.2.3",
      "::",
      "00:50:56:aa:bb:cc",
      "00-50-56-AA-BB-CC",
      "0050.56aa.bbcc",
      "6f9619ff-8b86-d011-b42d-00c04fc964ff",
      "bob@example.com",
      "bob%40example.com",
      "@example.com",
      "kimura",
      "y.sato",
      "db02",
      "db02.corp.example.co.jp",
      "corp.example.co.jp",
      "www.corp.example.co.jp",
      "x1",
      "https://",
      "db.example.net/x",
      "trendmicro.com",
      "3.2.1.10.in-addr.arpa",
      "Version: ",
      "v",
      "-1ubuntu2",
      "user-",
      "host-",
      "MAC=",
      "%20",
      "\\n",
      "\\u003d",
      "\x1b[32m",
      "-D",
      "\xe3\x82\x92",
      "\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89",
      "\xef\xbc\x9a",
      "243.1.2.3",
      "0e:ca:11:22:33:44",
      "2001:db8::1",
  };
  static constexpr std::string_view kSeparators = "  \n,;|()[]{}<>=\"'/";
  Generator generator(seed + 1'000'003);
  const auto separate = [&](std::string* text) {
    if (joints == Joints::kSpaced) *text += kSeparators[generator.Below(kSeparators.size())];
  };
  Generator other(seed);
  std::string text;
  for (size_t i = 0; i < pieces; ++i) {
    if (generator.Below(3) == 0) {
      separate(&text);
      text += kPieces[generator.Below(std::size(kPieces))];
      separate(&text);
    } else {
      text += other.Text(1);
    }
  }
  return text;
}

// Everything is renamed, with a key that stays.
inline EngineOptions EverythingRenamed() {
  EngineOptions options;
  options.pseudonymize = {true, true, true, true, true, true};
  options.key = {1, 2, 3, 4, 5, 6, 7, 8};
  options.known.hosts = {"db02", "db02.corp.example.co.jp", "x1"};
  options.known.domains = {"corp.example.co.jp"};
  options.known.users = {"kimura", "y.sato", "ed"};
  return options;
}

inline const EnginePtr& RenamingEngine() {
  static const EnginePtr engine = casepack::tests::EngineWith(EverythingRenamed());
  return engine;
}

}  // namespace casepack::redaction::testing

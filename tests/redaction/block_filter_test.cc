#include "redaction/block_filter.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <string_view>

#include "tests/redaction/generator.h"

namespace casepack::redaction {
namespace {

constexpr const char* kMarker = "[REDACTED:private-key]";

std::string Filter(std::string_view text, size_t block = 100000, Counts* counts = nullptr) {
  std::string out;
  Counts own;
  BlockFilter filter([&](std::string_view part) { out.append(part); },
                     counts == nullptr ? &own : counts);
  for (size_t i = 0; i < text.size(); i += block)
    filter.Feed(text.substr(i, block));
  filter.Finish();
  return out;
}

std::string Block(const std::string& label, const std::string& body) {
  return "-----BEGIN " + label + "-----" + body + "-----END " + label + "-----";
}

TEST(BlockFilter, PrivateKeysOfEveryKindGo) {
  for (const std::string label :
       {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "RSA+PRIVATE+KEY",
        "RSA%20PRIVATE%20KEY"}) {
    for (const std::string body :
         {"\ngeheim\n", "\\ngeheim\\n", "\nProc-Type: 4,ENCRYPTED\n\ngeheim\nEND\n", ""}) {
      for (const size_t block : {1, 7, 300, 100000}) {
        EXPECT_EQ(Filter("a " + Block(label, body) + " b\n", block),
                  "a " + std::string(kMarker) + " b\n")
            << label;
      }
    }
  }
  EXPECT_EQ(Filter("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nx\n---- END SSH2 ENCRYPTED PRIVATE "
                   "KEY ----\n"),
            std::string(kMarker) + "\n");
}

TEST(BlockFilter, TheLastDashMayComeLater) {
  const std::string text = Block("PRIVATE KEY", std::string(1000, 'a')) + " b";
  for (size_t split = 900; split <= text.size(); ++split) {
    std::string out;
    Counts counts;
    BlockFilter filter([&](std::string_view part) { out.append(part); }, &counts);
    filter.Feed(std::string_view(text).substr(0, split));
    filter.Feed(std::string_view(text).substr(split));
    filter.Finish();
    EXPECT_EQ(out, std::string(kMarker) + " b") << split;
  }
}

TEST(BlockFilter, PublicOnesStay) {
  for (const std::string label :
       {"CERTIFICATE", "PUBLIC KEY", "PGP PUBLIC KEY BLOCK", "CERTIFICATE REQUEST"}) {
    const std::string text = Block(label, "\npublic\n") + "\n";
    EXPECT_EQ(Filter(text, 5), text);
  }
  for (const std::string text : {"BEGIN PRIVATE KEY", "--BEGIN PRIVATE KEY-----",
                                 "-----BEGIN PRIVATE KEY", "-----BEGIN-----", "BEGIN"}) {
    EXPECT_EQ(Filter(text), text);
  }
}

TEST(BlockFilter, OneAfterTheOther) {
  const std::string two = Block("PRIVATE KEY", "\na\n") + Block("RSA PRIVATE KEY", "\nb\n") + "\n" +
                          Block("CERTIFICATE", "\nc\n");
  Counts counts;
  EXPECT_EQ(Filter(two, 3, &counts),
            std::string(kMarker) + kMarker + "\n" + Block("CERTIFICATE", "\nc\n"));
  EXPECT_EQ(counts["private-key"], 2U);
}

TEST(BlockFilter, UnfinishedIsRemovedToTheEnd) {
  const std::string text = "a\n-----BEGIN PRIVATE KEY-----\ngeheim\nEND -----EN";
  for (const size_t block : {1, 64, 1000})
    EXPECT_EQ(Filter(text, block), "a\n" + std::string(kMarker));
}

TEST(BlockFilter, UnfinishedIsRemovedToABound) {
  const std::string begin = "-----BEGIN PRIVATE KEY-----\n";
  std::string text = begin;
  for (int i = 0; i < 200000; ++i)
    text += "geheim line\n";
  const std::string out = Filter(text, 4096);
  EXPECT_EQ(out.size(), std::string(kMarker).size() + text.size() - 5 - BlockFilter::kLongest);
}

TEST(BlockFilter, Putty) {
  EXPECT_EQ(
      Filter("Public-Lines: 1\nAAAA\nPrivate-Lines: 2\nge\nheim\nPrivate-MAC: 0123\nnext\n", 4),
      "Public-Lines: 1\nAAAA\n" + std::string(kMarker) + "\nnext\n");
}

TEST(BlockFilter, AtEveryPlaceOfABuffer) {
  for (size_t before = 3700; before < 4500; ++before) {
    const std::string text =
        std::string(before, 'x') + Block("RSA PRIVATE KEY", "\ngeheim\n") + std::string(700, 'y');
    EXPECT_EQ(Filter(text, 4096), std::string(before, 'x') + kMarker + std::string(700, 'y'))
        << before;
  }
}

TEST(BlockFilter, DashesOfAnEndMayBeThoseOfABegin) {
  const std::string key = "BEGIN PRIVATE KEY-----geheim-----END PRIVATE KEY-----";
  for (const size_t block : {1, 7, 300, 100000}) {
    EXPECT_EQ(Filter("a -----" + key + key + key + " b\n", block),
              "a " + std::string(kMarker) + kMarker + kMarker + " b\n");
  }
}

TEST(BlockFilter, TheLastLineOfAPuttyKeyMayBeLong) {
  const std::string text = "Private-Lines: 1\ngeheim\nPrivate-MAC: " + std::string(2000, 'a');
  for (const size_t block : {1, 7, 300, 100000}) {
    EXPECT_EQ(Filter("a " + text + "\nb\n", block), "a " + std::string(kMarker) + "\nb\n");
    EXPECT_EQ(Filter("a " + text, block), "a " + std::string(kMarker));
  }
}

// The edges of blocks in every order, as near to each other as they can be.
TEST(BlockFilter, OutputDoesNotDependOnTheCut) {
  const std::string far(400, 'x');
  const std::string_view pieces[] = {"-----",
                                     "----",
                                     "-",
                                     " ",
                                     "\n",
                                     "BEGIN ",
                                     "END ",
                                     "PRIVATE KEY",
                                     "X",
                                     far,
                                     "BEGIN PRIVATE KEY-----",
                                     "-----END X-----",
                                     "Private-Lines: 1",
                                     "Private-MAC: 1"};
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    testing::Generator generator(seed);
    std::string text;
    for (int i = 0; i < 30; ++i)
      text += pieces[generator.Below(std::size(pieces))];
    const std::string whole = Filter(text);
    for (const size_t block : {1, 7, 130, 300, 600, 1000})
      ASSERT_EQ(Filter(text, block), whole) << seed << " in blocks of " << block << ": " << text;
  }
}

}  // namespace
}  // namespace casepack::redaction

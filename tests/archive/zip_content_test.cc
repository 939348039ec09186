#include "collector/archive/zip_content.h"

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

struct Outcome {
  std::string text;
  std::string key;
};

// The first entry's content.
Outcome First(std::string_view zip, const Bounds& bounds = {}) {
  MemorySource in(zip);
  Budget budget(bounds);
  budget.Pack(zip.size());
  ZipTable table(*in.random(), bounds);
  const auto row = table.Next();
  if (!row) return {"", "no row"};
  const auto offset = table.ContentOf(*row);
  if (!offset) return {"", "no content"};
  ZipContent content(*in.random(), *row, *offset, budget);
  base::Status failure;
  Outcome outcome;
  outcome.text = tests::ReadAll(content, &failure);
  outcome.key = failure.message().key;
  return outcome;
}

std::string Zipped(const std::string& text, const std::string& line) {
  const tests::TempTree tree;
  tree.Write("f", text);
  EXPECT_TRUE(tests::Runs(tree, line)) << tree.Read("tool.err");
  return tree.Read("a.zip");
}

TEST(ZipContent, EveryMethodThatWeRead) {
  const std::string text = tests::SomeText(100'000);
  for (const char* method : {"Copy", "Deflate", "BZip2", "LZMA"}) {
    const Outcome outcome =
        First(Zipped(text, std::string("7z a -mm=") + method + " a.zip f >/dev/null"));
    EXPECT_EQ(outcome.key, "") << method;
    EXPECT_TRUE(outcome.text == text) << method;
  }
  EXPECT_TRUE(First(Zipped(text,
                           "python3 -c \"import zipfile; z = zipfile.ZipFile('a.zip', 'w', "
                           "zipfile.ZIP_LZMA); z.write('f'); z.close()\""))
                  .text == text);
}

TEST(ZipContent, MethodsThatWeDoNotRead) {
  const std::string text = tests::SomeText(100'000);
  for (const char* method : {"Deflate64", "PPMd"}) {
    EXPECT_EQ(First(Zipped(text, std::string("7z a -mm=") + method + " a.zip f >/dev/null")).key,
              "archive.zip.method")
        << method;
  }
}

TEST(ZipContent, SizesBehindTheContent) {
  const std::string text = tests::SomeText(100'000);
  // To a pipe, zip cannot go back.
  const std::string zip = Zipped(text, "zip -q - f | cat > a.zip");
  EXPECT_EQ(First(zip).text, text);
  const std::string cut = zip.substr(0, zip.rfind("PK\x01\x02"));
  const Outcome outcome = First(cut);
  EXPECT_EQ(outcome.key, "");
  EXPECT_TRUE(outcome.text == text);
}

TEST(ZipContent, WhatTheZipSaysIsChecked) {
  const std::string zip = Zipped(std::string(1000, 'x') + "y", "zip -q -0 a.zip f");
  std::string crc = zip;
  crc[100] = 'z';
  EXPECT_EQ(First(crc).key, "archive.zip.crc");
  EXPECT_EQ(First(crc).text.size(), 1001U);
  const std::string deflated = Zipped(tests::SomeText(5000), "zip -q a.zip f");
  std::string size = deflated;
  const size_t table = size.rfind("PK\x01\x02");
  size[table + 24] = static_cast<char>(size[table + 24] ^ 1);
  EXPECT_EQ(First(size).key, "archive.zip.size");
  std::string packed = deflated;
  packed[table + 20] = static_cast<char>(packed[table + 20] - 1);
  EXPECT_EQ(First(packed).key, "archive.filter.truncated");
}

TEST(ZipContent, ABomb) {
  const std::string zip = Zipped(std::string(5'000'000, '\0'), "zip -q a.zip f");
  Bounds bounds;
  bounds.free_bytes = 100'000;
  bounds.max_ratio = 50;
  EXPECT_EQ(First(zip, bounds).key, "archive.bounds.ratio");
}

}  // namespace
}  // namespace casepack::archive

#include "collector/archive/names.h"

#include <gtest/gtest.h>

namespace casepack::archive {
namespace {

TEST(Names, SafePaths) {
  struct Case {
    std::string in;
    const char* tar;
    const char* zip;
  };
  const Case cases[] = {
      {"a/b.txt", "a/b.txt", "a/b.txt"},
      {"./a//b/./c/", "a/b/c", "a/b/c"},
      {"/etc/passwd", "etc/passwd", "etc/passwd"},
      {"../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd", "%2E%2E/%2E%2E/etc/passwd"},
      {"a/../b", "a/%2E%2E/b", "a/%2E%2E/b"},
      {"..\\..\\a", "%2E%2E/%2E%2E/a", "%2E%2E/%2E%2E/a"},
      {"dev-x2d\\x2dy.swap", "dev-x2d\\x2dy.swap", "dev-x2d/x2dy.swap"},
      {"\\\\server\\share", "server/share", "server/share"},
      {"C:\\x", "C%3A\\x", "C%3A/x"},
      {"日本語.log", "日本語.log", "日本語.log"},
      {"a\nb\x1b[2J", "a%0Ab%1B[2J", "a%0Ab%1B[2J"},
      {"\xff\xfe", "%FF%FE", "%FF%FE"},
      {"a\xe2\x80\xae"
       "b",
       "a%E2%80%AEb", "a%E2%80%AEb"},
      {std::string("a\0/../b", 7), "a", "a"},
      {"...", "...", "..."},
      {"", "", ""},
      {"/", "", ""},
      {".", "", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(SafePath(c.in, Separators::kSlash), c.tar) << c.in;
    EXPECT_EQ(SafePath(c.in, Separators::kBoth), c.zip) << c.in;
  }
}

TEST(Names, LongOnesAreCutAndStayApart) {
  const std::string a = SafePath(std::string(500, 'x') + "a", Separators::kSlash);
  const std::string b = SafePath(std::string(500, 'x') + "b", Separators::kSlash);
  EXPECT_EQ(a.size(), 240U);
  EXPECT_NE(a, b);
  std::string deep;
  for (int i = 0; i < 5000; ++i)
    deep += "ab/";
  EXPECT_LE(SafePath(deep, Separators::kSlash).size(), 3000U);
}

TEST(Names, TargetsInside) {
  struct Case {
    const char* path;
    const char* target;
    bool safe;
  };
  const Case cases[] = {
      {"l", "a", true},           {"l", "a/b/c", true},        {"d/l", "../a", true},
      {"d/e/l", "../../a", true}, {"l", "../a", false},        {"d/l", "../../a", false},
      {"d/l", "a/../b", false},   {"l", "/etc/passwd", false}, {"l", "", false},
      {"l", "..\\a", false},      {"l", "C:", false},          {"l", "a\nb", false},
      {"d/l", "..", true},        {"l", "..", false},          {"l", ".", true},
  };
  for (const Case& c : cases)
    EXPECT_EQ(SafeTarget(c.path, c.target).has_value(), c.safe) << c.path << " -> " << c.target;
}

TEST(Names, EachOnce) {
  NameTable names;
  EXPECT_EQ(names.File("a/b.txt"), "a/b.txt");
  EXPECT_EQ(names.File("a/b.txt"), "a/b~2.txt");
  EXPECT_EQ(names.File("a/b.txt"), "a/b~3.txt");
  EXPECT_EQ(names.File("a/b~2.txt"), "a/b~2~2.txt");
  EXPECT_EQ(names.File("a"), "a~2") << "is a folder";
  EXPECT_EQ(names.File(".profile"), ".profile");
  EXPECT_EQ(names.File(".profile"), ".profile~2");
  EXPECT_EQ(names.Folder("a"), "a");
  EXPECT_EQ(names.Folder("a"), "a") << "as often as one likes";
  EXPECT_EQ(names.Folder("a/b.txt"), "a/b~4.txt") << "is a file";
  EXPECT_TRUE(names.HasFile("a/b~2.txt"));
  EXPECT_FALSE(names.HasFile("a/c"));
}

TEST(Names, NothingBehindALink) {
  NameTable names;
  EXPECT_EQ(names.Link("d/l"), "d/l");
  EXPECT_EQ(names.File("d/l/x"), "d/l~/x");
  EXPECT_EQ(names.Folder("d/l/y"), "d/l~/y");
  EXPECT_EQ(names.Link("d"), std::nullopt) << "a folder already";
  EXPECT_EQ(names.Folder("d/l"), "d/l~2");
}

TEST(Names, ManyOfOneName) {
  NameTable names;
  std::string last;
  for (int i = 0; i < 100'000; ++i)
    last = names.File("same");
  EXPECT_EQ(last, "same~100000");
}

}  // namespace
}  // namespace casepack::archive

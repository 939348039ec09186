#include "collector/manifest/members.h"

#include <gtest/gtest.h>

#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

// Asks for "title" and "when", of which the first is required.
Lines Problems(std::string_view text, Members::What what = Members::What::kMember) {
  const auto value = base::ParseJson(text);
  EXPECT_TRUE(value) << text;
  ProblemList problems("");
  Members members(*value, problems, what);
  members.Require("title");
  members.Find("when");
  members.Finish();
  return LinesOf(problems.Take(), Args::kShow);
}

TEST(Members, TellsWhatIsMissingAndWhatIsUnknown) {
  struct Case {
    std::string_view text;
    Lines problems;
  };
  const Case cases[] = {
      {R"({"title": 1})", {}},
      {R"({"title": 1, "when": 2, "//": "why"})", {}},
      {R"({})", {"1:1 manifest.member.missing name=title"}},
      {R"({"title": 1, "wehn": 2})", {"1:14 manifest.member.unknown name=wehn -> when"}},
      // Misspelt, and so not missing as well.
      {R"({"titel": 1})", {"1:2 manifest.member.unknown name=titel -> title"}},
      {R"({"colour": 1, "/": 2})",
       {"1:1 manifest.member.missing name=title", "1:2 manifest.member.unknown name=colour",
        "1:15 manifest.member.unknown name=/"}},
      {R"([])", {"1:1 manifest.expected.object found=[…]"}},
      {R"(null)", {"1:1 manifest.expected.object found=null"}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(Problems(c.text), c.problems) << c.text;
}

TEST(Members, CallsOptionsByTheirName) {
  const Lines expected = {"1:1 manifest.option.missing name=title",
                          "1:2 manifest.option.unknown name=colour"};
  EXPECT_EQ(Problems(R"({"colour": 1})", Members::What::kOption), expected);
}

TEST(Members, HandsOutValues) {
  const auto value = base::ParseJson(R"({"a": 1})");
  ASSERT_TRUE(value);
  ProblemList problems("");
  Members members(*value, problems);
  ASSERT_NE(members.Find("a"), nullptr);
  EXPECT_EQ(*members.Find("a")->integer(), 1);
  EXPECT_EQ(members.Find("b"), nullptr);
}

}  // namespace
}  // namespace casepack::manifest

#include "collector/report/differences.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace casepack::report {
namespace {

using analysis::Difference;
using Kind = Difference::Kind;

std::vector<Difference> Sample() {
  std::vector<Difference> all{
      {"agent.am.mode", {}, Kind::kDifferent, "on", "driver-offline\x1b[2J"},
      {"kernel.module.tmhook", {}, Kind::kOnlyHealthy, "Live", ""}};
  for (int i = 0; i < 15; ++i)
    all.push_back({"package.p" + std::to_string(i), {}, Kind::kDifferent, "1", "2"});
  all.push_back({"agent.proxy", {}, Kind::kNotComparable, "x", ""});
  return all;
}

size_t Lines(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Differences, ShortAndAll) {
  const Words words;
  const std::string text = DifferencesText(Sample(), Detail::kShort, words, Language::kEnglish);
  for (const char* part : {"agent.am.mode", "driver-offline", "(none)", "and 5 more packages",
                           "1 facts are known of one side"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("agent.proxy"), std::string::npos);
  const std::string all = DifferencesText(Sample(), Detail::kAll, words, Language::kJapanese);
  EXPECT_EQ(Lines(all), 1 + Sample().size());
  EXPECT_NE(all.find("(未確認)"), std::string::npos);
}

TEST(Differences, None) {
  EXPECT_NE(DifferencesText({}, Detail::kShort, Words(), Language::kEnglish).find("No difference"),
            std::string::npos);
}

}  // namespace
}  // namespace casepack::report

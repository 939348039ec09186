#include "collector/cli/progress.h"

#include <gtest/gtest.h>

#include "collector/base/utf8.h"

namespace casepack::cli {
namespace {

manifest::Item MakeItem(const std::string& id, const std::string& title) {
  manifest::Item item;
  item.id = id;
  item.title = {title, "日本語の" + title};
  return item;
}

std::string Drawn(Progress::Show show, report::Language language, const std::string& title) {
  const report::Words words;
  const Console console(words, language);
  testing::internal::CaptureStderr();
  {
    Progress progress(console, show);
    progress.Started(MakeItem("a.first", "first"));
    progress.Started(MakeItem("a.second", title));
    bundle::ItemRow row;
    row.id = "a.first";
    progress.Finished(row, 1, 7);
  }
  return testing::internal::GetCapturedStderr();
}

TEST(Progress, ShowsWhatIsStillAtWork) {
  const std::string drawn = Drawn(Progress::Show::kLine, report::Language::kEnglish, "second");
  EXPECT_NE(drawn.find("\r\x1b[K[1/7] second"), std::string::npos) << drawn;
  // The last thing it does is to clear its line.
  EXPECT_EQ(drawn.substr(drawn.size() - 4), "\r\x1b[K");
}

TEST(Progress, SaysNothingWhereNobodyLooks) {
  EXPECT_EQ(Drawn(Progress::Show::kNothing, report::Language::kEnglish, "second"), "");
}

TEST(Progress, FitsTheTerminal) {
  const std::string drawn =
      Drawn(Progress::Show::kLine, report::Language::kJapanese, std::string(500, 'x'));
  const size_t at = drawn.rfind("[1/7]");
  ASSERT_NE(at, std::string::npos);
  const std::string line = drawn.substr(at, drawn.find('\r', at) - at);
  EXPECT_LT(base::DisplayWidth(line), 80U);
  EXPECT_NE(line.find("日本語の"), std::string::npos);
}

}  // namespace
}  // namespace casepack::cli

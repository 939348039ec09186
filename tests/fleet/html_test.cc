#include "collector/fleet/html.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

using report::Language;

TEST(Html, Escapes) {
  EXPECT_EQ(Escaped("<script>alert('x')</script> & \"q\""),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot;");
  EXPECT_EQ(Escaped("a\n\x1b\xff"), "a\\n\\x1b\\xff");
  EXPECT_EQ(Escaped("日本語"), "日本語");
}

// Everything that a host may say, with a tag in it: none gets through.
TEST(Html, NothingFromAHostIsMarkup) {
  const std::string evil = "<img src=x onerror=\"alert(1)\">'";
  tests::FleetTable made;
  for (int i = 0; i < 100; ++i) {
    made.Add(i < 20 ? "offline" : "online", {{"x." + evil, i < 15 ? evil : "good"},
                                             {"y.k", i >= 15 && i < 19 ? evil : "z"},
                                             {"label.site", evil},
                                             {"package.<b>", i < 15 ? evil : "good"}});
  }
  for (Host& host : made.table.hosts()) {
    host.name = evil;
    host.since = tests::kDay;
  }
  Host broken;
  broken.path = evil;
  broken.reading = Reading::kBroken;
  broken.reason = {"bundle.reader.bad_name", {{"name", evil}}};
  made.table.AddUnread(broken);
  made.table.Close();
  ReportOptions options;
  options.by = {"site", evil};
  const auto report = MakeReport(made.table, options);
  ASSERT_TRUE(report);
  ASSERT_FALSE(report->separators.found.empty());
  for (const Language language : {Language::kEnglish, Language::kJapanese}) {
    const std::string page = ReportHtml(made.table, *report, report::Words(), language);
    EXPECT_EQ(page.find("<img"), std::string::npos) << page;
    EXPECT_EQ(page.find("<b>"), std::string::npos);
    EXPECT_NE(page.find("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;"), std::string::npos);
    EXPECT_EQ(page.find("fleet."), std::string::npos) << page;
  }
}

TEST(Html, SaysWhenThereIsNothing) {
  tests::FleetTable made;
  made.Add("online", {});
  const auto report = MakeReport(made.Done(), {});
  const std::string page = ReportHtml(made.table, *report, report::Words(), Language::kEnglish);
  EXPECT_NE(page.find("No host is affected"), std::string::npos);
  EXPECT_EQ(page.find("http"), page.find("http-equiv"));  // nothing from elsewhere
}

}  // namespace
}  // namespace casepack::fleet

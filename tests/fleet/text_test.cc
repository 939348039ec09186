#include "collector/fleet/text.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

using report::Language;

class TextTest : public testing::Test {
 protected:
  std::string Text(Language language = Language::kEnglish, const ReportOptions& options = {}) {
    made_.table.Close();
    const auto report = MakeReport(made_.table, options);
    return report ? ReportText(made_.table, *report, words_, language) : "none";
  }
  static bool Has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }
  void Fill() {
    for (int i = 0; i < 412; ++i) {
      made_.Add(i < 37 ? "offline" : "online",
                {{"host.kernel.release", i < 37 || i > 409 ? "5.14.0-503" : "5.14.0-427"}});
    }
  }
  report::Words words_;
  tests::FleetTable made_;
};

TEST_F(TextTest, TheSentenceOfTheFaq) {
  Fill();
  const std::string text = Text();
  EXPECT_TRUE(Has(text,
                  "37 of 37 affected have host.kernel.release = 5.14.0-503; 2 of 375 "
                  "healthy do."))
      << text;
  EXPECT_TRUE(Has(text, "412 hosts (412 bundles)")) << text;
  const std::string japanese = Text(Language::kJapanese);
  EXPECT_TRUE(Has(japanese, "問題のある 37 台のうち 37 台")) << japanese;
  EXPECT_EQ(japanese.find("fleet."), std::string::npos) << japanese;
}

TEST_F(TextTest, WhatCannotBeComparedIsSaid) {
  EXPECT_TRUE(Has(Text(), "No host is affected (state offline)"));
  made_.Add("offline", {{"a.b", "x"}});
  EXPECT_TRUE(Has(Text(), "No host is healthy (state online)"));
  made_.Add("online", {{"a.b", "x"}});
  EXPECT_TRUE(Has(Text(), "Too few hosts"));
  for (int i = 0; i < 60; ++i)
    made_.Add(i % 2 == 0 ? "online" : "offline", {{"a.b", "x"}});
  EXPECT_TRUE(Has(Text(), "No separator found"));
}

// Names come from hosts, and so from whoever got hold of one.
TEST_F(TextTest, NothingFromAHostReachesTheTerminalAsItIs) {
  Fill();
  Host evil;
  evil.name = "\x1b[2J<b>\xe2\x80\xae";
  evil.path = "x\x1b]0;y\x07";
  evil.state = "st\x1b[31mate";
  evil.reading = Reading::kBroken;
  evil.reason = {"bundle.reader.bad_name", {{"name", "\x1b[1m"}}};
  made_.table.AddUnread(evil);
  evil.reading = Reading::kRead;
  made_.table.AddUnread(evil);
  made_.table.hosts()[0].name = evil.name;
  made_.table.hosts()[0].top_finding = "\x1b[7m";
  ReportOptions options;
  options.inventory = std::vector<ListedHost>{{"\x1b[5m", {}}};
  const std::string text = Text(Language::kEnglish, options);
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
}

TEST_F(TextTest, ManyOfAKindAreCounted) {
  Host missing;
  missing.reading = Reading::kMissing;
  missing.reason = {"bundle.reader.missing", {{"path", "x"}}};
  for (int i = 0; i < 10'000; ++i)
    made_.table.AddUnread(missing);
  const std::string text = Text();
  EXPECT_TRUE(Has(text, "missing 10000")) << text;
  EXPECT_TRUE(Has(text, "9995 more")) << text;
  EXPECT_LT(text.size(), 2000U);
}

TEST_F(TextTest, OneHostInventoryAndHistory) {
  Fill();
  Host& now = made_.table.hosts()[0];
  now.history = {1};
  made_.table.hosts()[1].state = "online";
  made_.table.hosts()[1].reading = Reading::kOlder;
  ReportOptions options;
  options.host = "h0";
  options.inventory = std::vector<ListedHost>{{"h0", {}}, {"h999", {}}};
  const std::string text = Text(Language::kEnglish, options);
  EXPECT_TRUE(Has(text, "h0 (offline) beside the majority")) << text;
  EXPECT_TRUE(Has(text, "5.14.0-503; 373 of 375 healthy: 5.14.0-427")) << text;
  EXPECT_TRUE(Has(text, "without a bundle (1): h999")) << text;
  EXPECT_TRUE(Has(text, "h0: 2026-11-22T10:02:03Z online -> 2026-11-22T10:02:03Z offline")) << text;
}

}  // namespace
}  // namespace casepack::fleet

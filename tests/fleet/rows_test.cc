#include "collector/fleet/rows.h"

#include "collector/base/json.h"
#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

template <typename Write>
std::string Text(const Table& table, Write write) {
  std::string text;
  write(table, [&](std::string_view part) {
    text += part;
    return true;
  });
  return text;
}

TEST(Csv, EveryBundleHasARow) {
  tests::FleetTable made;
  made.Add("offline", {{"label.site", "=cmd|' /C calc'!A0"}, {"label.tier", "東京"}});
  made.table.hosts()[0].name = "@evil";
  Host broken;
  broken.path = "x\xff,\n.tar.gz";
  broken.reading = Reading::kBroken;
  broken.reason = {"bundle.reader.damaged", {}};
  made.table.AddUnread(broken);
  const std::string text = Text(made.Done(), WriteCsv);
  const size_t second = text.find("\r\n") + 2;
  const size_t third = text.find("\r\n", second) + 2;
  EXPECT_EQ(text.substr(0, 8), "\xEF\xBB\xBFhost,");
  EXPECT_NE(text.find(",site,label.tier,"), std::string::npos) << text;
  EXPECT_EQ(text.substr(second, 7), "'@evil,");
  EXPECT_NE(text.find(",'=cmd|"), std::string::npos);
  EXPECT_NE(text.find("東京"), std::string::npos);
  EXPECT_EQ(text.substr(third),
            ",,,,,broken,bundle.reader.damaged,,,,,,,,,,,,,,\"x\\xff,\\n.tar.gz\"\r\n");
}

TEST(Ndjson, ALineForEachHostThatCounts) {
  tests::FleetTable made;
  for (int i = 0; i < 2500; ++i) {
    made.Add(i % 2 == 0 ? "offline" : "online", {{"x.text", "v" + std::to_string(i)},
                                                 {"x.number", std::to_string(i)},
                                                 {"label.site", "<b>\"\\"},
                                                 {"index.os", "Debian"}});
  }
  made.table.hosts()[7].reading = Reading::kOlder;
  const std::string text = Text(made.Done(), WriteNdjson);
  size_t lines = 0;
  for (size_t at = 0; at < text.size(); ++lines) {
    const size_t end = text.find('\n', at);
    if (lines == 1999) {  // of row 2000: the older one has none
      const auto json = base::ParseJson(text.substr(at, end - at));
      ASSERT_TRUE(json);
      EXPECT_EQ(json->StringOr("format", ""), kRowFormat);
      EXPECT_EQ(json->StringOr("host", ""), "h2000");
      EXPECT_EQ(json->StringOr("side", ""), "affected");
      EXPECT_EQ(json->Find("by")->StringOr("os", ""), "Debian");
      EXPECT_EQ(json->Find("labels")->StringOr("site", ""), "<b>\"\\");
      EXPECT_EQ(json->Find("facts")->StringOr("x.text", ""), "v2000");
      EXPECT_EQ(json->Find("facts")->IntegerOr("x.number", 0), 2000);
      EXPECT_EQ(json->Find("facts")->object()->size(), 2U);
    }
    at = end + 1;
  }
  EXPECT_EQ(lines, 2499U);
}

TEST(Ndjson, StopsWhenNobodyListens) {
  tests::FleetTable made;
  made.Add("online", {});
  made.Add("online", {});
  size_t parts = 0;
  WriteNdjson(made.Done(), [&](std::string_view) { return ++parts < 1; });
  EXPECT_EQ(parts, 1U);
}

}  // namespace
}  // namespace casepack::fleet

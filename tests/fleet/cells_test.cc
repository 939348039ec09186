#include "collector/fleet/cells.h"

#include <gtest/gtest.h>

#include <map>

namespace casepack::fleet {
namespace {

std::map<std::string, std::string> Read(const std::string& facts, bool whole = true) {
  Cells cells;
  EXPECT_EQ(cells.Read(R"({"format":"casepack-facts/1","facts":{)" + facts + "}}"), whole) << facts;
  std::map<std::string, std::string> read;
  for (const Cell& cell : cells.all())
    read.emplace(cell.key, cell.text);
  return read;
}

TEST(Cells, TakesWhatCanBeCompared) {
  const auto read = Read(R"("a":{"value":"x","class":"state"},"b":{"value":7,"class":"measure"},
    "c":{"value":true,"class":"configuration"},"d":{"value":2.5,"class":"version"},
    "name":{"value":"web01","class":"identity"},"up":{"value":9,"class":"volatile"},
    "new":{"value":"x","class":"of tomorrow"},"none":{"class":"state"},
    "list":{"value":[1],"class":"state"},"empty":{"value":"","class":"state"},
    "hidden":{"value":"[REDACTED:password]","class":"state"},"whole":"[REDACTED:secret-name]")");
  EXPECT_EQ(read, (std::map<std::string, std::string>{
                      {"a", "x"}, {"b", "7"}, {"c", "true"}, {"d", "2.5"}}));
}

TEST(Cells, KnowsNumbersAndItems) {
  Cells cells;
  ASSERT_TRUE(cells.Read(R"({"facts":{"a":{"value":7,"class":"state","member":"raw/x.y/f/z"},
    "b":{"value":"7","class":"state","member":"SUMMARY.txt"}}})"));
  ASSERT_EQ(cells.all().size(), 2U);
  EXPECT_EQ(cells.all()[0].number, 7.0);
  EXPECT_EQ(cells.all()[0].item, "x.y");
  EXPECT_FALSE(cells.all()[1].number);
  EXPECT_EQ(cells.all()[1].item, "");
}

TEST(Cells, DamagedTextCostsWhatIsBehindTheDamage) {
  const auto read = Read(R"("a":{"value":"x","class":"state"},"b":{"value":"y","class":)", false);
  EXPECT_EQ(read.count("a"), 1U);
  Cells cells;
  for (const char* text : {"", "[]", "7", "{\"facts\":[]}", "{\"facts\":7}"})
    cells.Read(text);
  EXPECT_TRUE(cells.all().empty());
}

TEST(Cells, BoundsKeysTextsAndTheirNumber) {
  const std::string huge(100'000, 'x');
  EXPECT_TRUE(Read("\"" + huge + R"(":{"value":"x","class":"state"})").empty());
  EXPECT_TRUE(Read(R"("a":{"value":")" + huge + R"(","class":"state"})").empty());
  std::string many;
  for (int i = 0; i < 60'000; ++i)
    many += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + R"(":{"value":1,"class":"state"})";
  EXPECT_EQ(Read(many).size(), 50'000U);
}

TEST(Cells, AddsWhatStandsElsewhere) {
  Cells cells;
  cells.Add("label.site", "東京");
  cells.Add("label.empty", "");
  cells.Add("label.long", std::string(5000, 'x'));
  ASSERT_EQ(cells.all().size(), 2U);
  EXPECT_EQ(cells.all()[0].text, "東京");
  EXPECT_EQ(cells.all()[1].text.size(), 500U);
  cells.Clear();
  EXPECT_TRUE(cells.all().empty());
}

}  // namespace
}  // namespace casepack::fleet

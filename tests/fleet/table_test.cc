#include "collector/fleet/table.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

using tests::FleetTable;

size_t ColumnOf(const Table& table, const std::string& key) {
  for (size_t i = 0; i < table.columns(); ++i) {
    if (table.column(i).key() == key) return i;
  }
  ADD_FAILURE() << key;
  return 0;
}

TEST(Table, HasAColumnForEachKeyWhateverTheOrder) {
  FleetTable made;
  made.Add("online", {{"i.a", "1"}, {"i.b", "2"}, {"i.c", "3"}});
  made.Add("online", {{"i.c", "3"}, {"i.d", "4"}, {"i.a", "5"}});
  made.Add("online", {});
  Table& table = made.Done();
  EXPECT_EQ(table.columns(), 4U);
  const Column* a = table.Find("i.a");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(a->text(a->Codes(3)[0]), "1");
  EXPECT_EQ(a->text(a->Codes(3)[1]), "5");
  EXPECT_EQ(a->Codes(3)[2], kNotVisible);
  EXPECT_EQ(table.Find("i.e"), nullptr);
}

// Not there, or not looked for: the two are kept apart.
TEST(Table, KnowsWhatIsAbsent) {
  FleetTable made;
  made.Add("online", {{"i.a", "x"}}, {"i"});
  made.Add("online", {}, {"i"});      // looked through: not there
  made.Add("online", {}, {});         // the item failed
  made.Add("online", {}, {"other"});  // nor here
  made.table.AddUnread({});
  Table& table = made.Done();
  EXPECT_EQ(table.Absent(ColumnOf(table, "i.a")), (std::vector<uint8_t>{0, 1, 0, 0, 0}));
}

TEST(Table, NothingIsAbsentForManifestsThatNeverGaveIt) {
  FleetTable made;
  made.Add("online", {{"i.a", "x"}}, {"i"});
  const std::vector<std::pair<std::string, bundle::Outcome>> items{{"i", bundle::Outcome::kOk}};
  made.table.Add({}, {}, {"older manifests", &items, nullptr});
  Table& table = made.Done();
  EXPECT_EQ(table.Absent(0), (std::vector<uint8_t>{0, 0}));
}

TEST(Table, StaysWithinItsLimits) {
  FleetTable made;
  made.table = Table({3, 1U << 20U});
  made.Add("online", {{"i.a", "x"}, {"i.b", "x"}, {"i.c", "x"}, {"i.d", "x"}});
  EXPECT_EQ(made.table.columns(), 3U);
  EXPECT_EQ(made.table.dropped(), 1U);

  Table small({100, 4000});
  for (int i = 0; i < 1000; ++i) {
    const std::string text = "value " + std::to_string(i);
    Cell cell;
    cell.key = "k";
    cell.text = text;
    small.Add({}, {cell}, {});
  }
  EXPECT_GT(small.dropped(), 900U);
  EXPECT_LT(small.column(0).values(), 100U);
}

TEST(Table, PutsAColumnInThePlaceOfAnother) {
  FleetTable made;
  made.Add("online", {{"i.a", "x"}});
  Table& table = made.Done();
  Column column("i.a", manifest::FactClass::kState);
  column.Set(0, column.CodeOf("y", {}));
  table.Put(std::move(column));
  table.Put(Column("i.b", manifest::FactClass::kState));
  EXPECT_EQ(table.columns(), 2U);
  EXPECT_EQ(table.Find("i.a")->text(0), "y");
}

}  // namespace
}  // namespace casepack::fleet

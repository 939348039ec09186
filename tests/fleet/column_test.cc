#include "collector/fleet/column.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>

namespace casepack::fleet {
namespace {

Column Made() { return Column("a.key", manifest::FactClass::kState); }

TEST(Column, KeepsEachValueOnce) {
  Column column = Made();
  EXPECT_EQ(column.CodeOf("x", std::nullopt), 0U);
  EXPECT_EQ(column.CodeOf("y", std::nullopt), 1U);
  EXPECT_EQ(column.CodeOf("x", std::nullopt), 0U);
  for (int i = 0; i < 1000; ++i) {
    const std::string text = std::to_string(i);
    const Code code = column.CodeOf(text, i);
    EXPECT_EQ(column.CodeOf(text, i), code);
    EXPECT_EQ(column.text(code), text);
    EXPECT_EQ(column.number(code), i);
  }
  EXPECT_EQ(column.values(), 1002U);
  EXPECT_EQ(column.FindCode("y"), 1U);
  EXPECT_FALSE(column.FindCode("none"));
}

// Whatever the shape of the rows, what comes out is what went in.
TEST(Column, GivesBackWhatItTook) {
  constexpr uint32_t kRows = 5000;
  const std::function<std::optional<uint32_t>(uint32_t)> shapes[] = {
      [](uint32_t) { return 7U; },                           // all alike
      [](uint32_t row) { return row % 2; },                  // a bit each
      [](uint32_t row) { return row * 2654435761U % 300; },  // two bytes
      [](uint32_t row) { return row; },                      // all different
      [](uint32_t row) -> std::optional<uint32_t> {          // hardly any
        if (row % 400 == 3) return row;
        return std::nullopt;
      },
      [](uint32_t row) -> std::optional<uint32_t> {  // none in the middle
        if (row < 1000 || row > 3500) return row % 3;
        return std::nullopt;
      },
      [](uint32_t row) -> std::optional<uint32_t> {  // one row is missing
        if (row != 1024) return 0;
        return std::nullopt;
      },
      [](uint32_t) -> std::optional<uint32_t> { return std::nullopt; },
  };
  for (const auto& shape : shapes) {
    Column column = Made();
    for (uint32_t row = 0; row < kRows; ++row) {
      if (const auto value = shape(row)) column.Set(row, column.CodeOf(std::to_string(*value), {}));
    }
    for (const bool closed : {false, true}) {
      if (closed) column.Close();
      const std::vector<Code> codes = column.Codes(kRows);
      std::vector<Code> some(700);
      column.Fill(900, some);
      for (uint32_t row = 0; row < kRows; ++row) {
        const auto value = shape(row);
        ASSERT_EQ(codes[row] != kNotVisible, value.has_value()) << row;
        if (value) {
          ASSERT_EQ(column.text(codes[row]), std::to_string(*value)) << row;
        }
        if (row >= 900 && row < 1600) {
          ASSERT_EQ(some[row - 900], codes[row]) << row;
        }
      }
    }
  }
}

TEST(Column, OfARowThatComesAgainTheFirstValueStays) {
  Column column = Made();
  column.Set(4, column.CodeOf("first", {}));
  column.Set(4, column.CodeOf("again", {}));
  column.Set(2, column.CodeOf("late", {}));
  column.Close();
  EXPECT_EQ(column.text(column.Codes(5)[4]), "first");
  EXPECT_EQ(column.Codes(5)[2], kNotVisible);
}

}  // namespace
}  // namespace casepack::fleet

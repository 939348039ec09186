#include "redaction/oversize_filter.h"

#include <gtest/gtest.h>

#include <string>

namespace casepack::redaction {
namespace {

std::string Filter(std::string_view text, size_t block, Counts* counts) {
  std::string out;
  OversizeFilter filter([&](std::string_view part) { out.append(part); }, counts);
  for (size_t i = 0; i < text.size(); i += block)
    filter.Feed(text.substr(i, block));
  filter.Finish();
  return out;
}

TEST(OversizeFilter, OnlyARunOverTheBoundGoes) {
  const size_t bound = OversizeFilter::kLongest;
  const struct {
    std::string text;
    std::string wanted;
    uint64_t count;
  } kCases[] = {
      {std::string(bound, 'a'), std::string(bound, 'a'), 0},
      {std::string(bound + 1, 'a'), "[REDACTED:oversize-token]", 1},
      {"x=" + std::string(bound + 1, 'a') + "\"y", "x=[REDACTED:oversize-token]\"y", 1},
      {std::string(bound, 'a') + " " + std::string(bound, 'b'),
       std::string(bound, 'a') + " " + std::string(bound, 'b'), 0},
      {std::string(bound * 2, 'a') + "\n" + std::string(bound * 3, 'b') + "\nc",
       "[REDACTED:oversize-token]\n[REDACTED:oversize-token]\nc", 2},
      {std::string(bound * 2, '!'), std::string(bound * 2, '!'), 0},
      {"", "", 0},
  };
  for (const auto& row : kCases) {
    for (const size_t block : {size_t{997}, size_t{4096}, bound, bound * 8}) {
      Counts counts;
      EXPECT_TRUE(Filter(row.text, block, &counts) == row.wanted)
          << row.text.size() << " in " << block;
      EXPECT_EQ(counts["oversize-token"], row.count);
    }
  }
}

}  // namespace
}  // namespace casepack::redaction

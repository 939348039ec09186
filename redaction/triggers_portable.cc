#include <algorithm>
#include <array>
#include <string_view>

#include "redaction/japanese.h"
#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

using Classes = ByteClasses<uint64_t>;

struct Class {
  uint64_t Classes::*mask;
  std::string_view bytes;
};
constexpr Class kClasses[] = {
    {&Classes::backslash, "\\"},
    {&Classes::percent, "%"},
    {&Classes::dash, "-"},
    {&Classes::dollar, "$"},
    {&Classes::wide_first, "\xbc"},
    {&Classes::wide_second, "\x9a\x9d"},
    {&Classes::cp932_81, "\x81"},
    {&Classes::cp932_c6, "\xc6"},
    {&Classes::other, ":=>%&@\n\x1b"},
    {&Classes::colon, ":"},
    {&Classes::equals, "="},
    {&Classes::slash, "/"},
    {&Classes::newline, "\n"},
    {&Classes::loud, ";\x1b"},
    {&Classes::joint, "_-.[%;\x1b"},
    {&Classes::around, " \t\"'`\\]"},
    {&Classes::digit, "0123456789"},
    {&Classes::alnum, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    {&Classes::tail, kJapaneseTails},
};
constexpr size_t kCount = std::size(kClasses);

// Eight classes in a number, a byte each: shifted by one for each byte of text, eight rows
// in one give eight bits of eight masks.
using Lanes = std::array<uint64_t, (kCount + 7) / 8>;

constexpr auto MakeTable() {
  std::array<Lanes, 256> table{};
  for (size_t k = 0; k < kCount; ++k) {
    const uint64_t bit = uint64_t{1} << (8 * (k % 8));
    for (const char c : kClasses[k].bytes)
      table[static_cast<unsigned char>(c)][k / 8] |= bit;
  }
  return table;
}
constexpr auto kTable = MakeTable();

Classes Classify(const char* text, size_t size, size_t first_bit) {
  Classes classes;
  for (size_t i = 0; i < size; i += 8) {
    Lanes lanes{};
    for (size_t b = 0; b < std::min<size_t>(8, size - i); ++b) {
      const Lanes& row = kTable[static_cast<unsigned char>(text[i + b])];
      for (size_t lane = 0; lane < lanes.size(); ++lane)
        lanes[lane] |= row[lane] << b;
    }
    for (size_t k = 0; k < kCount; ++k)
      classes.*kClasses[k].mask |= (lanes[k / 8] >> (8 * (k % 8)) & 0xffU) << (first_bit + i);
  }
  return classes;
}

}  // namespace

void FindTriggersPortable(const char* text, size_t size, const char* before, TriggerBlocks* out) {
  TriggerMasks<uint64_t> masks(Classify(before, kTriggerContext, 64 - kTriggerContext));
  StemEnds stems(before);
  for (size_t i = 0; i < size; i += 64) {
    const size_t part = std::min<size_t>(64, size - i);
    Classes classes = Classify(text + i, part, 0);
    classes.stem = stems.Next(text + i, part);
    Store(masks.Next(classes), i / 64, out);
  }
  LoudenEdges(text, size, 1, out);
}

}  // namespace casepack::redaction

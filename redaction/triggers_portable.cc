#include <algorithm>
#include <array>
#include <string_view>

#include "redaction/japanese.h"
#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

struct Class {
  uint64_t ByteClasses::*mask;
  std::string_view bytes;
};
constexpr Class kClasses[] = {
    {&ByteClasses::backslash, "\\"},
    {&ByteClasses::percent, "%"},
    {&ByteClasses::dash, "-"},
    {&ByteClasses::dollar, "$"},
    {&ByteClasses::wide_first, "\xbc"},
    {&ByteClasses::wide_second, "\x9a\x9d"},
    {&ByteClasses::cp932_81, "\x81"},
    {&ByteClasses::cp932_c6, "\xc6"},
    {&ByteClasses::other, ":=>%&@\n\x1b"},
    {&ByteClasses::colon, ":"},
    {&ByteClasses::equals, "="},
    {&ByteClasses::slash, "/"},
    {&ByteClasses::newline, "\n"},
    {&ByteClasses::loud, ";\x1b"},
    {&ByteClasses::joint, "_-.[%;\x1b"},
    {&ByteClasses::around, " \t\"'`\\]"},
    {&ByteClasses::digit, "0123456789"},
    {&ByteClasses::alnum, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    {&ByteClasses::tail, kJapaneseTails},
    {&ByteClasses::high, {}},  // every byte above 7F
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
    for (size_t c = 0x80; c < 256 && kClasses[k].bytes.empty(); ++c)
      table[c][k / 8] |= bit;
  }
  return table;
}
constexpr auto kTable = MakeTable();

ByteClasses Classify(const char* text, size_t size, size_t first_bit) {
  ByteClasses classes;
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

void FindTriggersPortable(const char* text, size_t size, const char* before, TriggerBlock* out) {
  TriggerMasks masks(Classify(before, kTriggerContext, 64 - kTriggerContext));
  StemEnds stems(before);
  for (size_t i = 0; i < size; i += 64) {
    const size_t part = std::min<size_t>(64, size - i);
    ByteClasses classes = Classify(text + i, part, 0);
    classes.stem = stems.Next(text + i, part);
    out[i / 64] = masks.Next(classes);
  }
}

}  // namespace casepack::redaction

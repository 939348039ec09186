#include <algorithm>
#include <array>

#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

enum : uint16_t {
  kAlnum = 1,
  kBackslash = 2,
  kPercent = 4,
  kDash = 8,
  kDollar = 16,
  kOther = 32,
  kBc = 64,
  kNine = 128,
  k81 = 256,
  kC6 = 512,
};

constexpr auto MakeTable() {
  std::array<uint16_t, 256> table{};
  for (size_t i = 0; i < table.size(); ++i) {
    if (IsAlnum(static_cast<char>(i))) table[i] = kAlnum;
  }
  table['\\'] = kBackslash;
  table['%'] = kPercent | kOther;
  table['-'] = kDash;
  table['$'] = kDollar;
  table[0xbc] = kBc;
  table[0x9a] = kNine;
  table[0x9d] = kNine;
  table[0x81] = k81;
  table[0xc6] = kC6;
  for (const char c : {':', '=', '>', '&', '@', '[', '\n', '\x1b'})
    table[static_cast<unsigned char>(c)] = kOther;
  return table;
}
constexpr auto kTable = MakeTable();

ByteClasses Classify(const char* text, size_t size, size_t first_bit) {
  ByteClasses classes;
  for (size_t i = 0; i < size; ++i) {
    const uint16_t row = kTable[static_cast<unsigned char>(text[i])];
    const uint64_t bit = uint64_t{1} << (first_bit + i);
    if ((row & kAlnum) != 0) classes.alnum |= bit;
    if ((row & kBackslash) != 0) classes.backslash |= bit;
    if ((row & kPercent) != 0) classes.percent |= bit;
    if ((row & kDash) != 0) classes.dash |= bit;
    if ((row & kDollar) != 0) classes.dollar |= bit;
    if ((row & kBc) != 0) classes.wide_first |= bit;
    if ((row & kNine) != 0) classes.wide_second |= bit;
    if ((row & k81) != 0) classes.cp932_81 |= bit;
    if ((row & kC6) != 0) classes.cp932_c6 |= bit;
    if ((row & kOther) != 0) classes.other |= bit;
  }
  return classes;
}

}  // namespace

void FindTriggersPortable(const char* text, size_t size, const char* before, TriggerBlock* out) {
  TriggerMasks masks(Classify(before, kTriggerContext, 64 - kTriggerContext));
  for (size_t i = 0; i < size; i += 64)
    out[i / 64] = masks.Next(Classify(text + i, std::min<size_t>(64, size - i), 0));
}

}  // namespace casepack::redaction

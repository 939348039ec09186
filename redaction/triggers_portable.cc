#include <algorithm>
#include <array>

#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

enum : uint32_t {
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
  kColon = 1 << 10,
  kEquals = 1 << 11,
  kSlash = 1 << 12,
  kHigh = 1 << 13,
  kLoud = 1 << 14,
  kJoint = 1 << 15,
  kAround = 1 << 16,
  kNewline = 1 << 17,
  kDigit = 1 << 18,
};

constexpr auto MakeTable() {
  std::array<uint32_t, 256> table{};
  const auto add = [&table](std::string_view bytes, uint32_t bits) {
    for (const char c : bytes)
      table[static_cast<unsigned char>(c)] |= bits;
  };
  for (size_t i = 0; i < table.size(); ++i) {
    if (IsAlnum(static_cast<char>(i))) table[i] = kAlnum;
    if (IsDigit(static_cast<char>(i))) table[i] |= kDigit;
    if (i >= 0x80) table[i] = kHigh;
  }
  add("\\", kBackslash);
  add("%", kPercent);
  add("-", kDash);
  add("$", kDollar);
  add("\xbc", kBc);
  add("\x9a\x9d", kNine);
  add("\x81", k81);
  add("\xc6", kC6);
  add(":=>%&@[\n\x1b", kOther);
  add(":", kColon);
  add("=", kEquals);
  add("/", kSlash);
  add("\n", kNewline);
  add(";\x1b", kLoud);
  add("_-.[%;\x1b", kJoint);
  add(" \t\"'`\\]", kAround);
  return table;
}
constexpr auto kTable = MakeTable();

ByteClasses Classify(const char* text, size_t size, size_t first_bit) {
  ByteClasses classes;
  const std::pair<uint32_t, uint64_t*> kMasks[] = {
      {kAlnum, &classes.alnum},   {kBackslash, &classes.backslash}, {kPercent, &classes.percent},
      {kDash, &classes.dash},     {kDollar, &classes.dollar},       {kOther, &classes.other},
      {kBc, &classes.wide_first}, {kNine, &classes.wide_second},    {k81, &classes.cp932_81},
      {kC6, &classes.cp932_c6},   {kColon, &classes.colon},         {kEquals, &classes.equals},
      {kSlash, &classes.slash},   {kHigh, &classes.high},           {kLoud, &classes.loud},
      {kJoint, &classes.joint},   {kAround, &classes.around},       {kNewline, &classes.newline},
      {kDigit, &classes.digit},
  };
  for (size_t i = 0; i < size; ++i) {
    const uint32_t row = kTable[static_cast<unsigned char>(text[i])];
    for (const auto& [bit, mask] : kMasks)
      *mask |= uint64_t{(row & bit) != 0} << (first_bit + i);
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

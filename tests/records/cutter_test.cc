#include "collector/records/cutter.h"

#include <gtest/gtest.h>

#include "tests/records/log_text.h"

namespace casepack::records {
namespace {

using tests::At;
using tests::Cut;

const Zone kUtc;
const Span kSpan{At("2026-11-22T10:00:00Z"), At("2026-11-22T10:59:59Z")};

const std::string kLog =
    "  the end of what was before\n"
    "2026-11-22 09:59:59 before\n"
    "\tof before\n"
    "2026-11-22 10:00:00 first\r\n"
    "\tof first\r\n"
    "\n"
    "2026-11-22 10:59:59 last\n"
    "  of last\n"
    "2026-11-22 11:00:00 behind";
const std::string kPart =
    "2026-11-22 10:00:00 first\r\n"
    "\tof first\r\n"
    "\n"
    "2026-11-22 10:59:59 last\n"
    "  of last\n";

FormatSet Learned(std::string_view text) {
  FormatSet formats;
  formats.Learn(text, At("2026-11-24T00:00:00Z"));
  return formats;
}

TEST(Cutter, TakesWholeRecordsHoweverTheyComeIn) {
  for (const size_t piece : {1U, 2U, 3U, 7U, 26U, 27U, 64U, 1000U}) {
    FormatSet formats = Learned(kLog);
    CutCounts counts;
    EXPECT_EQ(Cut(kLog, Encoding::kBytes, formats, kUtc, kSpan, {}, piece, &counts), kPart)
        << piece;
    EXPECT_EQ(counts.dated, 4U);
    EXPECT_EQ(counts.undated, 5U);
    EXPECT_EQ(counts.kept, kPart.size());
    EXPECT_EQ(base::FormatUtc(*counts.first), "2026-11-22T09:59:59Z");
    EXPECT_EQ(base::FormatUtc(*counts.last), "2026-11-22T11:00:00Z");
    EXPECT_EQ(counts.jumps, 0U);
    EXPECT_EQ(counts.doubts, kZoneAssumed);
  }
}

// Half a key has no shape that a rule could know.
TEST(Cutter, ASpanThatBeginsInAKeyBeginsBehindIt) {
  const std::string body = "IpoceZrLAgMBAAECggEATm4UnRaBKXDziAklDbMIbrNEk5oLmjmKEE2xFn5tKa85";
  const std::string digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const std::string log = "2026-11-22 09:59:58 -----BEGIN PRIVATE KEY-----\n2026-11-22 09:59:59 " +
                          body + "\n2026-11-22 10:00:00 " + body + "\r\n2026-11-22 10:00:01 \"" +
                          body + "\"\n2026-11-22 10:00:02 -----END PRIVATE KEY-----\n" +
                          "2026-11-22 10:00:03 " + body + "\n";
  const std::string part =
      "2026-11-22 10:00:02 -----END PRIVATE KEY-----\n2026-11-22 10:00:03 " + body + "\n";
  for (const size_t piece : {1U, 30U, 1000U}) {
    FormatSet formats = Learned(log);
    CutCounts counts;
    EXPECT_EQ(Cut(log, Encoding::kBytes, formats, kUtc, kSpan, {}, piece, &counts), part) << piece;
    EXPECT_EQ(counts.hidden, 2U);
  }
  FormatSet formats = Learned(log);
  EXPECT_EQ(Cut(tests::ToUtf16Le(log), Encoding::kUtf16Le, formats, kUtc, kSpan, {}, 100),
            tests::ToUtf16Le(part));
  const std::string sum = "2026-11-22 10:00:00 sum " + digest + "\n";
  EXPECT_EQ(Cut(sum, Encoding::kBytes, formats, kUtc, kSpan, {}, 100), sum);
}

TEST(Cutter, CutsWideCharacters) {
  for (const size_t piece : {1U, 3U, 8U, 1000U}) {
    FormatSet formats = Learned(kLog);
    EXPECT_EQ(Cut(tests::ToUtf16Le(kLog), Encoding::kUtf16Le, formats, kUtc, kSpan, {}, piece),
              tests::ToUtf16Le(kPart));
  }
}

TEST(Cutter, KeepsTheRestOfTheRecordBefore) {
  const std::string text = "rest of the trace\nMIIEvQIBADANBg==\n2026-11-22 11:00:00 behind\n";
  FormatSet formats = Learned(text);
  std::string out;
  Cutter cutter(Encoding::kBytes, formats, Timeline(kUtc, {}), kSpan, [&](std::string_view bytes) {
    out += bytes;
    return base::Status();
  });
  cutter.StartKept(true);
  EXPECT_TRUE(cutter.Feed(text).ok());
  EXPECT_EQ(out, "rest of the trace\n");  // not what could be of a key
  EXPECT_FALSE(cutter.keeping());
}

TEST(Cutter, PassesALineOf100MegabytesInPieces) {
  FormatSet formats = Learned(kLog);
  uint64_t kept = 0;
  size_t largest = 0;
  Cutter cutter(Encoding::kBytes, formats, Timeline(kUtc, {}), kSpan, [&](std::string_view bytes) {
    kept += bytes.size();
    largest = std::max(largest, bytes.size());
    return base::Status();
  });
  EXPECT_TRUE(cutter.Feed("2026-11-22 10:00:00 ").ok());
  const std::string piece(1U << 20U, 'x');
  for (int i = 0; i < 100; ++i)
    EXPECT_TRUE(cutter.Feed(piece).ok());
  EXPECT_TRUE(cutter.Feed("\n2026-11-22 11:00:00 x\n").ok());
  EXPECT_EQ(kept, 20 + 100 * piece.size() + 1);
  EXPECT_LE(largest, piece.size());
}

TEST(Cutter, TakesUpAFormatThatTheSampleDidNotShow) {
  FormatSet formats = Learned("Nov 22 09:00:00 host a: x\n");
  const std::string text =
      "Nov 22 09:00:00 host a: x\nNov 22 10:30:00 host a: x\n2026-11-22T10:31:00Z host a: y\n"
      "2026-11-22T11:31:00Z host a: z\n2031-11-22 10:00:00 no\n";
  EXPECT_EQ(Cut(text, Encoding::kBytes, formats, kUtc, kSpan, At("2026-11-22T12:00:00Z"), 100),
            "Nov 22 10:30:00 host a: x\n2026-11-22T10:31:00Z host a: y\n");
  EXPECT_EQ(formats.Names(), "iso8601 rfc3164");
}

TEST(Cutter, StopsWhenItsSinkFails) {
  FormatSet formats = Learned(kLog);
  Cutter cutter(Encoding::kBytes, formats, Timeline(kUtc, {}), kSpan, [](std::string_view) {
    return base::Status(base::Code::kFull, {"test", {}});
  });
  EXPECT_EQ(cutter.Feed(kLog).code(), base::Code::kFull);
}

TEST(Cutter, CountsAClockThatWasSetBack) {
  FormatSet formats = Learned(kLog);
  CutCounts counts;
  const std::string text = "2026-11-22 10:30:00 a\n2026-11-22 08:00:00 b\n2026-11-22 10:10:00 c\n";
  EXPECT_EQ(Cut(text, Encoding::kBytes, formats, kUtc, kSpan, {}, 100, &counts),
            "2026-11-22 10:30:00 a\n2026-11-22 10:10:00 c\n");
  EXPECT_EQ(counts.jumps, 1U);
}

}  // namespace
}  // namespace casepack::records

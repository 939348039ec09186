#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/kinds/file_fixture.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/os/compressed.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;
using tests::Size;
using Names = std::vector<std::string>;

base::Timestamp At(std::string_view text) { return *base::ParseUtc(text); }

// A line each minute, from one time to before another: "2026-11-22T10:02:00Z line".
std::string Minutes(base::Timestamp from, base::Timestamp to, const std::string& text = " line\n") {
  std::string log;
  for (; from < to; from += std::chrono::minutes(1))
    log += base::FormatUtc(from) + text;
  return log;
}

struct LogWindowKind : tests::FileKind {
  LogWindowKind() {
    window_.error = At("2026-11-22T14:05:00Z");
    window_.span = {At("2026-11-22T14:03:00Z"), At("2026-11-22T14:08:00Z")};
  }

  void Changed(const std::string& relative, std::string_view time) const {
    const auto since = At(time).time_since_epoch();
    const timespec at{std::chrono::duration_cast<std::chrono::seconds>(since).count(), 0};
    const timespec times[] = {at, at};
    ASSERT_EQ(utimensat(AT_FDCWD, tree_.Path(relative).c_str(), times, 0), 0);
  }

  tests::Collected Window(const std::string& pattern = "/var/log/a.log*") {
    return Collect("log_window", {{"paths", List({pattern})}});
  }

  static const bundle::LogRow* Row(const tests::Collected& got, std::string_view path) {
    for (const bundle::LogRow& row : got.row.logs) {
      if (row.path == path) return &row;
    }
    ADD_FAILURE() << "no row for " << path;
    static const bundle::LogRow kNone;
    return &kNone;
  }
};

const std::string kFive = Minutes(At("2026-11-22T14:03:00Z"), At("2026-11-22T14:09:00Z"));

TEST_F(LogWindowKind, TakesTheWindowAndTellsWhatItSaw) {
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T00:00:00Z"), At("2026-11-23T00:00:00Z")));
  auto got = Window();
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members["var/log/a.log"], kFive);
  const bundle::LogRow& row = *Row(got, "/var/log/a.log");
  EXPECT_EQ(row.state, "taken");
  EXPECT_EQ(row.format, "iso8601");
  EXPECT_EQ(row.zone, "");
  EXPECT_EQ(base::FormatUtc(*row.first), "2026-11-22T00:00:00Z");
  EXPECT_EQ(base::FormatUtc(*row.last), "2026-11-22T23:59:00Z");
  EXPECT_EQ(row.bytes, kFive.size());
  EXPECT_EQ(row.undated, 0U);
  EXPECT_EQ(row.jumps, 0U);
}

// A service's key, each line with a time of its own, and the window in the middle of it.
TEST_F(LogWindowKind, AWindowThatBeginsInAKeyHidesTheRestOfIt) {
  const std::string body = " CANARYrLAgMBAAECggEATm4UnRaBKXDziAklDbMIbrNEk5oLmjmKEE2xFn5tKa8a\n";
  tree_.Write("var/log/a.log",
              "2026-11-22T14:00:00Z -----BEGIN PRIVATE KEY-----\n" +
                  Minutes(At("2026-11-22T14:01:00Z"), At("2026-11-22T14:06:00Z"), body) +
                  "2026-11-22T14:06:00Z -----END PRIVATE KEY-----\n2026-11-22T14:07:00Z after\n");
  auto got = Window();
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.members["var/log/a.log"].find("CANARY"), std::string::npos);
  EXPECT_NE(got.members["var/log/a.log"].find("after"), std::string::npos);
  EXPECT_EQ(got.Notes("kinds.log_window.hidden"), Names{"/var/log/a.log"});
}

// Three lines, and the one that is wanted between two that are not.
TEST_F(LogWindowKind, ASmallLogWhoseClockWasSetBack) {
  tree_.Write("var/log/a.log",
              "2026-11-22T13:00:00Z a\n2026-11-22T14:05:00Z wanted\n2026-11-22T13:30:00Z b\n");
  auto got = Window();
  EXPECT_EQ(got.members["var/log/a.log"], "2026-11-22T14:05:00Z wanted\n");
  EXPECT_EQ(Row(got, "/var/log/a.log")->jumps, 1U);
}

// A number in a name is no rotation: nothing follows from the one log for the other.
TEST_F(LogWindowKind, TwoLogsAreNoFamily) {
  const auto pack = [&](const std::string& name, const std::string& text) {
    tree_.Write("var/log/" + name, text);
    ASSERT_EQ(std::system(("gzip " + tree_.Path("var/log/" + name)).c_str()), 0);
  };
  pack("a-13-main.log.2", Minutes(At("2026-11-22T10:00:00Z"), At("2026-11-22T18:00:00Z")));
  pack("a-14-main.log.2", Minutes(At("2026-11-22T12:00:00Z"), At("2026-11-22T18:00:00Z")));
  auto got = Window("/var/log/*.gz");
  EXPECT_EQ(got.members["var/log/a-13-main.log.2.gz"], kFive);
  EXPECT_EQ(got.members["var/log/a-14-main.log.2.gz"], kFive);
}

// Nothing is written after the time of change: March is this year's and not next year's.
TEST_F(LogWindowKind, AYearThatIsNotThereIsNoneToCome) {
  window_.error = At("2026-03-10T00:00:00Z");
  window_.span = {At("2026-03-09T23:59:00Z"), At("2026-03-10T00:01:00Z")};
  tree_.Write("var/log/a.log", "Mar  9 00:00:00 h a: 1\nMar 10 00:00:00 h a: 2\n");
  Changed("var/log/a.log", "2026-11-20T00:00:00Z");
  EXPECT_EQ(Window().members["var/log/a.log"], "Mar 10 00:00:00 h a: 2\n");
}

// What the item has no room for is not said to be outside of the window.
TEST_F(LogWindowKind, OneLongLineDoesNotCostTheOthers) {
  std::string longer = "2026-11-22T14:04:00Z";
  for (int i = 0; i < 60'000; ++i)
    longer += " word";
  tree_.Write("var/log/a.log", longer + "\n");
  tree_.Write("var/log/b.log", kFive);
  tree_.Write("var/log/c.log", longer + "\n");
  limits_ =
      manifest::Limits{.timeout = std::chrono::minutes(1), .max_bytes = 100'000, .max_files = 10};
  auto got = Window("/var/log/*.log");
  EXPECT_EQ(got.members["var/log/b.log"], kFive);
  EXPECT_EQ(Row(got, "/var/log/c.log")->state, "left_out");
}

TEST_F(LogWindowKind, FollowsRotationsOldestFirst) {
  // Rotated within the window, in the middle of a record.
  tree_.Write("var/log/a.log.2.gz",
              os::Gzip(Minutes(At("2026-11-22T10:00:00Z"), At("2026-11-22T12:00:00Z"))));
  tree_.Write("var/log/a.log.1", Minutes(At("2026-11-22T12:00:00Z"), At("2026-11-22T14:05:00Z")) +
                                     "2026-11-22T14:05:00Z trace\n");
  tree_.Write("var/log/a.log",
              "\tof the trace\n" + Minutes(At("2026-11-22T14:06:00Z"), At("2026-11-22T15:00:00Z")));
  auto got = Window();
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  ASSERT_EQ(got.row.members.size(), 2U);
  EXPECT_EQ(got.row.members[0].name, "raw/test.item/var/log/a.log.1");
  EXPECT_EQ(got.members["var/log/a.log.1"],
            Minutes(At("2026-11-22T14:03:00Z"), At("2026-11-22T14:05:00Z")) +
                "2026-11-22T14:05:00Z trace\n");
  EXPECT_EQ(got.members["var/log/a.log"],
            "\tof the trace\n" + Minutes(At("2026-11-22T14:06:00Z"), At("2026-11-22T14:09:00Z")));
  EXPECT_EQ(Row(got, "/var/log/a.log.2.gz")->state, "outside");
  EXPECT_EQ(Row(got, "/var/log/a.log.2.gz")->dated, 0U);  // unread
}

TEST_F(LogWindowKind, UnpacksWhatTheWindowReaches) {
  const std::string log = Minutes(At("2026-11-22T12:00:00Z"), At("2026-11-22T15:00:00Z"));
  tree_.Write("var/log/a.log.1.gz", os::Gzip(log));
  tree_.Write("var/log/b.log.1.xz", os::Xz(log));
  tree_.Write("var/log/c.log.1.zst", os::Zstd(log));
  tree_.Write("var/log/d.log.1.bz2", os::Bzip2(log));
  tree_.Write("var/log/e.log.1.gz", os::Gzip(log.substr(0, 3000)) + os::Gzip(log.substr(3000)));
  tree_.Write("var/log/f.log.1.gz", os::Gzip(log) + "garbage");
  tree_.Write("var/log/g.log.1.gz", os::Gzip(log).substr(0, os::Gzip(log).size() - 9));
  auto got = Window("/var/log/*");
  for (const char* name : {"a.log.1.gz", "b.log.1.xz", "c.log.1.zst", "d.log.1.bz2", "e.log.1.gz",
                           "f.log.1.gz", "g.log.1.gz"}) {
    EXPECT_EQ(got.members["var/log/" + std::string(name)], kFive) << name;
  }
  EXPECT_EQ(got.Notes("os.decompress.trailing"), Names{"/var/log/f.log.1.gz"});
  EXPECT_EQ(got.Notes("os.decompress.cut_short"), Names{"/var/log/g.log.1.gz"});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(base::FormatUtc(*Row(got, "/var/log/a.log.1.gz")->last), "2026-11-22T14:59:00Z");
}

TEST_F(LogWindowKind, ReadsTimesOfTheHostsZone) {
  std::string log;
  for (int minute = 0; minute < 60; ++minute)
    log += "Nov 22 23:" + std::string(minute < 10 ? "0" : "") + std::to_string(minute) +
           ":00 host a: x\n";
  tree_.Write("var/log/a.log", log);
  Changed("var/log/a.log", "2026-11-22T15:00:00Z");
  window_.zone = std::make_shared<records::Zone>(*records::Zone::FromOffset("+09:00"));
  window_.zone_source = records::ZoneSource::kHost;
  window_.zone_name = "Asia/Tokyo";
  auto got = Window();
  EXPECT_EQ(got.members["var/log/a.log"].substr(0, 15), "Nov 22 23:03:00");
  const bundle::LogRow& row = *Row(got, "/var/log/a.log");
  EXPECT_EQ(row.format, "rfc3164");
  EXPECT_EQ(row.zone, "Asia/Tokyo");
  EXPECT_EQ(row.zone_from, "host");
  EXPECT_EQ(base::FormatUtc(*row.first), "2026-11-22T14:00:00Z");
}

TEST_F(LogWindowKind, ReadsOldAndWideEncodings) {
  const std::string log =
      "2026-11-22 14:00:00 a\r\n2026-11-22 14:05:00 b\r\n  \r\n2026-11-22 15:00:00 c\r\n";
  std::string wide = "\xFF\xFE";
  for (const char c : log)
    wide += std::string(1, c) + std::string(1, '\0');
  tree_.Write("var/log/wide.log", wide);
  tree_.Write("var/log/sjis.log",
              "2026\x94N11\x8C\x8E"
              "22\x93\xFA 14:00:00 \x83G\x83\x89\x81[\n"
              "2026\x94N11\x8C\x8E"
              "22\x93\xFA 14:05:00 \x83G\x83\x89\x81[\n"
              "2026\x94N11\x8C\x8E"
              "22\x93\xFA 15:00:00 \x83G\x83\x89\x81[\n");
  auto got = Window("/var/log/*");
  // What the door makes of UTF-16 is its business; that the part is all of the record, ours.
  const std::string& text = got.members["var/log/wide.log"];
  EXPECT_NE(text.find(std::string("b\0\r\0\n\0 \0 \0\r\0\n\0", 14)), std::string::npos) << text;
  EXPECT_EQ(text.find(std::string("c\0\r\0", 4)), std::string::npos);
  EXPECT_NE(got.members["var/log/sjis.log"].find("14:05:00"), std::string::npos);
  EXPECT_EQ(got.members["var/log/sjis.log"].find("14:00:00"), std::string::npos);
  EXPECT_EQ(Row(got, "/var/log/sjis.log")->format, "japanese");
}

TEST_F(LogWindowKind, BelievesTheLinesBeforeTheTimeOfChange) {
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T12:00:00Z"), At("2026-11-22T15:00:00Z")));
  Changed("var/log/a.log", "1975-01-01T00:00:00Z");
  EXPECT_EQ(Window().members["var/log/a.log"], kFive);
}

TEST_F(LogWindowKind, TellsWhatHasNoTimes) {
  tree_.Write("var/log/a.log", "");
  tree_.Write("var/log/b.log", "no time at all\nnor here\n");
  tree_.Write("var/log/c.log", "old and without a time\n");
  tree_.Write("var/log/g.log.gz", os::Gzip(""));
  tree_.Write("var/log/d.log.gz", os::Gzip("packed and without a time\n"));
  Changed("var/log/b.log", "2026-11-22T15:00:00Z");
  Changed("var/log/c.log", "2026-11-20T15:00:00Z");
  Changed("var/log/d.log.gz", "2026-11-22T15:00:00Z");
  auto got = Window("/var/log/*");
  EXPECT_EQ(Row(got, "/var/log/a.log")->state, "empty");
  EXPECT_EQ(Row(got, "/var/log/g.log.gz")->state, "empty");
  EXPECT_EQ(Row(got, "/var/log/b.log")->state, "undated");
  EXPECT_EQ(Row(got, "/var/log/c.log")->state, "undated");
  EXPECT_EQ(got.members.size(), 1U);
  EXPECT_EQ(got.members["var/log/b.log"], "no time at all\nnor here\n");
  EXPECT_EQ(got.Notes("kinds.log_window.undated"), Names{"/var/log/d.log.gz"});
}

TEST_F(LogWindowKind, LeavesWhatIsNoFileAlone) {
  ASSERT_EQ(mkfifo((tree_.Folder("var/log") + "/a.log.fifo").c_str(), 0600), 0);
  Socket("var/log/a.log.sock");
  tree_.Link("var/log/a.log.loop", "a.log.loop");
  tree_.Link("var/log/a.log.out", "/etc/passwd");
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T14:00:00Z"), At("2026-11-22T15:00:00Z")));
  auto got = Window();
  EXPECT_EQ(got.members.size(), 1U);
  EXPECT_EQ(got.members["var/log/a.log"], kFive);
  EXPECT_EQ(got.Notes("kinds.file.fifo").size(), 1U);
  EXPECT_EQ(got.Notes("kinds.file.socket").size(), 1U);
  EXPECT_EQ(got.Notes("kinds.file.link").size(), 2U);
}

TEST_F(LogWindowKind, SaysWhatIsDenied) {
  tree_.Write("var/log/a.log", kFive);
  tree_.Write("var/log/a.log.1", kFive);
  ASSERT_EQ(chmod(tree_.Path("var/log/a.log.1").c_str(), 0), 0);
  as_nobody_ = true;
  auto got = Window();
  EXPECT_EQ(got.members["var/log/a.log"], kFive);
  ASSERT_EQ(got.row.notes.size(), 1U);
  EXPECT_EQ(got.row.notes[0].subject, "/var/log/a.log.1");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
}

TEST_F(LogWindowKind, FindsTheWindowInASparseFileOf300Gigabytes) {
  WriteSparse("var/log/a.log", 300'000'000'000, 200'000'000'000,
              Minutes(At("2026-11-22T10:00:00Z"), At("2026-11-22T16:00:00Z")));
  auto got = Window();
  EXPECT_EQ(got.members["var/log/a.log"], kFive);
  EXPECT_LT(got.row.bytes_read, 2'000'000U);
}

TEST_F(LogWindowKind, ReadsAsFarAsItWentWhenOpened) {
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T14:00:00Z"), At("2026-11-22T14:05:00Z")));
  int opened = 0;
  wrap_host_ = [&](std::unique_ptr<os::Host> real) {
    return std::make_unique<tests::Meanwhile>(std::move(real), [&](os::File file) {
      std::ofstream(tree_.Path("var/log/a.log"), std::ios::app) << "2026-11-22T14:05:00Z grown\n";
      ++opened;
      return base::Result<os::File>(std::move(file));
    });
  };
  auto got = Window();
  EXPECT_EQ(got.members["var/log/a.log"],
            Minutes(At("2026-11-22T14:03:00Z"), At("2026-11-22T14:05:00Z")));
  EXPECT_GT(opened, 1);
}

TEST_F(LogWindowKind, TellsThatAFileWasEmptiedMeanwhile) {
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T10:00:00Z"), At("2026-11-22T16:00:00Z")));
  int opened = 0;
  wrap_host_ = [&](std::unique_ptr<os::Host> real) {
    return std::make_unique<tests::Meanwhile>(std::move(real), [&](os::File file) {
      if (++opened == 2) std::filesystem::resize_file(tree_.Path("var/log/a.log"), 0);
      return base::Result<os::File>(std::move(file));
    });
  };
  auto got = Window();
  EXPECT_EQ(got.Notes("kinds.log_window.shrank"), Names{"/var/log/a.log"});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
}

TEST_F(LogWindowKind, ReadsWhatWasRotatedInMeanwhile) {
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T10:00:00Z"), At("2026-11-22T16:00:00Z")));
  int opened = 0;
  wrap_host_ = [&](std::unique_ptr<os::Host> real) {
    struct stat unused {};
    EXPECT_EQ(stat(tree_.Path("var/log/a.log").c_str(), &unused), 0);
    return std::make_unique<tests::Meanwhile>(std::move(real), [&](os::File file) {
      if (++opened == 1) {
        std::filesystem::rename(tree_.Path("var/log/a.log"), tree_.Path("var/log/gone"));
        tree_.Write("var/log/a.log", "2026-11-22T14:07:00Z new\n2026-11-22T14:20:00Z new\n");
      }
      return base::Result<os::File>(std::move(file));
    });
  };
  auto got = Window();
  EXPECT_EQ(got.members["var/log/a.log"], "2026-11-22T14:07:00Z new\n");
}

TEST_F(LogWindowKind, TakesWhatIsNearestToTheErrorWhenThereIsTooMuch) {
  window_.span = {At("2026-11-22T00:05:00Z"), At("2026-11-22T23:05:00Z")};
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T00:00:00Z"), At("2026-11-23T00:00:00Z"),
                                       " " + std::string(10'000, 'x') + "\n"));
  limits_ = manifest::Limits{.max_bytes = 4'000'000};
  auto got = Window();
  EXPECT_EQ(got.Notes("kinds.log_window.narrowed").size(), 1U);
  const std::string& text = got.members["var/log/a.log"];
  EXPECT_NE(text.find("2026-11-22T14:05:00Z"), std::string::npos);
  EXPECT_GT(text.size(), 1'000'000U);
  EXPECT_LE(text.size(), 4'000'000U);
  EXPECT_FALSE(got.row.members.at(0).cut_tail);
}

TEST_F(LogWindowKind, WhatIsLargeAndOutsideMakesTheWindowNoSmaller) {
  std::string trace = "2026-11-22T13:00:00Z begins\n";
  while (trace.size() < 6'000'000U)
    trace += "\tat com.example.Deep.recursion(Deep.java:42)\n";
  tree_.Write("var/log/a.log", Minutes(At("2026-11-22T10:00:00Z"), At("2026-11-22T13:00:00Z")) +
                                   trace +
                                   Minutes(At("2026-11-22T14:00:00Z"), At("2026-11-22T16:00:00Z")));
  limits_ = manifest::Limits{.max_bytes = 1'000'000};
  auto got = Window();
  EXPECT_TRUE(got.Notes("kinds.log_window.narrowed").empty());
  EXPECT_EQ(got.members["var/log/a.log"], kFive);
}

TEST_F(LogWindowKind, AHoleMakesTheWindowNoSmaller) {
  window_.span = {At("2026-11-22T13:00:00Z"), At("2026-11-22T15:00:00Z")};
  const std::string before = Minutes(At("2026-11-22T10:00:00Z"), At("2026-11-22T14:05:00Z"));
  tree_.Write("var/log/a.log", before);
  {
    std::fstream file(tree_.Path("var/log/a.log"), std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(before.size()) + (int64_t{30} << 30));
    file << "\n" << Minutes(At("2026-11-22T14:05:00Z"), At("2026-11-22T16:00:00Z"));
  }
  limits_ = manifest::Limits{.max_bytes = 1'000'000};
  auto got = Window();
  EXPECT_TRUE(got.Notes("kinds.log_window.narrowed").empty());
  const std::string& text = got.members["var/log/a.log"];
  EXPECT_EQ(std::count(text.begin(), text.end(), 'Z'), 121);
}

TEST_F(LogWindowKind, ACompressedLogThatTheNextOneContradictsIsRead) {
  tree_.Write("var/log/a.log.2.gz",
              os::Gzip(Minutes(At("2026-11-22T12:00:00Z"), At("2026-11-22T14:20:00Z"))));
  Changed("var/log/a.log.2.gz", "2026-11-22T14:20:00Z");
  tree_.Write("var/log/a.log.1.gz",  // the clock was set back when it began
              os::Gzip(Minutes(At("2026-11-22T13:00:00Z"), At("2026-11-22T15:00:00Z"))));
  Changed("var/log/a.log.1.gz", "2026-11-22T15:00:00Z");
  auto got = Window();
  EXPECT_EQ(got.members["var/log/a.log.2.gz"], kFive);
  EXPECT_EQ(got.members["var/log/a.log.1.gz"], kFive);
}

TEST_F(LogWindowKind, LooksIntoTheFilesNearestToTheWindow) {
  // More rotations than are looked into: those of another time are passed by.
  for (int i = 0; i < 4200; ++i) {
    const auto time = At("2026-11-01T00:00:00Z") + std::chrono::hours(i);
    const std::string name = "var/log/a.log." + std::to_string(i);
    tree_.Write(name, base::FormatUtc(time) + " x\n");
    Changed(name, base::FormatUtc(time));
  }
  auto got = Window();
  EXPECT_EQ(got.members.size(), 0U);
  EXPECT_EQ(got.Notes("kinds.log_window.left_out").size(), 1U);
  EXPECT_EQ(got.row.logs.size(), 200U);
  EXPECT_EQ(got.row.logs_left_out, 4096U - 200U);
  // 14:00 of the 22nd is number 518; the window begins behind it.
  tree_.Write("var/log/a.log.4000", kFive);
  Changed("var/log/a.log.4000", "2026-11-22T14:20:00Z");
  EXPECT_EQ(Window().members["var/log/a.log.4000"], kFive);
}

TEST_F(LogWindowKind, EndsAtItsDeadline) {
  tree_.Write("var/log/a.log", kFive);
  deadline_ = base::Deadline::After(std::chrono::seconds(0));
  EXPECT_EQ(Window().row.outcome, Outcome::kTimedOut);
}

TEST_F(LogWindowKind, SaysThatNothingIsThere) {
  auto got = Window();
  EXPECT_EQ(got.row.outcome, Outcome::kMissing);
  EXPECT_EQ(got.row.reason.message.key, "kinds.file.missing");
}

TEST_F(LogWindowKind, RedactsWhatItTakes) {
  tree_.Write("var/log/a.log", "2026-11-22T14:05:00Z password=hunter2xyz\n");
  EXPECT_EQ(Window().members["var/log/a.log"].find("hunter2xyz"), std::string::npos);
}

}  // namespace
}  // namespace casepack

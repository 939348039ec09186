#include "collector/run/events.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

TEST(Events, MergesTheLogsOfARun) {
  tests::TempTree folder;
  auto writer = bundle::Writer::Create(
      {.folder = "b", .spool_folder = folder.root(), .redaction = tests::TestEngine()});
  ASSERT_TRUE(writer);
  std::vector<bundle::ItemRow> rows;
  const auto add = [&](const char* id, const char* path, const char* text, bool log) {
    bundle::Entry entry = (*writer)->NewEntry(id, {});
    auto member = entry.Open({std::string(path).substr(1), path, {}});
    EXPECT_TRUE(member && member->Write(text).ok() && member->Close().ok());
    if (log) {
      bundle::LogRow row;
      row.path = path;
      row.state = "taken";
      entry.Log(row);
    }
    rows.push_back(entry.Finish({}));
  };
  add("t.one", "/var/log/one.log",
      "2026-11-22T14:00:02Z second password=hunter2xyz\n2026-11-22T14:00:04.250Z tick 1\n"
      "2026-11-22T14:00:05Z tick 2\n",
      true);
  add("t.two", "/var/log/two.log", "Nov 22 14:00:01 host first\nNov 22 19:00:00 host outside\n",
      true);
  add("t.no", "/etc/dates", "2026-11-22T14:00:03Z is no log\n", false);
  records::Window window;
  window.error = *base::ParseUtc("2026-11-22T14:00:00Z");
  window.span = {window.error - std::chrono::hours(2), window.error + std::chrono::hours(2)};

  const auto made = WriteEvents(rows, window, **writer);
  ASSERT_EQ(made.size(), 1U);
  ASSERT_EQ(made[0].members.size(), 1U);
  EXPECT_EQ(made[0].members[0].name, "events.ndjson");
  EXPECT_EQ(made[0].outcome, bundle::Outcome::kOk);
  std::string text;
  EXPECT_TRUE((*writer)
                  ->Read(made[0].members[0],
                         [&](std::string_view bytes) {
                           text += bytes;
                           return true;
                         })
                  .ok());
  EXPECT_EQ(text.find("hunter2xyz"), std::string::npos);
  const std::string expected_first =
      R"({"time":"2026-11-22T14:00:01Z","source":"/var/log/two.log","member":"raw/t.two/var/log/two.log","line":1,"text":"host first","doubts":["zone","year"]})"
      "\n";
  EXPECT_EQ(text.substr(0, expected_first.size()), expected_first);
  EXPECT_NE(text.find(R"("time":"2026-11-22T14:00:04.250000Z")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("text":"tick 1","count":2,"until":"2026-11-22T14:00:05Z")"),
            std::string::npos)
      << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);

  EXPECT_TRUE(WriteEvents({}, window, **writer).empty());
}

// A fixture of items that took logs, and what events.ndjson makes of them.
class EventsOf : public ::testing::Test {
 protected:
  EventsOf() {
    auto writer = bundle::Writer::Create(
        {.folder = "b", .spool_folder = folder_.root(), .redaction = tests::TestEngine()});
    EXPECT_TRUE(writer);
    writer_ = std::move(*writer);
    window_.error = *base::ParseUtc("2026-11-22T14:00:00Z");
    window_.span = {window_.error - std::chrono::hours(2), window_.error + std::chrono::hours(2)};
  }

  void Took(const char* id, const char* kind, const char* path, const std::string& text) {
    bundle::Entry entry = writer_->NewEntry(id, {});
    auto member = entry.Open({std::string(path).substr(1), path, {}});
    EXPECT_TRUE(member && member->Write(text).ok() && member->Close().ok());
    bundle::LogRow row;
    row.path = path;
    row.state = "taken";
    entry.Log(row);
    rows_.push_back(entry.Finish({}));
    rows_.back().id = id;
    rows_.back().kind = kind;
  }

  std::string Text() {
    std::string text;
    const auto made = WriteEvents(rows_, window_, *writer_);
    if (made.empty()) return text;
    EXPECT_TRUE(writer_
                    ->Read(made[0].members.at(0),
                           [&](std::string_view bytes) {
                             text += bytes;
                             return true;
                           })
                    .ok());
    return text;
  }

  tests::TempTree folder_;
  std::unique_ptr<bundle::Writer> writer_;
  std::vector<bundle::ItemRow> rows_;
  records::Window window_;
};

TEST_F(EventsOf, ARecordThatTwoItemsTookIsOne) {
  const std::string first = "2026-11-22T14:00:01Z alpha\n2026-11-22T14:00:02Z beta\n";
  const std::string last = "2026-11-22T14:00:02Z beta\n2026-11-22T14:00:02Z beta\n";
  Took("t.one", "log_window", "/var/log/syslog", first);
  Took("t.two", "log_window", "/var/log/syslog", last);
  Took("t.other", "log_window", "/var/log/messages", first);
  const std::string text = Text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4) << text;
  EXPECT_NE(
      text.find(
          R"("source":"/var/log/syslog","member":"raw/t.one/var/log/syslog","line":2,"text":"beta","count":2)"),
      std::string::npos)
      << text;
}

TEST_F(EventsOf, TheJournalHasWhatTheKernelSaidToACommand) {
  const std::string line = "2026-11-22T14:00:01,000000+00:00 oom\n";
  Took("t.dmesg", "command", "/bin/dmesg", line);
  EXPECT_NE(Text().find("oom"), std::string::npos);
  Took("t.journal", "journal", "/journal", line);
  const std::string text = Text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
  EXPECT_NE(text.find("t.journal"), std::string::npos) << text;
}

TEST_F(EventsOf, TheSecondOfTwoEqualHoursIsNotLost) {
  const auto zone = records::Zone::FromPosix("CET-1CEST,M3.5.0,M10.5.0/3");
  window_.zone = std::make_shared<records::Zone>(*zone);
  window_.error = *base::ParseUtc("2026-10-25T01:30:00Z");  // the second 02:30
  window_.span = {window_.error - std::chrono::minutes(10),
                  window_.error + std::chrono::minutes(10)};
  Took("t.one", "log_window", "/var/log/app",
       "2026-10-25 02:25:00 again\n2026-10-25 02:26:00 so\n");
  const std::string text = Text();
  EXPECT_NE(text.find(R"("time":"2026-10-25T01:25:00Z")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("hour_twice")"), std::string::npos) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
}

TEST_F(EventsOf, JapaneseOfOldHostsIsReadable) {
  Took("t.one", "log_window", "/var/log/app", "2026-11-22 14:00:00 \x83G\x83\x89\x81[\n");
  EXPECT_NE(Text().find("\"エラー\""), std::string::npos) << Text();
}

}  // namespace
}  // namespace casepack::run

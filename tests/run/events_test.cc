#include "collector/run/events.h"

#include <gtest/gtest.h>

#include <algorithm>

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

}  // namespace
}  // namespace casepack::run

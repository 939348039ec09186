#include "collector/analysis/log_store.h"

#include <gtest/gtest.h>

namespace casepack::analysis {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const base::Timestamp kError = *base::ParseUtc("2026-11-22T14:00:00Z");

LogRecord At(base::Duration from_error, const std::string& text,
             const std::string& source = "/a.log") {
  LogRecord event;
  event.time = kError + from_error;
  event.source = source;
  event.member = "raw/x" + source;
  event.text = text;
  return event;
}

std::vector<std::string> Texts(const LogStore& store) {
  std::vector<std::string> texts;
  for (const LogRecord* event : store.InOrder()) {
    texts.push_back(event->text);
    if (event->count > 1) texts.back() += " x" + std::to_string(event->count);
  }
  return texts;
}

using Names = std::vector<std::string>;

TEST(LogStore, PutsSourcesInTheOrderOfTime) {
  LogStore store(kError, {});
  store.Add(At(seconds(5), "e"));
  store.Add(At(seconds(-5), "b", "/b.log"));
  store.Add(At(seconds(1), "d", "/b.log"));
  store.Add(At(seconds(0), "c"));
  store.Add(At(seconds(-9), "a"));
  EXPECT_EQ(Texts(store), (Names{"a", "b", "c", "d", "e"}));
}

TEST(LogStore, FoldsRepetitionsOfOneSource) {
  LogStore store(kError, {});
  for (int i = 0; i < 4812; ++i)
    store.Add(At(seconds(i / 10), "retry " + std::to_string(i) + " of 0xAB" + std::to_string(i)));
  store.Add(At(seconds(3), "retry 1 of 0xAB1", "/b.log"));
  store.Add(At(minutes(60), "retry 9 of 0xAB9"));  // long after: another story
  EXPECT_EQ(Texts(store),
            (Names{"retry 0 of 0xAB0 x4812", "retry 1 of 0xAB1", "retry 9 of 0xAB9"}));
  EXPECT_EQ(store.InOrder()[0]->until, kError + seconds(481));
  EXPECT_NE(FoldKey("/a", "offline"), FoldKey("/a", "online"));
  EXPECT_EQ(FoldKey("/a", "pid 12 at deadbeef1"), FoldKey("/a", "pid 7 at 0"));
  EXPECT_NE(FoldKey("/a", "upgrade 6.1.187-1"), FoldKey("/a", "upgrade 6.1.192-1"));
  EXPECT_NE(FoldKey("/a", "from 192.0.2.7"), FoldKey("/a", "from 192.0.2.8"));
  EXPECT_NE(FoldKey("/a", "added"), FoldKey("/a", "dead"));
  for (const char* text :
       {"status %", "status=%", "Event ID: %", "exit code %", "HTTP/1.1\" % 77", "[error (%)]"}) {
    std::string one = text;
    std::string other = text;
    one.replace(one.find('%'), 1, "200");
    other.replace(other.find('%'), 1, "500");
    EXPECT_NE(FoldKey("/a", one), FoldKey("/a", other)) << text;
  }
  EXPECT_EQ(FoldKey("/a", "HTTP/1.1\" 200 77"), FoldKey("/a", "HTTP/1.1\" 200 78"));
  EXPECT_EQ(FoldKey("/a", "pid 12"), FoldKey("/a", "pid 13"));
  EXPECT_EQ(FoldKey("/a", "code1"), FoldKey("/a", "code2"));
}

TEST(LogStore, KeepsWhatIsNearestToTheError) {
  LogStoreLimits limits;
  limits.records = 10;
  LogStore store(kError, limits);
  for (int i = -100; i <= 100; ++i)
    store.Add(At(minutes(i), std::string(static_cast<size_t>(i + 101), 'x')));
  const auto found = store.InOrder();
  ASSERT_EQ(found.size(), 10U);
  EXPECT_GE(found.front()->time, kError - minutes(5));
  EXPECT_LE(found.back()->time, kError + minutes(5));
  EXPECT_EQ(store.left_out(), 191U);
}

TEST(LogStore, BoundsItsMemory) {
  LogStoreLimits limits;
  limits.bytes = 100'000;
  LogStore store(kError, limits);
  for (int i = 0; i < 10'000; ++i)
    store.Add(At(seconds(i), std::string(static_cast<size_t>(900 + i % 97), 'y')));
  uint64_t bytes = 0;
  for (const LogRecord* event : store.InOrder())
    bytes += event->text.size();
  EXPECT_LT(bytes, limits.bytes);
  EXPECT_GT(bytes, limits.bytes / 4);
}

}  // namespace
}  // namespace casepack::analysis

#include "collector/run/runner.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <new>
#include <thread>

#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

using base::Code;
using base::Status;
using bundle::Outcome;
using kinds::Context;

constexpr std::chrono::milliseconds kShort(50);
constexpr std::chrono::milliseconds kLong(60'000);

Status Nothing(const Context&, kinds::Preview&) { return {}; }

void Say(bundle::Entry& entry, const char* text) {
  auto member = entry.Open({"text", "", std::nullopt});
  ASSERT_TRUE(member);
  ASSERT_TRUE(member->Write(text).ok());
}

Status Quick(const Context&, bundle::Entry& entry) {
  Say(entry, "quick\n");
  return {};
}
Status Fails(const Context&, bundle::Entry&) { return {Code::kFailed, {"run.abandoned", {}}}; }
// Works until its time is over, and comes back.
Status Patient(const Context& context, bundle::Entry& entry) {
  Say(entry, "what there was\n");
  while (!context.deadline.Expired())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return {Code::kTimedOut, {"run.time_limit", {}}};
}

// Hangs as a read from a dead disk does: comes back only when the test lets it, and then
// goes on to write.
struct Gate {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  int passed = 0;
};
Gate& TheGate() {
  static Gate gate;
  return gate;
}
Status Hangs(const Context&, bundle::Entry& entry) {
  Say(entry, "before\n");
  auto member = entry.Open({"late", "", std::nullopt});
  Gate& gate = TheGate();
  std::unique_lock lock(gate.mutex);
  gate.changed.wait(lock, [&] { return gate.open; });
  EXPECT_EQ(member->Write("too late").code(), Code::kCancelled);
  ++gate.passed;
  gate.changed.notify_all();
  return {};
}

const kinds::Kind kQuick{"quick", {}, {}, Quick, Nothing};
const kinds::Kind kFails{"fails", {}, {}, Fails, Nothing};
const kinds::Kind kPatient{"patient", {}, {}, Patient, Nothing};
const kinds::Kind kHangs{"hangs", {}, {}, Hangs, Nothing};

class Log : public Observer {
 public:
  void Started(const manifest::Item& item) override { started.push_back(item.id); }
  void Finished(const bundle::ItemRow& row, size_t done, size_t total) override {
    finished.push_back(row.id);
    EXPECT_EQ(done, finished.size());
    EXPECT_GE(total, done);
  }
  void Sealing() override {}
  std::vector<std::string> started;
  std::vector<std::string> finished;
};

class RunnerTest : public testing::Test {
 protected:
  RunnerTest() {
    host_ = std::shared_ptr<const os::Host>(
        std::move(*os::OpenHost({tree_.root(), os::NetworkMounts::kLeaveAlone})));
    writer_ = std::move(*bundle::Writer::Create(
        {bundle::Format::kTarGz, "folder", tree_.root(), {}, tests::TestEngine()}));
    options_.jobs = 2;
    options_.patience = kLong;  // on a busy machine a thread may come late
  }

  void Add(const std::string& id, const kinds::Kind& kind, std::chrono::milliseconds timeout,
           int priority = 50) {
    auto item = std::make_unique<manifest::Item>();
    item->id = id;
    item->limits.timeout = timeout;
    item->priority = priority;
    plan_.items.push_back({item.get(), &kind, {}});
    items_.push_back(std::move(item));
  }

  std::vector<bundle::ItemRow> Run() { return RunItems(plan_, host_, *writer_, options_, log_); }

  tests::TempTree tree_;
  std::vector<std::unique_ptr<manifest::Item>> items_;
  Plan plan_;
  std::shared_ptr<const os::Host> host_;
  std::unique_ptr<bundle::Writer> writer_;
  RunnerOptions options_;
  Log log_;
};

// A worker is detached, and may still be on its way out when the last row is there: the
// leak check at the end of the process would take what OpenSSL frees with it for lost.
class WorkersGone : public testing::Environment {
 public:
  void TearDown() override {
    namespace fs = std::filesystem;
    const auto others = [] {
      return std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()) > 1;
    };
    for (int i = 0; i < 5000 && others(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
};
const testing::Environment* const kWorkersGone =
    testing::AddGlobalTestEnvironment(new WorkersGone);  // gtest owns it

TEST_F(RunnerTest, EveryItemHasItsRow) {
  Add("c.quick", kQuick, kLong);
  Add("a.fails", kFails, kLong);
  Add("b.patient", kPatient, kShort);
  const auto rows = Run();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].id, "a.fails");
  EXPECT_EQ(rows[0].outcome, Outcome::kFailed);
  EXPECT_EQ(rows[1].outcome, Outcome::kTimedOut);
  EXPECT_EQ(rows[1].members.size(), 1U);
  EXPECT_EQ(rows[2].outcome, Outcome::kOk);
  EXPECT_EQ(rows[2].kind, "quick");
}

TEST_F(RunnerTest, TheHighestPriorityGoesFirst) {
  options_.jobs = 1;
  Add("a.low", kQuick, kLong, 10);
  Add("b.high", kQuick, kLong, 90);
  Add("c.middle", kQuick, kLong, 50);
  Run();
  EXPECT_EQ(log_.started, (std::vector<std::string>{"b.high", "c.middle", "a.low"}));
}

TEST_F(RunnerTest, AnItemThatHangsIsLeftBehindAndTheRestGoesOn) {
  options_.jobs = 1;
  options_.patience = kShort;
  auto kept = std::make_shared<int>();
  const std::weak_ptr<int> held = kept;
  options_.keep = std::move(kept);
  Add("a.hangs", kHangs, std::chrono::seconds(3), 90);  // enough to begin in
  Add("b.quick", kQuick, kLong);
  const auto rows = Run();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].outcome, Outcome::kTimedOut);
  EXPECT_EQ(rows[0].reason.message.key, "run.abandoned");
  EXPECT_EQ(rows[0].members.size(), 1U);  // what was closed before it hung
  EXPECT_EQ(rows[1].outcome, Outcome::kOk);
  Gate& gate = TheGate();
  std::unique_lock lock(gate.mutex);
  gate.open = true;
  gate.changed.notify_all();
  gate.changed.wait(lock, [&] { return gate.passed == 1; });
  // The worker that was left behind still lets go of what it holds.
  options_.keep.reset();
  while (!held.expired())
    std::this_thread::sleep_for(kShort);
}

TEST_F(RunnerTest, TheWholeTimeLimitEndsWhatRunsAndWhatWaits) {
  options_.jobs = 1;
  options_.whole = base::Deadline::After(kShort);
  Add("a.patient", kPatient, kLong, 90);
  Add("b.quick", kQuick, kLong);
  const auto rows = Run();
  EXPECT_EQ(rows[0].outcome, Outcome::kTimedOut);
  EXPECT_EQ(rows[0].reason.message.key, "run.time_limit");
  EXPECT_EQ(rows[1].outcome, Outcome::kSkipped);
  EXPECT_EQ(rows[1].reason.message.key, "run.time_limit");
}

TEST_F(RunnerTest, AStopEndsItAndKeepsWhatThereIs) {
  options_.jobs = 1;
  base::StopFlag stop;
  options_.whole = base::Deadline::After(kLong, &stop);
  Add("a.patient", kPatient, kLong, 90);
  Add("b.quick", kQuick, kLong);
  std::thread stopper([&] {
    std::this_thread::sleep_for(kShort);
    stop.Raise();
  });
  const auto rows = Run();
  stopper.join();
  EXPECT_EQ(rows[0].outcome, Outcome::kPartial);
  EXPECT_EQ(rows[0].reason.message.key, "run.interrupted");
  EXPECT_EQ(rows[0].members.size(), 1U);
  EXPECT_EQ(rows[1].outcome, Outcome::kSkipped);
}

Status Throws(const Context&, bundle::Entry& entry) {
  Say(entry, "before\n");
  throw std::bad_alloc();
}
const kinds::Kind kThrows{"throws", {}, {}, Throws, Nothing};

TEST_F(RunnerTest, AnItemThatThrowsIsARowAndTheRestGoesOn) {
  Add("a.throws", kThrows, kLong);
  Add("b.quick", kQuick, kLong);
  const auto rows = Run();
  EXPECT_EQ(rows[0].outcome, Outcome::kFailed);
  EXPECT_EQ(rows[0].reason.message.key, "run.item_broke");
  EXPECT_EQ(rows[1].outcome, Outcome::kOk);
}

TEST_F(RunnerTest, ASkippedItemIsARowWithItsReason) {
  Add("a.quick", kQuick, kLong);
  plan_.items[0].skipped = {"run.plan.skipped", {}};
  const auto rows = Run();
  EXPECT_EQ(rows[0].outcome, Outcome::kSkipped);
  EXPECT_EQ(rows[0].reason.message.key, "run.plan.skipped");
  EXPECT_TRUE(log_.started.empty());
}

}  // namespace
}  // namespace casepack::run

#include "collector/run/runner.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace casepack::run {
namespace {

using base::Code;
using base::Deadline;
using base::Status;
using bundle::ItemRow;

// One item at work. Shared by its worker and the watching thread, and by a worker alone
// once it was abandoned.
struct Job {
  Job(const PlannedItem& planned, bundle::Entry entry_, Deadline deadline_, base::Instant begun_)
      : item(*planned.item),
        kind(*planned.kind),
        entry(std::move(entry_)),
        deadline(deadline_),
        begun(begun_) {}
  std::shared_ptr<const void> keep;  // goes last: the others point into it
  std::function<void(bundle::Text&)> translate;
  const manifest::Item& item;
  const kinds::Kind& kind;
  bundle::Entry entry;
  Deadline deadline;
  base::Instant begun;
  base::Timestamp started{};
  records::Window window;
};

// What workers and the watching thread tell each other; outlives abandoned workers.
struct Board {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::pair<std::shared_ptr<Job>, Status>> finished;
};

// Kinds throw nothing of their own; the library underneath may, when memory runs out.
Status RunKind(Job& job, const os::Host& host) {
  const kinds::Context context{host,         job.item.options, job.item.limits,
                               job.deadline, job.translate,    job.window};
  try {
    return job.kind.run(context, job.entry);
  } catch (const std::exception& error) {
    return {Code::kFailed, {"run.item_broke", {{"detail", error.what()}}}};
  }
}

void Work(const std::shared_ptr<Board>& board, const std::shared_ptr<Job>& job,
          const std::shared_ptr<const os::Host>& host) {
  Status status = RunKind(*job, *host);
  const std::lock_guard lock(board->mutex);
  board->finished.emplace_back(job, std::move(status));
  board->changed.notify_one();
}

class Runner {
 public:
  Runner(const Plan& plan, std::shared_ptr<const os::Host> host, bundle::Writer& writer,
         const RunnerOptions& options, Observer& observer)
      : host_(std::move(host)),
        writer_(writer),
        options_(options),
        observer_(observer),
        total_(plan.items.size()) {
    for (const PlannedItem& planned : plan.items)
      waiting_.push_back(&planned);
    std::stable_sort(waiting_.begin(), waiting_.end(),
                     [](const PlannedItem* a, const PlannedItem* b) {
                       return a->item->priority > b->item->priority;
                     });
  }

  std::vector<ItemRow> Run() {
    while (!waiting_.empty() || !running_.empty()) {
      while (!waiting_.empty() && running_.size() < std::max(1U, options_.jobs))
        StartNext();
      if (!running_.empty()) Watch();
    }
    std::sort(rows_.begin(), rows_.end(),
              [](const ItemRow& a, const ItemRow& b) { return a.id < b.id; });
    return std::move(rows_);
  }

 private:
  void StartNext() {
    const PlannedItem& planned = *waiting_.front();
    waiting_.pop_front();
    const manifest::Item& item = *planned.item;
    bundle::Entry entry =
        writer_.NewEntry(item.id, {item.limits.max_bytes, item.limits.max_files, 200});
    Deadline deadline = Deadline::After(item.limits.timeout, options_.whole.stop);
    deadline.at = std::min(deadline.at, options_.whole.at);
    auto job = std::make_shared<Job>(planned, std::move(entry), deadline,
                                     std::chrono::steady_clock::now());
    job->started = host_->Now();
    job->keep = options_.keep;
    job->window = options_.window;
    job->translate = options_.translate;
    base::Message skipped = planned.skipped;
    if (skipped.key.empty()) skipped = WhyNoMore();
    if (!skipped.key.empty()) {
      Finish(*job, job->entry.Finish(Status(Code::kCancelled, std::move(skipped))));
      return;
    }
    observer_.Started(item);
    running_.push_back(job);
    try {
      std::thread(Work, board_, job, host_).detach();
    } catch (const std::system_error&) {
      // A host that is out of threads is one that somebody wants a bundle of: do it here.
      Work(board_, job, host_);
    }
  }

  // Why an item that was not begun yet will not be; empty while the run goes on.
  [[nodiscard]] base::Message WhyNoMore() const {
    if (options_.whole.stop != nullptr && options_.whole.stop->raised())
      return {"run.interrupted", {}};
    if (options_.whole.Expired()) return {"run.time_limit", {}};
    if (!writer_.status().ok()) return writer_.status().message();
    return {};
  }

  // Waits until an item comes back, or one has had its time.
  void Watch() {
    constexpr auto kLook = std::chrono::milliseconds(50);  // a stop flag wakes nobody
    std::deque<std::pair<std::shared_ptr<Job>, Status>> finished;
    {
      std::unique_lock lock(board_->mutex);
      board_->changed.wait_for(lock, kLook, [&] { return !board_->finished.empty(); });
      finished.swap(board_->finished);
    }
    for (auto& [job, status] : finished) {
      const auto found = std::find(running_.begin(), running_.end(), job);
      if (found == running_.end()) continue;  // abandoned, and back after all
      running_.erase(found);
      Finish(*job, job->entry.Finish(Ended(*job, std::move(status))));
    }
    AbandonOverdue();
  }

  // An item that was cut short tells "timed out"; whose time it was, we know.
  [[nodiscard]] Status Ended(const Job& job, Status status) const {
    if (status.code() != Code::kTimedOut && status.code() != Code::kCancelled) return status;
    if (options_.whole.stop != nullptr && options_.whole.stop->raised()) {
      return {Code::kCancelled, {"run.interrupted", {}}};
    }
    if (options_.whole.at == job.deadline.at) return {Code::kTimedOut, {"run.time_limit", {}}};
    return status;
  }

  void AbandonOverdue() {
    for (auto it = running_.begin(); it != running_.end();) {
      Job& job = **it;
      if (!job.deadline.Expired()) {
        ++it;
        continue;
      }
      const base::Instant since =
          overdue_.try_emplace(&job, std::chrono::steady_clock::now()).first->second;
      if (std::chrono::steady_clock::now() - since < options_.patience) {
        ++it;
        continue;
      }
      Finish(job, job.entry.Abandon(Status(Code::kTimedOut, {"run.abandoned", {}})));
      it = running_.erase(it);
    }
  }

  void Finish(const Job& job, ItemRow row) {
    overdue_.erase(&job);
    row.id = job.item.id;
    row.kind = job.kind.name;
    row.title_en = job.item.title.en;
    row.title_ja = job.item.title.ja;
    row.priority = job.item.priority;
    row.started = job.started;
    row.elapsed = std::chrono::steady_clock::now() - job.begun;
    observer_.Finished(row, rows_.size() + 1, total_);
    rows_.push_back(std::move(row));
  }

  std::shared_ptr<const os::Host> host_;
  bundle::Writer& writer_;
  const RunnerOptions& options_;
  Observer& observer_;
  size_t total_;
  std::shared_ptr<Board> board_ = std::make_shared<Board>();
  std::deque<const PlannedItem*> waiting_;
  std::vector<std::shared_ptr<Job>> running_;
  std::map<const Job*, base::Instant> overdue_;
  std::vector<ItemRow> rows_;
};

}  // namespace

std::vector<ItemRow> RunItems(const Plan& plan, const std::shared_ptr<const os::Host>& host,
                              bundle::Writer& writer, const RunnerOptions& options,
                              Observer& observer) {
  return Runner(plan, host, writer, options, observer).Run();
}

}  // namespace casepack::run

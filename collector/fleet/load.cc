#include "collector/fleet/load.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <span>
#include <thread>

#include "collector/base/utf8.h"
#include "collector/bundle/front.h"
#include "collector/bundle/head.h"
#include "collector/fleet/same_host.h"

namespace casepack::fleet {
namespace {

constexpr size_t kBatch = 16;

Reading ReadingOf(const base::Status& status) {
  switch (status.code()) {
    case base::Code::kMissing:
      return Reading::kMissing;
    case base::Code::kDenied:
      return Reading::kDenied;
    case base::Code::kUnsupported:
      return status.message().key == "bundle.reader.encrypted" ? Reading::kEncrypted
                                                               : Reading::kNewer;
    default:
      return status.message().key == "bundle.reader.not_a_bundle" ||
                     status.message().key == "bundle.reader.not_a_file"
                 ? Reading::kForeign
                 : Reading::kBroken;
  }
}

// One bundle as it was read, on its way into the table.
struct Read {
  Host host;
  bundle::Head head;
  Cells cells;
};

void AddHeadCells(const bundle::Head& head, Cells& cells) {
  cells.Add(kOsKey, head.host.os);
  cells.Add(kKernelKey, head.host.kernel);
  cells.Add(kToolKey, head.tool.version);
  cells.Add(kRolesKey, RolesText(head.roles));
  for (const auto& [name, value] : head.labels)
    cells.Add(std::string(kLabelKey) + name, value);
}

void Fill(const bundle::Head& head, Host& host) {
  host.name = head.host.name;
  host.machine = head.host.machine_id_hash;
  host.bundle_id = head.bundle_id;
  host.created = head.created;
  host.complete = head.complete;
  host.state = head.state;
  host.since = head.since;
  host.top_finding = head.top_finding;
  for (const auto& [id, outcome] : head.items)
    ++host.outcomes.at(static_cast<size_t>(outcome));
}

base::Status ReadOne(bundle::FrontReader& reader, bundle::Front& front, Read* read) {
  read->cells.Clear();
  RETURN_IF_ERROR(reader.Read(read->host.path, &front));
  ASSIGN_OR_RETURN(read->head, bundle::ParseHead(front.index));
  Fill(read->head, read->host);
  // Damaged facts cost themselves: who the host is and how it was is known all the same.
  if (!front.facts.empty()) read->cells.Read(front.facts);
  AddHeadCells(read->head, read->cells);
  return {};
}

// The threads read in any order, and hand over in the order of the paths, so that the same
// bundles make the same table.
class Loading {
 public:
  Loading(const std::vector<std::string>& paths, const LoadOptions& options)
      : paths_(paths), options_(options) {}

  Table Run() {
    std::vector<std::thread> threads;
    const unsigned count = ThreadCount();
    for (unsigned i = 1; i < count; ++i)
      threads.emplace_back([this] { Work(); });
    Work();
    for (std::thread& thread : threads)
      thread.join();
    table_.Close();
    return std::move(table_);
  }

 private:
  [[nodiscard]] unsigned ThreadCount() const {
    const unsigned wanted = options_.threads > 0
                                ? options_.threads
                                : std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
    return static_cast<unsigned>(std::clamp<size_t>(paths_.size() / kBatch, 1, wanted));
  }

  // By batches: the table is large, and better worked on by one thread for a while.
  void Work() {
    bundle::FrontReader reader;
    bundle::Front front;
    std::vector<Read> reads(kBatch);
    for (;;) {
      const size_t batch = next_.fetch_add(1);
      const size_t begin = batch * kBatch;
      if (begin >= paths_.size()) return;
      const size_t count = std::min(kBatch, paths_.size() - begin);
      for (size_t i = 0; i < count; ++i)
        ReadInto(reader, front, paths_[begin + i], reads[i]);
      HandOver(batch, std::span(reads).first(count));
    }
  }

  void ReadInto(bundle::FrontReader& reader, bundle::Front& front, const std::string& path,
                Read& read) const {
    read.host = {};
    read.host.path = path;
    if (options_.stop != nullptr && options_.stop->raised()) {
      read.host.reading = Reading::kDenied;
      read.host.reason = {"fleet.load.stopped", {}};
      return;
    }
    const base::Status status = ReadOne(reader, front, &read);
    if (status.ok()) return;
    read.host.reading = ReadingOf(status);
    read.host.reason = status.message();
  }

  void HandOver(size_t batch, std::span<Read> reads) {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return turn_of_ == batch; });
    for (Read& read : reads) {
      if (read.host.reading == Reading::kRead) {
        table_.Add(std::move(read.host), read.cells.all(),
                   {read.head.tool.manifests_sha256, &read.head.items, &read.head.evidence});
      } else {
        table_.AddUnread(std::move(read.host));
      }
    }
    ++turn_of_;
    turn_.notify_all();
  }

  const std::vector<std::string>& paths_;
  const LoadOptions& options_;
  std::atomic<size_t> next_{0};  // batch
  std::mutex mutex_;
  std::condition_variable turn_;
  size_t turn_of_ = 0;
  Table table_;
};

}  // namespace

std::string RolesText(const std::vector<std::string>& roles) {
  std::string text;
  for (const std::string& role : roles)
    text += (text.empty() ? "" : "+") + role;
  return text;
}

Table Load(const std::vector<std::string>& paths, const LoadOptions& options) {
  Table table = Loading(paths, options).Run();
  SettleSameHosts(table.hosts());
  return table;
}

}  // namespace casepack::fleet

#include "collector/os/glob.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace casepack::os {
namespace {

using base::Code;
using base::Status;

// What is held of the names of the folders that are open at one time: a folder with a
// million names is not sorted in memory, it is a limit that is told.
constexpr size_t kMaxHeld = 16U << 20U;

constexpr std::string_view kAnyFolders = "**";

// Which components of the pattern may come next. `**` leaves several.
using Positions = std::vector<size_t>;

enum class Act : char { kTell, kEnter };

// One name in a folder and what to do with it. A folder is entered in the place of its
// name with the slash, so that all paths come in byte order.
struct Task {
  uint32_t start = 0;  // in Folder::names
  uint32_t length = 0;
  Act act = Act::kTell;
};

struct Folder {
  std::string path;  // without the slash at its end; empty for the root
  Positions positions;
  bool literal = false;  // its name stands in the pattern: a link may be followed
  bool listed = false;   // its names are what the system says, not what the pattern says
  std::string names;
  std::vector<Task> tasks;
  size_t next = 0;

  [[nodiscard]] std::string_view NameOf(const Task& task) const {
    return std::string_view(names).substr(task.start, task.length);
  }
  [[nodiscard]] size_t Held() const { return names.size() + tasks.size() * sizeof(Task); }
};

class Search {
 public:
  Search(const Host& host, std::string_view pattern, const GlobLimits& limits,
         const std::function<bool(Found)>& each)
      : host_(host), pattern_(pattern), limits_(limits), each_(each) {
    while (!pattern.empty()) {
      const size_t end = std::min(pattern.find('/'), pattern.size());
      const std::string_view component = pattern.substr(0, end);
      const bool twice =
          component == kAnyFolders && !components_.empty() && components_.back() == kAnyFolders;
      if (!component.empty() && !twice) components_.emplace_back(component);
      pattern.remove_prefix(std::min(end + 1, pattern.size()));
    }
  }

  Status Run() {
    Positions first;
    AddPosition(0, &first);
    Enter({}, std::move(first), true);
    while (!stopped_ && !folders_.empty()) {
      Folder& folder = folders_.back();
      if (folder.next < folder.tasks.size()) {
        const Task task = folder.tasks[folder.next++];
        Do(task);
      } else {
        held_ -= folder.Held();
        folders_.pop_back();
      }
    }
    if (!limit_.ok() || told_ > 0) return limit_;
    return {Code::kMissing, {"os.glob.missing", {{"pattern", std::string(pattern_)}}}};
  }

 private:
  [[nodiscard]] bool IsLast(size_t position) const { return position + 1 == components_.size(); }

  // `**` may stand for no folder at all.
  void AddPosition(size_t position, Positions* to) const {
    for (; position < components_.size(); ++position) {
      if (std::find(to->begin(), to->end(), position) == to->end()) to->push_back(position);
      if (components_[position] != kAnyFolders) return;
    }
  }

  // At the end of the time nothing more is done. At the end of the room what is known by
  // then is still told.
  bool MayGoOn() {
    if (limits_.deadline.Expired()) {
      stopped_ = true;
      Limit(Code::kTimedOut, "os.glob.timed_out");
    } else if (visited_++ >= limits_.visited) {
      full_ = true;
      Limit(Code::kFull, "os.glob.full");
    }
    return !stopped_ && !full_;
  }

  void Limit(Code code, const char* key) {
    limit_ = Status(code, {key, {{"pattern", std::string(pattern_)}}});
  }

  void Tell(Found found) {
    ++told_;
    if (!each_(std::move(found))) stopped_ = true;
  }

  // What the name means in this folder: a match, the positions below it, or both.
  bool Match(const Folder& folder, std::string_view name, Positions* below) const {
    bool match = false;
    for (const size_t position : folder.positions) {
      const std::string& component = components_[position];
      if (component == kAnyFolders) {
        match = match || IsLast(position);
        AddPosition(position, below);
      } else if (HasWildcard(component) ? MatchName(component, name) : component == name) {
        match = match || IsLast(position);
        AddPosition(position + 1, below);
      }
    }
    return match;
  }

  void AddName(Folder* folder, std::string_view name) {
    Positions below;
    const bool match = Match(*folder, name, &below);
    if (!match && below.empty()) return;
    const Task task{static_cast<uint32_t>(folder->names.size()), static_cast<uint32_t>(name.size()),
                    Act::kTell};
    folder->names += name;
    if (match) folder->tasks.push_back(task);
    if (!below.empty()) {
      folder->names += '/';
      folder->tasks.push_back({task.start, task.length + 1, Act::kEnter});
    }
  }

  // Reads the folder, unless the pattern names all that it wants from it.
  void Enter(std::string path, Positions positions, bool literal) {
    Folder folder;
    folder.path = std::move(path);
    folder.positions = std::move(positions);
    folder.literal = literal;
    std::set<std::string_view> wanted;
    for (const size_t position : folder.positions) {
      wanted.insert(components_[position]);
      folder.listed = folder.listed || HasWildcard(components_[position]);
    }
    if (folder.listed) {
      ReadNames(&folder);
    } else {
      for (const std::string_view name : wanted) {
        if (MayGoOn()) AddName(&folder, name);
      }
    }
    std::sort(folder.tasks.begin(), folder.tasks.end(), [&folder](const Task& a, const Task& b) {
      return folder.NameOf(a) < folder.NameOf(b);
    });
    held_ += folder.Held();
    folders_.push_back(std::move(folder));
  }

  void ReadNames(Folder* folder) {
    const std::string path = folder->path.empty() ? "/" : folder->path;
    const Links links = folder->literal ? Links::kTrusted : Links::kNever;
    const Status listed = host_.List(path, links, [&](std::string_view name) {
      if (!MayGoOn()) return false;
      AddName(folder, name);
      full_ = held_ + folder->Held() > kMaxHeld;
      if (full_) Limit(Code::kFull, "os.glob.full");
      return !full_;
    });
    // What is not there, or is a file, holds no match. What may not be read may hold some.
    if (listed.ok() || listed.code() == Code::kMissing || IsNoFolder(path, links)) return;
    Tell({path, {}, listed});
  }

  [[nodiscard]] bool IsNoFolder(const std::string& path, Links links) const {
    const auto info = host_.Stat(path, links);
    return info && info->type != FileType::kDirectory;
  }

  void Do(const Task& task) {
    const Folder& folder = folders_.back();
    std::string name(folder.NameOf(task));
    if (task.act == Act::kTell) return Look(folder.path + "/" + name);
    name.pop_back();
    std::string path = folder.path + "/" + name;
    Positions below;
    Match(folder, name, &below);
    const bool literal = !folder.listed;
    if (full_ || (!literal && IsNoFolder(path, Links::kNever))) return;
    Enter(std::move(path), std::move(below), literal);
  }

  void Look(std::string path) {
    if (limits_.deadline.Expired()) {
      stopped_ = true;
      return Limit(Code::kTimedOut, "os.glob.timed_out");
    }
    auto info = host_.Stat(path, Links::kNever);
    if (info) return Tell({std::move(path), *info, {}});
    if (info.error().code() == Code::kMissing) return;
    Tell({std::move(path), {}, info.error()});
  }

  const Host& host_;
  std::string_view pattern_;
  const GlobLimits& limits_;
  const std::function<bool(Found)>& each_;
  std::vector<std::string> components_;
  std::vector<Folder> folders_;  // the way to where we are
  size_t visited_ = 0;
  size_t told_ = 0;
  size_t held_ = 0;
  bool stopped_ = false;
  bool full_ = false;
  Status limit_;
};

Status GlobLiteral(const Host& host, std::string_view pattern,
                   const std::function<bool(Found)>& each) {
  std::string path(pattern);
  auto info = host.Stat(path, Links::kTrusted);
  if (!info && info.error().code() == Code::kMissing) {
    return {Code::kMissing, {"os.glob.missing", {{"pattern", path}}}};
  }
  Found found{std::move(path), {}, info.error()};
  if (info) found.info = *info;
  each(std::move(found));
  return {};
}

}  // namespace

Status Glob(const Host& host, std::string_view pattern, const GlobLimits& limits,
            const std::function<bool(Found)>& each) {
  if (pattern.empty() || pattern[0] != '/') {
    return {Code::kInvalid, {"os.path.relative", {{"path", std::string(pattern)}}}};
  }
  if (!HasWildcard(pattern)) return GlobLiteral(host, pattern, each);
  return Search(host, pattern, limits, each).Run();
}

}  // namespace casepack::os

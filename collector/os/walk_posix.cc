#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "collector/os/failure.h"
#include "collector/os/inode.h"
#include "collector/os/walk.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Status;

constexpr size_t kMaxPath = 4096;
constexpr size_t kMaxLinks = 40;
// Links with many components, and with ".." which starts again from the root.
constexpr size_t kMaxSteps = 20'000;

int Duplicate(int handle, Handle* copy) {
  copy->Reset(fcntl(handle, F_DUPFD_CLOEXEC, 0));
  return copy->ok() ? 0 : errno;
}

// Puts the path's components onto the stack, the first on top.
void Push(std::string_view path, std::vector<std::string>* stack) {
  while (!path.empty()) {
    const size_t slash = path.rfind('/');
    const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
    if (!name.empty() && name != ".") stack->emplace_back(name);
    path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
}

const LeftAlone* Holder(const std::vector<LeftAlone>& left_alone, std::string_view path) {
  for (const LeftAlone& mount : left_alone) {
    const size_t length = mount.point.size();
    if (path.substr(0, length) == mount.point && (path.size() == length || path[length] == '/')) {
      return &mount;
    }
  }
  return nullptr;
}

// One walk: where it stands, and what is still before it.
class Walk {
 public:
  Walk(int root, const std::vector<LeftAlone>& left_alone, const std::string& path, Links links,
       Walker::Trust trust)
      : root_(root), left_alone_(left_alone), path_(path), links_(links), trust_(trust) {
    Push(path, &ahead_);
  }

  base::Result<Place> Run() {
    RETURN_IF_ERROR(ToRoot());
    while (!ahead_.empty()) {
      if (++steps_ > kMaxSteps) return Status(Code::kFailed, {"os.link.loop", {{"path", path_}}});
      const std::string name = std::move(ahead_.back());
      ahead_.pop_back();
      RETURN_IF_ERROR(name == ".." ? StepUp() : StepInto(name));
    }
    RETURN_IF_ERROR(CheckTrust());
    return std::move(here_);
  }

 private:
  Status Failure(int error) const { return FileFailure(error, path_); }

  Status ToRoot() {
    real_.clear();
    here_ = {};
    here_.name = ".";
    if (const int error = Duplicate(root_, &here_.place); error != 0) return Failure(error);
    if (const int error = InfoOf(root_, &here_.info); error != 0) return Failure(error);
    return {};
  }

  // From the root again to the folder above: what was a folder may be anything by now, and
  // is looked at as anything else. Keeps one descriptor, however deep the tree.
  Status StepUp() {
    if (!real_.empty() && here_.info.type != FileType::kDirectory) return Failure(ENOTDIR);
    const std::string above = real_.substr(0, std::min(real_.rfind('/'), real_.size()));
    Push(above, &ahead_);
    return ToRoot();
  }

  Status StepInto(const std::string& name) {
    if (here_.info.type != FileType::kDirectory) return Failure(ENOTDIR);
    RETURN_IF_ERROR(CheckTrust());
    std::string real = real_ + "/" + name;
    if (const LeftAlone* mount = Holder(left_alone_, real)) {
      return {Code::kRefused,
              {"os.mount.left_alone",
               {{"path", path_}, {"mount", mount->point}, {"type", mount->type}}}};
    }
    Place next;
    next.name = name;
    if (const int error = OpenPlace(here_.place.get(), name, &next.place); error != 0) {
      return Failure(error);
    }
    if (const int error = InfoOf(next.place.get(), &next.info); error != 0) return Failure(error);
    const bool follow = !ahead_.empty() || links_ == Links::kTrusted;
    if (next.info.type == FileType::kSymlink && follow) return Follow(next);
    if (real.size() > kMaxPath) return Failure(ENAMETOOLONG);
    next.folder = std::move(here_.place);
    here_ = std::move(next);
    real_ = std::move(real);
    return {};
  }

  // We stand in the link's folder, and keep standing there unless the link is absolute.
  Status Follow(const Place& link) {
    const uint32_t user = geteuid();
    const bool owned = link.info.owner == 0 || link.info.owner == user;
    if (!owned || !OnlyWrittenBy(here_.info, user)) {
      return {Code::kRefused, {"os.link.untrusted", {{"path", path_}}}};
    }
    if (++followed_ > kMaxLinks) return {Code::kFailed, {"os.link.loop", {{"path", path_}}}};
    std::string target;
    if (const int error = LinkText(link.place.get(), &target); error != 0) return Failure(error);
    if (target.empty()) return Failure(ENOENT);
    Push(target, &ahead_);
    return target[0] == '/' ? ToRoot() : Status();
  }

  Status CheckTrust() const {
    if (trust_ == Walker::Trust::kLinks || OnlyWrittenBy(here_.info, 0)) return {};
    return {Code::kRefused,
            {"os.program.untrusted", {{"path", path_}, {"at", real_.empty() ? "/" : real_}}}};
  }

  int root_;
  const std::vector<LeftAlone>& left_alone_;
  const std::string& path_;
  Links links_;
  Walker::Trust trust_;
  std::vector<std::string> ahead_;  // the next component last
  std::string real_;                // of here_, without links; empty for the root
  Place here_;
  size_t followed_ = 0;
  size_t steps_ = 0;
};

bool HasDots(std::string_view path) {
  for (size_t at = path.find("/."); at != std::string_view::npos; at = path.find("/.", at + 1)) {
    const std::string_view name = path.substr(at + 1, path.find('/', at + 1) - at - 1);
    if (name == "." || name == "..") return true;
  }
  return false;
}

}  // namespace

Walker::Walker(Handle root, std::vector<LeftAlone> left_alone, Steps steps)
    : root_(std::move(root)), left_alone_(std::move(left_alone)), steps_(steps) {}

base::Result<Place> Walker::Find(const std::string& path, Links links, Trust trust) const {
  if (path.empty() || path[0] != '/' || path.find('\0') != std::string::npos) {
    return Status(Code::kInvalid, {"os.path.relative", {{"path", path}}});
  }
  if (path.size() > kMaxPath) return FileFailure(ENAMETOOLONG, path);
  Place found;
  if (steps_ == Steps::kShortcut && trust == Trust::kLinks && FindPlain(path, links, &found)) {
    return found;
  }
  return Walk(root_.get(), left_alone_, path, links, trust).Run();
}

// Most paths have no link in them: two calls instead of two for each component. Whatever
// is not plain is left to the walk, and so is every error.
bool Walker::FindPlain(const std::string& path, Links links, Place* found) const {
  const size_t slash = path.rfind('/');
  if (slash == 0 || slash + 1 == path.size() || HasDots(path)) return false;
  if (path.find("//") != std::string::npos || Holder(left_alone_, path) != nullptr) return false;
  found->name = path.substr(slash + 1);
  if (OpenPlainFolder(root_.get(), path.substr(1, slash - 1), &found->folder) != 0) return false;
  if (OpenPlace(found->folder.get(), found->name, &found->place) != 0) return false;
  if (InfoOf(found->place.get(), &found->info) != 0) return false;
  return found->info.type != FileType::kSymlink || links == Links::kNever;
}

}  // namespace casepack::os

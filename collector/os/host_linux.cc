#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "collector/os/failure.h"
#include "collector/os/host.h"
#include "collector/os/inode.h"
#include "collector/os/mounts.h"
#include "collector/os/net_settings.h"
#include "collector/os/program.h"
#include "collector/os/read.h"
#include "collector/os/run.h"
#include "collector/os/user_file.h"
#include "collector/os/walk.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Result;
using base::Status;

// A file that is exchanged between the look and the opening, as by a log rotation.
constexpr int kOpenAttempts = 3;

Status NotRegular(FileType type, const std::string& path) {
  switch (type) {
    case FileType::kDirectory:
      return {Code::kRefused, {"os.open.folder", {{"path", path}}}};
    case FileType::kSymlink:
      return {Code::kRefused, {"os.open.link", {{"path", path}}}};
    case FileType::kFifo:
      return {Code::kRefused, {"os.open.fifo", {{"path", path}}}};
    case FileType::kSocket:
      return {Code::kRefused, {"os.open.socket", {{"path", path}}}};
    default:
      return {Code::kRefused, {"os.open.device", {{"path", path}}}};
  }
}

unsigned Processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  // Fails where the machine has more of them than the set.
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(CPU_COUNT(&set));
  return std::max(1U, std::thread::hardware_concurrency());
}

// Whatever the callback does, the stream is closed.
struct CloseStream {
  void operator()(DIR* stream) const { closedir(stream); }
};

class LinuxHost : public Host {
 public:
  LinuxHost(Walker walker, std::string root, bool running)
      : walker_(std::move(walker)), root_(std::move(root)), running_(running) {}

  [[nodiscard]] HostIdentity Identity() const override {
    HostIdentity identity;
    identity.root = root_;
    identity.platform = "linux";
    identity.processors = Processors();
    identity.is_root = geteuid() == 0;
    identity.is_running = running_;
    utsname system{};
    if (running_ && uname(&system) == 0) {
      identity.name = system.nodename;
      identity.kernel = system.release;
      identity.machine = system.machine;
    } else if (auto name = ReadFile(*this, "/etc/hostname", 256)) {
      identity.name = Trim(*name);
    }
    return identity;
  }

  [[nodiscard]] base::Timestamp Now() const override { return std::chrono::system_clock::now(); }

  [[nodiscard]] Result<FileInfo> Stat(const std::string& path, Links links) const override {
    ASSIGN_OR_RETURN(const Place found, walker_.Find(path, links));
    return found.info;
  }

  [[nodiscard]] Result<File> Open(const std::string& path, Links links) const override {
    for (int attempt = 0; attempt < kOpenAttempts; ++attempt) {
      ASSIGN_OR_RETURN(const Place found, walker_.Find(path, links));
      if (found.info.type != FileType::kRegular) return NotRegular(found.info.type, path);
      Handle file;
      FileInfo info;
      int error = OpenToRead(found.folder.get(), found.name, &file);
      if (error == 0) error = InfoOf(file.get(), &info);
      if (error == 0 && SameFile(info, found.info)) return File(file.Release(), info);
      if (error != 0 && error != ENOENT && error != ELOOP) return FileFailure(error, path);
    }
    return Status(Code::kFailed, {"os.open.changed", {{"path", path}}});
  }

  [[nodiscard]] Result<std::string> ReadLink(const std::string& path) const override {
    ASSIGN_OR_RETURN(const Place found, walker_.Find(path, Links::kNever));
    if (found.info.type != FileType::kSymlink) {
      return Status(Code::kFailed, {"os.link.none", {{"path", path}}});
    }
    std::string text;
    if (const int error = LinkText(found.place.get(), &text); error != 0) {
      return FileFailure(error, path);
    }
    return text;
  }

  Status List(const std::string& path, Links links,
              const std::function<bool(std::string_view name)>& each) const override {
    ASSIGN_OR_RETURN(const Place found, walker_.Find(path, links));
    if (found.info.type == FileType::kSymlink) return NotRegular(found.info.type, path);
    if (found.info.type != FileType::kDirectory) {
      return {Code::kFailed, {"os.list.not_folder", {{"path", path}}}};
    }
    const int folder = found.folder.ok() ? found.folder.get() : found.place.get();
    Handle handle;
    FileInfo info;
    int error = OpenToList(folder, found.name, &handle);
    if (error == 0) error = InfoOf(handle.get(), &info);
    if (error != 0) return FileFailure(error, path);
    if (!SameFile(info, found.info)) return {Code::kFailed, {"os.open.changed", {{"path", path}}}};
    const std::unique_ptr<DIR, CloseStream> stream(fdopendir(handle.get()));
    if (!stream) return FileFailure(errno, path);
    handle.Release();
    return Names(stream.get(), path, each);
  }

  [[nodiscard]] Result<std::string> FindProgram(const std::string& name) const override {
    if (!running_) return OtherRoot(name);
    const bool root = geteuid() == 0;
    return FindProgramBelow(walker_, name,
                            root ? Walker::Trust::kAllFolders : Walker::Trust::kLinks);
  }

  Result<Exit> Run(const Command& command, const base::Deadline& deadline,
                   const OutputSink& sink) const override {
    if (!running_) return OtherRoot(command.argv.empty() ? std::string() : command.argv[0]);
    return RunCommand(command, deadline, sink);
  }

  [[nodiscard]] Result<std::vector<ProbeReport>> Probe(const std::vector<ProbeTarget>& targets,
                                                       const ProbeLimits& limits) const override {
    if (!running_) return Status(Code::kUnsupported, {"os.probe.other_root", {}});
    return RunProbes(targets, ProbeSettingsOf(*this), limits);
  }

 private:
  static Status OtherRoot(const std::string& program) {
    return {Code::kUnsupported, {"os.program.other_root", {{"program", program}}}};
  }

  static Status Names(DIR* stream, const std::string& path,
                      const std::function<bool(std::string_view name)>& each) {
    while (true) {
      errno = 0;
      const dirent* entry = readdir(stream);
      if (entry == nullptr) return errno == 0 ? Status() : FileFailure(errno, path);
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (!each(name)) return {};
    }
  }

  Walker walker_;
  std::string root_;
  bool running_;
};

// lxcfs stands for parts of a container's own /proc, where no user can mount anything.
bool IsOwnProc(const Mount& mount) {
  return mount.type == "fuse.lxcfs" && mount.point.starts_with("/proc/");
}

// The root may lie on such a mount itself: whoever named it wants it read.
std::vector<LeftAlone> MountsLeftAlone(const std::string& root) {
  std::vector<LeftAlone> left_alone;
  const auto text = ReadUserFile("/proc/self/mountinfo");
  if (!text) return left_alone;
  const std::string prefix = root == "/" ? "" : root;
  const std::vector<Mount> mounts = ParseMountInfo(*text);
  for (const Mount& mount : mounts) {
    const bool below = mount.point.starts_with(prefix + "/") && mount.point != "/";
    const bool covered = MountOf(mounts, mount.point) != &mount;
    if (!below || covered || !MayHang(mount.type) || IsOwnProc(mount)) continue;
    left_alone.push_back({mount.point.substr(prefix.size()), mount.type});
  }
  return left_alone;
}

int OpenRoot(const std::string& path, Handle* root, FileInfo* info) {
  root->Reset(open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  return root->ok() ? InfoOf(root->get(), info) : errno;
}

}  // namespace

Result<std::unique_ptr<Host>> OpenHost(const HostOptions& options) {
  std::error_code error;
  const std::string path = std::filesystem::canonical(options.root, error).string();
  if (error) return RootFailure(error.value(), options.root);
  Handle root;
  FileInfo info;
  if (const int failed = OpenRoot(path, &root, &info); failed != 0) {
    return RootFailure(failed, options.root);
  }
  Handle own;
  FileInfo own_info;
  const bool running = OpenRoot("/", &own, &own_info) == 0 && SameFile(info, own_info);
  std::vector<LeftAlone> left_alone;
  if (options.network_mounts == NetworkMounts::kLeaveAlone) left_alone = MountsLeftAlone(path);
  std::unique_ptr<Host> host =
      std::make_unique<LinuxHost>(Walker(std::move(root), std::move(left_alone)), path, running);
  return host;
}

}  // namespace casepack::os

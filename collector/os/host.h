// The machine that is looked at: the one interface to the outside world. Reading only;
// what casepack writes goes through os/output.h.
//
// Paths are absolute and mean a place below the host's root (`--root DIR` for a mounted
// image or a test tree); nothing that a path or a link in it says leads out of that
// root. Thread-safe; the Host outlives all that uses it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/os/command.h"
#include "collector/os/file.h"
#include "collector/os/file_info.h"
#include "collector/os/net.h"

namespace casepack::os {

enum class Links {
  kTrusted,  // follow a link that only root or we can have put there (its owner, and no
             // one else may write to its folder): kRefused for any other
  kNever,    // the name itself
};

enum class NetworkMounts { kLeaveAlone, kInclude };

struct HostOptions {
  std::string root = "/";
  NetworkMounts network_mounts = NetworkMounts::kLeaveAlone;
};

struct HostIdentity {
  std::string name;        // uname nodename; of another root: its /etc/hostname
  std::string root = "/";  // where it is on this machine
  std::string platform;    // "linux"
  std::string kernel;      // uname release; empty for another root
  std::string machine;     // "x86_64"
  unsigned processors = 1;
  bool is_root = false;  // we may read everything
  bool is_running =
      false;  // the root is this machine's own: programs can be run, /proc speaks of it
};

class Host {
 public:
  virtual ~Host() = default;

  [[nodiscard]] virtual HostIdentity Identity() const = 0;
  [[nodiscard]] virtual base::Timestamp Now() const = 0;

  // kMissing, kDenied, kRefused (a link not to be trusted; on a network or FUSE mount:
  // decided from the mount table, before the name is touched), kFailed.
  [[nodiscard]] virtual base::Result<FileInfo> Stat(const std::string& path, Links links) const = 0;
  // A regular file; kRefused for everything else, which is not even opened: a FIFO would
  // hang, a device may act.
  [[nodiscard]] virtual base::Result<File> Open(const std::string& path, Links links) const = 0;
  [[nodiscard]] virtual base::Result<std::string> ReadLink(const std::string& path) const = 0;
  // Names in the folder, in no order, without "." and "..". `each` returns false to stop.
  virtual base::Status List(const std::string& path, Links links,
                            const std::function<bool(std::string_view name)>& each) const = 0;

  // An absolute path is looked at as it is, a bare name in /usr/sbin /usr/bin /sbin /bin.
  // kMissing; kUnsupported on another root; kRefused when we are root and someone else
  // could have replaced the program.
  [[nodiscard]] virtual base::Result<std::string> FindProgram(const std::string& name) const = 0;
  // Own process group, stdin from /dev/null, working folder "/". Returns when it is over,
  // by the deadline plus two grace times at the latest. A Status only if it never started.
  [[nodiscard]] virtual base::Result<Exit> Run(const Command& command,
                                               const base::Deadline& deadline,
                                               const OutputSink& sink) const = 0;
  // A report for each target, all of them at the same time (net_probe.h). Names, servers
  // and trusted roots are the host's. kUnsupported on another root.
  [[nodiscard]] virtual base::Result<std::vector<ProbeReport>> Probe(
      const std::vector<ProbeTarget>& targets, const ProbeLimits& limits) const = 0;
};

// The real machine. Fails with kMissing or kDenied when the root cannot be opened.
base::Result<std::unique_ptr<Host>> OpenHost(const HostOptions& options);

}  // namespace casepack::os

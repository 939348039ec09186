// A test tree that passes for a running machine, with programs that say what the test wants:
// for what does not run on a build machine (systemd, rpm). Files are real files below the
// tree's root.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "collector/os/host.h"

namespace casepack::tests {

struct Script {
  std::string out;  // what it prints, given on in small pieces
  os::Exit exit;
  std::function<void()> when_run = [] {};
};

class ScriptedHost : public os::Host {
 public:
  using Scripts = std::map<std::string, Script, std::less<>>;  // by program name and first argument
  using Runs = std::vector<os::Command>;

  // `runs` gets what was run; it outlives the host.
  ScriptedHost(std::unique_ptr<os::Host> files, Scripts scripts, Runs* runs)
      : files_(std::move(files)), scripts_(std::move(scripts)), runs_(runs) {}

  [[nodiscard]] os::HostIdentity Identity() const override {
    os::HostIdentity identity = files_->Identity();
    identity.is_running = true;
    return identity;
  }
  [[nodiscard]] base::Timestamp Now() const override { return files_->Now(); }
  [[nodiscard]] base::Result<os::FileInfo> Stat(const std::string& path,
                                                os::Links links) const override {
    return files_->Stat(path, links);
  }
  [[nodiscard]] base::Result<os::File> Open(const std::string& path,
                                            os::Links links) const override {
    return files_->Open(path, links);
  }
  [[nodiscard]] base::Result<std::string> ReadLink(const std::string& path) const override {
    return files_->ReadLink(path);
  }
  base::Status List(const std::string& path, os::Links links,
                    const std::function<bool(std::string_view name)>& each) const override {
    return files_->List(path, links, each);
  }

  [[nodiscard]] base::Result<std::string> FindProgram(const std::string& name) const override {
    const auto script = scripts_.lower_bound(name + " ");
    if (script != scripts_.end() && script->first.starts_with(name + " ")) {
      return "/usr/bin/" + name;
    }
    return base::Status(base::Code::kMissing, {"test.no_program", {{"program", name}}});
  }

  base::Result<os::Exit> Run(const os::Command& command, const base::Deadline& /*deadline*/,
                             const os::OutputSink& sink) const override {
    runs_->push_back(command);
    const std::string name = command.argv.at(0).substr(command.argv[0].rfind('/') + 1);
    const auto script = scripts_.find(name + " " + command.argv.at(1));
    if (script == scripts_.end()) {
      return base::Status(base::Code::kFailed, {"test.no_script", {{"program", name}}});
    }
    script->second.when_run();
    std::string_view rest = script->second.out;
    while (!rest.empty()) {
      const std::string_view piece = rest.substr(0, 7);
      rest.remove_prefix(piece.size());
      if (sink(os::OutputStream::kStdout, piece) == os::Wants::kMore) continue;
      return os::Exit{.how = os::Exit::How::kCapped};
    }
    return script->second.exit;
  }

  [[nodiscard]] base::Result<std::vector<os::ProbeReport>> Probe(
      const std::vector<os::ProbeTarget>& targets, const os::ProbeLimits& limits) const override {
    return files_->Probe(targets, limits);
  }

 private:
  std::unique_ptr<os::Host> files_;
  Scripts scripts_;
  Runs* runs_;
};

}  // namespace casepack::tests

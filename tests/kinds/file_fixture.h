// Files as a production host has them: of any age, sparse, not files at all, and changed by
// others while they are read.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tests/kinds/kind_fixture.h"

namespace casepack::tests {

inline std::string Numbered(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i)
    text += "line " + std::to_string(i) + "\n";
  return text;
}

struct FileKind : KindTest {
  // Modified so many seconds after a fixed time: the larger, the newer.
  void SetAge(const std::string& relative, time_t seconds) const {
    const timespec time{1'700'000'000 + seconds, 0};
    const timespec times[] = {time, time};
    ASSERT_EQ(utimensat(AT_FDCWD, tree_.Path(relative).c_str(), times, 0), 0);
  }

  // A file that spans `bytes` and holds `text` at `at`.
  void WriteSparse(const std::string& relative, uint64_t bytes, uint64_t at,
                   const std::string& text) {
    const std::string path = tree_.Write(relative, "");
    const int handle = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_GE(handle, 0);
    ASSERT_EQ(ftruncate(handle, static_cast<off_t>(bytes)), 0);
    ASSERT_EQ(pwrite(handle, text.data(), text.size(), static_cast<off_t>(at)),
              static_cast<ssize_t>(text.size()));
    close(handle);
  }

  void Socket(const std::string& relative) const {
    const std::string path = tree_.Path(relative);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ASSERT_LT(path.size(), sizeof address.sun_path);
    path.copy(address.sun_path, path.size());
    const int handle = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(bind(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    close(handle);
  }
};

// The real host, with something that happens to a file just when it was opened.
class Meanwhile : public os::Host {
 public:
  using Happens = std::function<base::Result<os::File>(os::File)>;
  Meanwhile(std::unique_ptr<os::Host> real, Happens happens)
      : real_(std::move(real)), happens_(std::move(happens)) {}

  [[nodiscard]] os::HostIdentity Identity() const override { return real_->Identity(); }
  [[nodiscard]] base::Timestamp Now() const override { return real_->Now(); }
  [[nodiscard]] base::Result<os::FileInfo> Stat(const std::string& path,
                                                os::Links links) const override {
    return real_->Stat(path, links);
  }
  [[nodiscard]] base::Result<os::File> Open(const std::string& path,
                                            os::Links links) const override {
    ASSIGN_OR_RETURN(os::File file, real_->Open(path, links));
    return happens_(std::move(file));
  }
  [[nodiscard]] base::Result<std::string> ReadLink(const std::string& path) const override {
    return real_->ReadLink(path);
  }
  base::Status List(const std::string& path, os::Links links,
                    const std::function<bool(std::string_view name)>& each) const override {
    return real_->List(path, links, each);
  }
  [[nodiscard]] base::Result<std::string> FindProgram(const std::string& name) const override {
    return real_->FindProgram(name);
  }
  base::Result<os::Exit> Run(const os::Command& command, const base::Deadline& deadline,
                             const os::OutputSink& sink) const override {
    return real_->Run(command, deadline, sink);
  }

  [[nodiscard]] base::Result<std::vector<os::ProbeReport>> Probe(
      const std::vector<os::ProbeTarget>& targets, const os::ProbeLimits& limits) const override {
    return real_->Probe(targets, limits);
  }

 private:
  std::unique_ptr<os::Host> real_;
  Happens happens_;
};

}  // namespace casepack::tests

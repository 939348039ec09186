#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "collector/os/child.h"
#include "collector/os/failure.h"

namespace casepack::os {
namespace {

using base::Status;

constexpr const char* kEnvironment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                                        "HOME=/", "TERM=dumb"};

bool SameName(std::string_view a, std::string_view b) {
  const std::string_view name = a.substr(0, a.find('='));
  return name == b.substr(0, b.find('='));
}

std::vector<std::string> EnvironmentOf(const Command& command) {
  std::vector<std::string> environment(std::begin(kEnvironment), std::end(kEnvironment));
  for (const std::string& variable : command.environment) {
    std::erase_if(environment, [&](const std::string& old) { return SameName(old, variable); });
    environment.push_back(variable);
  }
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (std::string& text : strings)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Descriptors 0 to 2 are where the child's ends go: a source among them would be
// overwritten before it is used.
int AboveStandard(Handle* handle) {
  if (handle->get() > STDERR_FILENO) return 0;
  const int moved = fcntl(handle->get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (moved < 0) return errno;
  handle->Reset(moved);
  return 0;
}

struct Pipe {
  Handle ours;
  Handle theirs;

  // Only the child's end may block.
  int Open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    ours.Reset(ends[0]);
    theirs.Reset(ends[1]);
    fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    const int error = AboveStandard(&ours);
    return error != 0 ? error : AboveStandard(&theirs);
  }
};

// In a bare chroot there is no /dev/null: a pipe that nobody writes to is as empty.
int OpenInput(Handle* input) {
  input->Reset(open("/dev/null", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!input->ok()) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    input->Reset(ends[0]);
    close(ends[1]);
  }
  return AboveStandard(input);
}

// What posix_spawn(3) is to do in the child.
class Plan {
 public:
  Plan() {
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_init(&actions_);
  }
  ~Plan() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  int Make(int in, int out, int err) {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    const short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    int error = posix_spawnattr_setflags(&attributes_, flags);
    if (error == 0) error = posix_spawnattr_setpgroup(&attributes_, 0);
    if (error == 0) error = posix_spawnattr_setsigmask(&attributes_, &none);
    if (error == 0) error = posix_spawnattr_setsigdefault(&attributes_, &all);
    if (error == 0) error = posix_spawn_file_actions_addchdir_np(&actions_, "/");
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions_, in, STDIN_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
    return error;
  }

  int Spawn(const Command& command, pid_t* pid) const {
    std::vector<std::string> argv = command.argv;
    std::vector<std::string> environment = EnvironmentOf(command);
    return posix_spawn(pid, argv[0].c_str(), &actions_, &attributes_, Pointers(argv).data(),
                       Pointers(environment).data());
  }

 private:
  posix_spawnattr_t attributes_{};
  posix_spawn_file_actions_t actions_{};
};

base::Duration Span(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

base::Result<Child> Child::Start(const Command& command) {
  if (command.argv.empty() || command.argv[0].empty() || command.argv[0][0] != '/') {
    const std::string name = command.argv.empty() ? std::string() : command.argv[0];
    return Status(base::Code::kInvalid, {"os.path.relative", {{"path", name}}});
  }
  const std::string& program = command.argv[0];
  Handle input;
  Pipe out;
  Pipe err;
  int error = OpenInput(&input);
  if (error == 0) error = out.Open();
  if (error == 0) error = err.Open();
  Plan plan;
  if (error == 0) error = plan.Make(input.get(), out.theirs.get(), err.theirs.get());
  if (error != 0) {
    return Status(base::Code::kFailed,
                  {"os.run.failed", {{"path", program}, {"errno", ErrorName(error)}}});
  }
  pid_t pid = -1;
  error = plan.Spawn(command, &pid);
  if (error == ENOEXEC) {
    return Status(base::Code::kFailed, {"os.run.format", {{"path", program}}});
  }
  if (error != 0) return FileFailure(error, program);
  Child child;
  child.pid_ = pid;
  child.out = std::move(out.ours);
  child.err = std::move(err.ours);
  return child;
}

Child::Child(Child&& other) noexcept
    : out(std::move(other.out)), err(std::move(other.err)), pid_(std::exchange(other.pid_, -1)) {}

Child::~Child() {
  if (pid_ < 0) return;
  SignalGroup(SIGKILL);
  waitpid(pid_, nullptr, WNOHANG);
}

bool Child::Exited() const {
  siginfo_t info{};
  while (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0) {
    // ECHILD: somebody set SIGCHLD to be ignored. It is gone, then.
    if (errno != EINTR) return true;
  }
  return info.si_pid == pid_;
}

void Child::SignalGroup(int number) const {
  if (pid_ > 0) kill(-pid_, number);
}

Exit Child::Reap() {
  Exit exit;
  int status = 0;
  rusage usage{};
  pid_t reaped = -1;
  do {
    reaped = wait4(pid_, &status, WNOHANG, &usage);
  } while (reaped < 0 && errno == EINTR);
  pid_ = -1;
  exit.how = WIFSIGNALED(status) ? Exit::How::kSignalled : Exit::How::kExited;
  exit.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  exit.cpu = Span(usage.ru_utime) + Span(usage.ru_stime);
  exit.peak_memory = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
  return exit;
}

}  // namespace casepack::os

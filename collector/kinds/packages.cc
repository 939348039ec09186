// packages: what is installed, sorted by name, one JSON record a line. From dpkg and rpm by
// their own tools; from dpkg's database itself where its tool cannot be run (another root).
// rpm's database is for rpm alone to read.
#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kPackagesKind;

namespace {

using base::Code;
using base::Json;
using base::Status;

constexpr const char* kDpkgDatabase = "/var/lib/dpkg/status";
constexpr const char* kRpmDatabases[] = {
    "/var/lib/rpm/rpmdb.sqlite",
    "/var/lib/rpm/Packages.db",
    "/var/lib/rpm/Packages",
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/Packages.db",
    "/usr/lib/sysimage/rpm/Packages",
};

// ${Status} and not one of the newer fields, so that an old dpkg understands it.
constexpr const char* kDpkgFormat = "-f=${Package}\\t${Version}\\t${Architecture}\\t${Status}\\n";
constexpr const char* kRpmFormat =
    "%{NAME}\\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{INSTALLTIME}\\n";

// A host has some thousands; a database that holds more is not one.
constexpr size_t kMaxPackages = 20'000;
constexpr size_t kMaxLine = 16U << 10U;
constexpr size_t kMaxField = 256;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

struct Package {
  std::string manager;
  std::string name;
  std::string version;
  std::string arch;
  std::string status;
  bool held = false;
  std::optional<base::Timestamp> installed;
};

// Cuts what comes in pieces into lines. Of a line that is too long only its beginning.
class LineCutter {
 public:
  explicit LineCutter(std::function<void(std::string_view)> each) : each_(std::move(each)) {}

  void Feed(std::string_view bytes) {
    while (!bytes.empty()) {
      const size_t end = std::min(bytes.find('\n'), bytes.size());
      line_ += bytes.substr(0, std::min(end, kMaxLine - line_.size()));
      if (end == bytes.size()) return;
      Finish();
      bytes.remove_prefix(end + 1);
    }
  }

  void Finish() {
    each_(line_);
    line_.clear();
  }

 private:
  std::function<void(std::string_view)> each_;
  std::string line_;
};

std::vector<std::string_view> Split(std::string_view line, char by) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = line.find(by);
    parts.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return parts;
    line.remove_prefix(end + 1);
  }
}

std::string Field(std::string_view text) {
  return std::string(os::Trim(text).substr(0, kMaxField));
}

// dpkg's three words: "install ok installed", "hold ok installed", "deinstall ok config-files".
void SetDpkgStatus(std::string_view text, Package& package) {
  const std::vector<std::string_view> words = Split(os::Trim(text), ' ');
  package.held = words[0] == "hold";
  package.status = Field(words.back());
}

class Inventory {
 public:
  void Add(Package package) {
    if (package.name.empty() || package.status == "not-installed") return;
    if (packages_.size() < kMaxPackages) {
      packages_.push_back(std::move(package));
    } else {
      ++left_out_;
    }
  }

  [[nodiscard]] std::vector<Package>& packages() { return packages_; }
  [[nodiscard]] size_t size() const { return packages_.size(); }
  void CutTo(size_t size) { packages_.resize(size); }

  Status Write(const Context& context, bundle::Entry& entry) {
    std::sort(packages_.begin(), packages_.end(), [](const Package& a, const Package& b) {
      return std::tie(a.name, a.arch, a.version, a.manager) <
             std::tie(b.name, b.arch, b.version, b.manager);
    });
    if (left_out_ > 0) {
      entry.Note("packages.ndjson",
                 {"kinds.packages.left_out", {{"count", std::to_string(left_out_)}}});
    }
    ASSIGN_OR_RETURN(bundle::MemberWriter member,
                     entry.Open({"packages.ndjson", {}, context.host.Now()}));
    for (const Package& package : packages_) {
      const Status written = member.Record(RecordOf(package));
      if (written.code() == Code::kFull) break;  // the member is marked as cut
      RETURN_IF_ERROR(written);
    }
    return member.Close();
  }

 private:
  static Json RecordOf(const Package& package) {
    Json record;
    record.Set("manager", package.manager);
    record.Set("name", package.name);
    record.Set("version", package.version);
    record.Set("arch", package.arch);
    record.Set("status", package.status);
    if (package.held) record.Set("held", true);
    if (package.installed) record.Set("installed", base::FormatUtc(*package.installed));
    return record;
  }

  std::vector<Package> packages_;
  uint64_t left_out_ = 0;
};

// --- running a tool

struct Tool {
  std::string program;
  std::vector<std::string> arguments;
  void (*parse)(std::string_view line, Inventory& all);
};

// Fails with kTimedOut, or when the tool failed, which is noted.
Status RunTool(const Context& context, const Tool& tool, bundle::Entry& entry, Inventory& all) {
  os::Command command;
  command.argv = tool.arguments;
  command.argv.insert(command.argv.begin(), tool.program);
  LineCutter cutter([&](std::string_view line) { tool.parse(line, all); });
  auto exit = context.host.Run(command, context.deadline,
                               [&](os::OutputStream stream, std::string_view bytes) {
                                 entry.CountRead(bytes.size());
                                 if (stream == os::OutputStream::kStdout) cutter.Feed(bytes);
                                 return os::Wants::kMore;
                               });
  if (!exit) {
    entry.Note(tool.program, exit.error());
    return exit.error();
  }
  using How = os::Exit::How;
  if (exit->how == How::kExited && exit->code == 0) return {};
  if (exit->how == How::kTimedOut || exit->how == How::kAbandoned) {
    return OutOfTime(context.deadline);
  }
  Status failed(Code::kFailed, {exit->how == How::kExited ? "kinds.packages.tool_exit"
                                                          : "kinds.packages.tool_signal",
                                {{"code", std::to_string(exit->code)}}});
  entry.Note(tool.program, failed);
  return failed;
}

// The tool's absolute path. kMissing where it cannot be run at all; what we refuse to run
// is noted.
base::Result<std::string> FindTool(const Context& context, const char* name, bundle::Entry& entry) {
  auto program = context.host.FindProgram(name);
  if (program) return program;
  const Code code = program.error().code();
  if (code != Code::kMissing && code != Code::kUnsupported) entry.Note(name, program.error());
  return program;
}

// --- dpkg

void ParseDpkgLine(std::string_view line, Inventory& all) {
  const std::vector<std::string_view> parts = Split(line, '\t');
  if (parts.size() != 4) return;
  Package package;
  package.manager = "dpkg";
  package.name = Field(parts[0]);
  package.version = Field(parts[1]);
  package.arch = Field(parts[2]);
  SetDpkgStatus(parts[3], package);
  all.Add(std::move(package));
}

// The database: paragraphs of "Field: value", parted by an empty line.
class DpkgDatabase {
 public:
  explicit DpkgDatabase(Inventory& all) : all_(all) {}

  void Line(std::string_view line) {
    if (line.empty()) {
      package_.manager = "dpkg";
      all_.Add(std::exchange(package_, {}));
      return;
    }
    const size_t colon = line.find(':');
    if (line.front() == ' ' || colon == std::string_view::npos) return;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = line.substr(colon + 1);
    if (name == "Package") package_.name = Field(value);
    if (name == "Version") package_.version = Field(value);
    if (name == "Architecture") package_.arch = Field(value);
    if (name == "Status") SetDpkgStatus(value, package_);
  }

 private:
  Inventory& all_;
  Package package_;
};

Status ReadDpkgDatabase(const Context& context, bundle::Entry& entry, Inventory& all) {
  ASSIGN_OR_RETURN(os::File file, context.host.Open(kDpkgDatabase, os::Links::kTrusted));
  DpkgDatabase database(all);
  LineCutter cutter([&](std::string_view line) { database.Line(line); });
  std::vector<char> buffer(64U << 10U);
  while (true) {
    if (context.deadline.Expired()) return OutOfTime(context.deadline);
    ASSIGN_OR_RETURN(const size_t got, file.Read(buffer));
    if (got == 0) break;
    entry.CountRead(got);
    cutter.Feed({buffer.data(), got});
  }
  cutter.Finish();
  database.Line("");
  return {};
}

// dpkg itself does not say when: it rewrites a package's list of files at each install.
void SetInstallTimes(const Context& context, Inventory& all) {
  const std::string folder = "/var/lib/dpkg/info/";
  for (Package& package : all.packages()) {
    if (context.deadline.Expired()) return;
    if (package.name.find('/') != std::string::npos) continue;
    for (const std::string& list :
         {package.name + ".list", package.name + ":" + package.arch + ".list"}) {
      auto info = context.host.Stat(folder + list, os::Links::kNever);
      if (info) package.installed = info->modified;
    }
  }
}

Status ListDpkg(const Context& context, bundle::Entry& entry, Inventory& all) {
  if (!context.host.Stat(kDpkgDatabase, os::Links::kTrusted)) {
    return {Code::kMissing, {"kinds.packages.none", {}}};
  }
  auto program = FindTool(context, "dpkg-query", entry);
  if (program) {
    const size_t before = all.size();
    Status ran = RunTool(context, {*program, {"-W", kDpkgFormat}, &ParseDpkgLine}, entry, all);
    if (ran.ok() || context.deadline.Expired()) return ran;
    all.CutTo(before);
  }
  return ReadDpkgDatabase(context, entry, all);
}

Status Dpkg(const Context& context, bundle::Entry& entry, Inventory& all) {
  Status listed = ListDpkg(context, entry, all);
  SetInstallTimes(context, all);
  return listed;
}

// --- rpm

void ParseRpmLine(std::string_view line, Inventory& all) {
  const std::vector<std::string_view> parts = Split(line, '\t');
  if (parts.size() != 4) return;
  Package package;
  package.manager = "rpm";
  package.name = Field(parts[0]);
  package.version = Field(parts[1]);
  package.arch = Field(parts[2]);
  package.status = "installed";
  int64_t seconds = 0;
  const auto [end, error] =
      std::from_chars(parts[3].data(), parts[3].data() + parts[3].size(), seconds);
  if (error == std::errc() && seconds > 0 && seconds < (int64_t{1} << 33U)) {
    package.installed = base::Timestamp(std::chrono::seconds(seconds));
  }
  all.Add(std::move(package));
}

std::string RpmDatabase(const os::Host& host) {
  for (const char* path : kRpmDatabases) {
    if (host.Stat(path, os::Links::kTrusted)) return path;
  }
  return {};
}

Status Rpm(const Context& context, bundle::Entry& entry, Inventory& all) {
  const std::string database = RpmDatabase(context.host);
  if (database.empty()) return {Code::kMissing, {"kinds.packages.none", {}}};
  auto program = FindTool(context, "rpm", entry);
  if (!program) {
    Status unreadable(Code::kUnsupported, {"kinds.packages.rpm_alone", {{"path", database}}});
    entry.Note(database, unreadable);
    return unreadable;
  }
  return RunTool(context, {*program, {"-qa", "--qf", kRpmFormat}, &ParseRpmLine}, entry, all);
}

// --- the kind

Status Run(const Context& context, bundle::Entry& entry) {
  Inventory all;
  Status dpkg = Dpkg(context, entry, all);
  Status rpm = context.deadline.Expired() ? OutOfTime(context.deadline) : Rpm(context, entry, all);
  if (all.size() > 0) RETURN_IF_ERROR(all.Write(context, entry));
  for (const Status* status : {&dpkg, &rpm}) {
    const bool late = status->code() == Code::kTimedOut || status->code() == Code::kCancelled;
    if (late) return *status;
  }
  if (all.size() > 0) {
    if (!dpkg.ok() && dpkg.code() != Code::kMissing) entry.Note(kDpkgDatabase, dpkg);
    return {};
  }
  // What kept us from the one that is there.
  if (dpkg.code() != Code::kMissing) return dpkg;
  return rpm;
}

Status Foresee(const Context& context, Preview& preview) {
  constexpr uint64_t kUsualSize = 256U << 10U;
  auto database = context.host.Stat(kDpkgDatabase, os::Links::kTrusted);
  if (database) {
    auto program = context.host.FindProgram("dpkg-query");
    if (program) {
      preview.steps.push_back(
          {Preview::Act::kRun, *program + " -W '" + kDpkgFormat + "'", std::nullopt});
    } else {
      preview.steps.push_back({Preview::Act::kRead, kDpkgDatabase, database->size});
    }
  }
  if (!RpmDatabase(context.host).empty()) {
    auto program = context.host.FindProgram("rpm");
    if (program) {
      preview.steps.push_back(
          {Preview::Act::kRun, *program + " -qa --qf '" + kRpmFormat + "'", std::nullopt});
    }
  }
  if (preview.steps.empty()) return {Code::kMissing, {"kinds.packages.none", {}}};
  preview.bytes = std::min(kUsualSize, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kPackagesKind = {
    "packages",
    {},
    {.timeout = std::chrono::seconds(60), .max_bytes = 8U << 20U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

// diagnostic_package: lets a product's own tool make its diagnostic package, and waits until
// the file is there and whole. The tool may well return before: so the end of the zip is
// looked at, and its size twice, instead of hoping that some seconds are enough. The package
// itself is not taken; a JSON document says where it is, with size, time and digest.
//
// This changes the host (a file, some load): the item asks for consent.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "collector/bundle/digest.h"
#include "collector/kinds/kind.h"
#include "collector/os/glob.h"
#include "collector/os/zip_end.h"

namespace casepack::kinds {

extern const Kind kDiagnosticPackageKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"argv", FieldType::kTextList, Presence::kRequired},
    {"packages", FieldType::kText, Presence::kRequired},
    {"look_every", FieldType::kDuration, Presence::kOptional, "2s"},
};

constexpr size_t kMaxPackages = 10'000;
constexpr size_t kMaxOutput = 64U << 10U;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

// --- the packages that there are

using Packages = std::map<std::string, os::FileInfo>;  // by path

Packages FindPackages(const Context& context) {
  Packages packages;
  static_cast<void>(os::Glob(context.host, context.options.Text("packages"),
                             {.deadline = context.deadline}, [&](const os::Found& found) {
                               const bool fits =
                                   found.status.ok() && found.info.type == os::FileType::kRegular;
                               if (fits) packages.emplace(found.path, found.info);
                               return packages.size() < kMaxPackages;
                             }));
  return packages;
}

// The newest that was not there before, or is another one now.
std::optional<Packages::value_type> NewOne(const Packages& before, const Packages& now) {
  std::optional<Packages::value_type> newest;
  for (const auto& package : now) {
    const auto old = before.find(package.first);
    const bool same = old != before.end() && old->second.inode == package.second.inode &&
                      old->second.size == package.second.size &&
                      old->second.modified == package.second.modified;
    if (same) continue;
    if (newest && newest->second.modified >= package.second.modified) continue;
    newest.emplace(package);
  }
  return newest;
}

bool IsWhole(const Context& context, const std::string& path) {
  auto file = context.host.Open(path, os::Links::kNever);
  if (!file) return false;
  const auto end = os::LookAtZipEnd(*file);
  return end && *end == os::ZipEnd::kWhole;
}

struct Waited {
  std::string state = "none";  // whole, unfinished, none
  std::string path;
  os::FileInfo info;
};

void Sleep(const Context& context) {
  const base::Deadline until =
      base::Deadline::After(context.options.Duration("look_every"), context.deadline.stop);
  while (!until.Expired() && !context.deadline.Expired()) {
    std::this_thread::sleep_for(
        std::min<base::Duration>(until.Remaining(), std::chrono::milliseconds(50)));
  }
}

// Whole, and as large as at the look before.
Waited WaitForPackage(const Context& context, const Packages& before) {
  Waited waited;
  while (!context.deadline.Expired()) {
    const auto found = NewOne(before, FindPackages(context));
    if (found) {
      const bool stable = waited.path == found->first && waited.info.size == found->second.size &&
                          waited.info.modified == found->second.modified;
      waited = {"unfinished", found->first, found->second};
      if (stable && IsWhole(context, found->first)) {
        waited.state = "whole";
        return waited;
      }
    }
    Sleep(context);
  }
  return waited;
}

Json Digest(const Context& context, const std::string& path, bundle::Entry& entry) {
  auto file = context.host.Open(path, os::Links::kNever);
  if (!file) return {};
  bundle::Sha256 digest;
  std::vector<char> buffer(256U << 10U);
  while (!context.deadline.Expired()) {
    const auto got = file->Read(buffer);
    if (!got) return {};
    if (*got == 0) return digest.Hex();
    entry.CountRead(*got);
    digest.Update({buffer.data(), *got});
  }
  return {};
}

// --- the tool

// Its exit code, or why it has none. What it printed becomes a member: it names the file,
// or says why there is none (self-protection).
base::Result<int> RunTool(const Context& context, bundle::Entry& entry) {
  std::vector<std::string> argv = context.options.TextList("argv");
  if (argv.empty()) return Status(Code::kInvalid, {"kinds.diagnostic_package.no_tool", {}});
  ASSIGN_OR_RETURN(argv[0], context.host.FindProgram(argv[0]));
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"output.txt", entry.Arguments(argv), context.host.Now()}));
  size_t printed = 0;
  auto exit = context.host.Run({argv, {}}, context.deadline,
                               [&](os::OutputStream /*stream*/, std::string_view bytes) {
                                 // Too much of it is no reason to end the tool half-way.
                                 bytes = bytes.substr(0, kMaxOutput - printed);
                                 printed += bytes.size();
                                 static_cast<void>(member.Write(bytes));
                                 return os::Wants::kMore;
                               });
  RETURN_IF_ERROR(member.Close());
  if (!exit) return exit.error();
  using How = os::Exit::How;
  if (exit->how == How::kTimedOut || exit->how == How::kAbandoned) {
    return OutOfTime(context.deadline);
  }
  entry.SetExit(exit->code);
  if (exit->how == How::kExited) return exit->code;
  return Status(Code::kFailed,
                {"kinds.diagnostic_package.signal", {{"code", std::to_string(exit->code)}}});
}

Status WriteDocument(const Context& context, const Waited& waited, base::Duration took,
                     bundle::Entry& entry) {
  Json json;
  json.Set("state", waited.state);
  json.Set("waited_seconds", std::chrono::duration<double>(took).count());
  if (!waited.path.empty()) {
    json.Set("path", waited.path);
    json.Set("size", waited.info.size);
    json.Set("modified", base::FormatUtc(waited.info.modified));
    json.Set("sha256", waited.state == "whole" ? Digest(context, waited.path, entry) : Json());
  }
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"package.json", {}, context.host.Now()}));
  RETURN_IF_ERROR(member.Document(json));
  return member.Close();
}

Status Run(const Context& context, bundle::Entry& entry) {
  const Packages before = FindPackages(context);
  const base::Instant begun = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const int code, RunTool(context, entry));
  if (code != 0) {
    return {Code::kFailed, {"kinds.diagnostic_package.exit", {{"code", std::to_string(code)}}}};
  }
  const Waited waited = WaitForPackage(context, before);
  RETURN_IF_ERROR(WriteDocument(context, waited, std::chrono::steady_clock::now() - begun, entry));
  return waited.state == "whole" ? Status() : OutOfTime(context.deadline);
}

Status Foresee(const Context& context, Preview& preview) {
  std::string line;
  for (const std::string& argument : context.options.TextList("argv"))
    line += (line.empty() ? "" : " ") + argument;
  preview.steps.push_back({Preview::Act::kRun, line, std::nullopt});
  preview.steps.push_back({Preview::Act::kList, context.options.Text("packages"), std::nullopt});
  preview.bytes = std::min<uint64_t>(4096, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kDiagnosticPackageKind = {
    "diagnostic_package",
    kFields,
    {.timeout = std::chrono::minutes(4), .max_bytes = 256U << 10U, .max_files = 2},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

// The module files that a product keeps on disk, a folder for each kernel release: of which
// kernels there are any, and what is wrong with them. A piece of kernel_modules alone. The
// folder's name tells the kernel, not what the module says of itself: products offer a
// module for kernels that it was not built on.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/base/json.h"
#include "collector/kinds/kind.h"
#include "collector/os/glob.h"

namespace casepack::kinds::kernel_modules {

struct ModuleFile {
  std::string name;  // "tmhook"
  std::string path;
  uint64_t size = 0;
  base::Timestamp modified{};
  base::Json is_signed;  // null: could not be read
};

struct Folders {
  std::map<std::string, std::vector<ModuleFile>> by_kernel;
  base::Status limit;  // why there may be more; ok when these are all
};

constexpr size_t kMaxFiles = 5'000;

// "tmhook" of "tmhook.ko.xz", with `-` as the kernel shows it; empty: no module's name.
inline std::string ModuleName(std::string_view file) {
  const size_t end = file.find(".ko");
  if (end == std::string_view::npos || end == 0) return {};
  const std::string_view behind = file.substr(end + 3);
  if (!behind.empty() && behind.front() != '.') return {};
  std::string name(file.substr(0, end));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// Whether a signature is behind the module (scripts/sign-file.c of the kernel). Of a
// compressed one it cannot be told.
inline base::Json IsSigned(const Context& context, const std::string& path) {
  constexpr std::string_view kMark = "~Module signature appended~\n";
  if (!path.ends_with(".ko")) return {};
  auto file = context.host.Open(path, os::Links::kNever);
  if (!file) return {};
  if (file->info().size < kMark.size()) return false;
  if (!file->Seek(file->info().size - kMark.size()).ok()) return {};
  std::array<char, kMark.size()> end{};
  size_t filled = 0;
  while (filled < end.size()) {
    const auto got = file->Read(std::span<char>(end).subspan(filled));
    if (!got) return {};
    if (*got == 0) break;
    filled += *got;
  }
  return std::string_view(end.data(), filled) == kMark;
}

inline void AddFile(const Context& context, const os::Found& found, Folders& folders) {
  const size_t slash = found.path.rfind('/');
  const size_t above = slash == 0 ? 0 : found.path.rfind('/', slash - 1);
  if (slash == std::string::npos || above == std::string::npos) return;
  ModuleFile file;
  file.name = ModuleName(std::string_view(found.path).substr(slash + 1));
  if (file.name.empty() || found.info.type != os::FileType::kRegular) return;
  file.path = found.path;
  file.size = found.info.size;
  file.modified = found.info.modified;
  file.is_signed = IsSigned(context, found.path);
  folders.by_kernel[found.path.substr(above + 1, slash - above - 1)].push_back(std::move(file));
}

inline Folders FindFolders(const Context& context, const std::vector<std::string>& patterns,
                           bundle::Entry& entry) {
  Folders folders;
  size_t files = 0;
  for (const std::string& pattern : patterns) {
    const base::Status searched = os::Glob(context.host, pattern, {.deadline = context.deadline},
                                           [&](const os::Found& found) {
                                             if (++files > kMaxFiles) return false;
                                             if (found.status.ok())
                                               AddFile(context, found, folders);
                                             if (!found.status.ok())
                                               entry.Note(found.path, found.status);
                                             return true;
                                           });
    if (!searched.ok() && searched.code() != base::Code::kMissing) folders.limit = searched;
  }
  if (files > kMaxFiles) {
    folders.limit = base::Status(
        base::Code::kFull, {"kinds.kernel_modules.files", {{"count", std::to_string(kMaxFiles)}}});
  }
  if (!folders.limit.ok()) entry.Note("files", folders.limit);
  return folders;
}

inline base::Json Describe(const ModuleFile& file) {
  base::Json json;
  json.Set("name", file.name);
  json.Set("path", file.path);
  json.Set("size", file.size);
  json.Set("modified", base::FormatUtc(file.modified));
  json.Set("signed", file.is_signed);
  return json;
}

inline base::Json Describe(const Folders& folders, const std::string& kernel) {
  base::Json kernels{base::Json::Array()};
  base::Json rows{base::Json::Array()};
  base::Json running{base::Json::Array()};
  uint64_t empty = 0;
  for (const auto& [release, files] : folders.by_kernel) {
    const bool runs = !kernel.empty() && release == kernel;
    kernels.Push(release);
    base::Json modules{base::Json::Array()};
    for (const ModuleFile& file : files) {
      empty += file.size == 0 ? 1 : 0;
      modules.Push(Describe(file));
      if (runs && file.size > 0) running.Push(file.name);
    }
    base::Json row;
    row.Set("kernel", release);
    row.Set("running", runs);
    row.Set("modules", std::move(modules));
    rows.Push(std::move(row));
  }
  base::Json json;
  const bool knows = !kernel.empty() && folders.limit.ok();
  const bool present = !running.array()->empty();
  json.Set("present_for_running_kernel", present || knows ? base::Json(present) : base::Json());
  json.Set("modules_for_running_kernel", std::move(running));
  json.Set("kernel_count", uint64_t{folders.by_kernel.size()});
  json.Set("kernels", std::move(kernels));
  json.Set("empty_files", empty);
  json.Set("folders", std::move(rows));
  return json;
}

}  // namespace casepack::kinds::kernel_modules

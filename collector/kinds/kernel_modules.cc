// kernel_modules: whether the modules that a product needs are loaded, in which state, and
// for which kernels it has modules on disk, as one JSON document. Which modules and which
// folders, the manifest says.
//
// A product may unload and load its modules again by itself, so one look could find a
// module gone for a second. When a wanted one is missing we look again after a while, and
// tell both looks. No tool is run.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "collector/kinds/kernel_modules_files.h"
#include "collector/kinds/kind.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kKernelModulesKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"modules", FieldType::kTextList, Presence::kRequired},
    {"optional_modules", FieldType::kTextList, Presence::kOptional},
    {"files", FieldType::kTextList, Presence::kOptional},
    {"look_again", FieldType::kDuration, Presence::kOptional, "21s"},
};

constexpr const char* kLoaded = "/proc/modules";

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

std::optional<int64_t> Number(std::string_view text) {
  text = os::Trim(text);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return number;
}

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

// --- one look

// A line of /proc/modules: "tmhook 98304 1 bmhook, Live 0x0000000000000000 (OEK)".
struct Module {
  int64_t size = 0;
  int64_t references = 0;
  std::vector<std::string> users;
  std::string state;  // live, loading, unloading
  std::string taints;
};

std::vector<std::string_view> Split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(by), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

using Modules = std::map<std::string, Module, std::less<>>;

Modules ParseModules(std::string_view text) {
  Modules modules;
  for (const std::string_view line : os::Lines(text)) {
    const std::vector<std::string_view> parts = Split(line, ' ');
    if (parts.size() < 5) continue;
    Module module;
    module.size = Number(parts[1]).value_or(0);
    module.references = Number(parts[2]).value_or(0);
    if (parts[3] != "-") {
      for (const std::string_view user : Split(parts[3], ','))
        module.users.emplace_back(user);
    }
    for (const char c : parts[4])
      module.state += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    const std::string_view last = parts.back();
    if (last.size() > 2 && last.front() == '(') module.taints = last.substr(1, last.size() - 2);
    modules.insert_or_assign(std::string(parts[0]), std::move(module));
  }
  return modules;
}

base::Result<Modules> LookAtModules(const Context& context, bundle::Entry& entry) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(context.host, kLoaded, 4U << 20U));
  entry.CountRead(text.size());
  return ParseModules(text);
}

// --- what /sys knows of a loaded one

std::optional<std::string> Value(const Context& context, const std::string& path) {
  const auto text = os::ReadFile(context.host, path, 4096);
  if (!text) return std::nullopt;
  return std::string(os::Trim(*text));
}

// As root sees it, a module's folder in /sys may linger for a moment after the module.
void AddAttributes(const Context& context, const std::string& name, Json& json) {
  const std::string folder = "/sys/module/" + name + "/";
  json.Set("version", OrNull(Value(context, folder + "version")));
  json.Set("source_version", OrNull(Value(context, folder + "srcversion")));
  const std::string patch = "/sys/kernel/livepatch/" + name + "/";
  const auto enabled = Value(context, patch + "enabled");
  const auto transition = Value(context, patch + "transition");
  json.Set("livepatch", enabled.has_value());
  json.Set("livepatch_enabled", enabled ? Json(*enabled == "1") : Json());
  json.Set("livepatch_transition", transition ? Json(*transition == "1") : Json());
}

struct Looks {
  std::optional<Modules> first;
  std::optional<Modules> second;
  base::Duration between{};

  [[nodiscard]] const Modules* latest() const {
    if (second) return &*second;
    return first ? &*first : nullptr;
  }
};

Json DescribeModule(const Context& context, const Looks& looks, const std::string& name,
                    bool wanted) {
  const auto in = [&](const std::optional<Modules>& look) {
    return look ? Json(look->find(name) != look->end()) : Json();
  };
  const Modules* latest = looks.latest();
  const auto found = latest == nullptr ? Modules::const_iterator() : latest->find(name);
  const bool loaded = latest != nullptr && found != latest->end();
  Json json;
  json.Set("wanted", wanted);
  json.Set("loaded", latest == nullptr ? Json() : Json(loaded));
  json.Set("loaded_first", in(looks.first));
  json.Set("loaded_second", in(looks.second));
  if (!loaded) return json;
  const Module& module = found->second;
  json.Set("state", module.state);
  json.Set("refcount", module.references);
  json.Set("size", module.size);
  json.Set("taints", module.taints);
  Json users{Json::Array()};
  for (const std::string& user : module.users)
    users.Push(user);
  json.Set("used_by", std::move(users));
  AddAttributes(context, name, json);
  return json;
}

// --- the kind

bool AnyMissing(const std::vector<std::string>& wanted, const Modules& loaded) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const std::string& name) { return loaded.find(name) == loaded.end(); });
}

// A /proc that is a file system of its own speaks of a kernel that runs; one that is a
// folder of the tree is a copy, in which nothing changes.
bool IsLive(const os::Host& host) {
  if (host.Identity().is_running) return true;
  const auto root = host.Stat("/", os::Links::kNever);
  const auto modules = host.Stat(kLoaded, os::Links::kNever);
  return root && modules && root->device != modules->device;
}

// False when the time was over before.
bool Wait(const Context& context) {
  const base::Deadline until =
      base::Deadline::After(context.options.Duration("look_again"), context.deadline.stop);
  while (!until.Expired()) {
    if (context.deadline.Expired()) return false;
    std::this_thread::sleep_for(
        std::min<base::Duration>(until.Remaining(), std::chrono::milliseconds(50)));
  }
  return !context.deadline.Expired();
}

// Not ok: the second look was due and did not happen in time.
Status Look(const Context& context, bundle::Entry& entry, Looks& looks) {
  auto first = LookAtModules(context, entry);
  if (!first) {
    if (first.error().code() != Code::kMissing) entry.Note(kLoaded, first.error());
    return {};
  }
  looks.first = std::move(*first);
  const auto& wanted = context.options.TextList("modules");
  if (!AnyMissing(wanted, *looks.first) || !IsLive(context.host)) return {};
  const base::Instant begun = std::chrono::steady_clock::now();
  if (!Wait(context)) return OutOfTime(context.deadline);
  auto second = LookAtModules(context, entry);
  if (!second) {
    entry.Note(kLoaded, second.error());
    return {};
  }
  looks.between = std::chrono::steady_clock::now() - begun;
  looks.second = std::move(*second);
  return {};
}

std::string RunningKernel(const Context& context) {
  const auto release = Value(context, "/proc/sys/kernel/osrelease");
  return release ? *release : context.host.Identity().kernel;
}

Json CountLoaded(const std::vector<std::string>& wanted, const Looks& looks) {
  const Modules* latest = looks.latest();
  if (latest == nullptr) return {};
  return int64_t{std::count_if(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return latest->find(name) != latest->end();
  })};
}

// `on_disk`: of the running kernel, null where it is not known.
Json OnDisk(const Json& on_disk, const std::string& name) {
  const Json* present = on_disk.Find("present_for_running_kernel");
  const Json* names = on_disk.Find("modules_for_running_kernel");
  if (present == nullptr || names == nullptr || present->is_null()) return {};
  const Json::Array& all = *names->array();
  return std::any_of(all.begin(), all.end(),
                     [&](const Json& one) { return *one.string() == name; });
}

Json Names(const Context& context, const Looks& looks, const Json& on_disk) {
  Json modules{Json::Object()};
  for (const char* option : {"modules", "optional_modules"}) {
    if (!context.options.Has(option)) continue;
    for (const std::string& name : context.options.TextList(option)) {
      if (modules.Find(name) != nullptr) continue;
      const bool wanted = std::string_view(option) == "modules";
      Json module = DescribeModule(context, looks, name, wanted);
      module.Set("on_disk_for_running_kernel", OnDisk(on_disk, name));
      modules.Set(name, std::move(module));
    }
  }
  return modules;
}

Status Run(const Context& context, bundle::Entry& entry) {
  Looks looks;
  const Status looked = Look(context, entry, looks);
  const auto& wanted = context.options.TextList("modules");
  const std::string kernel = RunningKernel(context);
  Json on_disk;
  if (context.options.Has("files")) {
    on_disk = kernel_modules::Describe(
        kernel_modules::FindFolders(context, context.options.TextList("files"), entry), kernel);
  }
  Json json;
  json.Set("kernel", kernel.empty() ? Json() : Json(kernel));
  json.Set("looks", int64_t{(looks.first ? 1 : 0) + (looks.second ? 1 : 0)});
  json.Set("seconds_between",
           looks.second ? Json(std::chrono::duration<double>(looks.between).count()) : Json());
  json.Set("wanted_count", uint64_t{wanted.size()});
  json.Set("wanted_loaded_count", CountLoaded(wanted, looks));
  json.Set("modules", Names(context, looks, on_disk));
  json.Set("on_disk", std::move(on_disk));
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"kernel_modules.json", {}, context.host.Now()}));
  RETURN_IF_ERROR(member.Document(json));
  RETURN_IF_ERROR(member.Close());
  return looked;
}

Status Foresee(const Context& context, Preview& preview) {
  if (auto info = context.host.Stat(kLoaded, os::Links::kNever)) {
    preview.steps.push_back({Preview::Act::kRead, kLoaded, info->size});
  }
  if (context.options.Has("files")) {
    for (const std::string& pattern : context.options.TextList("files"))
      preview.steps.push_back({Preview::Act::kList, pattern, std::nullopt});
  }
  preview.bytes = std::min<uint64_t>(8U << 10U, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kKernelModulesKind = {
    "kernel_modules",
    kFields,
    {.timeout = std::chrono::seconds(45), .max_bytes = 1U << 20U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

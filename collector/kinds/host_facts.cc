// host_facts: what machine this is, as one JSON document: system, kernel, hardware, memory,
// disks and mounts, clock, locale, virtualisation, security modules. Files are read and
// nothing else; of another root, what its files tell. A source that is not there is
// left out. No serial numbers. Sizes of file systems are left to `df`, which may hang.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/host_facts_sources.h"
#include "collector/kinds/kind.h"
#include "collector/os/mounts.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kHostFactsKind;

namespace {

using base::Code;
using base::Json;
using base::Status;

constexpr size_t kMaxMounts = 2000;
constexpr size_t kMaxDisks = 500;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

Json System(Sources& sources) {
  const os::HostIdentity identity = sources.host().Identity();
  Json system;
  system.Set("name", identity.name);
  system.Set("platform", identity.platform);
  if (!identity.kernel.empty()) system.Set("kernel", identity.kernel);
  if (!identity.machine.empty()) system.Set("machine", identity.machine);
  system.Set("running", identity.is_running);
  if (const auto cloud = sources.Value("/run/cloud-init/cloud-id")) system.Set("cloud", *cloud);
  return system;
}

Json OsRelease(Sources& sources) {
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    if (const auto text = sources.Text(path)) return Assignments(*text);
  }
  // Older than os-release.
  if (const auto line = sources.Value("/etc/redhat-release")) {
    Json release;
    release.Set("PRETTY_NAME", *line);
    return release;
  }
  return {};
}

Json Kernel(Sources& sources) {
  constexpr Source kTable[] = {
      {"version", "/proc/version"},
      {"command_line", "/proc/cmdline"},
      {"tainted", "/proc/sys/kernel/tainted"},
      {"livepatch_sets", "/proc/sys/kernel/livepatch"},
      {"module_signatures_enforced", "/sys/module/module/parameters/sig_enforce"},
  };
  return FromTable(sources, kTable, Values::kNumbers);
}

Json Dmi(Sources& sources) {
  constexpr Source kTable[] = {
      {"sys_vendor", "/sys/class/dmi/id/sys_vendor"},
      {"product_name", "/sys/class/dmi/id/product_name"},
      {"product_version", "/sys/class/dmi/id/product_version"},
      {"board_vendor", "/sys/class/dmi/id/board_vendor"},
      {"board_name", "/sys/class/dmi/id/board_name"},
      {"chassis_type", "/sys/class/dmi/id/chassis_type"},
      {"bios_vendor", "/sys/class/dmi/id/bios_vendor"},
      {"bios_version", "/sys/class/dmi/id/bios_version"},
      {"bios_date", "/sys/class/dmi/id/bios_date"},
  };
  return FromTable(sources, kTable, Values::kTexts);
}

bool HasHypervisorFlag(std::string_view cpuinfo) {
  const auto flags = Labelled(cpuinfo, "flags");
  if (!flags) return false;
  const std::vector<std::string_view> words = Words(*flags);
  return std::find(words.begin(), words.end(), "hypervisor") != words.end();
}

Json Cpu(Sources& sources) {
  const auto text = sources.Text("/proc/cpuinfo");
  if (!text) return {};
  Json cpu;
  int logical = 0;
  std::set<std::string_view> sockets;
  for (const std::string_view line : os::Lines(*text)) {
    if (line.starts_with("processor") && line.find(':') != std::string_view::npos) ++logical;
    if (line.starts_with("physical id")) sockets.insert(line);
  }
  cpu.Set("logical", logical);
  if (!sockets.empty()) cpu.Set("sockets", static_cast<int64_t>(sockets.size()));
  struct Label {
    const char* name;
    const char* label;
  };
  constexpr Label kLabels[] = {{"model", "model name"},
                               {"vendor", "vendor_id"},
                               {"cores_per_socket", "cpu cores"},
                               {"microcode", "microcode"},
                               {"implementer", "CPU implementer"},
                               {"part", "CPU part"}};
  for (const auto& [name, label] : kLabels) {
    if (const auto value = Labelled(*text, label)) cpu.Set(name, NumberOrText(*value));
  }
  if (const auto online = sources.Value("/sys/devices/system/cpu/online")) {
    cpu.Set("online", *online);
  }
  return cpu;
}

// "MemTotal:  123 kB" in bytes.
Json Memory(Sources& sources) {
  const auto text = sources.Text("/proc/meminfo");
  if (!text) return {};
  constexpr Source kTable[] = {
      {"total", "MemTotal"},
      {"free", "MemFree"},
      {"available", "MemAvailable"},
      {"buffers", "Buffers"},
      {"cached", "Cached"},
      {"shared", "Shmem"},
      {"slab", "Slab"},
      {"committed", "Committed_AS"},
      {"swap_total", "SwapTotal"},
      {"swap_free", "SwapFree"},
      {"dirty", "Dirty"},
      {"huge_pages", "HugePages_Total"},
  };
  Json memory;
  for (const auto& [name, label] : kTable) {
    const auto value = Labelled(*text, label);
    if (!value) continue;
    const std::vector<std::string_view> words = Words(*value);
    const auto number = words.empty() ? std::nullopt : Number(words[0]);
    if (number) memory.Set(name, words.size() > 1 ? *number * 1024 : *number);
  }
  return memory;
}

Json Swap(Sources& sources) {
  const auto text = sources.Text("/proc/swaps");
  if (!text) return {};
  Json swaps;
  for (const std::string_view line : os::Lines(*text)) {
    const std::vector<std::string_view> words = Words(line);
    if (words.size() < 4 || words[0] == "Filename") continue;
    Json swap;
    swap.Set("name", words[0]);
    swap.Set("type", words[1]);
    if (const auto size = Number(words[2])) swap.Set("size", *size * 1024);
    if (const auto used = Number(words[3])) swap.Set("used", *used * 1024);
    swaps.Push(std::move(swap));
  }
  return swaps;
}

Json Load(Sources& sources) {
  Json load;
  if (const auto text = sources.Value("/proc/loadavg")) {
    const std::vector<std::string_view> words = Words(*text);
    if (words.size() >= 4) {
      load.Set("average",
               std::string(words[0]) + " " + std::string(words[1]) + " " + std::string(words[2]));
      load.Set("running_of_total", words[3]);
    }
  }
  for (const char* what : {"cpu", "memory", "io"}) {
    if (const auto some = sources.Value(std::string("/proc/pressure/") + what)) {
      load.Set(std::string("pressure_") + what, *some);
    }
  }
  return load;
}

Json Clock(Sources& sources) {
  Json clock;
  clock.Set("now", base::FormatUtc(sources.host().Now()));
  if (const auto text = sources.Value("/proc/uptime")) {
    const auto seconds = Number(std::string_view(*text).substr(0, text->find('.')));
    if (seconds) clock.Set("uptime_seconds", *seconds);
  }
  if (const auto stat = sources.Text("/proc/stat")) {
    for (const std::string_view line : os::Lines(*stat)) {
      if (!line.starts_with("btime ")) continue;
      const auto boot = Number(line.substr(6));
      if (boot) clock.Set("booted", base::FormatUtc(base::Timestamp(std::chrono::seconds(*boot))));
    }
  }
  auto zone = sources.host().ReadLink("/etc/localtime");
  if (zone) {
    const size_t at = zone->find("zoneinfo/");
    clock.Set("time_zone", at == std::string::npos ? *zone : zone->substr(at + 9));
  } else if (const auto name = sources.Value("/etc/timezone")) {
    clock.Set("time_zone", *name);
  }
  if (const auto source =
          sources.Value("/sys/devices/system/clocksource/clocksource0/current_clocksource")) {
    clock.Set("source", *source);
  }
  if (const auto adjust = sources.Text("/etc/adjtime")) {
    const auto lines = os::Lines(*adjust);
    if (lines.size() > 2) clock.Set("hardware_clock", os::Trim(lines[2]));
  }
  return clock;
}

// Which service keeps the clock, as far as what it leaves behind tells; when it last wrote
// is when it last was content.
Json TimeSync(Sources& sources) {
  constexpr Source kTraces[] = {
      {"systemd-timesyncd", "/run/systemd/timesync/synchronized"},
      {"systemd-timesyncd state", "/var/lib/systemd/timesync/clock"},
      {"chrony drift", "/var/lib/chrony/drift"},
      {"chrony drift", "/var/lib/chrony/chrony.drift"},
      {"ntpd drift", "/var/lib/ntp/ntp.drift"},
      {"ntpd drift", "/var/lib/ntp/drift"},
      {"ntpd drift", "/var/lib/ntpsec/ntp.drift"},
  };
  Json traces;
  for (const auto& [name, path] : kTraces) {
    auto info = sources.host().Stat(path, os::Links::kTrusted);
    if (!info) continue;
    Json trace;
    trace.Set("of", name);
    trace.Set("path", path);
    trace.Set("written", base::FormatUtc(info->modified));
    traces.Push(std::move(trace));
  }
  return traces;
}

Json Locale(Sources& sources) {
  for (const char* path : {"/etc/locale.conf", "/etc/default/locale", "/etc/sysconfig/i18n"}) {
    if (const auto text = sources.Text(path)) return Assignments(*text);
  }
  return {};
}

Json Disks(Sources& sources) {
  Json disks;
  for (const std::string& name : sources.Names("/sys/block", kMaxDisks)) {
    if (name.starts_with("loop") || name.starts_with("ram")) continue;
    const std::string folder = "/sys/block/" + name;
    Json disk;
    disk.Set("name", name);
    if (const auto sectors = sources.Value(folder + "/size")) {
      // Sectors of 512 bytes here, whatever those of the disk are.
      if (const auto number = Number(*sectors)) disk.Set("size", *number * 512);
    }
    for (const char* what :
         {"ro", "removable", "queue/rotational", "device/vendor", "device/model"}) {
      const auto value = sources.Value(folder + "/" + what);
      const std::string_view key = what;
      if (value) disk.Set(std::string(key.substr(key.find('/') + 1)), NumberOrText(*value));
    }
    disks.Push(std::move(disk));
  }
  return disks;
}

Json Mounts(Sources& sources) {
  const auto text = sources.Text("/proc/self/mountinfo");
  if (!text) return {};
  Json mounts;
  size_t count = 0;
  for (const os::Mount& mount : os::ParseMountInfo(*text)) {
    if (++count > kMaxMounts) continue;
    Json row;
    row.Set("point", mount.point);
    row.Set("type", mount.type);
    row.Set("source", mount.source);
    row.Set("options", mount.options);
    if (os::MayHang(mount.type)) row.Set("network", true);
    mounts.Push(std::move(row));
  }
  if (count > kMaxMounts) {
    sources.Complain("/proc/self/mountinfo",
                     {Code::kFull,
                      {"kinds.host_facts.mounts",
                       {{"total", std::to_string(count)}, {"kept", std::to_string(kMaxMounts)}}}});
  }
  return mounts;
}

// What the maker's name in the firmware says about a virtual machine.
std::string_view HypervisorOf(std::string_view firmware) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"VMware", "vmware"},
      {"VirtualBox", "virtualbox"},
      {"innotek", "virtualbox"},
      {"Amazon EC2", "ec2"},
      {"Google Compute", "gce"},
      {"OpenStack", "openstack"},
      {"Nutanix", "nutanix"},
      {"HVM domU", "xen"},
      {"Xen", "xen"},
      {"Virtual Machine", "hyper-v"},
      {"Parallels", "parallels"},
      {"Alibaba Cloud", "alibaba"},
      {"KVM", "kvm"},
      {"QEMU", "kvm"},
      {"Bochs", "bochs"},
  };
  for (const auto& [needle, name] : kNames) {
    if (firmware.find(needle) != std::string_view::npos) return name;
  }
  return {};
}

std::string ContainerOf(Sources& sources) {
  if (const auto name = sources.Value("/run/systemd/container")) return *name;
  if (sources.Exists("/.dockerenv")) return "docker";
  if (sources.Exists("/run/.containerenv")) return "podman";
  if (const auto groups = sources.Text("/proc/1/cgroup")) {
    for (const char* name : {"kubepods", "docker", "lxc", "libpod"}) {
      if (groups->find(name) != std::string::npos) return name;
    }
  }
  return {};
}

Json Virtualization(Sources& sources) {
  std::string firmware;
  for (const char* path : {"/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name",
                           "/sys/class/dmi/id/product_version", "/sys/class/dmi/id/bios_vendor"}) {
    firmware += sources.Value(path).value_or("") + "\n";
  }
  Json found;
  if (const auto cpuinfo = sources.Text("/proc/cpuinfo")) {
    found.Set("hypervisor_flag", HasHypervisorFlag(*cpuinfo));
  }
  const std::string_view maker = HypervisorOf(firmware);
  if (!maker.empty()) {
    found.Set("hypervisor", maker);
  } else if (const auto type = sources.Value("/sys/hypervisor/type")) {
    found.Set("hypervisor", *type);
  }
  const std::string container = ContainerOf(sources);
  if (!container.empty()) found.Set("container", container);
  const auto version = sources.Value("/proc/version");
  if (version && version->find("icrosoft") != std::string::npos) found.Set("wsl", true);
  return found;
}

Json Security(Sources& sources) {
  constexpr Source kTable[] = {
      {"modules", "/sys/kernel/security/lsm"},
      {"selinux_enforcing", "/sys/fs/selinux/enforce"},
      {"apparmor_enabled", "/sys/module/apparmor/parameters/enabled"},
      {"lockdown", "/sys/kernel/security/lockdown"},
      {"fips", "/proc/sys/crypto/fips_enabled"},
  };
  Json security = FromTable(sources, kTable, Values::kNumbers);
  if (const auto config = sources.Text("/etc/selinux/config")) {
    const Json values = Assignments(*config);
    for (const char* name : {"SELINUX", "SELINUXTYPE"}) {
      const std::string value = values.StringOr(name, "");
      if (!value.empty()) security.Set(std::string("config_") + name, value);
    }
  }
  if (const auto profiles = sources.Text("/sys/kernel/security/apparmor/profiles")) {
    security.Set("apparmor_profiles", static_cast<int64_t>(os::Lines(*profiles).size()));
  }
  return security;
}

// Whether there is anything to ask; what it says is another kind's.
Json Firmware(Sources& sources) {
  if (!sources.Exists("/sys")) return {};
  const std::string efi = "/sys/firmware/efi";
  Json firmware;
  firmware.Set("efi", sources.Exists(efi));
  firmware.Set("secure_boot_variable",
               sources.Exists(efi + "/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"));
  return firmware;
}

Json SystemLimits(Sources& sources) {
  constexpr Source kTable[] = {
      {"files_in_use", "/proc/sys/fs/file-nr"},
      {"files", "/proc/sys/fs/file-max"},
      {"files_per_process", "/proc/sys/fs/nr_open"},
      {"inotify_watches", "/proc/sys/fs/inotify/max_user_watches"},
      {"pids", "/proc/sys/kernel/pid_max"},
      {"threads", "/proc/sys/kernel/threads-max"},
      {"memory_maps", "/proc/sys/vm/max_map_count"},
      {"overcommit", "/proc/sys/vm/overcommit_memory"},
      {"swappiness", "/proc/sys/vm/swappiness"},
      {"core_pattern", "/proc/sys/kernel/core_pattern"},
      {"local_ports", "/proc/sys/net/ipv4/ip_local_port_range"},
  };
  return FromTable(sources, kTable, Values::kNumbers);
}

struct Section {
  const char* name;
  Json (*make)(Sources& sources);
};

constexpr Section kSections[] = {
    {"system", &System},
    {"os_release", &OsRelease},
    {"kernel", &Kernel},
    {"dmi", &Dmi},
    {"cpu", &Cpu},
    {"memory", &Memory},
    {"swap", &Swap},
    {"load", &Load},
    {"clock", &Clock},
    {"time_sync", &TimeSync},
    {"locale", &Locale},
    {"virtualization", &Virtualization},
    {"security", &Security},
    {"firmware", &Firmware},
    {"limits", &SystemLimits},
    {"disks", &Disks},
    {"mounts", &Mounts},
};

Status Run(const Context& context, bundle::Entry& entry) {
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"host_facts.json", {}, context.host.Now()}));
  Sources sources(context, &entry, nullptr);
  Json facts;
  Status ended;
  for (const Section& section : kSections) {
    if (context.deadline.Expired()) {
      ended = OutOfTime(context.deadline);
      member.MarkCut(bundle::Cut::kTail);
      break;
    }
    Json made = section.make(sources);
    if (!made.is_null()) facts.Set(section.name, std::move(made));
  }
  RETURN_IF_ERROR(member.Document(facts));
  RETURN_IF_ERROR(member.Close());
  return ended;
}

Status Foresee(const Context& context, Preview& preview) {
  constexpr uint64_t kUsualSize = 16U << 10U;
  Sources sources(context, nullptr, &preview);
  for (const Section& section : kSections) {
    section.make(sources);
  }
  preview.bytes = std::min(kUsualSize, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kHostFactsKind = {
    "host_facts",
    {},
    {.timeout = std::chrono::seconds(20), .max_bytes = 2U << 20U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

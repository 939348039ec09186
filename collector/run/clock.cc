#include "collector/run/clock.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "collector/os/read.h"
#include "collector/os/user_file.h"

namespace casepack::run {
namespace {

using records::Window;
using records::Zone;

constexpr std::string_view kDatabase = "/usr/share/zoneinfo/";
constexpr size_t kMostBytes = 64U << 10U;

// "Asia/Tokyo"; nothing that leads to another file.
bool IsZoneName(std::string_view name) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-";
  return !name.empty() && name.size() < 64 && name.front() != '/' &&
         name.find_first_not_of(kAllowed) == std::string_view::npos;
}

// Of the host that is looked at, else of the machine that we run on.
std::optional<Zone> FromDatabase(const os::Host& host, std::string_view name) {
  if (!IsZoneName(name)) return std::nullopt;
  const std::string path = std::string(kDatabase) + std::string(name);
  if (const auto bytes = os::ReadFile(host, path, kMostBytes)) {
    if (auto zone = Zone::FromTzif(*bytes)) return zone;
  }
  const auto own = os::OpenHost({});
  if (!own) return std::nullopt;
  const auto bytes = os::ReadFile(**own, path, kMostBytes);
  return bytes ? Zone::FromTzif(*bytes) : std::nullopt;
}

Window Made(Zone zone, records::ZoneSource source, std::string name) {
  Window window;
  window.zone = std::make_shared<const Zone>(std::move(zone));
  window.zone_source = source;
  window.zone_name = std::move(name);
  return window;
}

// What /etc/localtime is a link to, or /etc/timezone says.
std::string HostsName(const os::Host& host) {
  if (const auto link = host.ReadLink("/etc/localtime")) {
    const size_t at = link->find("zoneinfo/");
    if (at != std::string::npos) return link->substr(at + std::string_view("zoneinfo/").size());
  }
  const auto text = os::ReadFile(host, "/etc/timezone", 256);
  return text ? std::string(os::Trim(*text)) : std::string();
}

}  // namespace

base::Result<Window> ReadClock(const os::Host& host, const std::string& given) {
  if (!given.empty()) {
    if (auto zone = Zone::FromOffset(given)) {
      return Made(std::move(*zone), records::ZoneSource::kGiven, given);
    }
    if (auto zone = FromDatabase(host, given)) {
      return Made(std::move(*zone), records::ZoneSource::kGiven, given);
    }
    return base::Status(base::Code::kInvalid, {"run.clock.zone", {{"value", given}}});
  }
  const std::string name = HostsName(host);
  std::optional<Zone> zone;
  if (const auto bytes = os::ReadFile(host, "/etc/localtime", kMostBytes)) {
    zone = Zone::FromTzif(*bytes);
  }
  if (!zone) zone = FromDatabase(host, name);
  if (!zone) return Made(Zone(), records::ZoneSource::kUtc, "UTC");
  return Made(std::move(*zone), records::ZoneSource::kHost,
              IsZoneName(name) ? name : "/etc/localtime");
}

}  // namespace casepack::run

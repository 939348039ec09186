// Whom to probe: the targets of an item, with the names that the user gave or that this
// host's own files and programs know in the places of {manager}, {relay} and so on.
// probe.cc's own header.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/os/net_address.h"
#include "collector/os/net_url.h"
#include "collector/os/read.h"

namespace casepack::kinds {

struct ProbeItem {
  std::string id;  // "dsr.4122"; the second of several relays: "dsr.4122.2"
  os::ProbeTarget target;
};

struct KnownName {
  std::string role;
  std::string value;  // a host; of a proxy with its port
  std::string from;   // the file or the command; empty: the user's word
};

struct ProbePlan {
  std::vector<ProbeItem> items;
  std::vector<KnownName> known;
  std::vector<std::string> unknown;  // roles that a target wants and nobody is known for
};

inline constexpr size_t kMaxNames = 8;  // of a role: what a log says has no end
inline constexpr size_t kMaxProbes = 256;

inline std::vector<std::string_view> SplitAt(std::string_view text, char separator, size_t most) {
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < most && text.find(separator) != std::string_view::npos) {
    parts.push_back(text.substr(0, text.find(separator)));
    text.remove_prefix(parts.back().size() + 1);
  }
  parts.push_back(text);
  return parts;
}

// "https://dsm.example:4120/" -> "dsm.example:4120", without user and password.
inline std::string Authority(std::string_view value) {
  if (const size_t at = value.find("://"); at != std::string_view::npos)
    value.remove_prefix(at + 3);
  value = value.substr(0, value.find_first_of("/?#"));
  if (const size_t at = value.rfind('@'); at != std::string_view::npos) value.remove_prefix(at + 1);
  return std::string(value);
}

inline std::string HostOnly(const std::string& authority) {
  if (os::IsAddress(authority)) return authority;
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

// What stands behind a key: blanks, '=' and ':' and a quote between them are no part of it.
inline std::string ValueBehind(std::string_view rest) {
  const size_t begin = rest.find_first_not_of(" \t=:\"'<");
  if (begin == std::string_view::npos) return {};
  rest.remove_prefix(begin);
  return std::string(rest.substr(0, rest.find_first_of(" \t,;\"'<>\r\n")));
}

// Where a manifest says that a name may be found: "ROLE|run|PROGRAM ARGUMENT...|KEY",
// "ROLE|file|PATH|KEY" (KEY begins a line) or "ROLE|log|PATH|KEY" (anywhere in a line).
class NameFinder {
 public:
  NameFinder(const Context& context, ProbePlan& plan) : context_(context), plan_(plan) {}

  void Look(std::string_view source) {
    const std::vector<std::string_view> parts = SplitAt(source, '|', 4);
    if (parts.size() != 4) return;
    const std::string where(parts[2]);
    const std::string* text = parts[1] == "run" ? &OutputOf(where) : &ContentOf(where);
    for (const std::string_view line : os::Lines(*text)) {
      const size_t at = line.find(parts[3]);
      const bool first = line.find_first_not_of(" \t") == at;
      if (at == std::string_view::npos || (parts[1] != "log" && !first)) continue;
      Add(std::string(parts[0]), ValueBehind(line.substr(at + parts[3].size())), where);
    }
  }

  // Names that are none are left out: this is a host's file, and may hold anything.
  void Add(const std::string& role, const std::string& value, const std::string& from) {
    const bool proxy = role == "proxy" || role == "pac" || role == "proxy_variable";
    const std::string name = proxy ? Authority(value) : HostOnly(Authority(value));
    const bool fine = proxy ? !name.empty() : os::IsHost(name);
    const auto of_role = std::count_if(plan_.known.begin(), plan_.known.end(),
                                       [&](const KnownName& one) { return one.role == role; });
    const bool there =
        std::any_of(plan_.known.begin(), plan_.known.end(),
                    [&](const KnownName& one) { return one.role == role && one.value == name; });
    if (!fine || there || static_cast<size_t>(of_role) >= kMaxNames) return;
    plan_.known.push_back({role, name, from});
  }

 private:
  static constexpr size_t kMaxText = 1U << 20U;

  const std::string& OutputOf(const std::string& line) {
    const auto [at, is_new] = texts_.try_emplace("run " + line);
    if (!is_new) return at->second;
    std::vector<std::string> argv;
    for (const std::string_view word : SplitAt(line, ' ', 16))
      argv.emplace_back(word);
    const auto program = context_.host.FindProgram(argv[0]);
    if (!program) return at->second;
    argv[0] = *program;
    base::Deadline deadline =
        base::Deadline::After(std::chrono::seconds(5), context_.deadline.stop);
    deadline.at = std::min(deadline.at, context_.deadline.at);
    std::string& text = at->second;
    const auto keep = [&text](os::OutputStream, std::string_view bytes) {
      text.append(bytes.substr(0, kMaxText - text.size()));
      return text.size() < kMaxText ? os::Wants::kMore : os::Wants::kNoMore;
    };
    const auto exit = context_.host.Run({.argv = argv, .environment = {}}, deadline, keep);
    if (!exit) text.clear();
    return text;
  }

  const std::string& ContentOf(const std::string& path) {
    const auto [at, is_new] = texts_.try_emplace("file " + path);
    if (!is_new) return at->second;
    auto text = os::ReadFile(context_.host, path, kMaxText);
    if (text) at->second = std::move(*text);
    return at->second;
  }

  const Context& context_;
  ProbePlan& plan_;
  std::map<std::string, std::string> texts_;
};

inline constexpr const char* kRoles[] = {"manager", "relay", "agent", "ntp"};

// Whatever a manifest calls a role: only these are lists of names.
inline bool IsGiven(const Context& context, std::string_view role) {
  const bool is_role = std::find(std::begin(kRoles), std::end(kRoles), role) != std::end(kRoles);
  return is_role && context.options.Has(role) && !context.options.TextList(role).empty();
}

inline void AddGiven(const Context& context, ProbePlan& plan) {
  NameFinder finder(context, plan);
  for (const char* role : kRoles) {
    if (!IsGiven(context, role)) continue;
    for (const std::string& name : context.options.TextList(role))
      finder.Add(role, name, {});
  }
}

// What the user named counts alone; else what the host knows.
inline void FindNames(const Context& context, ProbePlan& plan) {
  AddGiven(context, plan);
  NameFinder finder(context, plan);
  if (!context.options.Has("find")) return;
  for (const std::string& source : context.options.TextList("find")) {
    if (!IsGiven(context, SplitAt(source, '|', 2)[0])) finder.Look(source);
  }
}

// "id=url" with "{role}" in it, for each name of that role.
inline base::Status AddTargets(const std::string& text, ProbePlan& plan) {
  const size_t scheme = text.find("://");
  const size_t equals = text.find('=');
  const bool named =
      equals != std::string::npos && (scheme == std::string::npos || equals < scheme);
  const std::string url = named ? text.substr(equals + 1) : text;
  const std::string id = named ? text.substr(0, equals) : text;
  const size_t open = url.find('{');
  const size_t close = url.find('}');
  if (open == std::string::npos || close == std::string::npos || close < open) {
    ASSIGN_OR_RETURN(os::ProbeTarget target, os::ParseTarget(url));
    plan.items.push_back({id, std::move(target)});
    return {};
  }
  const std::string role = url.substr(open + 1, close - open - 1);
  int count = 0;
  for (const KnownName& known : plan.known) {
    if (known.role != role) continue;
    const bool ipv6 = known.value.find(':') != std::string::npos && os::IsAddress(known.value);
    const std::string host = ipv6 ? "[" + known.value + "]" : known.value;
    ASSIGN_OR_RETURN(os::ProbeTarget target,
                     os::ParseTarget(url.substr(0, open) + host + url.substr(close + 1)));
    const std::string number = ++count == 1 ? std::string() : "." + std::to_string(count);
    plan.items.push_back({id + number, std::move(target)});
  }
  const auto& unknown = plan.unknown;
  if (count == 0 && std::find(unknown.begin(), unknown.end(), role) == unknown.end()) {
    plan.unknown.push_back(role);
  }
  return {};
}

}  // namespace casepack::kinds

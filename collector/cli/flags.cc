#include "collector/cli/flags.h"

namespace casepack::cli {
namespace {

constexpr std::string_view kAll =
    "collect plan probe dsm show analyze diff fleet verify redact reveal rules manifest version "
    "help";

constexpr Command kCommands[] = {
    {"collect", "", 0, 0},
    {"plan", "", 0, 0},
    {"probe", "[TARGET...]", 0, 256},
    {"dsm", "", 0, 0},
    {"show", "BUNDLE [MEMBER]", 1, 2},
    {"analyze", "BUNDLE", 1, 1},
    {"diff", "HEALTHY BROKEN", 2, 2},
    {"fleet", "BUNDLE|DIR|LIST|-...", 0, 1'000'000},
    {"verify", "BUNDLE", 1, 1},
    {"redact", "[FILE|ARCHIVE|-]", 0, 1},
    {"reveal", "MAP [FILE|-]", 1, 2},
    {"rules", "list|test [FILE...]", 1, 1000},
    {"manifest", "list|show ID|check FILE...|schema|reference", 1, 1000},
    {"version", "", 0, 0},
    {"help", "[COMMAND]", 0, 1},
};

constexpr Flag kFlags[] = {
    {"output", 'o', "FILE|-", Arity::kOne, "collect redact"},
    {"format", 0, "tar.gz|tar.zst|zip", Arity::kOne, "collect"},
    {"error-time", 0, "TIME", Arity::kOne, "collect"},
    {"window", 0, "SPAN", Arity::kOne, "collect"},
    {"time-zone", 0, "ZONE", Arity::kOne, "collect"},
    {"max-size", 0, "SIZE", Arity::kOne, "collect"},
    {"timeout", 0, "TIME", Arity::kOne, "collect probe dsm"},
    {"jobs", 'j', "N", Arity::kOne, "collect"},
    {"product", 0, "NAME|none", Arity::kOne, "collect plan"},
    {"only", 0, "ID", Arity::kMany, "collect plan"},
    {"skip", 0, "ID", Arity::kMany, "collect plan"},
    {"manifest", 0, "FILE", Arity::kMany, "collect plan probe dsm analyze diff manifest"},
    {"role", 0, "agent|relay|manager", Arity::kMany, "collect analyze"},
    {"events", 0, "FILE|-", Arity::kMany, "collect plan"},
    {"manager", 0, "HOST", Arity::kMany, "collect plan probe"},
    {"relay", 0, "HOST", Arity::kMany, "collect plan probe"},
    {"agent", 0, "HOST", Arity::kMany, "collect plan probe"},
    {"proxy", 0, "URL", Arity::kOne, "collect plan probe dsm"},
    {"dsm-url", 0, "URL", Arity::kOne, "collect plan"},
    {"dsm-key-file", 0, "FILE", Arity::kOne, "collect plan"},
    {"dsm-ca", 0, "FILE", Arity::kOne, "collect plan"},
    {"dsm-pin", 0, "SHA256", Arity::kOne, "collect plan"},
    {"url", 0, "URL", Arity::kOne, "dsm"},
    {"api-key-file", 0, "FILE", Arity::kOne, "dsm"},
    {"ca", 0, "FILE", Arity::kOne, "dsm"},
    {"pin", 0, "SHA256", Arity::kOne, "dsm"},
    {"from", 0, "FILE|-", Arity::kOne, "dsm"},
    {"csv", 0, "FILE", Arity::kOne, "dsm"},
    {"diagnostic-package", 0, "path|create|embed", Arity::kOne, "collect plan"},
    {"root", 0, "DIR", Arity::kOne, "collect plan"},
    {"network-mounts", 0, "", Arity::kSwitch, "collect plan"},
    {"yes", 'y', "", Arity::kSwitch, "collect plan"},
    {"rules", 0, "FILE", Arity::kMany, "collect plan probe dsm redact verify"},
    {"pseudonymize", 0, "CLASS,...", Arity::kMaybe, "collect redact verify"},
    {"key-file", 0, "FILE", Arity::kOne, "collect redact"},
    {"map", 0, "FILE", Arity::kOne, "collect redact"},
    {"report", 0, "json", Arity::kOne, "redact"},
    {"json", 0, "FILE|-", Arity::kOne, "fleet"},
    {"html", 0, "FILE|-", Arity::kOne, "fleet"},
    {"csv", 0, "FILE|-", Arity::kOne, "fleet"},
    {"ndjson", 0, "FILE|-", Arity::kOne, "fleet"},
    {"host", 0, "NAME", Arity::kOne, "fleet"},
    {"inventory", 0, "FILE|-", Arity::kOne, "fleet"},
    {"group-file", 0, "FILE", Arity::kOne, "fleet"},
    {"digests", 0, "FILE|-", Arity::kMany, "fleet"},
    {"json", 0, "", Arity::kSwitch,
     "collect plan probe dsm show analyze diff verify rules manifest version"},
    {"healthy", 0, "BUNDLE", Arity::kOne, "collect analyze"},
    {"all", 0, "", Arity::kSwitch, "diff"},
    {"state", 0, "STATE,...", Arity::kMany, "fleet"},
    {"ok-state", 0, "STATE,...", Arity::kMany, "fleet"},
    {"by", 0, "KEY,...", Arity::kMany, "fleet"},
    {"label", 0, "NAME=VALUE", Arity::kMany, "collect"},
    {"digest", 0, "", Arity::kSwitch, "collect"},
    {"quiet", 'q', "", Arity::kSwitch, "collect"},
    {"man", 0, "", Arity::kSwitch, "help"},
    {"completions", 0, "", Arity::kSwitch, "help"},
    {"lang", 0, "ja|en", Arity::kOne, kAll},
    {"help", 'h', "", Arity::kSwitch, kAll},
};

}  // namespace

std::span<const Flag> Flags() { return kFlags; }
std::span<const Command> Commands() { return kCommands; }

bool Applies(const Flag& flag, std::string_view command) {
  std::string_view rest = flag.commands;
  while (!rest.empty()) {
    const size_t blank = rest.find(' ');
    if (rest.substr(0, blank) == command) return true;
    if (blank == std::string_view::npos) break;
    rest.remove_prefix(blank + 1);
  }
  return false;
}

}  // namespace casepack::cli

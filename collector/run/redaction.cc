#include "collector/run/redaction.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "collector/bundle/digest.h"
#include "collector/manifest/builtin.h"
#include "collector/manifest/builtin_rules.h"
#include "collector/manifest/rule_parse.h"
#include "collector/os/read.h"
#include "collector/os/secret_file.h"
#include "collector/os/user_file.h"
#include "redaction/rule_check.h"

namespace casepack::run {
namespace {

using base::Code;
using base::Status;

constexpr size_t kShortestKey = 16;

struct Source {  // where a rule came from
  std::string file;
  base::Json json;
};

struct Gathered {
  std::vector<redaction::Rule> rules;
  std::vector<Source> sources;
  std::vector<manifest::Problem> problems;
};

void Gather(std::string_view file, std::string_view text, Gathered* gathered) {
  manifest::ParsedRules parsed = manifest::ParseRules(file, text);
  std::move(parsed.problems.begin(), parsed.problems.end(), std::back_inserter(gathered->problems));
  for (size_t i = 0; i < parsed.rules.size(); ++i) {
    gathered->rules.push_back(std::move(parsed.rules[i]));
    gathered->sources.push_back({std::string(file), std::move(parsed.sources[i])});
  }
}

base::Result<Gathered> GatherFiles(const std::vector<std::string>& files) {
  Gathered gathered;
  for (const std::string& path : files) {
    ASSIGN_OR_RETURN(const std::string text, os::ReadUserFile(path));
    Gather(path, text, &gathered);
  }
  return gathered;
}

Gathered GatherBuiltin() {
  Gathered gathered;
  for (const auto& file : manifest::BuiltinRuleFiles())
    Gather(file.name, file.text, &gathered);
  return gathered;
}

// All but those whose id the user's own have.
std::vector<redaction::Rule> BuiltinWithout(const std::vector<redaction::Rule>& own) {
  std::set<std::string_view> ids;
  for (const auto& rule : own)
    ids.insert(rule.id);
  std::vector<redaction::Rule> rules = manifest::BuiltinRules();
  rules.erase(std::remove_if(rules.begin(), rules.end(),
                             [&](const auto& rule) { return ids.count(rule.id) > 0; }),
              rules.end());
  return rules;
}

bool IsWarning(redaction::RuleProblem::Kind kind) {
  using Kind = redaction::RuleProblem::Kind;
  return kind == Kind::kNoLiteral || kind == Kind::kNoExample;
}

void Report(const std::vector<redaction::RuleProblem>& problems, const std::vector<Source>& sources,
            LoadedRules* loaded) {
  for (const auto& problem : problems) {
    const Source& source = sources[problem.rule];
    auto& list = IsWarning(problem.kind) ? loaded->warnings : loaded->errors;
    list.push_back(manifest::LocateProblem(source.file, source.json, problem));
  }
}

template <typename T>
void Append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    line.remove_prefix(begin);
    const size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

bool HasDot(std::string_view name) { return name.find('.') != std::string_view::npos; }

void AddHost(std::string_view name, redaction::KnownNames* known) {
  if (name.size() < 2 || name.substr(0, 9) == "localhost") return;
  if (name.find_first_not_of("0123456789.:") == std::string_view::npos) return;
  known->hosts.emplace_back(name);
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos) return;
  known->hosts.emplace_back(name.substr(0, dot));
  if (HasDot(name.substr(dot + 1))) known->domains.emplace_back(name.substr(dot + 1));
}

// resolv.conf(5): search, domain.
void AddDomains(std::string_view text, redaction::KnownNames* known) {
  for (const std::string_view line : os::Lines(text)) {
    const auto words = Words(line);
    if (words.empty() || (words[0] != "search" && words[0] != "domain")) continue;
    for (size_t i = 1; i < words.size(); ++i) {
      if (HasDot(words[i])) known->domains.emplace_back(words[i]);
    }
  }
}

// hosts(5): an address, then its names.
void AddHostsFile(std::string_view text, redaction::KnownNames* known) {
  for (const std::string_view line : os::Lines(text)) {
    const auto words = Words(line.substr(0, line.find('#')));
    for (size_t i = 1; i < words.size(); ++i) {
      if (words[i].substr(0, 4) != "ip6-") AddHost(words[i], known);
    }
  }
}

// passwd(5): people, by their number (login.defs(5): UID_MIN, and nobody at the end).
void AddUsers(std::string_view text, redaction::KnownNames* known) {
  constexpr unsigned kFirst = 1000;
  constexpr unsigned kLast = 60000;
  for (const std::string_view line : os::Lines(text)) {
    const size_t name = line.find(':');
    if (name == std::string_view::npos || name < 2) continue;
    const size_t id = line.find(':', name + 1);
    if (id == std::string_view::npos) continue;
    unsigned number = 0;
    std::from_chars(line.data() + id + 1, line.data() + line.size(), number);
    if (number >= kFirst && number <= kLast) known->users.emplace_back(line.substr(0, name));
  }
}

void MakeUnique(std::vector<std::string>* names) {
  std::sort(names->begin(), names->end());
  names->erase(std::unique(names->begin(), names->end()), names->end());
}

}  // namespace

base::Result<LoadedRules> LoadRules(const std::vector<std::string>& files) {
  LoadedRules loaded;
  ASSIGN_OR_RETURN(Gathered own, GatherFiles(files));
  std::vector<redaction::Rule> builtin = BuiltinWithout(own.rules);
  loaded.errors = std::move(own.problems);
  if (!own.rules.empty()) {
    std::vector<redaction::RuleProblem> problems;
    redaction::Ruleset::Compile(own.rules, redaction::CompileRules::kNow, &problems);
    Report(problems, own.sources, &loaded);
  }
  Append(own.rules, std::move(builtin));
  loaded.rules = redaction::Ruleset::Compile(std::move(own.rules),
                                             redaction::CompileRules::kWhenNeeded, nullptr);
  return loaded;
}

base::Result<LoadedRules> TestRules(const std::vector<std::string>& files) {
  LoadedRules loaded;
  ASSIGN_OR_RETURN(Gathered all, GatherFiles(files));
  if (files.empty()) all = GatherBuiltin();
  loaded.errors = std::move(all.problems);
  std::vector<redaction::RuleProblem> problems;
  loaded.rules =
      redaction::Ruleset::Compile(std::move(all.rules), redaction::CompileRules::kNow, &problems);
  Append(problems, redaction::CheckExamples(*loaded.rules));
  Report(problems, all.sources, &loaded);
  return loaded;
}

base::Result<redaction::IdentifierClasses> ParseClasses(std::string_view text) {
  redaction::IdentifierClasses classes;
  const std::array<std::pair<std::string_view, bool*>, 6> names = {{{"hosts", &classes.hosts},
                                                                    {"users", &classes.users},
                                                                    {"ips", &classes.ips},
                                                                    {"macs", &classes.macs},
                                                                    {"emails", &classes.emails},
                                                                    {"ids", &classes.ids}}};
  if (text == "all") {
    for (const auto& [name, flag] : names)
      *flag = true;
    return classes;
  }
  while (true) {
    const std::string_view word = text.substr(0, text.find(','));
    const auto* found = std::find_if(names.begin(), names.end(),
                                     [&](const auto& row) { return row.first == word; });
    if (found == names.end()) {
      return Status(Code::kInvalid, {"run.redaction.class", {{"word", std::string(word)}}});
    }
    *found->second = true;
    if (word.size() == text.size()) return classes;
    text.remove_prefix(word.size() + 1);
  }
}

base::Result<redaction::PseudonymKey> RandomKey() {
  redaction::PseudonymKey key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
    return Status(Code::kFailed, {"run.redaction.random", {}});
  }
  return key;
}

base::Result<redaction::PseudonymKey> ReadKey(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadSecretFile(path));
  const std::string_view trimmed = os::Trim(text);
  if (trimmed.size() < kShortestKey) {
    return Status(Code::kInvalid, {"run.redaction.short_key",
                                   {{"path", path}, {"least", std::to_string(kShortestKey)}}});
  }
  redaction::PseudonymKey key{};
  const std::string hex = bundle::Sha256Hex(trimmed);
  for (size_t i = 0; i < key.size(); ++i)
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, key[i], 16);
  return key;
}

redaction::KnownNames KnownNamesOf(const os::Host& host) {
  constexpr size_t kMost = size_t{4} << 20;
  redaction::KnownNames known;
  AddHost(host.Identity().name, &known);
  const auto read = [&](const char* path) {
    auto text = os::ReadFile(host, path, kMost);
    return text ? std::move(*text) : std::string();
  };
  const std::string name = read("/etc/hostname");
  AddHost(os::Trim(name), &known);
  AddHostsFile(read("/etc/hosts"), &known);
  AddDomains(read("/etc/resolv.conf"), &known);
  AddUsers(read("/etc/passwd"), &known);
  MakeUnique(&known.hosts);
  MakeUnique(&known.domains);
  MakeUnique(&known.users);
  return known;
}

}  // namespace casepack::run

// What the redaction of a run stands on: the rules (built in, and the user's own), the key
// of the pseudonyms, the names that the host knows of itself. Any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/manifest/problem.h"
#include "collector/os/host.h"
#include "redaction/engine.h"
#include "redaction/ruleset.h"

namespace casepack::run {

struct LoadedRules {
  std::shared_ptr<const redaction::Ruleset> rules;
  std::vector<manifest::Problem> errors;    // none: all rules are good
  std::vector<manifest::Problem> warnings;  // slow ones, ones without an example
};

// The user's rules come first, and one of theirs with the id of a built-in one takes its
// place. Built-in rules are compiled when they are needed. A file that cannot be read is
// the Status.
base::Result<LoadedRules> LoadRules(const std::vector<std::string>& files);

// Do the rules of these files, or else all that are built in, what their examples say?
base::Result<LoadedRules> TestRules(const std::vector<std::string>& files);

// "hosts,users,ips,macs,emails,ids", or "all". kInvalid names the word that is none.
base::Result<redaction::IdentifierClasses> ParseClasses(std::string_view text);

// A fresh one, or made from a file of at least 16 bytes that nobody else may read
// (kRefused otherwise).
base::Result<redaction::PseudonymKey> RandomKey();
base::Result<redaction::PseudonymKey> ReadKey(const std::string& path);

// Host names with their domains, the domains that are searched, the people in passwd.
redaction::KnownNames KnownNamesOf(const os::Host& host);

}  // namespace casepack::run

// The manifests of a run: those compiled in, and the user's own. Any thread.
#pragma once

#include <string>
#include <vector>

#include "collector/base/result.h"
#include "collector/manifest/parse.h"

namespace casepack::run {

struct Loaded {
  std::vector<manifest::Manifest> manifests;
  std::vector<manifest::Problem> problems;  // none: all of them are good
  std::string sha256;  // over the texts, so that a bundle tells which rules made it
};

// The field tables of all kinds, for the parser and the schema.
std::vector<manifest::KindFields> AllKindFields();

// `files` are the user's (--manifest). An item of theirs with the id of a built-in one
// takes its place. A file that cannot be read is the Status.
base::Result<Loaded> LoadManifests(const std::vector<std::string>& files);

}  // namespace casepack::run

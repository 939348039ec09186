// Whom the user wants probed, put into the items of the kind `probe`. Any thread.
#pragma once

#include <string>
#include <vector>

#include "collector/manifest/manifest.h"

namespace casepack::run {

struct ProbeNames {
  std::vector<std::string> manager;
  std::vector<std::string> relay;
  std::vector<std::string> agent;
  std::string proxy;  // may hold a password
};

// What is not named stays as the manifest has it.
void SetProbeNames(std::vector<manifest::Manifest>& manifests, const ProbeNames& names);

}  // namespace casepack::run

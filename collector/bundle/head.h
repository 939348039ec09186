// What a fleet wants of an index.json, without the rest: who the host is, how it is, and how
// each item ended. Read without a tree (base/json_scan.h). Pure, any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/index.h"

namespace casepack::bundle {

struct Head {
  ToolRow tool;
  std::string bundle_id;
  base::Timestamp created{};
  bool complete = true;
  HostRow host;
  std::map<std::string, std::string, std::less<>> labels;
  std::vector<std::string> roles;
  std::string state;  // of the verdict; empty: the bundle was never analysed
  std::optional<base::Timestamp> since;
  std::string top_finding;
  std::vector<std::string> evidence;  // keys of the facts that the verdict rests on
  std::vector<std::pair<std::string, Outcome>> items;
};

// As ParseIndexJson refuses: kInvalid, kUnsupported. What is not needed is passed over, and
// its types are not looked at.
base::Result<Head> ParseHead(std::string_view index_json);

}  // namespace casepack::bundle

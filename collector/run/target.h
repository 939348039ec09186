// Where a bundle goes: its name, the folder inside it, its container and its spool.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/format.h"

namespace casepack::run {

struct Target {
  std::string path;    // "-" for standard output
  std::string folder;  // inside the bundle: the file's name less its suffix
  // Where we chose the name: those that do as well, should another run of the same second
  // have taken it.
  std::vector<std::string> others;
  std::string spool_folder;
  bundle::Format format = bundle::Format::kTarGz;
};

// `output` as in CollectOptions. kInvalid when its name asks for another container than
// `format` does.
base::Result<Target> ChooseTarget(const std::string& output, std::optional<bundle::Format> format,
                                  std::string_view host_name, base::Timestamp created);

}  // namespace casepack::run

// The files of --events, put into the manifests' items that take them. Pure.
#pragma once

#include <string>
#include <vector>

#include "collector/run/load.h"

namespace casepack::run {

// Every item of kind event_file takes these files. False: files, and no such item. Without
// files those items are not planned (IsGiven), so that nobody reads of what he was not
// asked for.
bool GiveEventFiles(const std::vector<std::string>& files, Loaded& loaded);

// False for an item that takes files of the user and has none.
[[nodiscard]] bool IsGiven(const manifest::Item& item);

}  // namespace casepack::run

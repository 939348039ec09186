// The table of kinds, sorted by name. Made from the file names of this folder.
#pragma once

#include <span>
#include <string_view>

#include "collector/kinds/kind.h"

namespace casepack::kinds {

std::span<const Kind* const> All();
const Kind* Find(std::string_view name);  // nullptr when there is none

}  // namespace casepack::kinds

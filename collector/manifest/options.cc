#include "collector/manifest/options.h"

#include <cstdlib>

namespace casepack::manifest {
namespace {

// Going on with another value than the one that was asked for would be worse.
template <typename T, typename Values>
const T& Get(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  if (found == values.end()) std::abort();
  const T* value = std::get_if<T>(&found->second);
  if (value == nullptr) std::abort();
  return *value;
}

}  // namespace

const std::string& Options::Text(std::string_view name) const {
  return Get<std::string>(values_, name);
}

const std::vector<std::string>& Options::TextList(std::string_view name) const {
  return Get<std::vector<std::string>>(values_, name);
}

int64_t Options::Integer(std::string_view name) const { return Get<int64_t>(values_, name); }

uint64_t Options::Size(std::string_view name) const { return Get<uint64_t>(values_, name); }

base::Duration Options::Duration(std::string_view name) const {
  return Get<base::Duration>(values_, name);
}

bool Options::Flag(std::string_view name) const { return Get<bool>(values_, name); }

}  // namespace casepack::manifest

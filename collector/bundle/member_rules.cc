#include "collector/bundle/member_rules.h"

#include <algorithm>

#include "collector/base/utf8.h"
#include "collector/bundle/digest.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::Status;

constexpr size_t kShown = 200;  // of a refused name

Status Refuse(const char* key, std::string_view path) {
  return {Code::kInvalid, {key, {{"name", base::Visible(path.substr(0, kShown))}}}};
}

// No empty component, `.` or `..`.
bool HasPlainComponents(std::string_view path) {
  while (!path.empty()) {
    const std::string_view component = path.substr(0, path.find('/'));
    if (component.empty() || component == "." || component == "..") return false;
    path.remove_prefix(std::min(component.size() + 1, path.size()));
  }
  return true;
}

std::pair<uint64_t, uint64_t> KeyOf(std::string_view name) {
  const std::string hex = Sha256Hex(name);
  return {std::stoull(hex.substr(0, 16), nullptr, 16),
          std::stoull(hex.substr(16, 16), nullptr, 16)};
}

}  // namespace

base::Result<std::string> MemberRules::Accept(std::string_view path) {
  if (path.size() > longest_name_) return Refuse("bundle.reader.long_name", path);
  if (path.find('\\') != std::string_view::npos || base::Visible(path) != path ||
      !HasPlainComponents(path)) {
    return Refuse("bundle.reader.bad_name", path);
  }
  const std::string_view folder = path.substr(0, path.find('/'));
  if (folder_.empty()) folder_ = folder;
  if (folder.empty() || folder != folder_) return Refuse("bundle.reader.other_folder", path);
  std::string_view name = path.substr(folder.size());
  if (!name.empty()) name.remove_prefix(1);
  while (!name.empty() && name.back() == '/')
    name.remove_suffix(1);
  if (!seen_.insert(KeyOf(name)).second) return Refuse("bundle.reader.twice", path);
  return std::string(name);
}

}  // namespace casepack::bundle

#include "collector/run/dsm_access.h"

#include "collector/kinds/dsm_api_document.h"

namespace casepack::run {
namespace {

using base::Code;
using base::Status;

constexpr const char* kKind = "dsm_api";

void Set(const DsmAccess& access, manifest::Options& options) {
  const std::pair<const char*, const std::string*> values[] = {{"url", &access.url},
                                                               {"key_file", &access.key_file},
                                                               {"ca", &access.ca},
                                                               {"pin", &access.pin},
                                                               {"proxy", &access.proxy}};
  for (const auto& [name, value] : values) {
    if (!value->empty()) options.Set(name, *value);
  }
}

}  // namespace

Status SetDsmAccess(std::vector<manifest::Manifest>& manifests, const DsmAccess& access) {
  if (access.url.empty() != access.key_file.empty())
    return {Code::kInvalid, {"run.dsm_access.both", {}}};
  const bool more = !access.ca.empty() || !access.pin.empty();
  if (access.url.empty())
    return more ? Status(Code::kInvalid, {"run.dsm_access.both", {}}) : Status();
  if (!access.ca.empty() && !access.pin.empty())
    return {Code::kInvalid, {"run.dsm_access.ca_and_pin", {}}};
  bool taken = false;
  for (manifest::Manifest& manifest : manifests) {
    for (manifest::Item& item : manifest.items) {
      if (item.kind != kKind) continue;
      Set(access, item.options);
      RETURN_IF_ERROR(kinds::CheckDsm(item.options));
      taken = true;
    }
  }
  return taken ? Status() : Status(Code::kMissing, {"run.dsm_access.not_taken", {}});
}

bool IsAccessible(const manifest::Item& item) {
  return item.kind != kKind || item.options.Has("url");
}

}  // namespace casepack::run

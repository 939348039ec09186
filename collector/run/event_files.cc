#include "collector/run/event_files.h"

namespace casepack::run {
namespace {

constexpr const char* kKind = "event_file";
constexpr const char* kPaths = "paths";

}  // namespace

bool GiveEventFiles(const std::vector<std::string>& files, Loaded& loaded) {
  if (files.empty()) return true;
  bool taken = false;
  for (auto& manifest : loaded.manifests) {
    for (auto& item : manifest.items) {
      if (item.kind != kKind) continue;
      item.options.Set(kPaths, files);
      taken = true;
    }
  }
  return taken;
}

bool IsGiven(const manifest::Item& item) { return item.kind != kKind || item.options.Has(kPaths); }

}  // namespace casepack::run

#include "collector/run/plan.h"

#include <algorithm>

#include "collector/base/nearest.h"
#include "collector/kinds/registry.h"
#include "collector/os/glob.h"
#include "collector/run/dsm_access.h"
#include "collector/run/event_files.h"

namespace casepack::run {
namespace {

using base::Code;
using base::Status;

constexpr std::string_view kNoProduct = "none";

bool MatchesAny(const std::vector<std::string>& patterns, std::string_view id) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return os::MatchName(pattern, id); });
}

bool Holds(const manifest::When& when, const os::HostIdentity& identity, const os::Host& host) {
  const auto& platforms = when.platforms;
  if (!platforms.empty() &&
      std::find(platforms.begin(), platforms.end(), identity.platform) == platforms.end()) {
    return false;
  }
  return std::all_of(when.exists.begin(), when.exists.end(), [&](const std::string& path) {
    const auto info = host.Stat(path, os::Links::kTrusted);
    // What may not be looked at is there: the item itself will say so.
    return info.has_value() || info.error().code() != Code::kMissing;
  });
}

// What makes something, or takes more than a bundle is for, is planned only when the user said so.
bool IsAskedFor(const manifest::Item& item, const Selection& selection) {
  if (item.kind == "diagnostic_package")
    return selection.diagnostic_package == DiagnosticPackage::kCreate;
  if (item.kind == "diagnostic_package_content")
    return selection.diagnostic_package == DiagnosticPackage::kEmbed;
  return true;
}

Status Unknown(const char* key, const std::string& word, const std::vector<std::string>& known) {
  return {Code::kInvalid,
          {key, {{"word", word}, {"nearest", std::string(base::Nearest(word, known))}}}};
}

Status CheckWords(const std::vector<manifest::Manifest>& manifests, const Selection& selection) {
  std::vector<std::string> ids;
  std::vector<std::string> products{std::string(kNoProduct)};
  for (const auto& manifest : manifests) {
    if (!manifest.product.empty()) products.push_back(manifest.product);
    for (const auto& item : manifest.items)
      ids.push_back(item.id);
  }
  for (const auto* patterns : {&selection.only, &selection.skip}) {
    for (const std::string& pattern : *patterns) {
      const bool found = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
        return os::MatchName(pattern, id);
      });
      if (!found) return Unknown("run.plan.unknown_item", pattern, ids);
    }
  }
  const bool known = selection.product.empty() || std::find(products.begin(), products.end(),
                                                            selection.product) != products.end();
  return known ? Status() : Unknown("run.plan.unknown_product", selection.product, products);
}

base::Message WhySkipped(const manifest::Item& item, const Selection& selection) {
  if (MatchesAny(selection.skip, item.id)) return {"run.plan.skipped", {}};
  if (item.consent == manifest::Consent::kAsk && selection.consent != Ask::kAlreadyYes) {
    return {"run.plan.needs_consent", {}};
  }
  return {};
}

}  // namespace

base::Result<Plan> MakePlan(const std::vector<manifest::Manifest>& manifests,
                            const Selection& selection, const os::Host& host) {
  RETURN_IF_ERROR(CheckWords(manifests, selection));
  const os::HostIdentity identity = host.Identity();
  Plan plan;
  for (const auto& manifest : manifests) {
    const bool wanted = manifest.product.empty() || selection.product.empty() ||
                        manifest.product == selection.product;
    if (!wanted || !Holds(manifest.when, identity, host)) continue;
    for (const auto& item : manifest.items) {
      if (!selection.only.empty() && !MatchesAny(selection.only, item.id)) continue;
      if (!IsAskedFor(item, selection)) continue;
      if (!IsGiven(item) || !IsAccessible(item) || !Holds(item.when, identity, host)) continue;
      plan.items.push_back({&item, kinds::Find(item.kind), WhySkipped(item, selection)});
    }
  }
  std::sort(plan.items.begin(), plan.items.end(),
            [](const PlannedItem& a, const PlannedItem& b) { return a.item->id < b.item->id; });
  return plan;
}

}  // namespace casepack::run

// Which items a run has, before any of them is touched. Pure but for asking the host
// whether a path of a condition is there.
#pragma once

#include <string>
#include <vector>

#include "collector/base/result.h"
#include "collector/kinds/kind.h"
#include "collector/manifest/manifest.h"
#include "collector/os/host.h"

namespace casepack::run {

enum class Ask { kNobody, kAlreadyYes };

// The vendor's own diagnostic package: list those that there are, or have one made as well.
enum class DiagnosticPackage { kPath, kCreate, kEmbed };

struct Selection {
  std::string product;            // empty: every product; "none": the host's items alone
  std::vector<std::string> only;  // item ids or patterns; empty: all
  std::vector<std::string> skip;
  DiagnosticPackage diagnostic_package = DiagnosticPackage::kPath;
  Ask consent = Ask::kNobody;  // kAlreadyYes: --yes was given
};

struct PlannedItem {
  const manifest::Item* item = nullptr;  // of the manifests that the plan was made from
  const kinds::Kind* kind = nullptr;
  base::Message skipped;  // not empty: a row without work, and why
};

struct Plan {
  std::vector<PlannedItem> items;  // by id
};

// The manifests outlive the plan. kInvalid with the nearest right word when a product, or
// an id of --only or --skip, names nothing.
base::Result<Plan> MakePlan(const std::vector<manifest::Manifest>& manifests,
                            const Selection& selection, const os::Host& host);

}  // namespace casepack::run

// How the manager's API is reached, as the user says it, put into the items of the kind
// `dsm_api`. The key itself stays in its file. Any thread.
#pragma once

#include <string>
#include <vector>

#include "collector/base/result.h"
#include "collector/manifest/manifest.h"

namespace casepack::run {

struct DsmAccess {
  std::string url;  // empty: nobody is to be asked
  std::string key_file;
  std::string ca;     // a file of certificates; empty: the system's roots
  std::string pin;    // SHA-256 of the manager's certificate
  std::string proxy;  // may hold a password
};

// Every item of the kind gets them. Says what is wrong with them, before anything is
// gathered: kInvalid, kMissing, kDenied, kRefused. Without a URL nothing is set, and the
// items are not planned (IsAccessible).
base::Status SetDsmAccess(std::vector<manifest::Manifest>& manifests, const DsmAccess& access);

// False for an item that asks the manager and was not told how.
[[nodiscard]] bool IsAccessible(const manifest::Item& item);

}  // namespace casepack::run

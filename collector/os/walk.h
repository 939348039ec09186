// The way from the host's root to a name, one component at a time: links are read and
// followed here and not by the system, so that no path leads out of the root, none leads
// through a link that an attacker may have put there or onto a mount that may hang, and
// nothing can be exchanged between the check and the use. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "collector/base/result.h"
#include "collector/os/file_info.h"
#include "collector/os/handle.h"
#include "collector/os/host.h"

namespace casepack::os {

// A mount that is left alone, as a path below the host's root.
struct LeftAlone {
  std::string point;
  std::string type;
};

// What is found at the end of the way.
struct Place {
  Handle folder;     // that holds the name; none for the root itself
  std::string name;  // in that folder; "." for the root
  Handle place;      // stands for the name, open for nothing
  FileInfo info;     // of that
};

class Walker {
 public:
  // kAllFolders: every folder on the way, and what is found, can only have been written by
  // root. For programs that root is to run.
  enum class Trust { kLinks, kAllFolders };
  // kByHand never takes the system's shortcut; for tests.
  enum class Steps { kShortcut, kByHand };

  Walker(Handle root, std::vector<LeftAlone> left_alone, Steps steps = Steps::kShortcut);

  [[nodiscard]] base::Result<Place> Find(const std::string& path, Links links,
                                         Trust trust = Trust::kLinks) const;

 private:
  // True when the place was found without any decision to make.
  bool FindPlain(const std::string& path, Links links, Place* found) const;

  Handle root_;
  std::vector<LeftAlone> left_alone_;
  Steps steps_;
};

}  // namespace casepack::os

// A kind: the code behind an item. A function from (host, options) to bytes, nothing to
// construct and nothing to inherit. Each lives in one file of this folder, which defines
// `extern const Kind k<Name>Kind`; the table of all of them is made from the file names
// when CMake configures (registry.h).
//
// Kinds run at the same time in several threads and keep no state of their own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/entry.h"
#include "collector/manifest/field.h"
#include "collector/manifest/options.h"
#include "collector/os/host.h"
#include "collector/records/window.h"

namespace casepack::kinds {

struct Context {
  const os::Host& host;
  const manifest::Options& options;
  const manifest::Limits& limits;
  base::Deadline deadline;
  // Puts a message into both languages, for a member that people read; may be empty.
  std::function<void(bundle::Text&)> translate = {};
  records::Window window = {};  // the time around the error; all of time if it is not set
};

// What an item would do, found without doing it: stat and reads of headers only, nothing
// is run.
struct Preview {
  enum class Act { kRead, kRun, kList, kProbe };
  struct Step {
    Act act;
    std::string what;               // a path, or an argument vector as one line
    std::optional<uint64_t> bytes;  // as far as it can be told
  };
  std::vector<Step> steps;
  uint64_t steps_left_out = 0;  // beyond kMaxSteps
  uint64_t bytes = 0;           // estimate for the whole item, under its cap

  static constexpr size_t kMaxSteps = 200;
};

struct Kind {
  std::string_view name;  // its file name
  std::span<const manifest::Field> fields;
  manifest::Limits defaults;
  // kMissing: nothing of it is on this host. Honours the deadline by itself and tells
  // kTimedOut, so that what it has by then is kept.
  base::Status (*run)(const Context& context, bundle::Entry& entry);
  base::Status (*preview)(const Context& context, Preview& preview);
};

}  // namespace casepack::kinds

// The items of a plan, run in parallel: by priority, each under its own deadline and all
// under the whole one. An item that does not come back in time (a read that hangs in the
// kernel) is abandoned with its thread: its row says so, and the run goes on.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "collector/base/time.h"
#include "collector/bundle/index.h"
#include "collector/bundle/writer.h"
#include "collector/os/host.h"
#include "collector/records/window.h"
#include "collector/run/observer.h"
#include "collector/run/plan.h"

namespace casepack::run {

struct RunnerOptions {
  unsigned jobs = 2;
  base::Deadline whole;  // its stop flag ends the run early
  // After its deadline an item gets this long to come back by itself. A command needs
  // two grace times to be killed (os/host.h).
  base::Duration patience = std::chrono::seconds(6);
  records::Window window;  // the time around the error, for all items
  // What the plan points into (its manifests): shared with threads that may be left behind.
  std::shared_ptr<const void> keep;
  // As in kinds::Context; owns what it needs, for the same threads.
  std::function<void(bundle::Text&)> translate = {};
};

// One row for each planned item, by id. Threads that hang may be left behind: the host is
// shared with them, and so is options.keep, and the process has to end without taking down
// what they still use (cli/main.cc).
std::vector<bundle::ItemRow> RunItems(const Plan& plan, const std::shared_ptr<const os::Host>& host,
                                      bundle::Writer& writer, const RunnerOptions& options,
                                      Observer& observer);

}  // namespace casepack::run

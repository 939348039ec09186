// What happened on a host, as one list in the order of time. A piece of changes alone.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collector/base/json.h"
#include "collector/base/time.h"

namespace casepack::kinds::changes {

struct Event {
  base::Timestamp time{};
  bool zone_assumed = false;  // its text names no zone, and the host's is not known
  std::string area;           // package, boot, clock, or as the manifest says: network, unit
  std::string source;         // dpkg, apt, rpm, wtmp, kernel, file
  std::string action;
  std::string subject;
  std::vector<std::pair<const char*, std::string>> more;  // "from", "to", "arch"
};

// Keeps the newest when there are too many: an error is mostly younger than its cause by
// days, not by years.
class Timeline {
 public:
  Timeline(base::Timestamp from, size_t most) : from_(from), most_(most) {}

  void Add(Event event) {
    if (event.time < from_) return;
    events_.push_back(std::move(event));
    if (events_.size() >= most_ * 2) Shrink();
  }

  // In the order of time; once, last.
  std::vector<Event> Take() {
    Shrink();
    std::reverse(events_.begin(), events_.end());
    return std::move(events_);
  }

  [[nodiscard]] uint64_t left_out() const { return left_out_; }

 private:
  void Shrink() {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const Event& a, const Event& b) { return a.time > b.time; });
    if (events_.size() <= most_) return;
    left_out_ += events_.size() - most_;
    events_.resize(most_);
  }

  base::Timestamp from_;
  size_t most_;
  std::vector<Event> events_;
  uint64_t left_out_ = 0;
};

inline base::Json Describe(const Event& event) {
  base::Json json;
  json.Set("time", base::FormatUtc(event.time));
  json.Set("zone_assumed", event.zone_assumed);
  json.Set("area", event.area);
  json.Set("source", event.source);
  json.Set("action", event.action);
  json.Set("subject", event.subject);
  for (const auto& [name, value] : event.more)
    json.Set(name, value);
  return json;
}

}  // namespace casepack::kinds::changes

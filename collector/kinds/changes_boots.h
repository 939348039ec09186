// Boots, shutdowns and set clocks out of wtmp, utmp(5): records of 384 bytes as glibc lays
// them out for programs of 32 and of 64 bits alike. Who logged in is not told. A piece of
// changes alone; pure but for the Timeline.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "collector/kinds/changes_event.h"

namespace casepack::kinds::changes {

constexpr size_t kLoginRecord = 384;

class Logins {
 public:
  // One record of kLoginRecord bytes, in the order of the file.
  void Record(std::string_view record, Timeline& timeline) {
    constexpr int64_t kRunLevel = 1;
    constexpr int64_t kBoot = 2;
    constexpr int64_t kNewTime = 3;
    constexpr int64_t kOldTime = 4;
    const int64_t type = Little(record, 0, 2);
    const base::Timestamp time{std::chrono::seconds(Little(record, 340, 4))};
    if (time == base::Timestamp{}) return;
    const std::string user = Text(record.substr(44, 32));
    const std::string kernel = Text(record.substr(76, 256));  // of these, the host's field
    if (type == kRunLevel && user == "shutdown") {
      timeline.Add({time, false, "boot", "wtmp", "shutdown", kernel, {}});
      down_ = true;
    }
    if (type == kBoot) {
      Event event{time, false, "boot", "wtmp", "boot", kernel, {}};
      // Of the first boot that the file knows nothing is known of what was before.
      if (up_) event.more.emplace_back("after", down_ ? "shutdown" : "crash");
      timeline.Add(std::move(event));
      ++boots_;
      up_ = true;
      down_ = false;
      last_boot_ = time;
    }
    if (type == kOldTime) old_ = time;
    if (type == kNewTime && old_) {
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time - *old_).count();
      Event event{time, false, "clock", "wtmp", "set", {}, {}};
      event.more.emplace_back("seconds", std::to_string(seconds));
      timeline.Add(std::move(event));
      old_.reset();
    }
  }

  [[nodiscard]] uint64_t boots() const { return boots_; }
  [[nodiscard]] std::optional<base::Timestamp> last_boot() const { return last_boot_; }

 private:
  static int64_t Little(std::string_view bytes, size_t at, size_t size) {
    int64_t value = 0;
    for (size_t i = size; i-- > 0;)
      value = value * 256 + static_cast<unsigned char>(bytes[at + i]);
    return value;
  }
  static std::string Text(std::string_view field) {
    return std::string(field.substr(0, field.find('\0')));
  }

  uint64_t boots_ = 0;
  bool up_ = false;
  bool down_ = false;
  std::optional<base::Timestamp> last_boot_;
  std::optional<base::Timestamp> old_;
};

}  // namespace casepack::kinds::changes

// The histories of packages: dpkg.log(5)'s lines, apt's history, rpm's install times. A
// piece of changes alone. Pure but for the Timeline that they add to; one thread.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/changes_event.h"
#include "collector/os/read.h"
#include "collector/records/stamp.h"
#include "collector/records/zone.h"

namespace casepack::kinds::changes {

// The host's clock, for texts that name no zone.
struct LocalZone {
  records::Zone zone;
  bool known = false;  // else UTC is assumed
};

// "2026-11-20 10:02:03" or with two blanks between, as apt writes it; moves `line` behind.
inline std::optional<base::Timestamp> ReadLocalTime(const LocalZone& local,
                                                    std::string_view* line) {
  const auto stamp = records::ReadStamp("%Y-%m-%d %H:%M%s", *line);
  if (!stamp) return std::nullopt;
  line->remove_prefix(stamp->end);
  return local.zone.InstantsOf(stamp->clock).earlier;
}

inline std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = os::Trim(text)).empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// "TIME upgrade linux-image-amd64:amd64 6.1.1-1 6.1.2-1"; what is a step of an action, and
// not one, is passed over.
inline void ReadDpkgLine(std::string_view line, const LocalZone& local, Timeline& timeline) {
  const auto time = ReadLocalTime(local, &line);
  if (!time) return;
  const std::vector<std::string_view> words = Words(line);
  if (words.size() < 4) return;
  const std::string_view action = words[0];
  if (action != "install" && action != "upgrade" && action != "remove" && action != "purge") return;
  Event event{*time, !local.known, "package", "dpkg", std::string(action), {}, {}};
  const size_t colon = std::min(words[1].find(':'), words[1].size());
  event.subject = words[1].substr(0, colon);
  if (colon < words[1].size()) event.more.emplace_back("arch", words[1].substr(colon + 1));
  if (words[2] != "<none>") event.more.emplace_back("from", words[2]);
  if (words[3] != "<none>") event.more.emplace_back("to", words[3]);
  timeline.Add(std::move(event));
}

// Paragraphs of "Start-Date:", "Commandline:": what was called; the packages themselves
// are in dpkg's log. Who called is nobody's business.
class AptHistory {
 public:
  void Line(std::string_view line, const LocalZone& local, Timeline& timeline) {
    constexpr std::string_view kStart = "Start-Date:";
    constexpr std::string_view kCommand = "Commandline:";
    if (line.starts_with(kStart)) {
      std::string_view rest = os::Trim(line.substr(kStart.size()));
      start_ = ReadLocalTime(local, &rest);
    }
    if (!line.starts_with(kCommand) || !start_) return;
    timeline.Add({*start_,
                  !local.known,
                  "package",
                  "apt",
                  "run",
                  std::string(os::Trim(line.substr(kCommand.size()))),
                  {}});
    start_.reset();
  }

 private:
  std::optional<base::Timestamp> start_;
};

constexpr const char* kRpmFormat =
    "%{INSTALLTIME}\\t%{NAME}\\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\\t%{ARCH}\\n";

// rpm knows when what is there came; what was before, or is gone, it does not.
inline void ReadRpmLine(std::string_view line, Timeline& timeline) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t tab = line.find('\t');
    parts.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) break;
    line.remove_prefix(tab + 1);
  }
  int64_t seconds = 0;
  if (parts.size() != 4 || parts[1].empty()) return;
  const auto [end, error] =
      std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), seconds);
  if (error != std::errc() || seconds <= 0 || seconds >= (int64_t{1} << 33U)) return;
  timeline.Add({base::Timestamp(std::chrono::seconds(seconds)),
                false,
                "package",
                "rpm",
                "installed",
                std::string(parts[1]),
                {{"arch", std::string(os::Trim(parts[3]))}, {"to", std::string(parts[2])}}});
}

}  // namespace casepack::kinds::changes

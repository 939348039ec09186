// log_window: of logs, their rotations and compressed ones the records between two times,
// by the times in their lines. Of a plain file little more than that is read; a compressed
// one whose neighbours say that it lies outside is not unpacked.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/files.h"
#include "collector/kinds/kind.h"
#include "collector/kinds/log_window_file.h"

namespace casepack::kinds {

extern const Kind kLogWindowKind;

namespace {

using base::Code;
using base::Status;
using base::Timestamp;
using manifest::FieldType;
using manifest::Presence;
using records::Span;

constexpr manifest::Field kFields[] = {
    {"paths", FieldType::kTextList, Presence::kRequired},
    {"undated", FieldType::kSize, Presence::kOptional, "256K"},
};

// Files that are looked into, at most: those whose time of change is nearest behind the
// beginning of the window.
constexpr uint64_t kMostLooked = 4096;
constexpr std::chrono::seconds kSlack(10);
constexpr int kNarrowings = 12;
constexpr uint64_t kMostTimes = 16;  // the bytes that an item may take, read to know better

Before NearestFirst(Timestamp from) {
  return [from](const Candidate& a, const Candidate& b) {
    const bool a_in = a.info.modified >= from;
    const bool b_in = b.info.modified >= from;
    if (a_in != b_in) return a_in;
    if (a.info.modified != b.info.modified) return (a.info.modified < b.info.modified) == a_in;
    return a.path < b.path;
  };
}

// All files of one log, the oldest first.
using Family = std::vector<WindowLog>;

bool OlderFirst(const WindowLog& a, const WindowLog& b) {
  const Timestamp first = a.located.first.value_or(a.candidate.info.modified);
  const Timestamp second = b.located.first.value_or(b.candidate.info.modified);
  if (first != second) return first < second;
  // The same first line: the copy that was rotated away comes before the one that goes on.
  return a.candidate.info.modified < b.candidate.info.modified;
}

uint64_t EstimateOf(const Family& family) {
  uint64_t bytes = 0;
  for (const WindowLog& log : family)
    bytes += log.Estimate();
  return bytes;
}

class LogWindow {
 public:
  LogWindow(const Context& context, bundle::Entry& entry, const Tell& tell)
      : context_(context),
        entry_(entry),
        tell_(tell),
        reader_(context, entry),
        span_(context.window.span) {}

  Status Run(const Selection& selection) {
    RETURN_IF_ERROR(LookAtAll(selection));
    Narrow();
    Status ended = selection.limit;
    // The small ones first: where the item ends early, one large log is cut and not all.
    std::vector<Family*> families;
    for (auto& [name, family] : families_)
      families.push_back(&family);
    std::stable_sort(families.begin(), families.end(), [](const Family* a, const Family* b) {
      return EstimateOf(*a) < EstimateOf(*b);
    });
    for (size_t i = 0; i < families.size(); ++i) {
      const Status taken = TakeFamily(*families[i]);
      if (taken.ok()) continue;
      ended = taken;
      for (++i; i < families.size(); ++i)
        LeaveOut(*families[i], 0);
    }
    TellRows();
    if (selection.left_out > 0) {
      entry_.Note(Joined(context_.options.TextList("paths")),
                  {"kinds.log_window.left_out", {{"count", std::to_string(selection.left_out)}}});
    }
    return ended;
  }

 private:
  Status LookAtAll(const Selection& selection) {
    for (const Candidate& candidate : selection.files) {
      if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
      auto log = reader_.Look(candidate, span_);
      if (!log) {
        TellFailure(candidate.path, log.error());
        continue;
      }
      families_[FamilyOf(candidate.path)].push_back(std::move(*log));
    }
    for (auto& [name, family] : families_)
      std::sort(family.begin(), family.end(), OlderFirst);
    return {};
  }

  void TellFailure(const std::string& path, const Status& status) {
    const bool gone = status.code() == Code::kMissing;
    tell_(path, gone ? Status(Code::kMissing, {"kinds.file.vanished", {}}) : status);
  }

  // Of more than there is room for, what is nearest to the error: the span is halved until
  // it fits.
  void Narrow() {
    const Timestamp error = context_.window.error;
    bool narrowed = false;
    std::vector<WindowLog*> logs;
    for (auto& [name, family] : families_) {
      for (WindowLog& log : family) {
        if (!log.located.ranges.empty()) logs.push_back(&log);
      }
    }
    for (int i = 0; i < kNarrowings && IsTooMuch(logs); ++i) {
      if (!span_.Contains(error) || context_.deadline.Expired()) break;
      const uint64_t before = Estimate();
      const Span wide = span_;
      LookAgain(logs, {error - (error - span_.from) / 2, error + (span_.to - error) / 2});
      // One line, or one hole, that is larger than all: nobody gains by a smaller window.
      if (IsTooMuch(logs) && Estimate() > before - before / 8) {
        LookAgain(logs, wide);
        break;
      }
      narrowed = true;
    }
    if (!narrowed) return;
    entry_.Note(Joined(context_.options.TextList("paths")),
                {"kinds.log_window.narrowed",
                 {{"from", base::FormatUtc(span_.from)}, {"to", base::FormatUtc(span_.to)}}});
  }

  // Ranges hold more than the window: a giant line or trace of a record outside it. Before the
  // window is made smaller, those that seem to be too much are looked through.
  [[nodiscard]] bool IsTooMuch(const std::vector<WindowLog*>& logs) {
    const uint64_t most = context_.limits.max_bytes;
    if (Estimate() <= most) return false;
    for (WindowLog* log : logs) {
      const uint64_t data = std::min(log->Estimate(), log->candidate.info.allocated);
      const bool worth = log->Estimate() > most / 8 && data / kMostTimes < most;
      if (worth && !log->measured) log->measured = reader_.Measure(*log, span_);
    }
    return Estimate() > most;
  }

  void LookAgain(const std::vector<WindowLog*>& logs, const Span& span) {
    span_ = span;
    for (WindowLog* log : logs) {
      if (auto again = reader_.Look(log->candidate, span_)) *log = std::move(*again);
    }
  }

  [[nodiscard]] uint64_t Estimate() const {
    uint64_t bytes = 0;
    for (const auto& [name, family] : families_)
      bytes += EstimateOf(family);
    return bytes;
  }

  Status TakeFamily(Family& family) {
    bool keep = false;
    for (size_t i = 0; i < family.size(); ++i) {
      if (context_.deadline.Expired()) {
        LeaveOut(family, i);
        return OutOfTime(context_.deadline);
      }
      const WindowLog* next = i + 1 < family.size() ? &family[i + 1] : nullptr;
      if (family[i].compressed && IsOutside(family[i], next)) {
        keep = false;
        continue;
      }
      const Status taken = reader_.Take(family[i], span_, &keep);
      if (family[i].shrank) {
        entry_.Note(family[i].candidate.path, {"kinds.log_window.shrank", {}});
      }
      switch (taken.code()) {
        case Code::kOk:
        case Code::kRefused:
          break;  // not text: the entry has noted it
        case Code::kFull:
        case Code::kTimedOut:
        case Code::kCancelled:
        case Code::kNoSpace:
          LeaveOut(family, i + 1);
          return taken;
        default:
          TellFailure(family[i].candidate.path, taken);
      }
    }
    return {};
  }

  // From this one on nothing is read any more: what may be of the window is said to be.
  void LeaveOut(Family& family, size_t from) {
    for (size_t i = from; i < family.size(); ++i) {
      WindowLog& log = family[i];
      const WindowLog* next = i + 1 < family.size() ? &family[i + 1] : nullptr;
      const bool wanted = log.compressed ? !IsOutside(log, next) : !log.located.ranges.empty();
      if (wanted && log.state == "outside") log.state = "left_out";
    }
  }

  // Not worth being unpacked: it begins behind the window, or the next one before it.
  [[nodiscard]] bool IsOutside(const WindowLog& log, const WindowLog* next) const {
    if (!log.dated()) return false;
    const Timestamp changed = log.candidate.info.modified;
    // Last written before its first line, or after the next one began: a clock was set back,
    // and neither says what lies between. (Of copies, whose time of change is later than all,
    // it would be no sign.)
    const Timestamp first = *log.located.first;
    if (first - kSlack > span_.to) return changed + records::kJump > first;
    if (next == nullptr || !next->dated()) return false;
    const Timestamp begun = *next->located.first;
    const bool overlap = changed > begun + records::kJump && changed < begun + std::chrono::days(1);
    return begun + kSlack < span_.from && !(overlap && changed >= span_.from);
  }

  // What was taken first: of many that lie outside not each has room in the index.
  void TellRows() {
    for (const bool outside : {false, true}) {
      for (const auto& [name, family] : families_) {
        for (const WindowLog& log : family) {
          if ((log.state == "outside") == outside) entry_.Log(RowOf(log));
        }
      }
    }
  }

  [[nodiscard]] bundle::LogRow RowOf(const WindowLog& log) const {
    bundle::LogRow row;
    row.path = log.candidate.path;
    row.state = log.state;
    row.format = log.formats.Names();
    if (((log.located.doubts | log.counts.doubts) & records::kZoneAssumed) != 0) {
      row.zone = context_.window.zone_name;
      row.zone_from = records::NameOf(context_.window.zone_source);
    }
    row.first = log.located.first;
    row.last = log.located.last;
    row.bytes = log.counts.kept;
    row.dated = log.counts.dated;
    row.undated = log.counts.undated;
    row.jumps = std::max(log.counts.jumps, log.located.jumps);
    return row;
  }

  const Context& context_;
  bundle::Entry& entry_;
  const Tell& tell_;
  LogReader reader_;
  Span span_;
  std::map<std::string, Family> families_;
};

Status Run(const Context& context, bundle::Entry& entry) {
  Status first;  // of what could not be had
  const Tell tell = [&](std::string_view subject, const Status& status) {
    if (first.ok()) first = status;
    entry.Note(subject, status);
  };
  const Selection selection =
      Finder(context, tell, NearestFirst(context.window.span.from), kMostLooked).Find();
  RETURN_IF_ERROR(LogWindow(context, entry, tell).Run(selection));
  if (entry.Members() > 0 || selection.files.size() > 0) return {};
  if (!first.ok()) return first;
  return selection.matched == 0 ? Missing(context) : Status();
}

Status Foresee(const Context& context, Preview& preview) {
  return ForeseeFiles(context, NearestFirst(context.window.span.from), kMostLooked,
                      context.limits.max_bytes, preview);
}

}  // namespace

const Kind kLogWindowKind = {
    "log_window",
    kFields,
    {.timeout = std::chrono::seconds(60), .max_bytes = 20U << 20U, .max_files = 200},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

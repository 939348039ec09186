// One log of log_window: what it is, where the window is in it, and that part of it. Lives
// on the thread of its item; context and entry are lent to it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/files.h"
#include "collector/kinds/kind.h"
#include "collector/os/decompress.h"
#include "collector/records/cutter.h"
#include "collector/records/line_start.h"
#include "collector/records/locate.h"

namespace casepack::kinds {

struct WindowLog {
  Candidate candidate;
  bool compressed = false;
  uint64_t begin = 0;  // behind a byte-order mark
  records::Encoding encoding = records::Encoding::kBytes;
  records::FormatSet formats;
  records::Located located;   // of a plain one: by ranges
  records::CutCounts counts;  // of what was read
  std::string_view state = "outside";
  bool shrank = false;
  std::optional<uint64_t> measured;  // bytes in the window, if somebody looked

  [[nodiscard]] bool dated() const { return located.first.has_value(); }
  // Bytes that have to be read; of a compressed one nobody knows.
  [[nodiscard]] uint64_t Estimate() const {
    if (measured) return *measured;
    uint64_t bytes = 0;
    for (const records::Range& range : located.ranges)
      bytes += range.end - range.begin;
    // A range begins and ends up to so much before and behind.
    return bytes - std::min<uint64_t>(bytes / 2, 128U << 10U);
  }
};

// The name without what rotation and compression add: the same for all files of one log.
inline std::string FamilyOf(std::string_view path) {
  for (const std::string_view packed : {".gz", ".xz", ".zst", ".bz2", ".old"}) {
    if (path.ends_with(packed)) path.remove_suffix(packed.size());
  }
  // Numbers and dates at the end alone: postgresql-13-main.log is another log than -14-.
  for (;;) {
    size_t end = path.size();
    while (end > 0 && path[end - 1] >= '0' && path[end - 1] <= '9')
      --end;
    const bool marked = end > 1 && end < path.size() &&
                        std::string_view(".-_").find(path[end - 1]) != std::string_view::npos &&
                        path[end - 2] != '/';
    if (!marked) return std::string(path);
    path = path.substr(0, end - 1);
  }
}

class LogReader {
 public:
  LogReader(const Context& context, bundle::Entry& entry) : context_(context), entry_(entry) {}

  // Looks at the head of a file, and where the span is in a plain one.
  base::Result<WindowLog> Look(const Candidate& candidate, const records::Span& span) {
    WindowLog log;
    log.candidate = candidate;
    ASSIGN_OR_RETURN(os::File file, context_.host.Open(candidate.path, candidate.links));
    log.candidate.info = file.info();
    RETURN_IF_ERROR(LookAt(file, log, span));
    return log;
  }

  // The bytes that Take would give, of a plain one; nullopt when it cannot be known in time.
  std::optional<uint64_t> Measure(WindowLog& log, const records::Span& span) {
    auto file = context_.host.Open(log.candidate.path, log.candidate.links);
    if (!file) return std::nullopt;
    log_ = &log;
    uint64_t bytes = 0;
    for (const records::Range& range : log.located.ranges) {
      records::Cutter cutter(log.encoding, log.formats, {*context_.window.zone, range.near}, span,
                             [&](std::string_view part) {
                               bytes += part.size();
                               return base::Status();
                             });
      HoleFilter filter([&](std::string_view part) { return cutter.Feed(part); });
      if (!Read(*file, range, filter).ok() || !filter.Flush().ok()) return std::nullopt;
      if (!cutter.Finish().ok()) return std::nullopt;
    }
    return bytes;
  }

  // The part of it within the span, into a member of its own if there is any. `keep`:
  // whether the last record of the file before was kept; then of this one.
  base::Status Take(WindowLog& log, const records::Span& span, bool* keep) {
    ASSIGN_OR_RETURN(os::File file, context_.host.Open(log.candidate.path, log.candidate.links));
    const bool same = file.info().inode == log.candidate.info.inode;
    if (!same || file.info().size < log.candidate.info.size) {
      WindowLog again;  // rotated since: another file is there, or it begins again
      again.shrank = same;
      again.candidate = log.candidate;
      again.candidate.info = file.info();
      log = std::move(again);
      RETURN_IF_ERROR(LookAt(file, log, span));
    }
    log_ = &log;
    member_.reset();
    base::Status taken;
    if (!log.dated()) {
      taken = Undated(file, span);
    } else if (log.compressed) {
      taken = Unpack(file, span, keep);
    } else {
      taken = Plain(file, span, keep);
    }
    if (!member_) return taken;
    if (!taken.ok()) member_->MarkCut(bundle::Cut::kTail);
    log.state = log.dated() ? "taken" : "undated";
    const base::Status closed = member_->Close();
    return taken.ok() ? closed : taken;
  }

 private:
  static constexpr size_t kBuffer = 256U << 10U;
  static constexpr size_t kHead = 64U << 10U;

  base::Status LookAt(os::File& file, WindowLog& log, const records::Span& span) {
    std::string head(kHead, '\0');
    RETURN_IF_ERROR(file.Seek(file.NextData(0)));
    ASSIGN_OR_RETURN(const size_t got, file.Read(head));
    head.resize(got);
    if (file.info().size == 0) {
      log.state = "empty";
      return {};
    }
    log.compressed = !os::CompressionOf(head).empty();
    if (log.compressed) {
      head.clear();
      const base::Status unpacked = os::Decompress(file, [&](std::string_view bytes) {
        head += bytes;
        return head.size() < kHead;
      });
      if (!unpacked.ok() && head.empty()) return unpacked;
      if (head.empty()) {
        log.state = "empty";
        return {};
      }
    }
    log.encoding = records::EncodingOf(head);
    log.begin = records::MarkOf(head);
    // A time of change may have been set to anything; nothing is newer than both.
    const base::Timestamp latest =
        std::max(records::Sane(log.candidate.info.modified), context_.host.Now()) +
        std::chrono::hours(26);
    if (log.compressed) return LookAtPacked(log, head, latest);
    const records::Source source = SourceOf(file, log);
    RETURN_IF_ERROR(records::LearnFormats(source, latest, log.formats));
    return Find(source, log, span);
  }

  base::Status Find(const records::Source& source, WindowLog& log, const records::Span& span) {
    if (log.formats.empty()) return {};
    ASSIGN_OR_RETURN(log.located, records::Locate(source, log.formats, *context_.window.zone, span,
                                                  {.near = Latest(log), .carry = true}));
    entry_.CountRead(log.located.read);
    return {};
  }

  base::Status LookAtPacked(WindowLog& log, std::string_view head, base::Timestamp latest) {
    const std::string text = records::ToUtf8(log.encoding, head.substr(log.begin));
    log.formats.Learn(text, latest);
    std::string_view rest = text;
    while (!rest.empty() && !log.dated()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      if (const auto dated = log.formats.Date(rest.substr(0, end))) {
        const auto instant = TimelineOf(log).Look(dated->stamp);
        log.located.first = instant.time;
        log.located.doubts = instant.doubts;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
  }

  [[nodiscard]] records::Timeline TimelineOf(const WindowLog& log) const {
    return {*context_.window.zone, Latest(log), records::Timeline::Near::kLatest};
  }

  // When it was changed last; of a file from the future, now.
  [[nodiscard]] base::Timestamp Latest(const WindowLog& log) const {
    return std::min(records::Sane(log.candidate.info.modified),
                    context_.host.Now() + std::chrono::hours(26));
  }

  static records::Source SourceOf(os::File& file, const WindowLog& log) {
    records::Source source;
    source.begin = log.begin;
    source.size = log.candidate.info.size;
    source.encoding = log.encoding;
    source.read = [&file](uint64_t offset, std::span<char> buffer) -> base::Result<size_t> {
      RETURN_IF_ERROR(file.Seek(offset));
      size_t sum = 0;
      while (sum < buffer.size()) {
        ASSIGN_OR_RETURN(const size_t got, file.Read(buffer.subspan(sum)));
        if (got == 0) break;
        sum += got;
      }
      return sum;
    };
    source.next_data = [&file](uint64_t offset) { return file.NextData(offset); };
    return source;
  }

  base::Status Plain(os::File& file, const records::Span& span, bool* keep) {
    const uint64_t size = log_->candidate.info.size;
    bool kept = false;
    for (const records::Range& range : log_->located.ranges) {
      records::Cutter cutter = CutterFor({*context_.window.zone, range.near}, span);
      const bool head = &range == &log_->located.ranges.front();
      if (head && log_->located.carried) cutter.StartKept(*keep);
      HoleFilter filter([&](std::string_view bytes) { return cutter.Feed(bytes); });
      const base::Status read = Read(file, range, filter);
      base::Status finished = read.ok() ? filter.Flush() : read;
      if (finished.ok()) finished = cutter.Finish();
      Add(cutter.counts());
      RETURN_IF_ERROR(finished);
      kept = range.end == size && cutter.keeping();
    }
    *keep = kept;
    return {};
  }

  base::Status Read(os::File& file, const records::Range& range, HoleFilter& filter) {
    uint64_t position = range.begin;
    while (position < range.end) {
      if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
      const uint64_t data = file.NextData(position);
      if (data >= range.end) return LookForEnd(file, position);
      if (data > position) filter.Hole();
      RETURN_IF_ERROR(file.Seek(data));
      const auto want = static_cast<size_t>(std::min<uint64_t>(range.end - data, buffer_.size()));
      ASSIGN_OR_RETURN(const size_t got, file.Read({buffer_.data(), want}));
      if (got == 0) {
        log_->shrank = true;
        return {};
      }
      entry_.CountRead(got);
      position = data + got;
      RETURN_IF_ERROR(filter.Write({buffer_.data(), got}));
    }
    return {};
  }

  // No data any more: a hole, or the end of a file that was emptied.
  base::Status LookForEnd(os::File& file, uint64_t position) {
    RETURN_IF_ERROR(file.Seek(position));
    ASSIGN_OR_RETURN(const size_t got, file.Read({buffer_.data(), 1}));
    log_->shrank = got == 0;
    return {};
  }

  base::Status Unpack(os::File& file, const records::Span& span, bool* keep) {
    records::Cutter cutter = CutterFor(TimelineOf(*log_), span);
    cutter.StartKept(*keep);
    base::Status fed;
    uint64_t skip = log_->begin;
    HoleFilter filter([&](std::string_view bytes) { return cutter.Feed(bytes); });
    const base::Status unpacked = os::Decompress(file, [&](std::string_view bytes) {
      const size_t mark = std::min<uint64_t>(skip, bytes.size());
      skip -= mark;
      fed = filter.Write(bytes.substr(mark));
      if (fed.ok() && context_.deadline.Expired()) fed = OutOfTime(context_.deadline);
      return fed.ok();
    });
    entry_.CountRead(file.info().size);
    if (fed.ok()) fed = filter.Flush();
    if (fed.ok()) fed = cutter.Finish();
    Add(cutter.counts());
    *keep = cutter.keeping();
    if (log_->counts.last) log_->located.last = log_->counts.last;
    RETURN_IF_ERROR(fed);
    if (!unpacked.ok()) entry_.Note(log_->candidate.path, unpacked);
    return {};
  }

  // No line tells a time: the end of it, if it was written since the window began.
  base::Status Undated(os::File& file, const records::Span& span) {
    if (log_->state == "empty") return {};
    log_->state = "undated";
    if (log_->candidate.info.modified < span.from) return {};
    if (log_->compressed) {
      entry_.Note(log_->candidate.path, {"kinds.log_window.undated", {}});
      return {};
    }
    const uint64_t size = log_->candidate.info.size;
    const uint64_t most = std::min(context_.options.Size("undated"), entry_.Room());
    records::Range range{log_->begin, size, {}};
    bool cut = size > most;
    if (cut) range.begin = size - most + (size - most) % records::WidthOf(log_->encoding);
    HoleFilter filter([&](std::string_view bytes) {
      if (cut) {  // what is left of the first line belongs to what is not here
        bytes = records::FromLineStart(bytes);
        cut = false;
      }
      return Give(bytes);
    });
    const bool head_cut = cut;
    RETURN_IF_ERROR(Read(file, range, filter));
    RETURN_IF_ERROR(filter.Flush());
    if (head_cut && member_) member_->MarkCut(bundle::Cut::kHead);
    return {};
  }

  records::Cutter CutterFor(const records::Timeline& timeline, const records::Span& span) {
    return {log_->encoding, log_->formats, timeline, span,
            [this](std::string_view bytes) { return Give(bytes); }};
  }

  base::Status Give(std::string_view bytes) {
    if (bytes.empty()) return {};
    if (!member_) {
      const Candidate& from = log_->candidate;
      ASSIGN_OR_RETURN(bundle::MemberWriter member,
                       entry_.Open({from.path.substr(1), from.path, from.info.modified}));
      member_.emplace(std::move(member));
      // So that who reads the part knows what its bytes mean.
      RETURN_IF_ERROR(member_->Write(records::MarkFor(log_->encoding)));
    }
    return member_->Write(bytes);
  }

  void Add(const records::CutCounts& counts) {
    log_->counts.dated += counts.dated;
    log_->counts.undated += counts.undated;
    log_->counts.kept += counts.kept;
    log_->counts.jumps += counts.jumps;
    log_->counts.doubts |= counts.doubts;
    if (counts.last) log_->counts.last = counts.last;
    if (counts.hidden == 0) return;
    entry_.Note(log_->candidate.path,
                {"kinds.log_window.hidden", {{"count", std::to_string(counts.hidden)}}});
    if (member_) member_->MarkCut(bundle::Cut::kHead);
  }

  const Context& context_;
  bundle::Entry& entry_;
  std::vector<char> buffer_ = std::vector<char>(kBuffer);
  WindowLog* log_ = nullptr;  // at work
  std::optional<bundle::MemberWriter> member_;
};

}  // namespace casepack::kinds

// file: files by pattern, the newest first, the end (or the beginning) of each. Compressed
// rotations are read through; holes of sparse files cost nothing; a file that grows is read
// up to the size that it had when it was opened.
#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/files.h"
#include "collector/kinds/kind.h"
#include "collector/os/decompress.h"
#include "collector/records/line_start.h"

namespace casepack::kinds {

extern const Kind kFileKind;

namespace {

using base::Code;
using base::Status;
using manifest::FieldType;
using manifest::Presence;
using records::FromLineStart;
using records::kLineSearch;

constexpr manifest::Field kFields[] = {
    {"paths", FieldType::kTextList, Presence::kRequired},
    {"from", FieldType::kChoice, Presence::kOptional, "tail", "head|tail"},
    {"max_each", FieldType::kSize, Presence::kOptional, "2M"},
};

constexpr size_t kBuffer = 256U << 10U;
constexpr size_t kMagic = 16;
// A file whose size the system tells as 0, as in /proc: read to its end.
constexpr uint64_t kNoEnd = UINT64_MAX;
// The end of a compressed file is kept in memory while all of it goes by.
constexpr uint64_t kMaxRing = 4U << 20U;
// A small file can be a large one in disguise.
constexpr uint64_t kMaxUnpacked = 256U << 20U;

uint64_t Most(const Context& context) { return std::max<uint64_t>(1, context.limits.max_files); }

// --- from a file's bytes to text

// The last bytes of a stream.
class Ring {
 public:
  explicit Ring(uint64_t capacity) : capacity_(static_cast<size_t>(capacity)) {}

  void Feed(std::string_view bytes) {
    kept_ += bytes;
    // Moved down only once in a while.
    if (kept_.size() > 2 * capacity_) Trim();
  }

  [[nodiscard]] bool dropped() const { return dropped_; }

  std::string_view Text() {
    if (kept_.size() > capacity_) Trim();
    return dropped_ ? FromLineStart(kept_) : std::string_view(kept_);
  }

 private:
  void Trim() {
    kept_.erase(0, kept_.size() - capacity_);
    dropped_ = true;
  }

  size_t capacity_;
  std::string kept_;
  bool dropped_ = false;
};

// One file into one member.
class Copier {
 public:
  Copier(const Context& context, bundle::Entry& entry, os::File& file, bundle::MemberWriter& member)
      : context_(context),
        entry_(entry),
        file_(file),
        member_(member),
        tail_(context.options.Text("from") == "tail"),
        // The newest bytes of it, even if the item is nearly full.
        limit_(std::min(context.options.Size("max_each"), entry.Room())) {}

  Status Copy(std::string_view path) {
    ASSIGN_OR_RETURN(const size_t first, file_.Read({buffer_.data(), kMagic}));
    if (!os::CompressionOf({buffer_.data(), first}).empty()) return Unpack(path);
    RETURN_IF_ERROR(file_.Seek(0));
    if (file_.info().size == 0) return Plain(0, kNoEnd);
    const uint64_t size = file_.info().size;
    if (!tail_ || size <= limit_) return Plain(0, size);
    const uint64_t start = size - limit_;
    if (file_.NextData(start) >= size) return Plain(0, size);  // it ends with a hole
    return Tail(start, size);
  }

 private:
  Status Tail(uint64_t start, uint64_t size) {
    member_.MarkCut(bundle::Cut::kHead);
    // From the byte before, to see whether a line begins just there.
    RETURN_IF_ERROR(file_.Seek(start - 1));
    ASSIGN_OR_RETURN(const size_t got, file_.Read({buffer_.data(), kLineSearch}));
    const std::string_view seen(buffer_.data(), got);
    return Plain(start - 1 + (got - FromLineStart(seen).size()), size);
  }

  // From `position` until `end`, not more than the limit.
  Status Plain(uint64_t position, uint64_t end) {
    HoleFilter filter([this](std::string_view bytes) { return Give(bytes); });
    while (position < end && given_ < limit_) {
      if (context_.deadline.Expired()) return CutShort(OutOfTime(context_.deadline));
      const uint64_t data = end == kNoEnd ? position : file_.NextData(position);
      if (data >= end) return filter.Flush();
      if (data > position) filter.Hole();
      RETURN_IF_ERROR(file_.Seek(data));
      const auto want = static_cast<size_t>(std::min<uint64_t>(end - data, buffer_.size()));
      ASSIGN_OR_RETURN(const size_t got, file_.Read({buffer_.data(), want}));
      if (got == 0) return filter.Flush();  // it shrank
      entry_.CountRead(got);
      position = data + got;
      RETURN_IF_ERROR(filter.Write({buffer_.data(), got}));
    }
    if (end == kNoEnd) {
      ASSIGN_OR_RETURN(const size_t more, file_.Read({buffer_.data(), 1}));
      if (more > 0) member_.MarkCut(bundle::Cut::kTail);
    } else if (position < end) {
      member_.MarkCut(bundle::Cut::kTail);
    }
    return filter.Flush();
  }

  Status Unpack(std::string_view path) {
    Ring ring(std::min(limit_, kMaxRing));
    Status written;
    HoleFilter filter([&](std::string_view bytes) {
      if (!tail_) return Give(bytes);
      ring.Feed(bytes);
      return Status();
    });
    RETURN_IF_ERROR(file_.Seek(0));
    uint64_t unpacked = 0;
    bool more = true;
    const Status decompressed = os::Decompress(file_, [&](std::string_view bytes) {
      unpacked += bytes.size();
      written = filter.Write(bytes);
      more = written.ok() && unpacked < kMaxUnpacked && !context_.deadline.Expired() &&
             (tail_ || given_ < limit_);
      return more;
    });
    entry_.CountRead(file_.info().size);
    RETURN_IF_ERROR(written);
    if (!decompressed.ok()) entry_.Note(path, decompressed);
    if (!more) {
      member_.MarkCut(bundle::Cut::kTail);
      if (unpacked >= kMaxUnpacked) {
        entry_.Note(path, {"kinds.file.unpacked", {{"bytes", std::to_string(kMaxUnpacked)}}});
      }
    }
    if (tail_) RETURN_IF_ERROR(GiveTail(ring));
    return context_.deadline.Expired() ? OutOfTime(context_.deadline) : Status();
  }

  Status GiveTail(Ring& ring) {
    const std::string_view text = ring.Text();
    if (ring.dropped()) member_.MarkCut(bundle::Cut::kHead);
    return member_.Write(text);
  }

  Status Give(std::string_view bytes) {
    if (bytes.size() <= limit_ - given_) {
      given_ += bytes.size();
      return member_.Write(bytes);
    }
    // Cut behind a line, or in one without end at a blank: half a secret has no shape that
    // a rule could know.
    member_.MarkCut(bundle::Cut::kTail);
    const std::string_view fits = bytes.substr(0, static_cast<size_t>(limit_ - given_));
    size_t end = fits.rfind('\n');
    if (end == std::string_view::npos) end = fits.find_last_of(" \t");
    given_ = limit_;
    return member_.Write(fits.substr(0, end == std::string_view::npos ? 0 : end + 1));
  }

  Status CutShort(Status status) {
    member_.MarkCut(bundle::Cut::kTail);
    return status;
  }

  const Context& context_;
  bundle::Entry& entry_;
  os::File& file_;
  bundle::MemberWriter& member_;
  bool tail_;
  uint64_t limit_;
  uint64_t given_ = 0;
  std::vector<char> buffer_ = std::vector<char>(kBuffer);
};

// kFull, kTimedOut and what else ends the item; ok when the next file may follow.
Status Take(const Context& context, const Candidate& candidate, bundle::Entry& entry,
            const Tell& tell) {
  auto file = context.host.Open(candidate.path, candidate.links);
  if (!file) {
    if (file.error().code() == Code::kMissing) {
      tell(candidate.path, {Code::kMissing, {"kinds.file.vanished", {}}});
    } else {
      tell(candidate.path, file.error());
    }
    return {};
  }
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({candidate.path.substr(1), candidate.path, file->info().modified}));
  Status copied = Copier(context, entry, *file, member).Copy(candidate.path);
  const Status closed = member.Close();
  if (copied.ok()) copied = closed;
  switch (copied.code()) {
    case Code::kOk:
    case Code::kRefused:
      return {};  // not text: the entry has noted it
    case Code::kFull:
    case Code::kTimedOut:
    case Code::kCancelled:
    case Code::kNoSpace:
      return copied;
    default:
      tell(candidate.path, copied);
      return {};
  }
}

// Takes what fits; tells how many files were not taken.
Status TakeAll(const Context& context, const Selection& selection, bundle::Entry& entry,
               const Tell& tell) {
  uint64_t left = selection.files.size();
  Status ended = selection.limit;
  for (const Candidate& candidate : selection.files) {
    if (entry.Room() == 0) break;
    if (context.deadline.Expired()) {
      ended = OutOfTime(context.deadline);
      break;
    }
    const uint64_t members = entry.Members();
    const Status taken = Take(context, candidate, entry, tell);
    if (taken.ok() || entry.Members() > members) --left;
    if (taken.ok()) continue;
    ended = taken;
    break;
  }
  left += selection.left_out;
  if (left > 0) {
    entry.Note(Joined(context.options.TextList("paths")),
               {"kinds.file.left_out", {{"count", std::to_string(left)}}});
  }
  return ended;
}

Status Run(const Context& context, bundle::Entry& entry) {
  Status first;  // of what could not be had
  const Tell tell = [&](std::string_view subject, const Status& status) {
    if (first.ok()) first = status;
    entry.Note(subject, status);
  };
  const Selection selection = Finder(context, tell, NewestFirst(), Most(context)).Find();
  RETURN_IF_ERROR(TakeAll(context, selection, entry, tell));
  if (entry.Members() > 0) return {};
  // Nothing came: the item is what became of the first file of it.
  if (!first.ok()) return first;
  return selection.matched == 0 ? Missing(context) : Status();
}

Status Foresee(const Context& context, Preview& preview) {
  return ForeseeFiles(context, NewestFirst(), Most(context), context.options.Size("max_each"),
                      preview);
}

}  // namespace

const Kind kFileKind = {
    "file",
    kFields,
    {.timeout = std::chrono::seconds(30), .max_bytes = 10U << 20U, .max_files = 200},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

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

#include "collector/kinds/kind.h"
#include "collector/os/decompress.h"
#include "collector/os/glob.h"

namespace casepack::kinds {

extern const Kind kFileKind;

namespace {

using base::Code;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"paths", FieldType::kTextList, Presence::kRequired},
    {"from", FieldType::kChoice, Presence::kOptional, "tail", "head|tail"},
    {"max_each", FieldType::kSize, Presence::kOptional, "2M"},
};

constexpr size_t kBuffer = 256U << 10U;
constexpr size_t kMagic = 16;
// A file whose size the system tells as 0, as in /proc: read to its end.
constexpr uint64_t kNoEnd = UINT64_MAX;
// How far to look for the start of a line behind a cut.
constexpr size_t kLineSearch = 64U << 10U;
// The end of a compressed file is kept in memory while all of it goes by.
constexpr uint64_t kMaxRing = 4U << 20U;
// A small file can be a large one in disguise.
constexpr uint64_t kMaxUnpacked = 256U << 20U;
// This many zero bytes in a row are a hole and not text in any encoding.
constexpr uint64_t kHole = 64;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

// --- which files

struct Candidate {
  std::string path;
  os::FileInfo info;
  os::Links links = os::Links::kNever;
};

struct NewestFirst {
  bool operator()(const Candidate& a, const Candidate& b) const {
    if (a.info.modified != b.info.modified) return a.info.modified > b.info.modified;
    return a.path < b.path;
  }
};

struct Selection {
  std::set<Candidate, NewestFirst> files;
  std::set<std::string, std::less<>> literal;  // paths named by the manifest itself
  uint64_t matched = 0;                        // names, of whatever type
  uint64_t left_out = 0;                       // over the number of files
  Status limit;                                // why the search ended early
};

// What could not be had, by subject.
using Tell = std::function<void(std::string_view, const Status&)>;

Status NotAFile(os::FileType type) {
  switch (type) {
    case os::FileType::kSymlink:
      return {Code::kRefused, {"kinds.file.link", {}}};
    case os::FileType::kDirectory:
      return {Code::kRefused, {"kinds.file.folder", {}}};
    case os::FileType::kFifo:
      return {Code::kRefused, {"kinds.file.fifo", {}}};
    case os::FileType::kSocket:
      return {Code::kRefused, {"kinds.file.socket", {}}};
    default:
      return {Code::kRefused, {"kinds.file.device", {}}};
  }
}

class Finder {
 public:
  Finder(const Context& context, const Tell& tell) : context_(context), tell_(tell) {}

  Selection Find() {
    const std::vector<std::string>& patterns = context_.options.TextList("paths");
    // Literal names first: what a wildcard finds again is known by then.
    for (const bool wild : {false, true}) {
      for (const std::string& pattern : patterns) {
        if (os::HasWildcard(pattern) == wild) Search(pattern, wild);
      }
    }
    return std::move(selection_);
  }

 private:
  void Search(const std::string& pattern, bool wild) {
    const Status searched =
        os::Glob(context_.host, pattern, {.deadline = context_.deadline}, [&](os::Found found) {
          Consider(std::move(found), wild);
          return true;
        });
    if (searched.ok() || searched.code() == Code::kMissing) return;
    if (searched.code() == Code::kTimedOut || searched.code() == Code::kCancelled) {
      selection_.limit = OutOfTime(context_.deadline);
    } else {
      tell_(pattern, searched);
    }
  }

  void Consider(os::Found found, bool wild) {
    if (wild && selection_.literal.contains(found.path)) return;
    if (found.status.code() == Code::kMissing) return;  // it went while we looked
    if (wild && found.status.ok() && found.info.type == os::FileType::kDirectory) return;
    ++selection_.matched;
    if (!found.status.ok()) {
      tell_(found.path, found.status);
    } else if (found.info.type != os::FileType::kRegular) {
      tell_(found.path, NotAFile(found.info.type));
    } else {
      if (!wild) selection_.literal.insert(found.path);
      Keep({std::move(found.path), found.info, wild ? os::Links::kNever : os::Links::kTrusted});
    }
  }

  // No more than may be taken, whatever the number that matches.
  void Keep(Candidate candidate) {
    selection_.files.insert(std::move(candidate));
    if (selection_.files.size() <= std::max<uint64_t>(1, context_.limits.max_files)) return;
    selection_.files.erase(std::prev(selection_.files.end()));
    ++selection_.left_out;
  }

  const Context& context_;
  const Tell& tell_;
  Selection selection_;
};

std::string Joined(const std::vector<std::string>& patterns) {
  std::string text;
  for (const std::string& pattern : patterns) {
    if (!text.empty()) text += ' ';
    text += pattern;
  }
  return text;
}

Status Missing(const Context& context) {
  return {Code::kMissing,
          {"kinds.file.missing", {{"paths", Joined(context.options.TextList("paths"))}}}};
}

// --- from a file's bytes to text

// Takes long runs of zero bytes out: what a hole reads as. A log that is emptied under its
// writer (logrotate's copytruncate) begins with one.
class HoleFilter {
 public:
  explicit HoleFilter(std::function<Status(std::string_view)> next) : next_(std::move(next)) {}

  Status Write(std::string_view bytes) {
    while (!bytes.empty()) {
      if (bytes.front() == '\0') {
        const size_t run = std::min(bytes.find_first_not_of('\0'), bytes.size());
        zeros_ += run;
        bytes.remove_prefix(run);
        continue;
      }
      RETURN_IF_ERROR(Flush());
      const size_t text = std::min(NextRun(bytes), bytes.size());
      RETURN_IF_ERROR(next_(bytes.substr(0, text)));
      bytes.remove_prefix(text);
    }
    return {};
  }

  void Hole() { zeros_ = kHole; }

  Status Flush() {
    const uint64_t zeros = std::exchange(zeros_, 0);
    if (zeros == 0 || zeros >= kHole) return {};
    return next_(std::string(zeros, '\0'));
  }

 private:
  // Where zeros begin that may be a hole: a run of two, or one at the end of what we have.
  static size_t NextRun(std::string_view bytes) {
    const size_t pair = bytes.find(std::string_view("\0\0", 2));
    if (pair != std::string_view::npos) return pair;
    return bytes.back() == '\0' ? bytes.size() - 1 : bytes.size();
  }

  std::function<Status(std::string_view)> next_;
  uint64_t zeros_ = 0;
};

// Could it be a line of a key's body (RFC 7468)? Nothing but base64, perhaps indented.
bool IsBase64Line(std::string_view line) {
  constexpr std::string_view kBase64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  const size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos || line[first] == '\r') return false;
  const size_t other = line.find_first_not_of(kBase64, first);
  return other == std::string_view::npos || line.substr(other) == "\r";
}

// Behind a cut: what is left of the line is dropped, so that no value is parted from the
// name that tells that it is a secret, and so are the lines behind it that could be the
// rest of a private key whose BEGIN is cut off. A line without end is taken from its next
// field.
std::string_view FromLineStart(std::string_view text) {
  const std::string_view searched = text.substr(0, kLineSearch);
  size_t at = searched.find('\n');
  if (at == std::string_view::npos) {
    at = searched.find_first_of(",;");
    return text.substr(at == std::string_view::npos ? searched.size() : at + 1);
  }
  for (++at; at < searched.size();) {
    const size_t end = std::min(searched.find('\n', at), searched.size());
    if (!IsBase64Line(searched.substr(at, end - at))) break;
    at = std::min(end + 1, searched.size());
  }
  return text.substr(at);
}

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
  const Selection selection = Finder(context, tell).Find();
  RETURN_IF_ERROR(TakeAll(context, selection, entry, tell));
  if (entry.Members() > 0) return {};
  // Nothing came: the item is what became of the first file of it.
  if (!first.ok()) return first;
  return selection.matched == 0 ? Missing(context) : Status();
}

Status Foresee(const Context& context, Preview& preview) {
  Status first;
  const Tell tell = [&](std::string_view, const Status& status) {
    if (first.ok()) first = status;
  };
  const Selection selection = Finder(context, tell).Find();
  for (const Candidate& candidate : selection.files) {
    const uint64_t bytes = std::min(candidate.info.size, context.options.Size("max_each"));
    preview.bytes = std::min(preview.bytes + bytes, context.limits.max_bytes);
    if (preview.steps.size() < Preview::kMaxSteps) {
      preview.steps.push_back({Preview::Act::kRead, candidate.path, bytes});
    } else {
      ++preview.steps_left_out;
    }
  }
  if (!selection.files.empty()) return selection.limit;
  RETURN_IF_ERROR(selection.limit);
  return first.ok() ? Missing(context) : first;
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

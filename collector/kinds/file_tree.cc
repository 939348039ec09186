// file_tree: what lies below a path: type and mode, owner, size, time, name and where a
// link points, a line each, in the order of names. No link is followed, and nothing opened
// but, where the manifest asks for records, files to be digested and the ends of zips; of
// their contents nothing is told.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/base/utf8.h"
#include "collector/kinds/file_tree_records.h"
#include "collector/kinds/kind.h"
#include "collector/os/glob.h"

namespace casepack::kinds {

extern const Kind kFileTreeKind;

namespace {

using base::Code;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"path", FieldType::kText, Presence::kRequired},
    {"max_depth", FieldType::kInteger, Presence::kOptional, "16"},
    {"max_names", FieldType::kInteger, Presence::kOptional, "100000"},
    {"records", FieldType::kFlag, Presence::kOptional, "false"},
    {"digest_each", FieldType::kSize, Presence::kOptional, "0"},
    {"digest_total", FieldType::kSize, Presence::kOptional, "256M"},
};

constexpr size_t kMaxStarts = 10'000;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

char TypeLetter(os::FileType type) {
  switch (type) {
    case os::FileType::kRegular:
      return '-';
    case os::FileType::kDirectory:
      return 'd';
    case os::FileType::kSymlink:
      return 'l';
    case os::FileType::kFifo:
      return 'p';
    case os::FileType::kSocket:
      return 's';
    case os::FileType::kBlockDevice:
      return 'b';
    case os::FileType::kCharDevice:
      return 'c';
    case os::FileType::kUnknown:
      break;
  }
  return '?';
}

struct Special {
  uint32_t bit;
  size_t at;
  char with_x;
  char without_x;
};
constexpr Special kSpecial[] = {{04000, 2, 's', 'S'}, {02000, 5, 's', 'S'}, {01000, 8, 't', 'T'}};

// "rwxr-sr-t", as ls writes it.
std::string ModeLetters(uint32_t mode) {
  std::string letters = "rwxrwxrwx";
  for (size_t i = 0; i < letters.size(); ++i) {
    if ((mode & (0400U >> i)) == 0) letters[i] = '-';
  }
  for (const Special& special : kSpecial) {
    if ((mode & special.bit) == 0) continue;
    letters[special.at] = letters[special.at] == 'x' ? special.with_x : special.without_x;
  }
  return letters;
}

class Walk {
 public:
  // `records` may be null.
  Walk(const Context& context, bundle::Entry& entry, bundle::MemberWriter& member,
       file_tree::Records* records)
      : context_(context),
        entry_(entry),
        member_(member),
        records_(records),
        left_(std::max<int64_t>(0, context.options.Integer("max_names"))),
        max_depth_(context.options.Integer("max_depth")) {}

  // One tree, depth first.
  Status From(os::Found start) {
    std::vector<Name> pending;
    pending.push_back({std::move(start.path), 0});
    std::optional<os::Found> known(std::move(start));
    while (!pending.empty()) {
      if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
      const Name name = std::move(pending.back());
      pending.pop_back();
      // The start was looked at by its pattern; a link there may be one to be followed.
      auto info = known ? Known(*known) : context_.host.Stat(name.path, os::Links::kNever);
      known.reset();
      RETURN_IF_ERROR(Tell(name, info));
      if (info && info->type == os::FileType::kDirectory && name.depth < max_depth_) {
        RETURN_IF_ERROR(List(name, pending));
      }
    }
    return {};
  }

  [[nodiscard]] bool cut() const { return cut_; }

 private:
  struct Name {
    std::string path;
    int64_t depth = 0;
  };

  static base::Result<os::FileInfo> Known(const os::Found& found) {
    if (!found.status.ok()) return found.status;
    return found.info;
  }

  Status Tell(const Name& name, const base::Result<os::FileInfo>& info) {
    if (!info) {
      // Gone since its folder was listed: it is not there, and that is no loss.
      if (info.error().code() == Code::kMissing) return {};
      entry_.Note(name.path, info.error());
      return member_.Write(fmt::format("?????????? - - - - {}\n", base::Visible(name.path)));
    }
    std::string line = fmt::format("{}{} {} {} {} {} {}", TypeLetter(info->type),
                                   ModeLetters(info->mode), info->owner, info->group, info->size,
                                   base::FormatUtc(info->modified), base::Visible(name.path));
    std::string target;
    if (info->type == os::FileType::kSymlink) {
      auto read = context_.host.ReadLink(name.path);
      target = read ? std::move(*read) : "?";
      line += " -> " + base::Visible(target);
    }
    RETURN_IF_ERROR(member_.Write(line + "\n"));
    return records_ == nullptr ? Status() : records_->Add(name.path, *info, target);
  }

  // Puts what the folder holds on top of `pending`, so that it comes next and in order.
  Status List(const Name& folder, std::vector<Name>& pending) {
    const size_t before = pending.size();
    const std::string prefix = folder.path == "/" ? "/" : folder.path + "/";
    const os::Links links = folder.depth == 0 ? os::Links::kTrusted : os::Links::kNever;
    bool late = false;
    const Status listed = context_.host.List(folder.path, links, [&](std::string_view name) {
      late = context_.deadline.Expired();
      if (late) return false;
      if (left_ == 0) {
        cut_ = true;
        return false;
      }
      --left_;
      pending.push_back({prefix + std::string(name), folder.depth + 1});
      return true;
    });
    if (late) return OutOfTime(context_.deadline);
    if (!listed.ok() && listed.code() != Code::kMissing) entry_.Note(folder.path, listed);
    std::sort(pending.begin() + static_cast<std::ptrdiff_t>(before), pending.end(),
              [](const Name& a, const Name& b) { return a.path > b.path; });
    return {};
  }

  const Context& context_;
  bundle::Entry& entry_;
  bundle::MemberWriter& member_;
  file_tree::Records* records_;
  int64_t left_;
  int64_t max_depth_;
  bool cut_ = false;
};

struct Starts {
  std::vector<os::Found> found;
  Status limit;  // why there are no more of them; ok when these are all
};

Starts FindStarts(const Context& context) {
  const std::string& pattern = context.options.Text("path");
  std::vector<os::Found> starts;
  bool more = false;
  const Status searched =
      os::Glob(context.host, pattern, {.deadline = context.deadline}, [&](os::Found found) {
        if (starts.size() >= kMaxStarts) {
          more = true;
          return false;
        }
        starts.push_back(std::move(found));
        return true;
      });
  if (searched.code() == Code::kMissing) {
    return {{}, Status(Code::kMissing, {"kinds.file_tree.missing", {{"path", pattern}}})};
  }
  if (more) {
    return {std::move(starts), Status(Code::kFull, {"kinds.file_tree.starts",
                                                    {{"count", std::to_string(kMaxStarts)}}})};
  }
  return {std::move(starts), searched};
}

Status CloseRecords(const Context& context, file_tree::Records& records, bool cut,
                    bundle::Entry& entry) {
  if (cut) records.MarkCut();
  RETURN_IF_ERROR(records.Close());
  base::Json sums = records.Sums();
  sums.Set("complete", !cut);
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"sums.json", context.options.Text("path"), {}}));
  RETURN_IF_ERROR(member.Document(sums));
  return member.Close();
}

Status Run(const Context& context, bundle::Entry& entry) {
  Starts starts = FindStarts(context);
  if (starts.found.empty() && !starts.limit.ok()) return starts.limit;
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"tree.txt", context.options.Text("path"), {}}));
  std::optional<file_tree::Records> records;
  if (context.options.Flag("records") || context.options.Size("digest_each") > 0) {
    ASSIGN_OR_RETURN(bundle::MemberWriter lines,
                     entry.Open({"tree.ndjson", context.options.Text("path"), {}}));
    records.emplace(context, entry, std::move(lines));
  }
  Walk walk(context, entry, member, records ? &*records : nullptr);
  Status walked = starts.limit;
  for (os::Found& start : starts.found) {
    const Status status = walk.From(std::move(start));
    if (status.ok()) continue;
    walked = status;
    break;
  }
  if (walk.cut() || !walked.ok()) member.MarkCut(bundle::Cut::kTail);
  if (walk.cut()) {
    entry.Note(context.options.Text("path"),
               {"kinds.file_tree.names",
                {{"count", std::to_string(context.options.Integer("max_names"))}}});
  }
  if (records) RETURN_IF_ERROR(CloseRecords(context, *records, walk.cut() || !walked.ok(), entry));
  const Status closed = member.Close();
  return walked.ok() ? closed : walked;
}

Status Foresee(const Context& context, Preview& preview) {
  const Starts starts = FindStarts(context);
  if (starts.found.empty()) return starts.limit;
  for (const os::Found& start : starts.found) {
    if (preview.steps.size() < Preview::kMaxSteps) {
      preview.steps.push_back({Preview::Act::kList, start.path, std::nullopt});
    } else {
      ++preview.steps_left_out;
    }
  }
  return {};
}

}  // namespace

const Kind kFileTreeKind = {
    "file_tree",
    kFields,
    {.timeout = std::chrono::seconds(30), .max_bytes = 8U << 20U, .max_files = 3},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

// What kinds that read files have in common: which files a pattern means and what is none,
// the end of their time, and text with its holes taken out. Any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/os/glob.h"

namespace casepack::kinds {

inline base::Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {base::Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {base::Code::kTimedOut, {"kinds.timed_out", {}}};
}

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

using Before = std::function<bool(const Candidate&, const Candidate&)>;

struct Selection {
  std::set<Candidate, Before> files;
  std::set<std::string, std::less<>> literal;  // paths named by the manifest itself
  uint64_t matched = 0;                        // names, of whatever type
  uint64_t left_out = 0;                       // over the number of files
  base::Status limit;                          // why the search ended early
};

// What could not be had, by subject.
using Tell = std::function<void(std::string_view, const base::Status&)>;

inline base::Status NotAFile(os::FileType type) {
  switch (type) {
    case os::FileType::kSymlink:
      return {base::Code::kRefused, {"kinds.file.link", {}}};
    case os::FileType::kDirectory:
      return {base::Code::kRefused, {"kinds.file.folder", {}}};
    case os::FileType::kFifo:
      return {base::Code::kRefused, {"kinds.file.fifo", {}}};
    case os::FileType::kSocket:
      return {base::Code::kRefused, {"kinds.file.socket", {}}};
    default:
      return {base::Code::kRefused, {"kinds.file.device", {}}};
  }
}

class Finder {
 public:
  // No more than `most`, those that come first.
  Finder(const Context& context, const Tell& tell, Before before, uint64_t most)
      : context_(context), tell_(tell), most_(most) {
    selection_.files = std::set<Candidate, Before>(std::move(before));
  }

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
    const base::Status searched =
        os::Glob(context_.host, pattern, {.deadline = context_.deadline}, [&](os::Found found) {
          Consider(std::move(found), wild);
          return true;
        });
    if (searched.ok() || searched.code() == base::Code::kMissing) return;
    if (searched.code() == base::Code::kTimedOut || searched.code() == base::Code::kCancelled) {
      selection_.limit = OutOfTime(context_.deadline);
    } else {
      tell_(pattern, searched);
    }
  }

  void Consider(os::Found found, bool wild) {
    if (wild && selection_.literal.contains(found.path)) return;
    if (found.status.code() == base::Code::kMissing) return;  // it went while we looked
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
    if (selection_.files.size() <= most_) return;
    selection_.files.erase(std::prev(selection_.files.end()));
    ++selection_.left_out;
  }

  const Context& context_;
  const Tell& tell_;
  const uint64_t most_;
  Selection selection_;
};

inline std::string Joined(const std::vector<std::string>& patterns) {
  std::string text;
  for (const std::string& pattern : patterns) {
    if (!text.empty()) text += ' ';
    text += pattern;
  }
  return text;
}

inline base::Status Missing(const Context& context) {
  return {base::Code::kMissing,
          {"kinds.file.missing", {{"paths", Joined(context.options.TextList("paths"))}}}};
}

// What reading these files would be, each up to `most_each` bytes.
inline base::Status ForeseeFiles(const Context& context, Before before, uint64_t most,
                                 uint64_t most_each, Preview& preview) {
  base::Status first;
  const Tell tell = [&](std::string_view, const base::Status& status) {
    if (first.ok()) first = status;
  };
  const Selection selection = Finder(context, tell, std::move(before), most).Find();
  for (const Candidate& candidate : selection.files) {
    const uint64_t bytes = std::min(candidate.info.size, most_each);
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

// This many zero bytes in a row are a hole and not text in any encoding.
inline constexpr uint64_t kHole = 64;

// Takes long runs of zero bytes out: what a hole reads as. A log that is emptied under its
// writer (logrotate's copytruncate) begins with one.
class HoleFilter {
 public:
  explicit HoleFilter(std::function<base::Status(std::string_view)> next)
      : next_(std::move(next)) {}

  base::Status Write(std::string_view bytes) {
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

  base::Status Flush() {
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

  std::function<base::Status(std::string_view)> next_;
  uint64_t zeros_ = 0;
};

}  // namespace casepack::kinds

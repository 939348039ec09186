// What file_tree tells of a name beyond its line: a JSON record with the digest of a small
// file, and the sums over all of them. A piece of file_tree alone; one thread.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/base/json.h"
#include "collector/bundle/digest.h"
#include "collector/kinds/kind.h"
#include "collector/os/zip_end.h"

namespace casepack::kinds::file_tree {

inline std::string_view TypeName(os::FileType type) {
  switch (type) {
    case os::FileType::kRegular:
      return "file";
    case os::FileType::kDirectory:
      return "folder";
    case os::FileType::kSymlink:
      return "link";
    case os::FileType::kFifo:
      return "fifo";
    case os::FileType::kSocket:
      return "socket";
    case os::FileType::kBlockDevice:
    case os::FileType::kCharDevice:
      return "device";
    case os::FileType::kUnknown:
      break;
  }
  return "unknown";
}

class Records {
 public:
  Records(const Context& context, bundle::Entry& entry, bundle::MemberWriter member)
      : context_(context),
        entry_(entry),
        member_(std::move(member)),
        digest_each_(context.options.Size("digest_each")),
        digest_left_(context.options.Size("digest_total")) {}

  // kTimedOut while a file was digested: its record is written, without the digest.
  base::Status Add(const std::string& path, const os::FileInfo& info, const std::string& target) {
    base::Json record;
    record.Set("path", path);
    record.Set("type", TypeName(info.type));
    record.Set("mode", fmt::format("{:04o}", info.mode));
    record.Set("uid", int64_t{info.owner});
    record.Set("gid", int64_t{info.group});
    record.Set("size", info.size);
    record.Set("modified", base::FormatUtc(info.modified));
    if (info.type == os::FileType::kSymlink) record.Set("target", target);
    if (info.type == os::FileType::kDirectory) ++folders_;
    if (info.type == os::FileType::kRegular) AddFile(path, info, record);
    return member_.Record(record);
  }

  void MarkCut() { member_.MarkCut(bundle::Cut::kTail); }
  base::Status Close() { return member_.Close(); }

  base::Json Sums() {
    base::Json json;
    json.Set("files", files_);
    json.Set("folders", folders_);
    json.Set("bytes", bytes_);
    json.Set("newest", newest_ ? base::Json(base::FormatUtc(*newest_)) : base::Json());
    json.Set("digested_files", digested_);
    json.Set("empty_files", empty_);
    json.Set("hollow_files", hollow_);
    json.Set("zips", zips_);
    json.Set("cut_zips", cut_zips_);
    json.Set("suspect_paths", std::move(suspects_));
    return json;
  }

 private:
  void AddFile(const std::string& path, const os::FileInfo& info, base::Json& record) {
    ++files_;
    bytes_ += info.size;
    if (!newest_ || info.modified > *newest_) newest_ = info.modified;
    // A file whose size was set and whose bytes never came: what a full disk leaves.
    const bool hollow = info.size > 0 && info.allocated == 0 && info.size >= 4096;
    empty_ += info.size == 0 ? 1 : 0;
    hollow_ += hollow ? 1 : 0;
    bool suspect = info.size == 0 || hollow;
    record.Set("hollow", hollow);
    if (path.ends_with(".zip")) suspect = LookAtZip(path, record) || suspect;
    if (digest_each_ > 0) record.Set("sha256", Digest(path, info));
    constexpr size_t kMaxSuspects = 100;
    if (suspect && suspects_.array()->size() < kMaxSuspects) suspects_.Push(path);
  }

  // True when it is not whole.
  bool LookAtZip(const std::string& path, base::Json& record) {
    ++zips_;
    auto file = context_.host.Open(path, os::Links::kNever);
    const auto end = file ? os::LookAtZipEnd(*file) : base::Result<os::ZipEnd>(file.error());
    if (!end) {
      record.Set("whole", base::Json());
      return false;
    }
    const bool whole = *end == os::ZipEnd::kWhole;
    record.Set("whole", whole);
    cut_zips_ += whole ? 0 : 1;
    return !whole;
  }

  base::Json Digest(const std::string& path, const os::FileInfo& info) {
    if (info.size > digest_each_ || info.size > digest_left_) return {};
    auto file = context_.host.Open(path, os::Links::kNever);
    if (!file) {
      entry_.Note(path, file.error());
      return {};
    }
    buffer_.resize(size_t{256} << 10U);
    bundle::Sha256 digest;
    uint64_t left = info.size;  // a file that grows is read as far as it went
    while (left > 0) {
      if (context_.deadline.Expired()) return {};
      const size_t want = static_cast<size_t>(std::min<uint64_t>(left, buffer_.size()));
      const auto got = file->Read(std::span<char>(buffer_).first(want));
      if (!got || *got == 0) return {};
      digest.Update({buffer_.data(), *got});
      left -= *got;
      digest_left_ -= *got;
      entry_.CountRead(*got);
    }
    ++digested_;
    return digest.Hex();
  }

  const Context& context_;
  bundle::Entry& entry_;
  bundle::MemberWriter member_;
  uint64_t digest_each_;
  uint64_t digest_left_;
  std::vector<char> buffer_;
  uint64_t files_ = 0;
  uint64_t folders_ = 0;
  uint64_t bytes_ = 0;
  uint64_t digested_ = 0;
  uint64_t empty_ = 0;
  uint64_t hollow_ = 0;
  uint64_t zips_ = 0;
  uint64_t cut_zips_ = 0;
  std::optional<base::Timestamp> newest_;
  base::Json suspects_{base::Json::Array()};
};

}  // namespace casepack::kinds::file_tree

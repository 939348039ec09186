// What casepack itself writes: the spool, and the finished file. Both are without a name
// until they are whole (O_TMPFILE), so that a killed run leaves nothing; where the file
// system cannot do that, the finished file is NAME.partial (mode 0600, made with O_EXCL)
// until it is renamed, and the spool is unlinked at once.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/os/handle.h"

namespace casepack::os {

// Where bytes of a bundle go. The first failure is kept and returned by every later call.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual base::Status Write(std::string_view bytes) = 0;
  // Makes it final: synced and visible under its name. Nothing is left behind otherwise.
  virtual base::Status Commit() = 0;
};

// A file that exists whole or not at all; it never overwrites one (kExists). Owns its
// descriptor and, until Commit, its name. One thread.
class AtomicFile : public ByteSink {
 public:
  // kExists, kDenied, kMissing (no such folder), kNoSpace, kFailed: before anything is
  // written. `others`: names in the same folder, of which the first free one is taken where
  // that of `path` is not, now or when the file is committed.
  static base::Result<AtomicFile> Create(const std::string& path,
                                         std::vector<std::string> others = {});
  ~AtomicFile() override { Discard(); }
  AtomicFile(AtomicFile&& other) noexcept = default;
  AtomicFile& operator=(AtomicFile&& other) noexcept;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  base::Status Write(std::string_view bytes) override;
  base::Status Commit() override;
  // With the name that it has, or will have unless that is taken by then.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  AtomicFile() = default;
  base::Status Open();
  bool TakeNextName();
  int Publish();
  void Discard();

  Handle folder_;  // held, so that nobody can put another in its place
  Handle file_;
  std::string path_;
  std::string name_;  // in the folder
  std::vector<std::string> others_;
  std::string partial_;  // in the folder; empty while the file has no name at all
  base::Status failure_;
};

// Standard output, for `--output -`. Waits for a slow reader; fails when it is gone.
class StandardOutput : public ByteSink {
 public:
  base::Status Write(std::string_view bytes) override;
  base::Status Commit() override;

 private:
  base::Status failure_;
};

// A nameless temporary file. Append is thread-safe and returns where the bytes stand; the
// first failure (kNoSpace above all) is kept.
class TempFile {
 public:
  static base::Result<TempFile> Create(const std::string& folder);
  ~TempFile() = default;
  TempFile(TempFile&& other) noexcept;
  TempFile& operator=(TempFile&& other) = delete;
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;

  base::Result<uint64_t> Append(std::string_view bytes);
  [[nodiscard]] base::Status ReadAt(uint64_t offset, std::span<char> buffer) const;
  // Gives the disk space of a part back that will not be read again. Best effort.
  void Release(uint64_t offset, uint64_t length);
  [[nodiscard]] uint64_t size() const;

 private:
  TempFile(Handle file, std::string folder);
  Handle file_;
  std::string folder_;  // for what is told of a failure
  mutable std::mutex mutex_;
  uint64_t size_ = 0;
  base::Status failure_;
};

// The folder for the spool of a bundle that goes to standard output: $TMPDIR, else
// /var/tmp, else /tmp.
std::string TempFolder();

}  // namespace casepack::os

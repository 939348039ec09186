#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "collector/os/inode.h"

namespace casepack::os {
namespace {

FileType TypeOf(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return FileType::kRegular;
    case S_IFDIR:
      return FileType::kDirectory;
    case S_IFLNK:
      return FileType::kSymlink;
    case S_IFIFO:
      return FileType::kFifo;
    case S_IFSOCK:
      return FileType::kSocket;
    case S_IFBLK:
      return FileType::kBlockDevice;
    case S_IFCHR:
      return FileType::kCharDevice;
    default:
      return FileType::kUnknown;
  }
}

using std::chrono::seconds;
constexpr auto kFirst = std::chrono::ceil<seconds>(base::Timestamp::min().time_since_epoch());
constexpr auto kLast = std::chrono::floor<seconds>(base::Timestamp::max().time_since_epoch());

// A file system may hold any number: a Timestamp ends in 2262.
base::Timestamp TimeOf(const timespec& time) {
  const seconds whole(time.tv_sec);
  if (whole < kFirst) return base::Timestamp(kFirst);
  if (whole >= kLast) return base::Timestamp(kLast);
  return base::Timestamp(whole + std::chrono::nanoseconds(time.tv_nsec));
}

// O_NOATIME is the owner's privilege.
int Open(int folder, const std::string& name, int flags, Handle* file) {
  const int common = flags | O_RDONLY | O_NOFOLLOW | O_CLOEXEC;
  file->Reset(openat(folder, name.c_str(), common | O_NOATIME));
  if (!file->ok() && errno == EPERM) file->Reset(openat(folder, name.c_str(), common));
  return file->ok() ? 0 : errno;
}

}  // namespace

int InfoOf(int handle, FileInfo* info) {
  // fstat(2) takes a place (O_PATH) only since Linux 3.6.
  struct stat found {};
  if (fstatat(handle, "", &found, AT_EMPTY_PATH) != 0) return errno;
  info->type = TypeOf(found.st_mode);
  info->size = found.st_size > 0 ? static_cast<uint64_t>(found.st_size) : 0;
  info->allocated = static_cast<uint64_t>(found.st_blocks) * 512;
  info->modified = TimeOf(found.st_mtim);
  info->mode = found.st_mode & 07777U;
  info->owner = found.st_uid;
  info->group = found.st_gid;
  info->device = found.st_dev;
  info->inode = found.st_ino;
  return 0;
}

int OpenPlace(int folder, const std::string& name, Handle* place) {
  place->Reset(openat(folder, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  return place->ok() ? 0 : errno;
}

int OpenPlainFolder(int folder, const std::string& path, Handle* place) {
  open_how how{};
  how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
  place->Reset(static_cast<int>(syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how)));
  return place->ok() ? 0 : errno;
}

int OpenToRead(int folder, const std::string& name, Handle* file) {
  return Open(folder, name, O_NONBLOCK | O_NOCTTY, file);
}

int OpenToList(int folder, const std::string& name, Handle* file) {
  return Open(folder, name, O_DIRECTORY, file);
}

int LinkText(int place, std::string* text) {
  char buffer[4096];
  const ssize_t length = readlinkat(place, "", buffer, sizeof buffer);
  if (length < 0) return errno;
  text->assign(buffer, static_cast<size_t>(length));
  return 0;
}

bool OnlyWrittenBy(const FileInfo& info, uint32_t user) {
  if (info.owner != 0 && info.owner != user) return false;
  const bool by_group = (info.mode & S_IWGRP) != 0 && info.group != 0;
  return !by_group && (info.mode & S_IWOTH) == 0;
}

}  // namespace casepack::os

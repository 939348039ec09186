// What the system says of an open descriptor or of a name in an open folder, and the calls
// that open one without side effects. Thin, stateless, any thread. All of them return an
// error number, 0 for success.
#pragma once

#include <string>

#include "collector/os/file_info.h"
#include "collector/os/handle.h"

namespace casepack::os {

// Works on a descriptor that only stands for a place (O_PATH) too.
int InfoOf(int handle, FileInfo* info);

// The place of a name, which is not opened for anything and may be of any type; a link is
// itself.
int OpenPlace(int folder, const std::string& name, Handle* place);
// The same, for all components of a relative path at once, and for folders only. ENOSYS
// and others where the system cannot; ELOOP if there is a link among them.
int OpenPlainFolder(int folder, const std::string& path, Handle* place);

// For reading: never waits, follows nothing, leaves the time of the last access alone
// where it may.
int OpenToRead(int folder, const std::string& name, Handle* file);
int OpenToList(int folder, const std::string& name, Handle* file);

// The text of the link that a place is.
int LinkText(int place, std::string* text);

[[nodiscard]] inline bool SameFile(const FileInfo& a, const FileInfo& b) {
  return a.device == b.device && a.inode == b.inode && a.type == b.type;
}

// Only root or `user` can have put or replaced a name in this folder, or written to this
// file.
[[nodiscard]] bool OnlyWrittenBy(const FileInfo& info, uint32_t user);

}  // namespace casepack::os

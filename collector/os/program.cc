#include "collector/os/program.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Status;

constexpr const char* kFolders[] = {"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"};
constexpr uint32_t kAnyExecute = 0111;

Status Check(const Walker& walker, const std::string& path, Walker::Trust trust) {
  ASSIGN_OR_RETURN(const Place found, walker.Find(path, Links::kTrusted, trust));
  const bool runs = found.info.type == FileType::kRegular && (found.info.mode & kAnyExecute) != 0;
  if (runs) return {};
  return {Code::kDenied, {"os.program.not_executable", {{"path", path}}}};
}

}  // namespace

base::Result<std::string> FindProgramBelow(const Walker& walker, const std::string& name,
                                           Walker::Trust trust) {
  const Status missing(Code::kMissing, {"os.program.missing", {{"program", name}}});
  if (name.empty() || name.find('\0') != std::string::npos) return missing;
  if (name[0] == '/') {
    const Status checked = Check(walker, name, trust);
    if (checked.ok()) return name;
    return checked.code() == Code::kMissing ? missing : checked;
  }
  if (name.find('/') != std::string::npos) return missing;
  // What stands in the way is only told when there is no other program of that name.
  Status first = missing;
  for (const char* folder : kFolders) {
    const std::string path = folder + name;
    const Status checked = Check(walker, path, trust);
    if (checked.ok()) return path;
    if (checked.code() != Code::kMissing && first.code() == Code::kMissing) first = checked;
  }
  return first;
}

}  // namespace casepack::os

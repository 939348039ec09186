// Names of entries and targets of links that no reader can be led astray by. SafePath and
// SafeTarget are pure; a NameTable belongs to one archive and one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace casepack::archive {

enum class Separators { kSlash, kBoth };  // of tar; of zip, where Windows writes `\`

// Relative UTF-8, components apart by `/`, none of them empty, `.` or `..`. What cannot
// stay is written as %XX: `..`, control and text-reordering characters, bytes that are
// not UTF-8, a drive's colon. Longer components and paths are cut and get a checksum.
// Empty for the archive's own folder.
std::string SafePath(std::string_view path, Separators separators);

// The target of a symbolic link at `path`, or nothing when it could lead out of the
// archive: `..` only at its front, and not more of them than there are folders.
std::optional<std::string> SafeTarget(std::string_view path, std::string_view target);

// Gives each name once: a second one becomes "name~2.txt". No entry lies behind a link.
// It keeps checksums of names, not names.
class NameTable {
 public:
  std::string File(std::string_view path);
  std::string Folder(std::string_view path);
  // nullopt: there is a folder of that name.
  std::optional<std::string> Link(std::string_view path);
  // A file of that name was given.
  [[nodiscard]] bool HasFile(std::string_view path) const;

 private:
  std::string BesideLinks(std::string_view path);
  std::string Unique(std::string path);

  std::unordered_map<uint64_t, uint32_t> taken_;  // -> how often it was asked for
  std::unordered_set<uint64_t> files_;
  std::unordered_set<uint64_t> folders_;
  std::unordered_set<uint64_t> links_;
};

}  // namespace casepack::archive

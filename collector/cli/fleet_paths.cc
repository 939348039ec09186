#include "collector/cli/fleet_paths.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "collector/base/utf8.h"
#include "collector/bundle/format.h"
#include "collector/os/user_file.h"
#include "collector/os/user_input.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

constexpr size_t kListBytes = 64U << 20U;
constexpr size_t kMostPaths = 2'000'000;

bool EndsIn(std::string_view name, std::string_view end) {
  return name.size() > end.size() && name.substr(name.size() - end.size()) == end;
}

bool IsNamedLikeABundle(std::string_view name) {
  for (const std::string_view envelope : {".cms", ".p7m"}) {
    if (EndsIn(name, envelope)) return true;
  }
  return bundle::FormatOfName(name).has_value();
}

// A list is text; a bundle under another name is not.
bool LooksLikeText(const std::string& path) {
  auto input = os::UserInput::Open(path);
  if (!input) return false;
  std::array<char, 4096> buffer{};
  const auto got = input->Read(buffer);
  if (!got || *got == 0) return false;
  const std::string_view first(buffer.data(), *got);
  if (bundle::FormatOfBytes(first)) return false;
  return first.find('\x01') == first.npos && first.find('\x1b') == first.npos &&
         first.substr(0, 1) != "\x30";
}

void AddFolder(const std::string& folder, std::vector<std::string>* paths) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> found;
  auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied,
                                             error);
  while (!error && at != fs::recursive_directory_iterator() && found.size() < kMostPaths) {
    std::string path = at->path().string();
    if (IsNamedLikeABundle(path) && !at->is_directory(error)) found.push_back(std::move(path));
    at.increment(error);
  }
  std::sort(found.begin(), found.end());
  paths->insert(paths->end(), std::make_move_iterator(found.begin()),
                std::make_move_iterator(found.end()));
}

}  // namespace

base::Result<std::string> ReadAll(const std::string& path, size_t max_bytes) {
  ASSIGN_OR_RETURN(os::UserInput input, os::UserInput::Open(path));
  std::string text;
  std::string buffer(64U << 10U, '\0');
  for (;;) {
    ASSIGN_OR_RETURN(const size_t got, input.Read(buffer));
    if (got == 0) return text;
    text.append(buffer, 0, got);
    if (text.size() > max_bytes) {
      return Status(Code::kFull, {"os.user_file.large", {{"path", base::Visible(path)}}});
    }
  }
}

std::vector<std::string> PathsOfList(std::string_view text) {
  const char separator = text.find('\0') == text.npos ? '\n' : '\0';
  std::vector<std::string> paths;
  while (!text.empty() && paths.size() < kMostPaths) {
    const size_t end = text.find(separator);
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || (separator == '\n' && line.back() == ' ')))
      line.remove_suffix(1);
    if (!line.empty() && line.front() != '#') paths.emplace_back(line);
  }
  return paths;
}

base::Result<std::vector<std::string>> FleetPaths(const std::vector<std::string>& words) {
  std::vector<std::string> paths;
  for (const std::string& word : words) {
    if (word != "-" && os::IsFolder(word)) {
      AddFolder(word, &paths);
    } else if (word == "-" || (!IsNamedLikeABundle(word) && LooksLikeText(word))) {
      ASSIGN_OR_RETURN(const std::string list, ReadAll(word, kListBytes));
      std::vector<std::string> named = PathsOfList(list);
      paths.insert(paths.end(), named.begin(), named.end());
    } else {
      paths.push_back(word);
    }
  }
  return paths;
}

}  // namespace casepack::cli

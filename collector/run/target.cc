#include "collector/run/target.h"

#include <filesystem>

#include "collector/os/output.h"
#include "collector/os/user_file.h"

namespace casepack::run {
namespace {

constexpr int kMostOfASecond = 20;

// Letters, digits, dots and dashes of a host name; anything else would need quoting.
std::string SafeHostName(std::string_view name) {
  std::string safe;
  for (const char c : name.substr(0, 100)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.';
    safe += plain ? c : '_';
  }
  const size_t first = safe.find_first_not_of('.');
  return first == std::string::npos ? "host" : safe.substr(first);
}

std::string WithoutSuffix(const std::string& name, bundle::Format format) {
  const std::string_view suffix = bundle::SuffixOf(format);
  const bool ends = name.size() > suffix.size() &&
                    name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
  return ends ? name.substr(0, name.size() - suffix.size()) : name;
}

}  // namespace

base::Result<Target> ChooseTarget(const std::string& output, std::optional<bundle::Format> format,
                                  std::string_view host_name, base::Timestamp created) {
  Target target;
  const std::string stem =
      "casepack-" + SafeHostName(host_name) + "-" + base::FormatUtcCompact(created);
  if (output == "-") {
    target.format = format.value_or(bundle::Format::kTarGz);
    target.path = "-";
    target.folder = stem;
    target.spool_folder = os::TempFolder();
    return target;
  }
  std::filesystem::path path = output;
  if (output.empty() || os::IsFolder(output)) {
    target.format = format.value_or(bundle::Format::kTarGz);
    const std::string suffix(bundle::SuffixOf(target.format));
    path /= stem + suffix;
    for (int number = 2; number <= kMostOfASecond; ++number)
      target.others.push_back(stem + "-" + std::to_string(number) + suffix);
  } else {
    const auto named = bundle::FormatOfName(output);
    if (named && format && *named != *format) {
      return base::Status(
          base::Code::kInvalid,
          {"run.target.format",
           {{"path", output}, {"format", std::string(bundle::SuffixOf(*format).substr(1))}}});
    }
    target.format = format ? *format : named.value_or(bundle::Format::kTarGz);
  }
  target.path = path.string();
  target.folder = WithoutSuffix(path.filename().string(), target.format);
  target.spool_folder = path.has_parent_path() ? path.parent_path().string() : ".";
  return target;
}

}  // namespace casepack::run

#include <algorithm>

#include "collector/base/nearest.h"
#include "collector/base/utf8.h"
#include "collector/bundle/reader.h"
#include "collector/cli/commands.h"
#include "collector/os/terminal.h"
#include "collector/report/summary.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

std::vector<std::string> MemberNames(const bundle::Index& index) {
  std::vector<std::string> names{"index.json", "SUMMARY.txt", "facts.json", "findings.json"};
  for (const auto& item : index.items) {
    for (const auto& member : item.members)
      names.push_back(member.name);
  }
  return names;
}

// A member by its whole name, by the end of it, or the members of an item by its id.
base::Result<std::vector<std::string>> FindMembers(const bundle::Index& index,
                                                   const std::string& word) {
  const std::vector<std::string> names = MemberNames(index);
  if (std::find(names.begin(), names.end(), word) != names.end()) return std::vector{word};
  std::vector<std::string> found;
  for (const auto& item : index.items) {
    if (item.id != word) continue;
    for (const auto& member : item.members)
      found.push_back(member.name);
  }
  if (!found.empty()) return found;
  const std::string ending = "/" + word;
  for (const std::string& name : names) {
    if (name.size() > ending.size() &&
        name.compare(name.size() - ending.size(), ending.size(), ending) == 0)
      found.push_back(name);
  }
  if (!found.empty()) return found;
  return Status(Code::kMissing,
                {"cli.show.no_member",
                 {{"word", word}, {"nearest", std::string(base::Nearest(word, names))}}});
}

// A line at a time, so that an escape sequence does not get through in two halves.
class VisibleLines {
 public:
  explicit VisibleLines(Console& console) : console_(console) {}
  void Feed(std::string_view bytes) {
    for (const char c : bytes) {
      if (c == '\n' || line_.size() >= kLongest) Flush(c == '\n');
      if (c != '\n') line_ += c;
    }
  }
  void Flush(bool end_of_line) {
    std::string text;
    for (size_t tab = 0, from = 0; tab != std::string::npos; from = tab + 1) {
      tab = line_.find('\t', from);
      text += base::Visible(std::string_view(line_).substr(from, tab - from));
      if (tab != std::string::npos) text += '\t';
    }
    console_.Out(text);
    if (end_of_line) console_.Out("\n");
    line_.clear();
  }

 private:
  static constexpr size_t kLongest = 64 * 1024;
  Console& console_;
  std::string line_;
};

Status PrintMember(Console& console, bundle::Reader& reader, const std::string& name) {
  if (!os::IsTerminal(os::StandardStream::kOut)) {
    return reader.Read(name, [&](std::string_view bytes) { return console.Out(bytes); });
  }
  VisibleLines lines(console);
  const Status status = reader.Read(name, [&](std::string_view bytes) {
    lines.Feed(bytes);
    return true;
  });
  lines.Flush(false);
  return status;
}

ExitCode ShowMember(Console& console, bundle::Reader& reader, const std::string& word) {
  const auto names = FindMembers(reader.index(), word);
  if (!names) {
    console.Error(names.error().message());
    return ExitCode::kUsage;
  }
  for (const std::string& name : *names) {
    if (names->size() > 1) console.OutLine("==> " + base::Visible(name) + " <==");
    const Status status = PrintMember(console, reader, name);
    if (!status.ok()) {
      console.Error(status.message());
      return ExitCode::kIncomplete;
    }
  }
  return ExitCode::kOk;
}

}  // namespace

ExitCode ShowCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto reader = bundle::Reader::Open(invocation.arguments[0]);
  if (!reader) {
    console.Error(reader.error().message());
    return reader.error().code() == Code::kMissing ? ExitCode::kUsage : ExitCode::kIncomplete;
  }
  if (invocation.arguments.size() > 1)
    return ShowMember(console, **reader, invocation.arguments[1]);
  if (invocation.Has("json")) return ShowMember(console, **reader, "index.json");
  const bundle::Index& index = (*reader)->index();
  console.Out(report::Summary(index, console.words(), console.language()));
  console.OutLine("");
  console.OutLine(report::CostLine(index.resources, console.words(), console.language()));
  return ExitCode::kOk;
}

}  // namespace casepack::cli

#include "collector/cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "collector/base/utf8.h"
#include "collector/os/terminal.h"

namespace casepack::cli {

void Progress::Started(const manifest::Item& item) {
  const bool japanese = console_.language() == report::Language::kJapanese;
  running_.emplace_back(item.id, japanese ? item.title.ja : item.title.en);
  Draw(running_.back().second);
}

void Progress::Finished(const bundle::ItemRow& row, size_t done, size_t total) {
  std::erase_if(running_, [&](const auto& running) { return running.first == row.id; });
  done_ = done;
  total_ = total;
  // What is still at work is what the user waits for: the one begun first.
  Draw(running_.empty() ? "" : running_.front().second);
}

void Progress::Sealing() { Draw(console_.Text("cli.sealing")); }

void Progress::Clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

void Progress::Draw(const std::string& text) {
  if (show_ == Show::kNothing) return;
  const size_t columns = os::TerminalColumns(os::StandardStream::kErr);
  std::string line = total_ == 0 ? text : fmt::format("[{}/{}] {}", done_, total_, text);
  line = base::Visible(line);
  if (base::DisplayWidth(line) >= columns) line = base::FitColumns(line, columns - 1);
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace casepack::cli

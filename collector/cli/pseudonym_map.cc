#include "collector/cli/pseudonym_map.h"

#include <algorithm>

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

constexpr std::string_view kFirstLine = "# casepack map 1";

constexpr bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// A name begins where no word goes on, or behind an escape (\n, %20, \u003d) or a colour.
bool MayBegin(std::string_view text, size_t at) {
  const auto back = [&](size_t by) { return at >= by ? text[at - by] : '\0'; };
  if (!IsAlnum(back(1)) || back(2) == '\\' || back(3) == '%' || back(6) == '\\') return true;
  for (size_t by = 2; by < 12 && back(1) == 'm'; ++by) {
    if (back(by) == '[' && back(by + 1) == '\x1b') return true;
  }
  return false;
}

// Names come from logs: nothing in them may end the line or the field.
std::string OneField(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c == '\t' || c == '\n' || c == '\r') c = '?';
  }
  return out;
}

}  // namespace

void PseudonymMap::Add(redaction::Identifier kind, std::string_view original,
                       std::string_view pseudonym) {
  const std::lock_guard lock(mutex_);
  rows_.try_emplace(std::string(pseudonym), Row{kind, std::string(original)});
}

std::string PseudonymMap::Text() const {
  const std::lock_guard lock(mutex_);
  std::string text(kFirstLine);
  text.push_back('\n');
  for (const auto& [pseudonym, row] : rows_) {
    text.append(redaction::IdentifierName(row.kind)).append("\t");
    text.append(OneField(pseudonym)).append("\t");
    text.append(OneField(row.original)).append("\n");
  }
  return text;
}

base::Result<Revealer> Revealer::Parse(std::string_view map) {
  Revealer revealer;
  const auto wrong = [](size_t number) {
    return Status(Code::kInvalid, {"cli.map.line", {{"line", std::to_string(number)}}});
  };
  for (size_t number = 1; number == 1 || !map.empty(); ++number) {
    const size_t end = std::min(map.find('\n'), map.size());
    const std::string_view line = map.substr(0, end);
    map.remove_prefix(std::min(end + 1, map.size()));
    if (number == 1) {
      if (line != kFirstLine) return wrong(number);
      continue;
    }
    const size_t first = line.find('\t');
    const size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos) return wrong(number);
    revealer.Add(line.substr(first + 1, second - first - 1), line.substr(second + 1));
  }
  return revealer;
}

void Revealer::Add(std::string_view pseudonym, std::string_view original) {
  if (pseudonym.size() < kIndexed) return;
  originals_.try_emplace(std::string(pseudonym), original);
  std::vector<size_t>& lengths = lengths_[std::string(pseudonym.substr(0, kIndexed))];
  if (std::find(lengths.begin(), lengths.end(), pseudonym.size()) != lengths.end()) return;
  lengths.push_back(pseudonym.size());
  std::sort(lengths.rbegin(), lengths.rend());
}

// Only as many tries a place as there are lengths of names that begin like it.
std::string Revealer::Reveal(std::string_view text) const {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const auto lengths =
        MayBegin(text, i) ? lengths_.find(text.substr(i, kIndexed)) : lengths_.end();
    size_t taken = 0;
    for (size_t k = 0; lengths != lengths_.end() && k < lengths->second.size() && taken == 0; ++k) {
      const size_t end = i + lengths->second[k];
      if (end > text.size() || (end < text.size() && IsAlnum(text[end]))) continue;
      const auto found = originals_.find(text.substr(i, end - i));
      if (found == originals_.end()) continue;
      out.append(found->second);
      taken = end - i;
    }
    if (taken == 0) out.push_back(text[i]);
    i += std::max<size_t>(taken, 1);
  }
  return out;
}

}  // namespace casepack::cli

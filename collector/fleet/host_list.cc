#include "collector/fleet/host_list.h"

#include <algorithm>
#include <array>
#include <optional>

#include "collector/analysis/event_csv_reader.h"
#include "collector/analysis/event_encoding.h"
#include "collector/base/json_scan.h"

namespace casepack::fleet {
namespace {

constexpr size_t kMostHosts = 1'000'000;
constexpr size_t kMostValues = 64;
constexpr size_t kLongest = 512;

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// The better heading has the smaller rank; nullopt: it is none for a name.
std::optional<size_t> NameRank(std::string_view heading) {
  static constexpr std::array<std::string_view, 14> kHeadings{
      "host",     "hostname",      "host name",      "host_name",
      "ホスト名", "computer name", "コンピュータ名", "コンピューター名",
      "computer", "コンピュータ",  "コンピューター", "displayname",
      "name",     "名前"};
  const std::string lower = Lower(Trimmed(heading));
  const auto found = std::find(kHeadings.begin(), kHeadings.end(), lower);
  if (found == kHeadings.end()) return std::nullopt;
  return static_cast<size_t>(found - kHeadings.begin());
}

std::optional<size_t> NameColumn(const std::vector<std::string>& headings) {
  std::optional<size_t> best;
  for (size_t i = 0; i < headings.size(); ++i) {
    const auto rank = NameRank(headings[i]);
    if (rank && (!best || *rank < *NameRank(headings[*best]))) best = i;
  }
  return best;
}

bool NeverBegins(std::string_view /*line*/, char /*separator*/) { return false; }

std::optional<std::vector<ListedHost>> ParseCsv(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  for (const char separator : {',', '\t', ';'}) {
    analysis::CsvReader reader(text, separator, NeverBegins);
    if (!reader.Next()) return std::nullopt;
    const std::vector<std::string> headings = reader.cells();
    const auto name = NameColumn(headings);
    const bool alone = first.find(separator) == first.npos;
    if (!name || (alone && headings.size() > 1)) continue;
    std::vector<ListedHost> hosts;
    while (reader.Next() && hosts.size() < kMostHosts) {
      const auto& cells = reader.cells();
      if (*name >= cells.size() || Trimmed(cells[*name]).empty()) continue;
      ListedHost host{std::string(Trimmed(cells[*name]).substr(0, kLongest)), {}};
      for (size_t i = 0; i < cells.size() && i < headings.size() && i < kMostValues; ++i) {
        if (i != *name && !cells[i].empty())
          host.values.emplace_back(Trimmed(headings[i]), Trimmed(cells[i]).substr(0, kLongest));
      }
      hosts.push_back(std::move(host));
    }
    return hosts;
  }
  return std::nullopt;
}

class JsonHosts {
 public:
  explicit JsonHosts(std::string_view text) : scan_(text) {}

  std::vector<ListedHost> Read() {
    if (scan_.Peek() == base::JsonScan::Kind::kArray) {
      scan_.Array([this] { Host(); });
    } else {
      scan_.Object([this](std::string_view) { scan_.Array([this] { Host(); }); });
    }
    return std::move(hosts_);
  }

 private:
  void Host() {
    if (hosts_.size() >= kMostHosts) return;
    if (const auto text = scan_.String()) {
      hosts_.push_back({std::string(text->substr(0, kLongest)), {}});
      return;
    }
    static constexpr std::array<std::string_view, 4> kNames{"hostName", "host", "displayName",
                                                            "name"};
    std::array<std::string, 4> names;
    ListedHost host;
    scan_.Object([&](std::string_view member) {
      const std::string key(member);
      const auto text = scan_.String();
      if (!text) return;
      const auto name = std::find(kNames.begin(), kNames.end(), key);
      if (name != kNames.end()) {
        names.at(static_cast<size_t>(name - kNames.begin())) = text->substr(0, kLongest);
      } else if (host.values.size() < kMostValues) {
        host.values.emplace_back(key, text->substr(0, kLongest));
      }
    });
    for (const std::string& name : names) {
      if (host.name.empty()) host.name = name;
    }
    if (!host.name.empty()) hosts_.push_back(std::move(host));
  }

  base::JsonScan scan_;
  std::vector<ListedHost> hosts_;
};

std::vector<ListedHost> ParseLines(std::string_view text) {
  std::vector<ListedHost> hosts;
  while (!text.empty() && hosts.size() < kMostHosts) {
    const size_t end = text.find('\n');
    std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    ListedHost host;
    while (!line.empty()) {
      const size_t blank = std::min(line.find_first_of(" \t"), line.size());
      const std::string_view word = line.substr(0, blank).substr(0, kLongest);
      line = Trimmed(line.substr(blank));
      const size_t equals = word.find('=');
      if (host.name.empty()) {
        host.name = word;
      } else if (equals != word.npos && equals > 0 && host.values.size() < kMostValues) {
        host.values.emplace_back(word.substr(0, equals), word.substr(equals + 1));
      }
    }
    hosts.push_back(std::move(host));
  }
  return hosts;
}

std::string Normal(std::string_view name) {
  std::string normal = Lower(Trimmed(name));
  if (!normal.empty() && normal.back() == '.') normal.pop_back();
  return normal;
}

// Empty for what has no short form: an address.
std::string Short(const std::string& normal) {
  const bool address =
      normal.find(':') != normal.npos || normal.find_first_not_of("0123456789.") == normal.npos;
  return address ? "" : normal.substr(0, normal.find('.'));
}

}  // namespace

std::vector<ListedHost> ParseHostList(std::string_view text) {
  const std::string utf8 = analysis::EventTextToUtf8(text);
  const size_t begin = utf8.find_first_not_of(" \t\r\n");
  if (begin == utf8.npos) return {};
  std::vector<ListedHost> hosts;
  if (utf8[begin] == '{' || utf8[begin] == '[') {
    hosts = JsonHosts(utf8).Read();
  } else if (auto rows = ParseCsv(utf8)) {
    hosts = std::move(*rows);
  } else {
    hosts = ParseLines(utf8);
  }
  // "." and a lone carriage return name nobody.
  hosts.erase(std::remove_if(hosts.begin(), hosts.end(),
                             [](const ListedHost& host) { return Normal(host.name).empty(); }),
              hosts.end());
  return hosts;
}

void HostNames::Add(std::string_view name, size_t index) {
  const std::string normal = Normal(name);
  if (normal.empty() || !whole_.emplace(normal, index).second) return;
  const std::string brief = Short(normal);
  if (brief.empty()) return;
  const auto [found, is_new] = short_.emplace(brief, index);
  if (!is_new) found->second = kNone;
}

size_t HostNames::Find(std::string_view name) const {
  const std::string normal = Normal(name);
  const auto whole = whole_.find(normal);
  if (whole != whole_.end()) return whole->second;
  const std::string brief = Short(normal);
  const auto found = short_.find(brief);
  if (brief.empty() || found == short_.end() || found->second == kNone) return kNone;
  // web01.tokyo is not web01.osaka: one of the two has to be the short one.
  if (normal == brief) return found->second;
  const auto bare = whole_.find(brief);
  return bare == whole_.end() ? kNone : bare->second;
}

}  // namespace casepack::fleet

#include "collector/run/evidence.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include "collector/os/decompress.h"
#include "collector/os/glob.h"
#include "collector/records/locate.h"

namespace casepack::run {
namespace {

using base::Timestamp;
using manifest::Evidence;

constexpr uint64_t kBlock = 1U << 20U;
constexpr uint64_t kBack = 64U << 10U;  // how far the stamp of a line may stand before it
constexpr size_t kLine = 1000;
constexpr std::chrono::minutes kAhead(5);

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

struct Needle {
  size_t evidence;  // its number
  bool from;        // the state before it
  bool number;      // ends with one: no further digit may follow
  std::string text;
  std::optional<std::boyer_moore_horspool_searcher<std::string::const_iterator>> searcher;
};

struct Hit {
  uint64_t at;
  const Needle* needle;
};

// The texts of all that is looked for in the same files.
class Needles {
 public:
  explicit Needles(const std::vector<const Evidence*>& evidence) {
    size_t count = 0;
    for (const Evidence* one : evidence)
      count += one->texts.size() + one->from.size() + one->ids.size() * one->anchors.size();
    needles_.reserve(count);  // searchers point into the texts
    for (size_t i = 0; i < evidence.size(); ++i) {
      for (const std::string& text : evidence[i]->texts)
        Add(i, false, false, text);
      for (const std::string& text : evidence[i]->from)
        Add(i, true, false, text);
      for (const std::string& anchor : evidence[i]->anchors) {
        for (const std::string& id : evidence[i]->ids)
          Add(i, false, true, anchor + id);
      }
    }
  }

  [[nodiscard]] size_t longest() const { return longest_; }

  // In `text`, beginning before `until`; the last first.
  [[nodiscard]] std::vector<Hit> In(std::string_view text, size_t until, uint64_t offset) const {
    std::vector<Hit> hits;
    for (const Needle& needle : needles_) {
      auto from = text.begin();
      while (true) {
        const auto found = std::search(from, text.cend(), *needle.searcher);
        const auto at = static_cast<size_t>(found - text.begin());
        if (found == text.end() || at >= until) break;
        const size_t end = at + needle.text.size();
        const bool more = needle.number && end < text.size() && IsDigit(text[end]);
        if (!more) hits.push_back({offset + at, &needle});
        from = found + 1;
      }
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.at > b.at; });
    return hits;
  }

 private:
  void Add(size_t evidence, bool from, bool number, const std::string& text) {
    Needle& needle = needles_.emplace_back(Needle{evidence, from, number, text, {}});
    needle.searcher.emplace(needle.text.cbegin(), needle.text.cend());
    longest_ = std::max(longest_, text.size());
  }

  std::vector<Needle> needles_;
  size_t longest_ = 0;
};

// One log, from its end.
class Log {
 public:
  Log(os::File& file, const records::Zone& zone) : file_(file), zone_(zone) {
    source_.size = file.info().size;
    source_.read = [this](uint64_t offset, std::span<char> buffer) { return Read(offset, buffer); };
    source_.next_data = [this](uint64_t offset) { return file_.NextData(offset); };
  }

  bool Open(Timestamp now) {
    const Timestamp latest =
        std::max(records::Sane(file_.info().modified), now) + std::chrono::hours(26);
    std::string head(16, '\0');
    const auto got = Read(0, head);
    if (!got || *got == 0 || !os::CompressionOf({head.data(), *got}).empty()) return false;
    return records::LearnFormats(source_, latest, formats_).ok() && !formats_.empty();
  }

  // The hit that counts: the last, or of a change of state the first behind the state before.
  std::optional<Hit> Last(const Needles& needles, const std::vector<const Evidence*>& evidence,
                          const EvidenceLimits& limits) {
    std::vector<std::optional<Hit>> changes(evidence.size());
    uint64_t end = source_.size;
    const uint64_t stop = end - std::min(end, limits.bytes_each);
    std::string text;
    while (end > stop && !limits.deadline.Expired()) {
      const uint64_t begin = std::max(stop, end - std::min(end, kBlock));
      text.resize(end - begin + needles.longest());
      const auto got = Read(begin, text);
      if (!got) return std::nullopt;
      text.resize(*got);
      for (const Hit& hit : needles.In(text, end - begin, begin)) {
        std::optional<Hit>& change = changes[hit.needle->evidence];
        if (evidence[hit.needle->evidence]->from.empty()) return hit;
        if (!hit.needle->from) change = hit;
        if (hit.needle->from && change) return change;
      }
      end = begin;
    }
    return std::nullopt;
  }

  // The line, and the time of the record that it belongs to.
  std::optional<Sighting> Look(const Hit& hit) {
    const uint64_t begin = hit.at - std::min(hit.at, kBack);
    std::string text(hit.at - begin + kLine, '\0');
    const auto got = Read(begin, text);
    if (!got) return std::nullopt;
    text.resize(*got);
    const auto at = static_cast<size_t>(hit.at - begin);
    const size_t line_end = std::min(text.find('\n', at), text.size());
    size_t line = text.rfind('\n', at == 0 ? 0 : at - 1);
    line = line == std::string::npos ? 0 : line + 1;
    Sighting sighting;
    sighting.line = text.substr(line, std::min(line_end - line, kLine));
    while (true) {
      const std::string_view head(text.data() + line, std::min(text.size() - line, size_t{512}));
      if (const auto dated = formats_.Date(head.substr(0, head.find('\n')))) {
        records::Timeline timeline(zone_, file_.info().modified);
        sighting.time = timeline.Look(dated->stamp).time;
        return sighting;
      }
      if (line == 0) return std::nullopt;
      const size_t before = line < 2 ? std::string::npos : text.rfind('\n', line - 2);
      line = before == std::string::npos ? 0 : before + 1;
    }
  }

 private:
  base::Result<size_t> Read(uint64_t offset, std::span<char> buffer) {
    RETURN_IF_ERROR(file_.Seek(offset));
    size_t sum = 0;
    while (sum < buffer.size()) {
      ASSIGN_OR_RETURN(const size_t got, file_.Read(buffer.subspan(sum)));
      if (got == 0) break;
      sum += got;
    }
    return sum;
  }

  os::File& file_;
  const records::Zone& zone_;
  records::Source source_;
  records::FormatSet formats_;
};

struct Newest {
  std::string path;
  Timestamp modified;
  os::Links links;
};

std::vector<Newest> NewestFiles(const os::Host& host, const std::vector<std::string>& patterns,
                                const EvidenceLimits& limits) {
  std::vector<Newest> files;
  const auto newer = [](const Newest& a, const Newest& b) { return a.modified > b.modified; };
  for (const std::string& pattern : patterns) {
    // What cannot be looked at is told by the item that gathers it.
    (void)os::Glob(host, pattern, {.deadline = limits.deadline}, [&](os::Found found) {
      if (!found.status.ok() || found.info.type != os::FileType::kRegular) return true;
      const auto links = os::HasWildcard(pattern) ? os::Links::kNever : os::Links::kTrusted;
      files.push_back({std::move(found.path), found.info.modified, links});
      std::sort(files.begin(), files.end(), newer);
      if (files.size() > limits.files_each) files.pop_back();
      return true;
    });
  }
  return files;
}

}  // namespace

std::optional<Sighting> FindEvidence(const os::Host& host,
                                     const std::vector<const Evidence*>& evidence,
                                     const records::Zone& zone, Timestamp now,
                                     const EvidenceLimits& limits) {
  // What is looked for in the same files is looked for at once.
  std::map<std::vector<std::string>, std::vector<const Evidence*>> groups;
  for (const Evidence* one : evidence)
    groups[one->paths].push_back(one);
  std::optional<Sighting> newest;
  for (const auto& [paths, group] : groups) {
    const Needles needles(group);
    for (const Newest& found : NewestFiles(host, paths, limits)) {
      // Nothing in it can be newer than its last change.
      if (newest && found.modified < newest->time) break;
      auto file = host.Open(found.path, found.links);
      if (!file) continue;
      Log log(*file, zone);
      if (!log.Open(now)) continue;
      const auto hit = log.Last(needles, group, limits);
      if (!hit) continue;
      auto sighting = log.Look(*hit);
      if (!sighting || sighting->time > now + kAhead) continue;
      if (newest && newest->time >= sighting->time) continue;
      sighting->evidence = group[hit->needle->evidence]->id;
      sighting->path = found.path;
      newest = std::move(sighting);
    }
  }
  return newest;
}

}  // namespace casepack::run

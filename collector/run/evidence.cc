#include "collector/run/evidence.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "collector/analysis/event_encoding.h"
#include "collector/base/utf8.h"
#include "collector/os/decompress.h"
#include "collector/os/glob.h"
#include "collector/records/locate.h"
#include "collector/run/needles.h"

namespace casepack::run {
namespace {

using base::Timestamp;
using manifest::Evidence;

constexpr uint64_t kBlock = 1U << 20U;
constexpr uint64_t kBack = 64U << 10U;  // how far the stamp of a line may stand before it
constexpr size_t kLine = 1000;
constexpr std::chrono::minutes kAhead(5);

// One log, from its end.
class Log {
 public:
  Log(os::File& file, const records::Zone& zone) : file_(file), zone_(zone) {
    source_.size = file.info().size;
    source_.read = [this](uint64_t offset, std::span<char> buffer) { return Read(offset, buffer); };
    source_.next_data = [this](uint64_t offset) { return file_.NextData(offset); };
  }

  bool Open(Timestamp now) {
    latest_ = now + kAhead;
    const Timestamp latest =
        std::max(records::Sane(file_.info().modified), now) + std::chrono::hours(26);
    std::string head(64, '\0');
    const auto got = Read(0, head);
    if (!got || *got == 0 || !os::CompressionOf({head.data(), *got}).empty()) return false;
    head.resize(*got);
    source_.encoding = records::EncodingOf(head);
    source_.begin = records::MarkOf(head);
    return records::LearnFormats(source_, latest, formats_).ok() && !formats_.empty();
  }

  [[nodiscard]] records::Encoding encoding() const { return source_.encoding; }

  // The newest place that shows it and has a time; of a change of state the first behind the
  // state before.
  std::optional<Sighting> Newest(const Needles& needles,
                                 const std::vector<const Evidence*>& evidence,
                                 const EvidenceLimits& limits) {
    Sightings sightings(evidence.size());
    const size_t width = records::WidthOf(source_.encoding);
    uint64_t end = source_.size;
    const uint64_t stop = end - std::min(end, limits.bytes_each);
    std::string text;
    while (end > stop && !limits.deadline.Expired()) {
      uint64_t begin = std::max(stop, end - std::min(end, kBlock));
      begin += (begin - std::min(begin, source_.begin)) % width;
      text.resize(end - begin + needles.longest());
      const auto got = Read(begin, text);
      if (!got) break;
      text.resize(*got);
      for (const Hit& hit : needles.In(text, end - begin, begin)) {
        Consider(hit, *evidence[hit.needle->evidence], sightings);
        if (sightings.best && sightings.open == 0) return sightings.best;
      }
      if (begin >= end) break;
      end = begin;
    }
    return sightings.best;
  }

 private:
  struct Sightings {
    explicit Sightings(size_t count) : changes(count) {}
    std::optional<Sighting> best;  // the newest so far
    uint64_t at = 0;               // where it stands
    // Changes of state of which the state before was not seen yet, if they are newer.
    std::vector<std::optional<Hit>> changes;
    size_t open = 0;
  };

  // Hits come from the end of the log backwards.
  void Consider(const Hit& hit, const Evidence& evidence, Sightings& sightings) {
    std::optional<Hit>& change = sightings.changes[hit.needle->evidence];
    std::optional<Hit> found;
    if (evidence.from.empty()) {
      found = hit;
    } else if (!hit.needle->from) {
      if (sightings.best && hit.at < sightings.at && !change) return;
      sightings.open += change ? 0 : 1;
      change = hit;
      return;
    } else if (change) {
      found = std::exchange(change, std::nullopt);
      --sightings.open;
    }
    if (!found || (sightings.best && found->at < sightings.at)) return;
    auto sighting = Look(*found);
    // A line without a time, or with one that is to come, does not hide an older one.
    if (!sighting || sighting->time > latest_) return;
    sighting->evidence = evidence.id;
    sightings.best = std::move(sighting);
    sightings.at = found->at;
  }

  // The line, and the time of the record that it belongs to.
  std::optional<Sighting> Look(const Hit& hit) {
    uint64_t begin = std::max(hit.at - std::min(hit.at, kBack), source_.begin);
    begin += (hit.at - begin) % records::WidthOf(source_.encoding);
    std::string bytes(hit.at - begin + kLine * records::WidthOf(source_.encoding), '\0');
    const auto got = Read(begin, bytes);
    if (!got) return std::nullopt;
    bytes.resize(*got);
    const std::string_view all = bytes;
    std::string text = records::ToUtf8(source_.encoding, all.substr(0, hit.at - begin));
    const size_t at = text.size();
    text += records::ToUtf8(source_.encoding, all.substr(hit.at - begin));
    const size_t line_end = std::min(text.find('\n', at), text.size());
    size_t line = text.rfind('\n', at == 0 ? 0 : at - 1);
    line = line == std::string::npos ? 0 : line + 1;
    Sighting sighting;
    sighting.line = text.substr(line, std::min(line_end - line, kLine));
    if (!base::IsUtf8(sighting.line)) sighting.line = analysis::EventTextToUtf8(sighting.line);
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
  Timestamp latest_{};
};

struct Candidate {
  std::string path;
  Timestamp modified;
  os::Links links;
};

std::vector<Candidate> NewestFiles(const os::Host& host, const std::vector<std::string>& patterns,
                                   const EvidenceLimits& limits) {
  std::vector<Candidate> files;
  const auto newer = [](const Candidate& a, const Candidate& b) { return a.modified > b.modified; };
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
    std::map<records::Encoding, Needles> needles;
    for (const Candidate& found : NewestFiles(host, paths, limits)) {
      // Nothing in it can be newer than its last change.
      if (newest && found.modified < newest->time) break;
      auto file = host.Open(found.path, found.links);
      if (!file) continue;
      Log log(*file, zone);
      if (!log.Open(now)) continue;
      const auto [those, made] = needles.try_emplace(log.encoding(), group, log.encoding());
      auto sighting = log.Newest(those->second, group, limits);
      if (!sighting || (newest && newest->time >= sighting->time)) continue;
      sighting->path = found.path;
      newest = std::move(sighting);
    }
  }
  return newest;
}

}  // namespace casepack::run

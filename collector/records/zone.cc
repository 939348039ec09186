#include "collector/records/zone.h"

#include <algorithm>
#include <cstdint>

#include "collector/records/stamp.h"

namespace casepack::records {
namespace {

using base::Timestamp;
using std::chrono::seconds;

constexpr size_t kHeader = 44;
constexpr uint32_t kMostChanges = 10'000;
constexpr int64_t kMostOffset = 26 * 3600;

int64_t SecondsOf(Timestamp time) {
  return std::chrono::floor<seconds>(time.time_since_epoch()).count();
}

// Big-endian numbers, one behind the other. Whoever reads has looked at size() before.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] size_t size() const { return bytes_.size(); }
  void Skip(size_t count) { bytes_.remove_prefix(std::min(count, bytes_.size())); }
  int64_t Number(size_t width) {
    uint64_t value = 0;
    for (size_t i = 0; i < width; ++i)
      value = value << 8U | static_cast<unsigned char>(bytes_[i]);
    bytes_.remove_prefix(width);
    return width == 4 ? static_cast<int32_t>(static_cast<uint32_t>(value))
                      : static_cast<int64_t>(value);
  }
  uint8_t Byte() { return static_cast<uint8_t>(Number(1)); }
  [[nodiscard]] std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

struct Counts {
  char version = 0;
  uint64_t isut = 0, isstd = 0, leap = 0, time = 0, type = 0, chars = 0;
  [[nodiscard]] uint64_t Size(uint64_t width) const {
    return time * width + time + type * 6 + chars + leap * (width + 4) + isstd + isut;
  }
};

std::optional<Counts> ReadHeader(Bytes& bytes) {
  if (bytes.size() < kHeader || bytes.rest().substr(0, 4) != "TZif") return std::nullopt;
  Counts counts;
  counts.version = bytes.rest()[4];
  bytes.Skip(20);
  for (uint64_t* count :
       {&counts.isut, &counts.isstd, &counts.leap, &counts.time, &counts.type, &counts.chars}) {
    const int64_t value = bytes.Number(4);
    if (value < 0 || value > kMostChanges) return std::nullopt;
    *count = static_cast<uint64_t>(value);
  }
  if (counts.type == 0) return std::nullopt;
  return counts;
}

}  // namespace

Zone Zone::Fixed(seconds east) {
  Zone zone;
  zone.first_ = east;
  return zone;
}

std::optional<Zone> Zone::FromTzif(std::string_view file) {
  Bytes bytes(file);
  auto counts = ReadHeader(bytes);
  if (!counts) return std::nullopt;
  uint64_t width = 4;
  if (counts->version >= '2') {  // the same again with 64 bits
    bytes.Skip(counts->Size(width));
    counts = ReadHeader(bytes);
    if (!counts) return std::nullopt;
    width = 8;
  }
  if (bytes.size() < counts->Size(width)) return std::nullopt;

  Zone zone;
  for (uint64_t i = 0; i < counts->time; ++i) {
    const int64_t at = bytes.Number(width);
    if (!zone.changes_.empty() && at <= zone.changes_.back().at) return std::nullopt;
    zone.changes_.push_back({at, {}});
  }
  std::vector<uint8_t> types;
  for (uint64_t i = 0; i < counts->time; ++i)
    types.push_back(bytes.Byte());
  std::vector<seconds> offsets;
  for (uint64_t i = 0; i < counts->type; ++i) {
    const int64_t offset = bytes.Number(4);
    if (offset < -kMostOffset || offset > kMostOffset) return std::nullopt;
    offsets.emplace_back(offset);
    bytes.Skip(2);
  }
  zone.first_ = offsets[0];
  for (size_t i = 0; i < types.size(); ++i) {
    if (types[i] >= offsets.size()) return std::nullopt;
    zone.changes_[i].offset = offsets[types[i]];
  }
  bytes.Skip(counts->chars + counts->leap * (width + 4) + counts->isstd + counts->isut);
  std::string_view footer = bytes.rest();
  if (width == 8 && footer.size() > 2 && footer.front() == '\n') {
    footer.remove_prefix(1);
    zone.rule_ = ParsePosixZone(footer.substr(0, footer.find('\n')));
  }
  return zone;
}

std::optional<Zone> Zone::FromPosix(std::string_view text) {
  const auto rule = ParsePosixZone(text);
  if (!rule) return std::nullopt;
  Zone zone;
  zone.first_ = rule->standard;
  zone.rule_ = rule;
  return zone;
}

std::optional<Zone> Zone::FromOffset(std::string_view text) {
  // As it would stand behind a time.
  const std::string line = "2000-01-01T00:00:00" + std::string(text);
  const auto stamp = ReadStamp("%Y-%m-%dT%H:%M:%S%z", line);
  if (!stamp || !stamp->offset || stamp->end != line.size()) return std::nullopt;
  return Fixed(*stamp->offset);
}

seconds Zone::OffsetAt(Timestamp utc) const {
  const int64_t at = SecondsOf(utc);
  const auto next = std::upper_bound(changes_.begin(), changes_.end(), at,
                                     [](int64_t a, const Change& b) { return a < b.at; });
  if (next == changes_.end() && rule_) return rule_->OffsetAt(at);
  return next == changes_.begin() ? first_ : std::prev(next)->offset;
}

Zone::Instants Zone::InstantsOf(Timestamp clock) const {
  // The two offsets that may hold around this time.
  const seconds before = OffsetAt(clock - std::chrono::hours(26));
  const seconds after = OffsetAt(clock + std::chrono::hours(26));
  const Timestamp one = clock - before;
  const Timestamp other = clock - after;
  const bool one_fits = OffsetAt(one) == before;
  const bool other_fits = OffsetAt(other) == after;
  if (one_fits && other_fits) return {std::min(one, other), std::max(one, other)};
  if (other_fits) return {other, other};
  return {one, one};
}

bool Zone::ChangesBetween(Timestamp from, Timestamp to) const {
  const seconds offset = OffsetAt(from);
  constexpr std::chrono::hours kStep(24 * 7);
  for (Timestamp at = from; at < to; at += kStep) {
    if (OffsetAt(at) != offset) return true;
  }
  return OffsetAt(to) != offset;
}

}  // namespace casepack::records

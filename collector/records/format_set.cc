#include "collector/records/format_set.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace casepack::records {
namespace {

// A second format is one only if it is more than a chance.
constexpr size_t kRarest = 50;

// A bare number or a word before a date is seen often by chance.
size_t LeastHits(const TimeFormat& format) {
  return format.name == "epoch" || format.name == "level_first" ? 3 : 1;
}

std::vector<size_t> CountHits(std::string_view sample, base::Timestamp latest) {
  const std::span<const TimeFormat> formats = TimeFormats();
  std::vector<size_t> hits(formats.size());
  while (!sample.empty()) {
    const size_t end = std::min(sample.find('\n'), sample.size());
    const auto dated = DateOfLine(sample.substr(0, end));
    sample.remove_prefix(std::min(end + 1, sample.size()));
    const bool fits = dated && (!dated->stamp.has_year || dated->stamp.clock <= latest);
    if (fits) ++hits[static_cast<size_t>(dated->format - formats.data())];
  }
  return hits;
}

}  // namespace

void FormatSet::Learn(std::string_view sample, base::Timestamp latest) {
  const std::span<const TimeFormat> formats = TimeFormats();
  std::vector<size_t> hits = CountHits(sample, latest);
  const size_t most = *std::max_element(hits.begin(), hits.end());
  while (!full()) {
    const auto best = std::max_element(hits.begin(), hits.end());
    const TimeFormat& format = formats[static_cast<size_t>(best - hits.begin())];
    // A file of one line may have the rarest of formats.
    const size_t least = count_ == 0 && sample.size() < 1024 ? 1 : LeastHits(format);
    if (*best < least || *best * kRarest < most) return;
    *best = 0;
    Add(&format);
  }
}

void FormatSet::Add(const TimeFormat* format) {
  const auto end = known_.begin() + static_cast<std::ptrdiff_t>(count_);
  if (std::find(known_.begin(), end, format) == end) known_.at(count_++) = format;
}

std::optional<Dated> FormatSet::Date(std::string_view line) {
  for (size_t i = 0; i < count_; ++i) {
    const auto stamp = ReadStamp(known_[i]->layout, line);
    if (!stamp) continue;
    if (i > 0) std::swap(known_[0], known_[i]);
    return Dated{*stamp, known_[0]};
  }
  return std::nullopt;
}

std::optional<Dated> FormatSet::Consider(std::string_view line,
                                         const std::function<bool(const Stamp&)>& plausible) {
  const auto dated = DateOfLine(line);
  if (!dated || full() || LeastHits(*dated->format) > 1) return std::nullopt;
  if (!plausible(dated->stamp)) return std::nullopt;
  Add(dated->format);
  return dated;
}

std::string FormatSet::Names() const {
  std::vector<std::string_view> names;
  for (size_t i = 0; i < count_; ++i)
    names.push_back(known_[i]->name);
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

}  // namespace casepack::records

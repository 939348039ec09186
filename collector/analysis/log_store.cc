#include "collector/analysis/log_store.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace casepack::analysis {
namespace {

using base::Duration;
using base::Timestamp;

// What a row costs beside its texts.
constexpr uint64_t kRowCost = 400;
// Some 40 bytes each.
constexpr size_t kMostSeen = 250'000;

uint64_t CostOf(const LogRecord& record) {
  return kRowCost + record.text.size() + record.source.size() + record.member.size();
}

uint64_t Mix(uint64_t hash, char c) {  // FNV-1a
  return (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool IsHex(char c) { return IsDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

// "status 500", "Event ID: 2209", "exit code=1", `HTTP/1.1" 404`: a number that says what it
// was, not how many.
bool IsCode(std::string_view text, size_t at) {
  static constexpr std::array<std::string_view, 11> kWords{"status", "code", "error",  "errno",
                                                           "exit",   "rc",   "signal", "reason",
                                                           "result", "id",   "event"};
  const size_t end = text.substr(0, at).find_last_not_of(" =:([#\"'") + 1;  // npos + 1: none
  if (at - end > 3) return false;
  const std::string_view before = text.substr(0, end);
  if (before.ends_with("HTTP/1.1") || before.ends_with("HTTP/1.0") || before.ends_with("HTTP/2"))
    return at > end;
  size_t begin = end;
  std::string word;
  while (begin > 0 && IsLetter(text[begin - 1]))
    word.insert(word.begin(), static_cast<char>(text[--begin] | 0x20));
  return at > end && std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// "6.1.187", "192.0.2.7": such numbers name something. 0 when it is none.
size_t VersionAt(std::string_view text) {
  size_t end = 0;
  int dots = 0;
  while (end < text.size() && (IsDigit(text[end]) || text[end] == '.')) {
    if (text[end] == '.') ++dots;
    ++end;
  }
  return dots >= 2 ? end : 0;
}

}  // namespace

LogStore::LogStore(Timestamp error, const LogStoreLimits& limits)
    : error_(error), limits_(limits) {}

LogStore::~LogStore() {
  for (const Row* row : rows_)
    delete row;
}

bool LogStore::IsKnown(const LogRecord& record) {
  if (twice_.find(record.source) == twice_.end()) return false;
  if (member_ != record.member) {
    member_ = record.member;
    ++members_;
  }
  uint64_t key = 14695981039346656037U;
  for (const char c : record.source + record.text)
    key = Mix(key, c);
  key ^= static_cast<uint64_t>(record.time.time_since_epoch().count()) * 0x9E3779B97F4A7C15U;
  // Of too many to be remembered some are counted twice.
  if (seen_.size() >= kMostSeen && seen_.find(key) == seen_.end()) return false;
  Seen& seen = seen_[key];
  if (seen.member != members_) {
    seen.member = members_;
    seen.here = 0;
  }
  if (++seen.here <= seen.most) return true;
  seen.most = seen.here;
  return false;
}

void LogStore::Add(LogRecord record) {
  if (IsKnown(record)) return;
  const uint64_t key = FoldKey(record.source, record.text);
  if (Fold(record, key)) return;
  const Duration distance = record.time < error_ ? error_ - record.time : record.time - error_;
  const uint64_t cost = CostOf(record);
  const bool full = rows_.size() >= limits_.records || bytes_ + cost > limits_.bytes;
  if (full && !rows_.empty() && (*rows_.begin())->distance <= distance) {
    ++left_out_;
    return;
  }
  record.until = record.time;
  auto* const row = new Row{std::move(record), key, distance};
  rows_.insert(row);
  open_[key] = row;
  bytes_ += cost;
  while (rows_.size() > limits_.records || (bytes_ > limits_.bytes && rows_.size() > 1))
    Evict();
}

bool LogStore::Fold(const LogRecord& record, uint64_t key) {
  const auto found = open_.find(key);
  if (found == open_.end()) return false;
  LogRecord& first = found->second->record;
  const Duration since = record.time - first.until;
  if (since > limits_.fold || since < -limits_.fold || record.time < first.time) return false;
  ++first.count;
  first.until = std::max(first.until, record.time);
  first.doubts |= record.doubts;
  return true;
}

void LogStore::Evict() {
  Row* const row = *rows_.begin();
  rows_.erase(rows_.begin());
  const auto found = open_.find(row->key);
  if (found != open_.end() && found->second == row) open_.erase(found);
  bytes_ -= CostOf(row->record);
  left_out_ += row->record.count;
  delete row;
}

std::vector<const LogRecord*> LogStore::InOrder() const {
  std::vector<const LogRecord*> ordered;
  ordered.reserve(rows_.size());
  for (const Row* row : rows_)
    ordered.push_back(&row->record);
  std::sort(ordered.begin(), ordered.end(), [](const LogRecord* a, const LogRecord* b) {
    if (a->time != b->time) return a->time < b->time;
    if (a->member != b->member) return a->member < b->member;
    return a->line < b->line;
  });
  return ordered;
}

uint64_t FoldKey(std::string_view source, std::string_view text) {
  uint64_t hash = 14695981039346656037U;
  for (const char c : source)
    hash = Mix(hash, c);
  hash = Mix(hash, '\0');
  for (size_t i = 0; i < text.size();) {
    for (size_t left = VersionAt(text.substr(i)); left > 0; --left)
      hash = Mix(hash, text[i++]);
    size_t end = i;
    bool digit = false;
    while (end < text.size() && IsHex(text[end])) {
      digit = digit || IsDigit(text[end]);
      ++end;
    }
    if (digit && !(IsDigit(text[i]) && IsCode(text, i))) {
      hash = Mix(hash, '#');
      i = end;
      continue;
    }
    // Letters that are no number, or what is neither: as they are.
    for (end = std::max(end, std::min(i + 1, text.size())); i < end; ++i)
      hash = Mix(hash, text[i]);
  }
  return hash;
}

}  // namespace casepack::analysis

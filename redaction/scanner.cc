#include "redaction/scanner.h"

#include <algorithm>
#include <array>

#include "redaction/marker.h"

namespace casepack::redaction {
namespace {

constexpr size_t kHoldBack = 8;  // the longest stretch before a trigger that may be replaced

constexpr size_t Pair(char a, char b) {
  return static_cast<size_t>(static_cast<unsigned char>(a)) << 8 | static_cast<unsigned char>(b);
}

// Which two bytes can begin or divide something that a rule knows. Nearly all text is
// passed over by one lookup per byte in 8 KiB.
class Triggers {
 public:
  constexpr Triggers() {
    for (const char c : {':', '=', '-', '>', '\n'})
      AddAll(c);
    Add("[R");
    Add("&g");
    Add("%3");
    Add("ey");
    Add(kPemBase64);
    for (const TokenRule& rule : kTokenRules)
      Add(rule.prefix);
    for (const CommandRule& rule : kCommands)
      Add(rule.name);
  }

  [[nodiscard]] constexpr bool Has(char a, char b) const {
    const size_t pair = Pair(a, b);
    return (bits_[pair / 64] >> (pair % 64) & 1) != 0;
  }

 private:
  constexpr void Add(std::string_view begin) { Set(Pair(begin[0], begin[1])); }
  constexpr void AddAll(char c) {
    for (size_t i = 0; i < 256; ++i)
      Set(Pair(c, '\0') + i);
  }
  constexpr void Set(size_t pair) { bits_[pair / 64] |= uint64_t{1} << (pair % 64); }

  std::array<uint64_t, 1024> bits_{};
};
constexpr Triggers kTriggers;

size_t NextTrigger(const std::string& text, size_t from, size_t limit) {
  const char* p = text.c_str();  // ends with '\0': the byte after the last may be read
  while (from < limit && !kTriggers.Has(p[from], p[from + 1]))
    ++from;
  return from;
}

}  // namespace

void Scanner::Feed(std::string_view text) {
  buffer_.append(text);
  if (buffer_.size() >= at_ + kChunk + kLookAhead) Run(false);
}

void Scanner::Finish() { Run(true); }

void Scanner::Abandon() {
  const size_t line = buffer_.rfind('\n');
  buffer_.resize(line == std::string::npos ? written_ : std::max(line + 1, written_));
  Run(true);
}

void Scanner::Run(bool end) {
  const size_t size = buffer_.size();
  const size_t limit = end ? size : size - std::min(size, kLookAhead);
  View view{buffer_, floor_, offset_, end};
  if (first_ && at_ < limit) {
    first_ = false;
    if (const Found found = MatchLine(view, 0); found) Take(*found);
  }
  while (at_ < limit) {
    if (swallowing_) {
      Swallow(view);
    } else {
      view.floor = floor_;
      Step(view, limit);
    }
  }
  Keep(end ? size : std::max(written_, at_ - std::min(at_, kHoldBack)));
}

// To the next trigger, or to the value that was found further back.
void Scanner::Step(const View& view, size_t limit) {
  TrimPending();
  const size_t stop = pending_ ? std::min(limit, pending_->begin) : limit;
  at_ = NextTrigger(buffer_, at_, stop);
  if (at_ < stop) {
    const Found found = Try(view, at_);
    const size_t before = at_;
    if (found) Take(*found);
    if (at_ == before && !swallowing_) ++at_;
  } else if (pending_ && at_ == pending_->begin) {
    const Match match = *pending_;
    pending_.reset();
    Replace(match);
  }
}

// Between a trigger and its value may stand another secret (`https://TOKEN:x@host`), so
// a value that begins further on has to wait until the scan arrives there.
void Scanner::Take(const Match& match) {
  if (match.begin <= at_ || (pending_ && match.begin < pending_->begin)) {
    Replace(match);
  } else if (!pending_) {
    pending_ = match;
  } else if (match.begin <= pending_->end && match.end > pending_->end) {
    pending_->end = match.end;
    pending_->ending = match.ending;
  }
}

// What waited was overtaken, whole or in part, by a value that began before it.
void Scanner::TrimPending() {
  if (!pending_ || at_ <= pending_->begin) return;
  if (pending_->end != kNotFound && at_ >= pending_->end) {
    pending_.reset();
  } else {
    pending_->begin = at_;
  }
}

void Scanner::Swallow(const View& view) {
  const size_t end = FindEnd(view, at_, &ending_);
  swallowing_ = end == kNotFound;
  at_ = swallowing_ ? std::max(at_, view.ScanEnd()) : end;
  written_ = at_;
  floor_ = at_;
}

Found Scanner::Try(const View& view, size_t at) {
  switch (buffer_[at]) {
    case '\n':
      memory_.command = nullptr;
      return MatchLine(view, at + 1);
    case '[':
      if (const size_t marker = MarkerLength(view.text.substr(at)); marker != 0) {
        floor_ = at + marker;
      }
      return std::nullopt;
    case ':':
    case '%':
      if (Found found = MatchUrl(view, at); found) return found;
      [[fallthrough]];
    case '=':
      return MatchKeyValue(view, at, &memory_);
    case '>':
    case '&':
      return MatchMarkup(view, at, memory_);
    case '-':
      if (Found found = MatchOption(view, at, memory_); found) return found;
      return MatchActivationCode(view, at);
    default:
      if (const CommandRule* command = MatchCommand(view, at); command != nullptr) {
        memory_.command = command;
        return std::nullopt;
      }
      return MatchToken(view, at);
  }
}

void Scanner::Replace(const Match& match) {
  out_.append(buffer_, written_, match.begin - written_);
  AppendMarker(&out_, match.id, counts_);
  swallowing_ = match.end == kNotFound;
  ending_ = match.ending;
  at_ = swallowing_ ? match.begin : match.end;
  written_ = at_;
  floor_ = at_;
}

// Lets everything before `to` go, and keeps as much behind it as a rule may look back.
void Scanner::Keep(size_t to) {
  if (to > written_) {
    out_.append(buffer_, written_, to - written_);
    written_ = to;
  }
  const size_t drop = written_ - std::min(written_, kLookBehind);
  buffer_.erase(0, drop);
  offset_ += drop;
  at_ -= std::min(at_, drop);
  written_ -= drop;
  floor_ -= std::min(floor_, drop);
  if (pending_) pending_->begin -= drop;
  if (pending_ && pending_->end != kNotFound) pending_->end -= drop;
  if (!out_.empty()) next_(out_);
  out_.clear();
}

}  // namespace casepack::redaction

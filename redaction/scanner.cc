#include "redaction/scanner.h"

#include <algorithm>
#include <array>

#include "redaction/marker.h"

namespace casepack::redaction {
namespace {

// How far before a trigger a match may begin (rule.h: behind; a host's labels).
constexpr size_t kHoldBack = kLookBehind;
constexpr size_t kWorthCopying = 4096;

// A function of its own: where the compiler knows the bound, it copies by `rep movs`, which
// takes four times as long for the few hundred bytes between two replacements.
[[gnu::noinline]] void Append(std::string_view text, std::string* out) { out->append(text); }

}  // namespace

Scanner::Scanner(EnginePtr engine, FindTriggers find_triggers, Next next, Counts* counts)
    : engine_(std::move(engine)),
      find_triggers_(find_triggers),
      next_(std::move(next)),
      tally_(counts),
      finder_(*engine_),
      quick_(finder_.Quick()),
      pseudonyms_(engine_->options().key, engine_->options().observer) {
  finder_.Use(&standing_);
}

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
  size_t limit = end ? size : size - std::min(size, kLookAhead);
  // In whole blocks: what a trigger may see of the text behind it ends with its block.
  if (!end && limit > at_) limit -= (limit - at_) % 64;
  View view{buffer_, floor_, offset_, end};
  Mark(limit);
  if (first_ && at_ < limit) {
    first_ = false;
    if (const Found found = finder_.AtStart(view); found) Take(*found);
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

// A few KiB at a time, which stay close to the processor from one pass to the next.
void Scanner::Mark(size_t limit) {
  triggers_from_ = at_;
  standing_.Clear();
  standing_.Begin(at_);
  const size_t blocks = at_ < limit ? (limit - at_ + 63) / 64 : 0;
  fresh_.resize(blocks);
  always_.resize(blocks);
  // Near the end of the buffer there is no room for a look.
  const size_t room = buffer_.size() - std::min(buffer_.size(), at_);
  const size_t looked = std::min(blocks, (room - std::min(room, QuickLook::kAhead)) / 64);
  TriggerBlocks batch;
  for (size_t first = 0; first < blocks; first += kMostBlocks) {
    const size_t from = at_ + 64 * first;
    const size_t count = std::min(kMostBlocks, blocks - first);
    FindTriggersAt(from, std::min(limit - from, 64 * count), &batch);
    const size_t look = std::min(count, looked - std::min(looked, first));
    quick_.Worthwhile(buffer_.data() + from, batch, look,
                      {&fresh_[first], &always_[first], &standing_, from});
    for (size_t i = look; i < count; ++i)
      fresh_[first + i] = always_[first + i] = batch.words[i] | batch.others[i];
  }
}

void Scanner::FindTriggersAt(size_t from, size_t size, TriggerBlocks* out) const {
  std::array<char, kTriggerContext> before{};
  const size_t known = std::min(from, kTriggerContext);
  std::copy_n(buffer_.data() + from - known, known, before.data() + kTriggerContext - known);
  find_triggers_(buffer_.data() + from, size, before.data(), out);
}

// A value that ended before the word that told of it takes the scan back, maybe to before
// the first trigger that we know: there any byte may be one.
size_t Scanner::NextTrigger(size_t from, size_t limit) const {
  if (from < triggers_from_) return std::min(from, limit);
  const QuickLook::Line line = finder_.line();
  const uint64_t* const masks = (line.named || line.command ? always_ : fresh_).data();
  const char* const text = buffer_.data();
  // Near the ends of the buffer there is no room for a quick look.
  const size_t first = QuickLook::kBehind;
  const size_t last = buffer_.size() - std::min(buffer_.size(), QuickLook::kAhead);
  const size_t size = limit - triggers_from_;
  size_t i = from - triggers_from_;
  if (i >= size) return limit;
  uint64_t word = masks[i / 64] >> (i % 64) << (i % 64);
  for (i -= i % 64;;) {
    while (word != 0) {
      const size_t at = triggers_from_ + i + static_cast<size_t>(__builtin_ctzll(word));
      if (at >= limit) return limit;
      if (at < first || at > last || quick_.MayFind(text + at, line)) return at;
      word &= word - 1;
    }
    i += 64;
    if (i >= size) return limit;
    word = masks[i / 64];
  }
}

// To the next trigger, or to the value that was found further back. The first word behind
// a replacement counts as one, too: when the text is redacted again, it will be.
void Scanner::Step(const View& view, size_t limit) {
  pending_.Overtake(at_);
  const size_t stop = std::min(limit, pending_.begin());
  const bool fresh = at_ == floor_ && at_ > 0 && at_ < stop && IsAlnum(buffer_[at_]);
  if (!fresh) at_ = NextTrigger(at_, stop);
  if (at_ < stop) {
    Look(view);
  } else if (at_ == pending_.begin()) {
    finder_.Widen(view, &pending_);
    Replace(pending_.Take());
  }
}

void Scanner::Look(const View& view) {
  const size_t before = at_;
  const size_t floor = floor_;
  finds_.clear();
  finder_.At(view, at_, &floor_, &finds_);
  for (const Match& match : finds_)
    Take(match);
  if (pending_.begin() <= at_) {
    finder_.Widen(view, &pending_);
    Replace(pending_.Take());
  }
  if (at_ == before && !swallowing_) at_ = floor_ > floor ? std::max(floor_, at_ + 1) : at_ + 1;
}

// Between a trigger and its value may stand another secret (`https://TOKEN:x@host`), so
// a value waits until the scan arrives there.
void Scanner::Take(const Match& match) {
  if (match.begin >= floor_) pending_.Add(match);
}

void Scanner::Swallow(const View& view) {
  const size_t end = FindEnd(view, at_, &ending_);
  swallowing_ = end == kNotFound;
  at_ = swallowing_ ? std::max(at_, view.ScanEnd()) : end;
  written_ = at_;
  floor_ = at_;
}

// Lets what lies before `to` go; long stretches without being copied once more.
void Scanner::Pass(size_t to) {
  if (to - written_ < kWorthCopying) {
    Append(std::string_view(buffer_).substr(written_, to - written_), &out_);
    return;
  }
  if (!out_.empty()) next_(out_);
  out_.clear();
  next_(std::string_view(buffer_).substr(written_, to - written_));
}

void Scanner::Replace(const Match& match) {
  Pass(match.begin);
  if (match.identifier) {
    const std::string_view text(buffer_.data() + match.begin, match.end - match.begin);
    out_.append(pseudonyms_.For(*match.identifier, text));
    tally_.Add(IdentifierName(*match.identifier));
  } else {
    AppendMarker(&out_, match.id, nullptr);
    tally_.Add(match.id);
  }
  swallowing_ = match.end == kNotFound;
  ending_ = match.ending;
  at_ = swallowing_ ? std::max(match.begin, match.swallow_from) : match.end;
  written_ = at_;
  floor_ = at_;
}

// Lets everything before `to` go, and keeps as much behind it as a rule may look back.
void Scanner::Keep(size_t to) {
  if (to > written_) {
    Pass(to);
    written_ = to;
  }
  const size_t drop = written_ - std::min(written_, kLookBehind);
  buffer_.erase(0, drop);
  offset_ += drop;
  at_ -= std::min(at_, drop);
  written_ -= drop;
  floor_ -= std::min(floor_, drop);
  pending_.Shift(drop);
  standing_.Clear();
  if (!out_.empty()) next_(out_);
  out_.clear();
}

}  // namespace casepack::redaction

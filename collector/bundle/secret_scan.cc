#include "collector/bundle/secret_scan.h"

#include <algorithm>

#include "redaction/reference.h"

namespace casepack::bundle {
namespace {

constexpr size_t kWindow = size_t{1} << 20;
constexpr size_t kOverlap = size_t{8} * 1024;  // what a rule may look ahead or behind

uint64_t CountLines(std::string_view text) {
  return static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

SecretScan::SecretScan(redaction::EnginePtr engine)
    : engine_(std::move(engine)), decoder_([this](std::string_view text) { text_.append(text); }) {}

void SecretScan::Feed(std::string_view bytes) {
  decoder_.Feed(bytes);
  if (text_.size() >= kWindow) Look(false);
}

std::vector<SecretHit> SecretScan::Finish() {
  decoder_.Finish();
  Look(true);
  return std::move(hits_);
}

// Hits near the window's end may be of values that go on behind it: they are looked at
// again with what follows.
void SecretScan::Look(bool end) {
  const std::string_view text = text_;
  const size_t stop = end ? text.size() : text.size() - std::min(text.size(), kOverlap);
  uint64_t line = lines_;
  size_t counted = 0;
  std::vector<redaction::Hit> found = redaction::FindAll(*engine_, text);
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  for (const redaction::Hit& hit : found) {
    if (hit.begin < known_ || hit.begin >= stop || hits_.size() >= kMostHits) continue;
    line += CountLines(text.substr(counted, hit.begin - counted));
    counted = hit.begin;
    hits_.push_back({hit.id, line + 1});
  }
  const size_t drop = stop - std::min(stop, kOverlap);
  lines_ += CountLines(text.substr(0, drop));
  text_.erase(0, drop);
  known_ = stop - drop;
}

}  // namespace casepack::bundle

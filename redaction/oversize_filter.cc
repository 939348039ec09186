#include "redaction/oversize_filter.h"

#include "redaction/marker.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

// Quotes, backslashes and separators are none: the scanner needs them to find the end of
// a value.
bool IsToken(char c) {
  return IsWord(c) || c == '+' || c == '/' || c == '-' || c == '.' || c == '%';
}

}  // namespace

// Pieces are far shorter than kLongest, so only a run over several pieces can be too long.
void OversizeFilter::Feed(std::string_view text) {
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, kLongest / 2);
    text.remove_prefix(piece.size());
    size_t last = piece.size();
    while (last > 0 && IsToken(piece[last - 1]))
      --last;
    if (last > 0) {
      size_t first = 0;
      if (!run_.empty() || dropping_) {
        while (IsToken(piece[first]))
          ++first;
        if (!dropping_) run_.append(piece.substr(0, first));
        EndOfRun();
      }
      if (last > first) next_(piece.substr(first, last - first));
    }
    if (!dropping_) run_.append(piece.substr(last));
    if (run_.size() > kLongest) {
      run_.clear();
      dropping_ = true;
    }
  }
}

void OversizeFilter::EndOfRun() {
  if (dropping_ || run_.size() > kLongest) {
    std::string marker;
    AppendMarker(&marker, id::kOversizeToken, counts_);
    next_(marker);
  } else if (!run_.empty()) {
    next_(run_);
  }
  run_.clear();
  dropping_ = false;
}

void OversizeFilter::Finish() { EndOfRun(); }

}  // namespace casepack::redaction

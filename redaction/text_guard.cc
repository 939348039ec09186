#include "redaction/text_guard.h"

#include <algorithm>
#include <cstring>

#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr uint64_t kHole = 4;  // NUL bytes in a row that are told rather than dropped

// Controls that no text file has; tab, line ends, form feed, backspace and the escape of
// terminal colours are left out.
bool IsControl(char c) {
  const auto u = static_cast<unsigned char>(c);
  const bool line = u == 8 || u == 9 || u == 10 || u == 12 || u == 13 || u == 27;
  return (u < 32 && !line && c != kStringEnd) || u == 127;
}

size_t CountControls(std::string_view text) {
  if (!HasOddBytes(text)) return 0;
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), IsControl));
}

size_t CountAscii(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

}  // namespace

void TextGuard::Feed(std::string_view bytes, const Survey& survey) {
  if (withheld_) return;
  while (!bytes.empty() && !withheld_) {
    if (const size_t plain = PlainWindows(bytes, survey); plain > 0) {
      raw_ += plain;
      survey_ = survey;
      next_(bytes.substr(0, plain));
      survey_ = {};
      bytes.remove_prefix(plain);
      continue;
    }
    const size_t room = std::min(kWindow - counted_, bytes.size());
    const void* nul = std::memchr(bytes.data(), 0, room);
    const size_t plain =
        nul == nullptr ? room : static_cast<size_t>(static_cast<const char*>(nul) - bytes.data());
    if (plain > 0 && nul_run_ == 0 && !lone_nul_) {
      AddPlain(bytes.substr(0, plain));
      bytes.remove_prefix(plain);
    } else {
      Step(bytes.front());
      bytes.remove_prefix(1);
    }
  }
}

void TextGuard::Step(char c) {
  if (lone_nul_) {
    lone_nul_ = false;
    if (c != '\0') AddStringEnd();
    Add(held_);
  }
  if (c == '\0') {
    ++nul_run_;
  } else {
    EndOfRun(c);
  }
  ++raw_;
}

// `c` follows zero or more NUL bytes.
void TextGuard::EndOfRun(char c) {
  if (nul_run_ > 0) {
    const uint64_t begin = raw_ - nul_run_;
    const bool utf16 = begin < 2 ? false : last_nul_ == begin - 1;
    const uint64_t run = nul_run_;
    last_nul_ = raw_;
    nul_run_ = 0;
    if (run == 1 && !utf16) {
      lone_nul_ = true;
      held_ = c;
      return;
    }
    if (run >= kHole) window_.append("[NUL-bytes:" + std::to_string(run) + "]");
  }
  Add(c);
}

void TextGuard::AddStringEnd() {
  window_.push_back(kStringEnd);
  separated_ = true;
}

void TextGuard::Add(char c) {
  window_.push_back(c);
  if (++counted_ == kWindow) Judge();
}

void TextGuard::AddPlain(std::string_view text) {
  raw_ += text.size();
  window_.append(text);
  counted_ += text.size();
  if (counted_ == kWindow) Judge();
}

// The bytes in the windows at the beginning that may leave as they are: no NUL is in them,
// and nothing else that asks for a second look.
size_t TextGuard::PlainWindows(std::string_view text, const Survey& survey) const {
  if (nul_run_ > 0 || lone_nul_ || !window_.empty() || wide_) return 0;
  if (!survey.odd) return text.size() - text.size() % kWindow;
  size_t plain = 0;
  while (plain + kWindow <= text.size() && !HasOddBytes(text.substr(plain, kWindow)))
    plain += kWindow;
  return plain;
}

void TextGuard::Judge() {
  withheld_ = !IsText(window_, counted_);
  if (!withheld_ && !window_.empty()) next_(window_);
  window_.clear();
  counted_ = 0;
}

// `counted` leaves out what we put in ourselves: a marker must not thin the controls out.
bool TextGuard::IsText(std::string_view window, size_t counted) const {
  if (CountControls(window) * kLargestShare > counted) return false;
  return !wide_ || CountAscii(window) * kSmallestShare >= counted;
}

void TextGuard::Finish() {
  if (withheld_) return;
  if (lone_nul_) {
    lone_nul_ = false;
    AddStringEnd();
    Add(held_);
  }
  if (nul_run_ >= kHole) window_.append("[NUL-bytes:" + std::to_string(nul_run_) + "]");
  nul_run_ = 0;
  if (!withheld_ && !window_.empty()) Judge();
}

}  // namespace casepack::redaction

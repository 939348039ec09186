#include "redaction/text_guard.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace casepack::redaction {
namespace {

using std::literals::operator""sv;

constexpr size_t kHead = 16;
constexpr uint64_t kHole = 4;  // NUL bytes in a row that are told rather than dropped

// From the formats' own specifications; file(1) knows them by the same bytes.
constexpr std::array kMagics = {
    "\x7f"
    "ELF"sv,
    "\x1f\x8b"sv,  // gzip
    "\xfd"
    "7zXZ"sv,
    "\x28\xb5\x2f\xfd"sv,  // zstd
    "PK\x03\x04"sv,
    "PK\x05\x06"sv,
    "PK\x07\x08"sv,
    "BZh1"sv,
    "BZh9"sv,
    "7z\xbc\xaf"sv,
    "\x89PNG"sv,
    "SQLite format 3"sv,
    "\xfe\xed\xfe\xed"sv,  // JKS
    "\xce\xce\xce\xce"sv,  // JCEKS
    "Salted__"sv,          // openssl enc
    "MZ\x90"sv,
};

// A DER or BER structure that is a key, a key store or a certificate: SEQUENCE, its
// length, then INTEGER 0..3 or another SEQUENCE or [0]. "0" and a byte over 0x7f alone
// would also be the beginning of a text in CP932.
bool IsDer(std::string_view head) {
  if (head.size() < 8 || head[0] != '\x30') return false;
  const auto length = static_cast<unsigned char>(head[1]);
  if (length > 0x84) return false;
  const size_t at = length > 0x80 ? 2 + (length - 0x80U) : 2;
  const auto inner = head.substr(at);
  if (length < 0x80 && length < 0x20) return false;
  if (inner.size() >= 3 && inner[0] == '\x02' && inner[1] == '\x01' && inner[2] <= 3) {
    return inner[2] >= 0;
  }
  if (inner.size() >= 2 && inner[0] == '\x30' && static_cast<unsigned char>(inner[1]) >= 0x80) {
    return length >= 0x80;
  }
  return inner.size() >= 3 && inner[0] == '\x30' && inner[2] == '\x06';
}

// Controls that no text file has; tab, line ends, form feed, backspace and the escape of
// terminal colours are left out.
size_t CountControls(std::string_view text) {
  size_t count = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    const bool allowed = (u >= 8 && u <= 13 && u != 11) || u == 27;
    count += static_cast<size_t>((u < 32 && !allowed) || u == 127);
  }
  return count;
}

}  // namespace

bool HasBinaryMagic(std::string_view head) {
  return IsDer(head) || std::any_of(kMagics.begin(), kMagics.end(), [&](std::string_view magic) {
           return head.substr(0, magic.size()) == magic;
         });
}

void TextGuard::Feed(std::string_view bytes) {
  if (withheld_) return;
  if (head_.size() < kHead) head_.append(bytes.substr(0, kHead - head_.size()));
  while (!bytes.empty() && !withheld_) {
    const void* nul = std::memchr(bytes.data(), 0, bytes.size());
    const size_t plain = nul == nullptr
                             ? bytes.size()
                             : static_cast<size_t>(static_cast<const char*>(nul) - bytes.data());
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
    if (c != '\0') window_.push_back(' ');
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

void TextGuard::Add(char c) {
  window_.push_back(c);
  if (++counted_ == kWindow) Judge();
}

void TextGuard::AddPlain(std::string_view text) {
  raw_ += text.size();
  while (!text.empty() && !withheld_) {
    if (counted_ == 0 && window_.empty() && text.size() >= kWindow && head_.size() == kHead) {
      Emit(text.substr(0, kWindow), kWindow);
      text.remove_prefix(kWindow);
      continue;
    }
    const size_t part = std::min(kWindow - counted_, text.size());
    window_.append(text.substr(0, part));
    counted_ += part;
    text.remove_prefix(part);
    if (counted_ == kWindow) Judge();
  }
}

void TextGuard::Judge() {
  Emit(window_, counted_);
  window_.clear();
  counted_ = 0;
}

void TextGuard::JudgeStart(std::string_view* window) {
  first_window_ = false;
  if (HasBinaryMagic(head_)) {
    withheld_ = true;
    return;
  }
  // The mark of UTF-16 has no meaning for what leaves here.
  const bool little = head_.compare(0, 2, "\xff\xfe") == 0 && head_.size() > 3 && head_[3] == '\0';
  const bool big = head_.compare(0, 2, "\xfe\xff") == 0 && head_.size() > 3 && head_[2] == '\0';
  if (little || big) window->remove_prefix(2);
}

// `counted` leaves out what we put in ourselves: a marker must not thin the controls out.
void TextGuard::Emit(std::string_view window, size_t counted) {
  if (first_window_) JudgeStart(&window);
  if (CountControls(window) * kLargestShare > counted) withheld_ = true;
  if (!withheld_ && !window.empty()) next_(window);
}

void TextGuard::Finish() {
  if (withheld_) return;
  if (lone_nul_) {
    lone_nul_ = false;
    window_.push_back(' ');
    Add(held_);
  }
  if (nul_run_ >= kHole) window_.append("[NUL-bytes:" + std::to_string(nul_run_) + "]");
  nul_run_ = 0;
  if (!withheld_ && !(window_.empty() && head_.empty())) Judge();
}

}  // namespace casepack::redaction

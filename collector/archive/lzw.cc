#include "collector/archive/lzw.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace casepack::archive {
namespace {

constexpr uint32_t kClear = 256;
constexpr unsigned kFirstBits = 9;
constexpr unsigned kMostBits = 16;
constexpr uint32_t kNoCode = UINT32_MAX;
constexpr size_t kHeaderBytes = 3;
constexpr unsigned kBlockMode = 0x80;

// How wide the next code is, from the codes so far: both sides count the same. Codes
// come in groups of eight, and a group is filled up when the width changes.
class Widths {
 public:
  void Set(unsigned most, bool block) {
    most_ = most;
    first_ = block ? kClear + 1 : kClear;
    Clear();
  }
  void Clear() {
    bits_ = kFirstBits;
    in_group_ = 0;
    free_ = first_;
    any_ = false;
  }
  // After a code. Codes of the old width that fill its group, when a new one begins.
  unsigned Next() {
    ++in_group_;
    if (any_ && free_ < (1U << most_)) ++free_;
    any_ = true;
    if (bits_ == most_ || free_ <= (1U << bits_) - 1) return 0;
    const unsigned fill = Fill();
    ++bits_;
    in_group_ = 0;
    return fill;
  }
  // The same after a kClear, which is no code.
  unsigned NextClear() {
    ++in_group_;
    return Fill();
  }
  [[nodiscard]] unsigned bits() const { return bits_; }
  [[nodiscard]] uint32_t free() const { return free_; }

 private:
  [[nodiscard]] unsigned Fill() const { return (8 - in_group_ % 8) % 8; }

  unsigned most_ = kMostBits;
  uint32_t first_ = kClear + 1;
  unsigned bits_ = kFirstBits;
  unsigned in_group_ = 0;
  uint32_t free_ = kClear + 1;
  bool any_ = false;
};

class Unlzw : public Decoder {
 public:
  bool Start() override {
    header_.clear();
    stack_.clear();
    held_ = skip_ = 0;
    hold_ = 0;
    old_ = kNoCode;
    prefix_.assign(1U << kMostBits, 0);
    suffix_.assign(1U << kMostBits, '\0');
    return true;
  }

  Step Decode(std::string_view& in, std::span<char>& out) override {
    while (header_.size() < kHeaderBytes) {
      if (in.empty()) return Step::kMore;
      header_.push_back(in.front());
      in.remove_prefix(1);
      if (header_.size() == kHeaderBytes && !Header()) return Step::kDamaged;
    }
    for (;;) {
      while (!stack_.empty()) {
        if (out.empty()) return Step::kMore;
        out.front() = stack_.back();
        out = out.subspan(1);
        stack_.pop_back();
      }
      if (!Fetch(in)) return Step::kMore;
      const uint32_t code = Take(widths_.bits());
      if (!Expand(code)) return Step::kDamaged;
    }
  }

  [[nodiscard]] bool MayEndHere() const override { return header_.size() == kHeaderBytes; }

 private:
  bool Header() {
    const auto flags = static_cast<uint8_t>(header_[2]);
    const unsigned most = flags & 0x1fU;
    block_ = (flags & kBlockMode) != 0;
    if ((flags & 0x60U) != 0 || most < kFirstBits || most > kMostBits) return false;
    widths_.Set(most, block_);
    return header_.starts_with("\x1f\x9d");
  }

  // Enough bits for a code, behind what is to be passed over.
  bool Fetch(std::string_view& in) {
    for (;;) {
      const unsigned passed = std::min(skip_, held_);
      Take(passed);
      skip_ -= passed;
      if (skip_ == 0 && held_ >= widths_.bits()) return true;
      if (in.empty()) return false;
      hold_ |= uint64_t{static_cast<uint8_t>(in.front())} << held_;
      held_ += 8;
      in.remove_prefix(1);
    }
  }
  uint32_t Take(unsigned bits) {
    const auto code = static_cast<uint32_t>(hold_ & ((uint64_t{1} << bits) - 1));
    hold_ >>= bits;
    held_ -= bits;
    return code;
  }

  bool Expand(uint32_t code) {
    const unsigned bits = widths_.bits();
    if (code == kClear && block_) {
      skip_ = widths_.NextClear() * bits;
      widths_.Clear();
      old_ = kNoCode;
      return true;
    }
    const uint32_t entry = widths_.free();  // what this code makes, if one was before it
    uint32_t at = code;
    if (old_ == kNoCode ? code >= kClear : code > entry) return false;
    if (old_ != kNoCode && code == entry) {
      stack_.push_back(first_);
      at = old_;
    }
    while (at >= kClear) {
      stack_.push_back(suffix_[at]);
      at = prefix_[at];
    }
    first_ = static_cast<char>(at);
    stack_.push_back(first_);
    if (old_ != kNoCode && entry < prefix_.size()) {
      prefix_[entry] = static_cast<uint16_t>(old_);
      suffix_[entry] = first_;
    }
    old_ = code;
    skip_ = widths_.Next() * bits;
    return true;
  }

  std::string header_;
  bool block_ = true;
  Widths widths_;
  uint64_t hold_ = 0;
  unsigned held_ = 0;  // bits
  unsigned skip_ = 0;  // bits
  uint32_t old_ = kNoCode;
  char first_ = '\0';
  std::vector<uint16_t> prefix_;
  std::string suffix_;
  std::string stack_;
};

class Lzw : public Encoder {
 public:
  bool Start() override {
    pending_ = std::string("\x1f\x9d", 2) + static_cast<char>(kMostBits | kBlockMode);
    widths_.Set(kMostBits, true);
    table_.assign(kTableSize, Slot{});
    return true;
  }

  State Encode(std::string_view& in, std::span<char>& out, Flush flush) override {
    for (;;) {
      const size_t part = std::min(out.size(), pending_.size());
      std::copy_n(pending_.begin(), part, out.begin());
      out = out.subspan(part);
      pending_.erase(0, part);
      if (out.empty()) return State::kGoing;
      if (ended_) return State::kEnded;
      if (!in.empty()) {
        const std::string_view bytes = in.substr(0, kPiece);
        for (const char c : bytes)
          Add(static_cast<uint8_t>(c));
        in.remove_prefix(bytes.size());
      } else if (flush == Flush::kEnd) {
        if (code_ != kNoCode) Put(code_, widths_.bits());
        if (held_ > 0) pending_.push_back(static_cast<char>(hold_));
        ended_ = true;
      } else {
        return State::kGoing;
      }
    }
  }

 private:
  struct Slot {
    uint32_t key = kNoCode;
    uint32_t code = 0;
  };
  static constexpr size_t kTableSize = 1U << 18U;
  static constexpr size_t kPiece = 4096;

  void Add(uint32_t byte) {
    if (code_ == kNoCode) {
      code_ = byte;
      return;
    }
    const uint32_t key = code_ << 8U | byte;
    size_t at = (key * 2654435761U) >> 14U;
    while (table_[at].key != kNoCode && table_[at].key != key)
      at = (at + 1) % kTableSize;
    if (table_[at].key == key) {
      code_ = table_[at].code;
      return;
    }
    PutCode(code_);
    code_ = byte;
    if (next_ < (1U << kMostBits)) {
      table_[at] = {key, next_++};
      return;
    }
    // Full: begin anew.
    const unsigned bits = widths_.bits();
    Put(kClear, bits);
    Fill(widths_.NextClear(), bits);
    widths_.Clear();
    table_.assign(kTableSize, Slot{});
    next_ = kClear + 1;
  }

  void PutCode(uint32_t code) {
    const unsigned bits = widths_.bits();
    Put(code, bits);
    Fill(widths_.Next(), bits);
  }
  void Fill(unsigned codes, unsigned bits) {
    for (; codes > 0; --codes)
      Put(0, bits);
  }
  void Put(uint32_t code, unsigned bits) {
    hold_ |= uint64_t{code} << held_;
    held_ += bits;
    while (held_ >= 8) {
      pending_.push_back(static_cast<char>(hold_));
      hold_ >>= 8U;
      held_ -= 8;
    }
  }

  Widths widths_;
  std::vector<Slot> table_;
  uint32_t next_ = kClear + 1;
  uint32_t code_ = kNoCode;
  uint64_t hold_ = 0;
  unsigned held_ = 0;  // bits
  bool ended_ = false;
  std::string pending_;
};

}  // namespace

std::unique_ptr<Decoder> MakeLzwDecoder() { return std::make_unique<Unlzw>(); }
std::unique_ptr<Encoder> MakeLzwEncoder() { return std::make_unique<Lzw>(); }

}  // namespace casepack::archive

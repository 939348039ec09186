#include "collector/fleet/column.h"

#include <algorithm>

namespace casepack::fleet {
namespace {

constexpr size_t kFewValues = 8;  // looked through one by one

uint8_t WidthFor(uint32_t most) {
  for (const uint8_t width : {uint8_t{1}, uint8_t{2}, uint8_t{4}, uint8_t{8}, uint8_t{16}}) {
    if (most < (1U << width)) return width;
  }
  return 32;
}

}  // namespace

std::optional<Code> Column::FindCode(std::string_view text) const {
  if (last_ < texts_.size() && texts_[last_] == text) return last_;
  if (texts_.size() > kFewValues) {
    const auto found = codes_.find(text);
    return found == codes_.end() ? std::nullopt : std::optional(found->second);
  }
  const auto found = std::find(texts_.begin(), texts_.end(), text);
  if (found == texts_.end()) return std::nullopt;
  return static_cast<Code>(found - texts_.begin());
}

Code Column::CodeOf(std::string_view text, std::optional<double> number) {
  if (const auto found = FindCode(text)) {
    last_ = *found;
    return last_;
  }
  texts_.emplace_back(text);
  numbers_.push_back(number);
  last_ = static_cast<Code>(texts_.size() - 1);
  if (texts_.size() == kFewValues + 1) {
    for (Code code = 0; code < last_; ++code)
      codes_.emplace(texts_[code], code);
  }
  if (texts_.size() > kFewValues) codes_.emplace(texts_.back(), last_);
  return last_;
}

void Column::Set(uint32_t row, Code code) {
  if (!open_.empty() && open_.front().first / kBlockRows != row / kBlockRows) Pack();
  if (open_.empty() || open_.back().first < row) open_.emplace_back(row, code);
}

void Column::Close() {
  Pack();
  open_.shrink_to_fit();
  blocks_.shrink_to_fit();
}

void Column::Pack() {
  if (open_.empty()) return;
  Block block;
  block.first = open_.front().first / kBlockRows * kBlockRows;
  uint32_t most = 0;
  bool same = true;
  for (const auto& [row, code] : open_) {
    most = std::max(most, code + 1);
    same = same && code == open_.front().second;
  }
  block.count = open_.back().first - block.first + 1;
  block.width = WidthFor(most);
  const size_t dense_words = (block.count * block.width + 31) / 32;
  if (same && open_.size() == block.count) {
    block.width = 0;
    block.base = open_.front().second;
  } else if (open_.size() * 2 < dense_words) {
    block.sparse = true;
    for (const auto& [row, code] : open_) {
      block.words.push_back(row - block.first);
      block.words.push_back(code);
    }
  } else {
    const uint32_t per_word = 32U / block.width;
    block.words.assign(block.count / per_word + 1, 0);
    for (const auto& [row, code] : open_) {
      const uint32_t index = row - block.first;
      block.words[index / per_word] |= (code + 1) << (index % per_word * block.width);
    }
  }
  block.words.shrink_to_fit();
  blocks_.push_back(std::move(block));
  open_.clear();
}

std::vector<Code> Column::Codes(size_t rows) const {
  std::vector<Code> codes(rows, kNotVisible);
  ForEach([&](uint32_t row, Code code) {
    if (row < rows) codes[row] = code;
  });
  return codes;
}

void Column::Fill(uint32_t first, std::span<Code> codes) const {
  std::fill(codes.begin(), codes.end(), kNotVisible);
  const auto take = [&](uint32_t row, Code code) {
    if (row >= first && row - first < codes.size()) codes[row - first] = code;
  };
  const auto begin = std::partition_point(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    return block.first + kBlockRows <= first;
  });
  for (auto block = begin; block != blocks_.end() && block->first < first + codes.size(); ++block)
    Unpack(*block, take);
  for (const auto& [row, code] : open_)
    take(row, code);
}

}  // namespace casepack::fleet

// One fact over many hosts: its distinct values once, and for each host a code in as few bits
// as the values of its neighbours need. Where all neighbours agree, or hardly one has the
// fact, next to nothing.
//
// One thread fills it, row by row upwards; then any thread reads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "collector/manifest/fact_reader.h"

namespace casepack::fleet {

using Code = uint32_t;  // of a value in its column; kNotVisible: this host does not tell
inline constexpr Code kNotVisible = UINT32_MAX;

class Column {
 public:
  Column(std::string key, manifest::FactClass klass) : key_(std::move(key)), klass_(klass) {}

  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] manifest::FactClass klass() const { return klass_; }

  // The code of a value, made if it is new. `number`: the value if it is one.
  Code CodeOf(std::string_view text, std::optional<double> number);
  [[nodiscard]] std::optional<Code> FindCode(std::string_view text) const;
  [[nodiscard]] size_t values() const { return texts_.size(); }
  [[nodiscard]] const std::string& text(Code code) const { return texts_[code]; }
  [[nodiscard]] const std::optional<double>& number(Code code) const { return numbers_[code]; }

  // Rows rise; of a row that comes again, the first value stays.
  void Set(uint32_t row, Code code);
  // No more rows: what is open is packed.
  void Close();

  // Calls each(row, code) for the rows that have a value, upwards.
  template <typename Each>
  void ForEach(Each each) const {
    for (const Block& block : blocks_)
      Unpack(block, each);
    for (const auto& [row, code] : open_)
      each(row, code);
  }
  // One code for each of `rows` rows.
  [[nodiscard]] std::vector<Code> Codes(size_t rows) const;
  // The same for a run of rows, as many as `codes` has room for.
  void Fill(uint32_t first, std::span<Code> codes) const;

 private:
  static constexpr uint32_t kBlockRows = 1024;

  // Rows [first, first + kBlockRows). width 0 and not sparse: all `count` rows from `first`
  // on have `base`. Dense: code + 1 in `width` bits for each row, 0 for none. Sparse: pairs of
  // the row less `first` and the code, both as words.
  struct Block {
    uint32_t first = 0;
    uint32_t count = 0;
    Code base = 0;
    uint8_t width = 0;
    bool sparse = false;
    std::vector<uint32_t> words;
  };

  template <typename Each>
  static void Unpack(const Block& block, Each each) {
    if (block.sparse) {
      for (size_t i = 0; i + 1 < block.words.size(); i += 2)
        each(block.first + block.words[i], block.words[i + 1]);
      return;
    }
    for (uint32_t i = 0; i < block.count; ++i) {
      const Code code = block.width == 0 ? block.base + 1 : Dense(block, i);
      if (code != 0) each(block.first + i, code - 1);
    }
  }
  static uint32_t Dense(const Block& block, uint32_t index) {
    const uint32_t per_word = 32U / block.width;
    const uint32_t shift = index % per_word * block.width;
    const uint32_t mask = block.width == 32 ? UINT32_MAX : (1U << block.width) - 1;
    return (block.words[index / per_word] >> shift) & mask;
  }
  void Pack();

  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  std::string key_;
  manifest::FactClass klass_;
  std::vector<std::string> texts_;
  std::vector<std::optional<double>> numbers_;
  std::unordered_map<std::string, Code, Hash, std::equal_to<>> codes_;  // once there are many
  Code last_ = 0;
  std::vector<Block> blocks_;
  std::vector<std::pair<uint32_t, Code>> open_;  // of the block that is being filled
};

}  // namespace casepack::fleet

// How much a hostile archive may cost, and the account of what it has cost so far, one
// for all the archives in an archive. One thread.
#pragma once

#include <cstdint>
#include <string>

#include "collector/base/result.h"

namespace casepack::archive {

struct Bounds {
  int depth = 4;                              // archives in archives
  uint64_t max_bytes = uint64_t{64} << 30U;   // unpacked, in all
  uint64_t max_ratio = 1000;                  // unpacked to packed, beyond free_bytes
  uint64_t free_bytes = uint64_t{64} << 20U;  // below this no ratio is suspicious
  uint64_t max_entries = 1'000'000;           // in all
  uint64_t max_entry = uint64_t{16} << 30U;   // unpacked, one entry
  uint64_t decoder_memory = uint64_t{128} << 20U;
  uint64_t header_bytes = uint64_t{8} << 20U;  // of one tar entry, sparse maps and all
  size_t memory = size_t{1} << 20U;            // of an entry, before it goes to a nameless file
  size_t max_rows = 1000;                      // entries that the report tells one by one
  std::string temp_folder;                     // empty: os::TempFolder()
};

class Budget {
 public:
  explicit Budget(const Bounds& bounds) : bounds_(bounds) {}
  [[nodiscard]] const Bounds& bounds() const { return bounds_; }

  // Bytes of the outermost archive.
  void Pack(uint64_t bytes) { packed_ += bytes; }
  // Bytes that a decoder made. kFull: too many, now and for ever.
  base::Status Unpack(uint64_t bytes);
  // Bytes that one decoder has made of what it took. kFull as above, for this decoder.
  [[nodiscard]] base::Status Ratio(uint64_t taken, uint64_t made) const;
  base::Status Entry();

 private:
  const Bounds bounds_;
  uint64_t packed_ = 0;
  uint64_t unpacked_ = 0;
  uint64_t entries_ = 0;
};

}  // namespace casepack::archive

// The time formats of one file: learned from a sample and kept, two at most (a log that
// changed its format in the middle). A value; one thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "collector/base/time.h"
#include "collector/records/time_format.h"

namespace casepack::records {

class FormatSet {
 public:
  static constexpr size_t kMost = 2;

  // Counts which formats the sample's lines begin with and adds the commonest to what is
  // known. Times after `latest` (the file's own or now, and a day) speak against a format: of
  // "30/06/21" the first number is no year. In UTF-8 or a single-byte encoding.
  void Learn(std::string_view sample, base::Timestamp latest);

  // The stamp that the line begins with, in one of the formats known.
  std::optional<Dated> Date(std::string_view line);

  // The same in a format that is not known yet, and then is: for what a sample could not
  // show. `plausible` says whether such a time may stand there.
  std::optional<Dated> Consider(std::string_view line,
                                const std::function<bool(const Stamp&)>& plausible);

  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] bool full() const { return count_ == kMost; }
  // "iso8601", "iso8601 rfc3164"
  [[nodiscard]] std::string Names() const;

 private:
  void Add(const TimeFormat* format);

  std::array<const TimeFormat*, kMost> known_{};  // the one that fitted last is the first
  size_t count_ = 0;
};

}  // namespace casepack::records

// The records of all sources in the order of time, folded and within a bound: of more than
// there is room for, those furthest from the error go. What comes in may be in any order.
// One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "collector/base/time.h"
#include "collector/records/timeline.h"

namespace casepack::analysis {

// One record of a log. A repetition is folded into the first: the same source and the same
// text but for its numbers, not long after the one before.
struct LogRecord {
  base::Timestamp time{};
  std::string source;  // the log: "/var/log/syslog"
  std::string member;  // where it is in the bundle,
  uint64_t line = 0;   // and the line there, from 1
  std::string text;    // less the stamp; its beginning
  bool cut = false;    // there was more of it
  uint32_t doubts = records::kNoDoubt;
  uint64_t count = 1;
  base::Timestamp until{};  // of the last repetition
};

struct LogStoreLimits {
  uint64_t bytes = 12U << 20U;
  uint64_t records = 50'000;
  base::Duration fold = std::chrono::minutes(10);  // at most between two of them
};

class LogStore {
 public:
  LogStore(base::Timestamp error, const LogStoreLimits& limits);
  ~LogStore();
  LogStore(const LogStore&) = delete;
  LogStore& operator=(const LogStore&) = delete;

  // Several items took (parts of) this log: a record that stands in more than one member of
  // it is one record. Before the first of its records comes.
  void ExpectTwice(const std::string& source) { twice_.insert(source); }

  void Add(LogRecord record);

  // Records that there was no room for.
  [[nodiscard]] uint64_t left_out() const { return left_out_; }
  // In the order of time, then of source and line.
  [[nodiscard]] std::vector<const LogRecord*> InOrder() const;

 private:
  struct Row {
    LogRecord record;
    uint64_t key = 0;
    base::Duration distance{};
  };
  struct FurtherFirst {
    bool operator()(const Row* a, const Row* b) const {
      if (a->distance != b->distance) return a->distance > b->distance;
      return std::less<>()(a, b);
    }
  };
  // How often a record stands in any member of its log, at most; and in the one at work.
  struct Seen {
    uint32_t most = 0;
    uint32_t here = 0;
    uint32_t member = 0;
  };
  bool IsKnown(const LogRecord& record);
  bool Fold(const LogRecord& record, uint64_t key);
  void Evict();

  const base::Timestamp error_;
  const LogStoreLimits limits_;
  std::map<uint64_t, Row*> open_;  // by digest of source and text
  std::set<Row*, FurtherFirst> rows_;
  std::set<std::string, std::less<>> twice_;
  std::unordered_map<uint64_t, Seen> seen_;  // of those: by digest of source, time and text
  std::string member_;                       // at work
  uint32_t members_ = 0;
  uint64_t bytes_ = 0;
  uint64_t left_out_ = 0;
};

// The text with each run of digits (and of hexadecimal ones) as one '#', but for versions,
// addresses and codes ("status 500"): what two repetitions have in common.
uint64_t FoldKey(std::string_view source, std::string_view text);

}  // namespace casepack::analysis

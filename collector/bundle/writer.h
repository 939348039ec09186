// Writer: gathers the members of a bundle in a spool, compressed and redacted, and seals
// them into one file with the summary in front. The format is FORMAT.md.
//
// NewEntry is thread-safe, entries may be written at the same time; Seal once, at the
// end, by one thread. Owns the spool.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/entry.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index.h"
#include "collector/os/output.h"
#include "redaction/engine.h"

namespace casepack::bundle {

struct WriterOptions {
  Format format = Format::kTarGz;
  std::string folder;              // the one folder inside, named like the file
  std::string spool_folder;        // where the nameless spool lives
  base::Timestamp created{};       // time of the members that we make ourselves
  redaction::EnginePtr redaction;  // what every byte, name and text goes through
};

struct FrontMember {  // stands in the first gzip member, behind index.json
  std::string name;   // "SUMMARY.txt"
  std::string content;
};

// Fills the texts of a message in both languages: the catalogue is above this layer.
using Translate = std::function<void(Text&)>;

struct SealOptions {
  std::optional<uint64_t> max_size;  // of the finished file
  Translate translate;
  Text left_out_reason;  // for members that max_size leaves out
  // Made when all rows are final: what was left out by then, the totals, the bundle id.
  std::function<std::vector<FrontMember>(const Index&)> front;
};

class Writer {
 public:
  static base::Result<std::unique_ptr<Writer>> Create(const WriterOptions& options);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Entry NewEntry(std::string_view item_id, const EntryLimits& limits);

  // What stands beside raw/ and not below it: made from the members of the run.
  Entry NewTopEntry(std::string_view item_id, const EntryLimits& limits);

  // Not ok once the spool failed: the run can end, there is no room for more.
  [[nodiscard]] base::Status status() const;

  // A member as it was stored, redacted. Before Seal, by one thread. `sink` returns false
  // to stop. kMissing for a row that is not of this writer.
  base::Status Read(const MemberRow& row, const std::function<bool(std::string_view)>& sink) const;

  // Writes the bundle of these rows (in the order given) to the sink and commits it.
  // Fills in `index` what is known only now: offsets, left_out, totals, bundle_id.
  base::Status Seal(Index& index, const SealOptions& options, os::ByteSink& sink);

 private:
  class Impl;
  explicit Writer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace casepack::bundle

// Bytes in, safe bytes out: secrets are replaced by [REDACTED:rule-id] on their way.
//
// A Stream belongs to one thread; the Engine that it works with may serve many. It keeps
// at most a few hundred KiB whatever the input or its longest line, and its output does
// not depend on how the input was cut into pieces. This folder opens no file, reads no
// JSON, and knows nothing of the collector.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/engine.h"
#include "redaction/triggers.h"

namespace casepack::redaction {

using Counts = std::map<std::string, uint64_t, std::less<>>;  // rule id -> replacements
using Sink = std::function<void(std::string_view)>;

class Stream {
 public:
  Stream(EnginePtr engine, Sink sink);
  // With a mask scanner of the caller's choice: for tests and measurements.
  Stream(EnginePtr engine, Sink sink, FindTriggers find_triggers);
  ~Stream();
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void Feed(std::string_view bytes);
  // The end of the input: an unfinished block (a PEM key without its END) is removed.
  void Finish();

  [[nodiscard]] const Counts& counts() const;

  // Fail closed: what is not text is not let through. True once that was found; the sink
  // got what came before, and gets nothing more.
  [[nodiscard]] bool withheld() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// A short text whole (a path, an error text, a JSON string): through the same rules.
std::string RedactText(const EnginePtr& engine, std::string_view text, Counts* counts);

// An argument vector: also `--password VALUE` and `-p VALUE` over two arguments.
std::vector<std::string> RedactArguments(const EnginePtr& engine,
                                         const std::vector<std::string>& arguments, Counts* counts);

// Does a value under this name want to be hidden whatever it is ("db_password")?
bool IsSecretName(std::string_view name);

}  // namespace casepack::redaction

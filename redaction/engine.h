// What all streams of a run share: the rules, the key, the names that the host knows.
//
// Immutable once made; any number of threads may use one at the same time.
#pragma once

#include <memory>
#include <vector>

#include "redaction/identifier.h"
#include "redaction/pseudonyms.h"
#include "redaction/rule.h"

namespace casepack::redaction {

struct EngineOptions {
  IdentifierClasses pseudonymize;
  PseudonymKey key{};
  KnownNames known;
  // Called by the streams of all threads: does its own locking.
  PseudonymObserver observer;
};

class Ruleset;
class Literals;

class Engine {
 public:
  explicit Engine(std::shared_ptr<const Ruleset> rules, EngineOptions options = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] const Ruleset& rules() const { return *rules_; }
  [[nodiscard]] const EngineOptions& options() const { return options_; }
  [[nodiscard]] const Literals& literals() const { return *literals_; }

 private:
  std::shared_ptr<const Ruleset> rules_;
  EngineOptions options_;
  std::unique_ptr<const Literals> literals_;  // of the rules and of the known names
};

using EnginePtr = std::shared_ptr<const Engine>;

}  // namespace casepack::redaction

// Looks through one member's text for what redaction should have removed, with the
// reference implementation: slower than the stream that wrote it, and independent of how
// that found its places.
//
// Belongs to one thread. Keeps at most a few MiB, whatever the member.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/encoding.h"
#include "redaction/engine.h"

namespace casepack::bundle {

struct SecretHit {
  std::string rule;   // never the value
  uint64_t line = 0;  // from 1
};

class SecretScan {
 public:
  static constexpr size_t kMostHits = 100;

  explicit SecretScan(redaction::EnginePtr engine);

  void Feed(std::string_view bytes);
  // The hits, in the order of the text.
  std::vector<SecretHit> Finish();

 private:
  void Look(bool end);

  redaction::EnginePtr engine_;
  redaction::Decoder decoder_;
  std::string text_;
  size_t known_ = 0;    // of text_, looked at before: only there for what follows it
  uint64_t lines_ = 0;  // line ends in front of text_
  std::vector<SecretHit> hits_;
};

}  // namespace casepack::bundle

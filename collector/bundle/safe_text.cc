#include "collector/bundle/safe_text.h"

#include "collector/base/utf8.h"

namespace casepack::bundle {
namespace {

constexpr size_t kLongest = 4096;

}  // namespace

std::string SafeText(const redaction::EnginePtr& engine, std::string_view text,
                     redaction::Counts* counts) {
  std::string safe = base::Visible(redaction::RedactText(engine, text, counts));
  if (safe.size() <= kLongest) return safe;
  size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(safe[end]) & 0xC0U) == 0x80U)
    --end;
  return safe.substr(0, end) + "…";
}

}  // namespace casepack::bundle

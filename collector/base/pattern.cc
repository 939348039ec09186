#include "collector/base/pattern.h"

#include <re2/re2.h>

namespace casepack::base {
namespace {

constexpr int64_t kMaxMemory = int64_t{8} << 20;

RE2::Options Options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxMemory);
  return options;
}

}  // namespace

class Pattern::Compiled {
 public:
  explicit Compiled(const std::string& text) : re2(text, Options()) {}
  const RE2 re2;
};

Result<Pattern> Pattern::Compile(const std::string& text) {
  auto compiled = std::make_shared<const Compiled>(text);
  if (!compiled->re2.ok()) {
    return Status(Code::kInvalid, {"base.pattern.syntax", {{"detail", compiled->re2.error()}}});
  }
  return Pattern(std::move(compiled));
}

bool Pattern::Matches(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->re2);
}

std::vector<std::string_view> Pattern::Groups(std::string_view text) const {
  std::vector<re2::StringPiece> found(static_cast<size_t>(group_count()) + 1);
  if (!compiled_->re2.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                            RE2::UNANCHORED, found.data(), static_cast<int>(found.size()))) {
    return {};
  }
  std::vector<std::string_view> groups;
  groups.reserve(found.size());
  for (const re2::StringPiece& piece : found)
    groups.emplace_back(piece.data() == nullptr ? std::string_view()
                                                : std::string_view(piece.data(), piece.size()));
  return groups;
}

int Pattern::group_count() const { return compiled_->re2.NumberOfCapturingGroups(); }

size_t Pattern::value_group() const {
  const auto& named = compiled_->re2.NamedCapturingGroups();
  const auto found = named.find("value");
  return static_cast<size_t>(found == named.end() ? group_count() : found->second);
}

}  // namespace casepack::base

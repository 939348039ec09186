// Is this the name of a secret, and how sure does it make us?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "redaction/grammar.h"

namespace casepack::redaction {

// The rule for values under this name ("database.SqlServer.password", "apiKey",
// "AWS_SESSION_TOKEN"), nullptr when the name promises nothing secret.
const NameRule* ClassifyName(std::string_view name);

// The same, and remembers the answers for short names: a log asks the same ones again and
// again. Belongs to one thread.
class NameMemo {
 public:
  const NameRule* Classify(std::string_view name);

 private:
  static constexpr size_t kLongest = 24;
  using Letters = std::array<uint64_t, 3>;
  static Letters LettersOf(std::string_view name);
  struct Row {
    Letters letters{};
    size_t size = 0;
    const NameRule* rule = nullptr;
  };
  std::array<Row, 64> rows_{};
};

}  // namespace casepack::redaction

#include "collector/report/differences.h"

#include <fmt/format.h>

#include <algorithm>

#include "collector/base/utf8.h"

namespace casepack::report {
namespace {

using analysis::Difference;
using Kind = Difference::Kind;

constexpr size_t kKeyColumns = 36;
constexpr size_t kValueColumns = 30;
constexpr size_t kPackagesShown = 10;

bool IsPackage(const Difference& difference) { return difference.key.rfind("package.", 0) == 0; }

}  // namespace

std::string DifferencesText(const std::vector<Difference>& differences, Detail detail,
                            const Words& words, Language language) {
  std::string out;
  const auto word = [&](const char* key) { return words.Text(language, key); };
  const auto count = [&](const char* key, size_t number) {
    if (number == 0) return;
    out += words.Render(language, {key, {{"count", fmt::to_string(number)}}}) + "\n";
  };
  const auto row = [&](const std::string& key, const std::string& a, const std::string& b) {
    out += fmt::format("{}  {}  {}\n", base::FitColumns(base::Visible(key), kKeyColumns),
                       base::FitColumns(base::Visible(a), kValueColumns), base::Visible(b));
  };
  const bool all = detail == Detail::kAll;
  size_t packages = 0;
  size_t incomparable = 0;
  for (const Difference& one : differences) {
    const bool hidden_package = IsPackage(one) && ++packages > kPackagesShown && !all;
    if (one.kind == Kind::kNotComparable) {
      ++incomparable;
      if (!all) continue;
    } else if (hidden_package) {
      continue;
    }
    if (out.empty()) {
      row(word("differences.fact"), word("differences.healthy"), word("differences.broken"));
    }
    const std::string absent =
        one.kind == Kind::kNotComparable ? word("differences.not_seen") : word("differences.none");
    row(one.key, one.healthy.empty() && one.kind != Kind::kDifferent ? absent : one.healthy,
        one.broken.empty() && one.kind != Kind::kDifferent ? absent : one.broken);
  }
  if (out.empty()) out = word("differences.nothing") + "\n";
  if (!all && packages > kPackagesShown)
    count("differences.more_packages", packages - kPackagesShown);
  if (!all) count("differences.incomparable", incomparable);
  return out;
}

}  // namespace casepack::report

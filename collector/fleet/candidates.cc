#include "collector/fleet/candidates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "collector/fleet/load.h"

namespace casepack::fleet {
namespace {

const double kLogKept = std::log(0.05);
// A value that so few hosts have that it could not be told from chance if each of them were
// affected is no test: decided without a look at who has it.
const double kLogTestable = std::log(1e-3);
constexpr size_t kMostCuts = 63;   // of a range of numbers
constexpr size_t kFewNumbers = 8;  // so many are compared one by one as well

struct Count {
  uint32_t affected = 0;
  uint32_t healthy = 0;
};

class Testing {
 public:
  Testing(const Table& table, const Sample& sample, const Fisher& fisher)
      : table_(table), sample_(sample), fisher_(fisher) {}

  Candidates Run() {
    for (size_t i = 0; i < table_.columns(); ++i) {
      if (IsCompared(table_.column(i))) Test(i);
    }
    std::sort(found_.best.begin(), found_.best.end(),
              [](const Candidate& a, const Candidate& b) { return a.log_p < b.log_p; });
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool IsCompared(const Column& column) const {
    const std::string& key = column.key();
    if (key == kOsKey || key == kKernelKey || key == kToolKey) return false;  // facts say it
    if (table_.evidence().find(key) != table_.evidence().end()) return false;
    return !RepeatsTheState(column);
  }

  // The same text on every host as a fact that the state is made of.
  [[nodiscard]] bool RepeatsTheState(const Column& column) const {
    for (const std::string& key : table_.evidence()) {
      const Column* state = table_.Find(key);
      if (state == nullptr || state->values() < 2 || state->values() != column.values()) continue;
      bool same = true;
      for (Code code = 0; code < column.values() && same; ++code)
        same = state->FindCode(column.text(code)).has_value();
      if (!same) continue;
      const auto codes = column.Codes(table_.hosts().size());
      const auto of_state = state->Codes(table_.hosts().size());
      for (size_t row = 0; row < codes.size() && same; ++row) {
        const bool both = codes[row] != kNotVisible && of_state[row] != kNotVisible;
        same = !both || column.text(codes[row]) == state->text(of_state[row]);
      }
      if (same) return true;
    }
    return false;
  }

  // How many hosts of each side have each value, and how many tell at all.
  void CountValues(size_t index) {
    const Column& column = table_.column(index);
    counts_.assign(column.values(), {});
    visible_ = {};
    const std::vector<Code> codes = column.Codes(table_.hosts().size());
    const std::vector<uint8_t>& looked = table_.LookedThrough(index, &origins_);
    for (size_t i = 0; i < sample_.size(); ++i) {
      const uint32_t row = sample_.rows[i];
      if (codes[row] == kNotVisible) {
        if (looked[row] == 0) continue;  // not visible; else it is known to be absent
      } else {
        ++(sample_.affected[i] != 0 ? counts_[codes[row]].affected : counts_[codes[row]].healthy);
      }
      ++(sample_.affected[i] != 0 ? visible_.affected : visible_.healthy);
    }
  }

  void Test(size_t index) {
    CountValues(index);
    if (visible_.affected == 0 || visible_.healthy == 0) return;
    const Column& column = table_.column(index);
    std::vector<Code> numbers;
    for (Code code = 0; code < column.values(); ++code) {
      if (column.number(code)) numbers.push_back(code);
    }
    const bool ranges = numbers.size() == column.values() && numbers.size() > 2;
    if (ranges) TestRanges(index, std::move(numbers));
    if (ranges && column.values() > kFewNumbers) return;
    if (ranges && column.klass() == manifest::FactClass::kMeasure) return;
    for (Code code = 0; code < column.values(); ++code) {
      const Candidate candidate = Try({index, Trait::Is::kEqual, code}, counts_[code]);
      Keep(candidate);
    }
  }

  // Where to cut is found from the data, and each cut that was tried is a test.
  void TestRanges(size_t index, std::vector<Code> numbers) {
    const Column& column = table_.column(index);
    std::sort(numbers.begin(), numbers.end(),
              [&](Code a, Code b) { return *column.number(a) < *column.number(b); });
    const size_t step = std::max<size_t>(1, numbers.size() / kMostCuts);
    Candidate best;
    Count below;
    Count told;  // absent hosts are in no range
    for (const Count& count : counts_) {
      told.affected += count.affected;
      told.healthy += count.healthy;
    }
    std::swap(visible_, told);
    for (size_t i = 1; i < numbers.size(); ++i) {
      below.affected += counts_[numbers[i - 1]].affected;
      below.healthy += counts_[numbers[i - 1]].healthy;
      if (i % step != 0) continue;
      Candidate cut = Try({index, Trait::Is::kAtMost, numbers[i - 1]}, below);
      if (!cut.split.more_among_affected()) {
        cut.trait = {index, Trait::Is::kAtLeast, numbers[i]};
        std::swap(cut.split.affected_with, cut.split.affected_without);
        std::swap(cut.split.healthy_with, cut.split.healthy_without);
      }
      if (cut.log_p < best.log_p) best = cut;
    }
    std::swap(visible_, told);
    Keep(best);
  }

  Candidate Try(const Trait& trait, const Count& with) {
    Candidate candidate{trait,
                        {with.affected, visible_.affected - with.affected, with.healthy,
                         visible_.healthy - with.healthy},
                        0};
    if (!candidate.split.tells() || !IsTestable(candidate.split)) return candidate;
    ++found_.tests;
    candidate.log_p = fisher_.LogP(candidate.split);
    return candidate;
  }

  // The smallest p that hosts of these numbers could have, whoever they are.
  [[nodiscard]] bool IsTestable(const Split& split) const {
    const uint32_t few = std::min(split.with(), split.without());
    if (few >= 20) return true;
    const auto extreme = [&](uint32_t affected, uint32_t healthy) {
      const uint32_t in = std::min(few, affected);
      return fisher_.LogP({in, affected - in, few - in, healthy - (few - in)});
    };
    if (few > split.affected() + split.healthy()) return false;
    return extreme(split.affected(), split.healthy()) <= kLogTestable ||
           extreme(split.healthy(), split.affected()) <= kLogTestable;
  }

  void Keep(const Candidate& candidate) {
    if (candidate.log_p < kLogKept) found_.best.push_back(candidate);
  }

  const Table& table_;
  const Sample& sample_;
  const Fisher& fisher_;
  Table::Origins origins_;
  std::vector<Count> counts_;
  Count visible_;
  Candidates found_;
};

}  // namespace

Candidates TestAll(const Table& table, const Sample& sample, const Fisher& fisher) {
  return Testing(table, sample, fisher).Run();
}

}  // namespace casepack::fleet

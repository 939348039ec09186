#include "collector/fleet/separators.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "collector/fleet/candidates.h"
#include "collector/fleet/pairs.h"

namespace casepack::fleet {
namespace {

using manifest::FactClass;

const double kLogBound = std::log(kFalseDiscovery);
constexpr size_t kMostLooked = 400;  // candidates whose hosts are looked at
constexpr size_t kMostPaired = 120;  // of those, before the same hosts are joined
constexpr size_t kMostFound = 10;
constexpr size_t kMostFolded = 12;

bool Begins(const std::string& key, std::string_view with) {
  return key.compare(0, with.size(), with) == 0;
}

// Of traits that the same hosts have, the one that says most to people: what there is more of
// among the affected; of the product before the host before packages.
auto SaysMost(const Table& table, const Trait& trait, const Split& split) {
  const Column& column = table.column(trait.column);
  int area = 0;
  if (Begins(column.key(), "host.") || Begins(column.key(), "service.") ||
      Begins(column.key(), "kernel.module."))
    area = 1;
  if (Begins(column.key(), "package.")) area = 2;
  return std::make_tuple(!split.more_among_affected(), area,
                         column.klass() == FactClass::kConfiguration ? 1 : 0,
                         std::string_view(column.key()), trait.code);
}

// A value and the absence of the only other one have the same p, but for its last digits.
int64_t Rounded(double log_p) { return std::llround(log_p * 1e6); }

auto Rank(const Table& table, const Candidate& candidate) {
  return std::tuple_cat(std::make_tuple(Rounded(candidate.log_p)),
                        SaysMost(table, candidate.trait, candidate.split));
}

// A trait, or two, with its hosts.
struct Looked {
  std::vector<Trait> traits;
  Split split;
  double log_p = 0;
  double log_q = 0;
  TraitHosts hosts;
};

class Finding {
 public:
  Finding(const Table& table, const Sample& sample)
      : table_(table),
        sample_(sample),
        affected_(AffectedOf(sample)),
        fisher_(sample.size()),
        result_() {
    for (const uint8_t affected : sample.affected)
      ++(affected != 0 ? result_.affected : result_.healthy);
  }

  Separators Run() {
    if (const auto why = WhyNot()) {
      result_.why = *why;
      return std::move(result_);
    }
    Candidates candidates = TestAll(table_, sample_, fisher_);
    result_.tests = candidates.tests;
    std::sort(
        candidates.best.begin(), candidates.best.end(),
        [&](const Candidate& a, const Candidate& b) { return Rank(table_, a) < Rank(table_, b); });
    Look(candidates);
    for (Looked& looked : Distinct(candidates.best.size()))
      Judge(std::move(looked));
    result_.why = result_.found.empty() ? Separators::Why::kNothing : Separators::Why::kFound;
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::optional<Separators::Why> WhyNot() const {
    if (result_.affected == 0) return Separators::Why::kNoAffected;
    if (result_.healthy == 0) return Separators::Why::kNoHealthy;
    const double best = fisher_.LogP({result_.affected, 0, 0, result_.healthy});
    if (best > kLogBound - std::log(10.0)) return Separators::Why::kTooFew;
    return std::nullopt;
  }

  // Fills singles_ with the hosts of the best.
  void Look(const Candidates& candidates) {
    std::vector<double> log_p;
    for (const Candidate& candidate : candidates.best)
      log_p.push_back(candidate.log_p);
    const std::vector<double> log_q = LogFalseDiscovery(log_p, candidates.tests);
    for (size_t i = 0; i < candidates.best.size() && i < kMostLooked; ++i) {
      const Candidate& one = candidates.best[i];
      Looked looked{
          {one.trait}, one.split, one.log_p, log_q[i], HostsOf(table_, sample_, one.trait)};
      singles_.push_back(std::move(looked));
    }
  }

  // The strongest singles to make pairs of; of those that the same hosts have, the one that
  // says most.
  std::vector<size_t> Parts() const {
    std::vector<size_t> parts;
    for (size_t i = 0; i < singles_.size() && i < kMostPaired; ++i) {
      const Looked& single = singles_[i];
      const auto same = std::find_if(parts.begin(), parts.end(), [&](size_t other) {
        return SameHosts(singles_[other].hosts, single.hosts);
      });
      if (same == parts.end()) {
        parts.push_back(i);
      } else if (SaysMost(table_, single.traits[0], single.split) <
                 SaysMost(table_, singles_[*same].traits[0], singles_[*same].split)) {
        *same = i;
      }
    }
    return parts;
  }

  // Singles and pairs that pass the bound, the strongest first.
  std::vector<Looked> Distinct(size_t all_candidates) {
    const std::vector<size_t> chosen = Parts();
    std::vector<PairPart> parts;
    for (const size_t i : chosen)
      parts.push_back({singles_[i].log_p, &singles_[i].hosts, singles_[i].traits[0].column});
    const Pairs pairs = TestPairs(parts, affected_, fisher_);
    result_.tests += pairs.tests;
    std::vector<Looked> looked;
    for (Looked& single : singles_) {
      if (single.log_q <= kLogBound) looked.push_back(single);
    }
    if (singles_.size() == kMostLooked && looked.size() == kMostLooked)
      result_.more = static_cast<uint32_t>(all_candidates - kMostLooked);
    for (const Pair& pair : pairs.best) {
      const Looked& a = singles_[chosen[pair.first]];
      const Looked& b = singles_[chosen[pair.second]];
      TraitHosts hosts = Both(a.hosts, b.hosts);
      const Split split = SplitOf(hosts, affected_);
      // At least as sure as what two of them add to one.
      const double log_q =
          std::min(0.0, pair.log_added + std::log(static_cast<double>(pairs.tests)));
      if (log_q <= kLogBound)
        looked.push_back({{a.traits[0], b.traits[0]}, split, pair.log_p, log_q, std::move(hosts)});
    }
    std::stable_sort(looked.begin(), looked.end(), [](const Looked& a, const Looked& b) {
      return Rounded(a.log_p) < Rounded(b.log_p);
    });
    return looked;
  }

  // A separator of its own, or a part of one that is stronger.
  void Judge(Looked looked) {
    for (size_t i = 0; i < leaders_.size(); ++i) {
      const bool same = SameHosts(leaders_[i].hosts, looked.hosts);
      if (!same && AddsTo(leaders_[i], looked)) continue;
      if (looked.traits.size() == 1) Fold(i, looked, same);
      return;
    }
    if (result_.found.size() >= kMostFound) {
      ++result_.more;
      return;
    }
    Separator separator;
    separator.traits = looked.traits;
    separator.split = looked.split;
    separator.log_p = looked.log_p;
    separator.log_q = looked.log_q;
    result_.found.push_back(std::move(separator));
    leaders_.push_back(std::move(looked));
  }

  void Fold(size_t leader, const Looked& looked, bool same) {
    Separator& into = result_.found[leader];
    const Trait& trait = looked.traits[0];
    for (const Trait& known : into.traits) {
      if (known.column == trait.column) return;  // the other side of the same coin
    }
    for (const Folded& known : into.folded) {
      if (known.trait.column == trait.column) return;
    }
    Folded folded{trait, looked.split, same};
    if (same && into.traits.size() == 1 &&
        SaysMost(table_, trait, looked.split) < SaysMost(table_, into.traits[0], into.split)) {
      folded = {into.traits[0], into.split, true};
      into.traits = looked.traits;
      into.split = looked.split;
      into.log_p = looked.log_p;
      into.log_q = looked.log_q;
    }
    if (into.folded.size() < kMostFolded) {
      into.folded.push_back(folded);
    } else {
      ++into.folded_more;
    }
  }

  // As far as both tell, and both tell of most.
  static bool SameHosts(const TraitHosts& a, const TraitHosts& b) {
    const HostSet told_a = a.with.Or(a.without);
    const HostSet told_b = b.with.Or(b.without);
    const uint32_t both = told_a.CountBoth(told_b);
    if (2 * both < told_a.CountBoth(told_a) || 2 * both < told_b.CountBoth(told_b)) return false;
    const auto differ = [](const TraitHosts& x, const HostSet& with, const HostSet& without) {
      return x.with.CountBoth(without) + x.without.CountBoth(with) > 0;
    };
    return !differ(a, b.with, b.without) || !differ(a, b.without, b.with);
  }

  // Among the hosts with the leader's trait, or among those without it: does the other one
  // still part the affected from the healthy?
  [[nodiscard]] bool AddsTo(const Looked& leader, const Looked& other) const {
    const double with = fisher_.LogP(SplitWithin(other.hosts, affected_, leader.hosts.with));
    const double without = fisher_.LogP(SplitWithin(other.hosts, affected_, leader.hosts.without));
    const double tried = std::log(2.0 * static_cast<double>(std::max<size_t>(1, singles_.size())));
    return std::min(with, without) + tried <= kLogBound;
  }

  const Table& table_;
  const Sample& sample_;
  const HostSet affected_;
  const Fisher fisher_;
  std::vector<Looked> singles_;
  std::vector<Looked> leaders_;
  Separators result_;
};

}  // namespace

double Separator::Lift() const {
  const double all = split.affected() + split.healthy();
  const double affected = split.affected();
  if (split.with() == 0 || affected == 0) return 0;
  return split.affected_with / affected / (split.with() / all);
}

Separators FindSeparators(const Table& table, const Sample& sample) {
  return Finding(table, sample).Run();
}

}  // namespace casepack::fleet

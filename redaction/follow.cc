#include "redaction/follow.h"

#include <algorithm>
#include <bitset>
#include <functional>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "redaction/expression.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr size_t kMostNodes = 1024;
constexpr size_t kMostSteps = 20000;
constexpr size_t kMostRepeats = 64;  // more of them are taken for any number

using Nodes = std::bitset<kMostNodes>;

// The expression as a net (Thompson's): from a node without bytes all others on its list are
// reached at once, from one with bytes over one of them.
class Net {
 public:
  explicit Net(const Expression& expression) {
    const size_t end = Node();
    first_ = Add(expression, end);
    end_ = end;
  }

  [[nodiscard]] bool too_large() const { return nodes_.size() > kMostNodes || steps_ > kMostSteps; }
  // May a match end there?
  [[nodiscard]] bool HasEnd(const Nodes& nodes) const { return nodes[end_]; }
  [[nodiscard]] const ByteSet& bytes(size_t node) const { return nodes_[node].bytes; }
  [[nodiscard]] size_t size() const { return nodes_.size(); }

  [[nodiscard]] Nodes Begin() const {
    Nodes nodes;
    Reach(first_, &nodes);
    return nodes;
  }
  [[nodiscard]] Nodes All() const { return ~(Nodes().set() << nodes_.size()); }
  // What is reached over the bytes of this node, too.
  void Over(size_t node, Nodes* nodes) const { Reach(nodes_[node].next.front(), nodes); }
  // Over a byte for which `test` of the node's bytes is true.
  template <typename Test>
  [[nodiscard]] Nodes Next(const Nodes& from, Test test) const {
    Nodes nodes;
    for (size_t i = from._Find_first(); i < nodes_.size(); i = from._Find_next(i)) {
      if (nodes_[i].bytes.any() && test(nodes_[i].bytes)) Over(i, &nodes);
    }
    return nodes;
  }

 private:
  struct OneNode {
    ByteSet bytes;
    std::vector<size_t> next;
  };

  size_t Node() {
    nodes_.emplace_back();
    return nodes_.size() - 1;
  }

  // What leads through the expression to `to`; made from its end.
  size_t Add(const Expression& expression, size_t to) {
    ++steps_;
    if (too_large()) return to;
    switch (expression.kind) {
      case Expression::Kind::kByte: {
        const size_t node = Node();
        nodes_[node].bytes = expression.bytes;
        nodes_[node].next = {to};
        return node;
      }
      case Expression::Kind::kSequence:
        for (auto part = expression.parts.rbegin(); part != expression.parts.rend(); ++part)
          to = Add(*part, to);
        return to;
      case Expression::Kind::kChoice: {
        std::vector<size_t> ways;
        for (const Expression& part : expression.parts)
          ways.push_back(Add(part, to));
        const size_t node = Node();
        nodes_[node].next = std::move(ways);
        return node;
      }
      case Expression::Kind::kRepeat:
        return Repeat(expression, to);
    }
    return to;
  }

  size_t Repeat(const Expression& repeat, size_t to) {
    const Expression& part = repeat.parts.front();
    const size_t least = std::min(repeat.least, kMostRepeats);
    if (repeat.most > kMostRepeats) {
      const size_t node = Node();
      const size_t again = Add(part, node);
      nodes_[node].next = {again, to};
      to = node;
    } else {
      const size_t end = to;
      for (size_t i = least; i < repeat.most && !too_large(); ++i) {
        const size_t more = Add(part, to);
        to = Node();
        nodes_[to].next = {more, end};
      }
    }
    for (size_t i = 0; i < least && !too_large(); ++i)
      to = Add(part, to);
    return to;
  }

  void Reach(size_t node, Nodes* nodes) const {
    if ((*nodes)[node]) return;
    nodes->set(node);
    if (nodes_[node].bytes.any()) return;
    for (const size_t next : nodes_[node].next)
      Reach(next, nodes);
  }

  std::vector<OneNode> nodes_;
  size_t first_ = 0;
  size_t end_ = 0;
  size_t steps_ = 0;
};

// Behind the literal, of which each letter may be of either case. Nothing: a match may end
// in it.
std::optional<Nodes> Behind(const Net& net, std::string_view literal, Follow::Begin begin) {
  Nodes nodes = begin == Follow::Begin::kAtLiteral ? net.Begin() : net.All();
  for (const char c : literal) {
    const auto lower = static_cast<unsigned char>(Lower(c));
    const auto upper = static_cast<unsigned char>(IsAlpha(c) ? c & ~0x20 : c);
    nodes = net.Next(nodes, [=](const ByteSet& bytes) { return bytes[lower] || bytes[upper]; });
    if (net.HasEnd(nodes)) return std::nullopt;
  }
  return nodes;
}

}  // namespace

// From sets of nodes to states, a byte at a time.
class Follow::Maker {
 public:
  Maker(const Net& net, Follow* follow) : net_(net), follow_(*follow), over_(net.size()) {
    Add(kNever);
    Add(kAlways);
  }

  void Make(std::array<Nodes, 8> first) {
    SortBytes(std::accumulate(first.begin(), first.end(), Nodes(), std::bit_or<>()));
    std::vector<Nodes> now;
    for (size_t i = 0; i < first.size(); ++i)
      follow_.first_[i] = StateOf(first[i], &now);
    for (size_t step = 0; step < kBytes; ++step) {
      std::vector<Nodes> then;
      for (const Nodes& nodes : now)
        Go(nodes, &then);
      now = std::move(then);
    }
  }

 private:
  State Add(State leads_to) {
    follow_.next_.insert(follow_.next_.end(), kKinds, leads_to);
    return static_cast<State>(follow_.next_.size() / kKinds - 1);
  }

  // `fresh`: is given those that are new.
  State StateOf(const Nodes& nodes, std::vector<Nodes>* fresh) {
    if (nodes.none()) return kNever;
    if (net_.HasEnd(nodes)) return kAlways;
    const auto known = states_.find(nodes);
    if (known != states_.end()) return known->second;
    if (states_.size() + 2 >= kMostStates) return kAlways;
    const State state = Add(kAlways);  // as it stays where nothing further on is looked at
    states_.emplace(nodes, state);
    fresh->push_back(nodes);
    return state;
  }

  // Bytes that are alike to all that is reached soon are of one kind. What is further on does
  // not divide them any more when there are too many kinds.
  void SortBytes(Nodes reached) {
    std::vector<ByteSet> kinds = {ByteSet().set()};
    Nodes seen;
    for (size_t step = 0; step < kBytes && reached.any(); ++step) {
      for (size_t i = reached._Find_first(); i < net_.size(); i = reached._Find_next(i))
        Divide(net_.bytes(i), &kinds);
      seen |= reached;
      reached = net_.Next(reached, [](const ByteSet&) { return true; }) & ~seen;
    }
    for (size_t kind = 0; kind < kinds.size(); ++kind) {
      for (size_t c = 0; c < 256; ++c) {
        if (kinds[kind][c]) follow_.kinds_[c] = static_cast<uint8_t>(kind);
      }
      for (size_t node = 0; node < net_.size(); ++node)
        kinds_of_[node][kind] = (net_.bytes(node) & kinds[kind]).any();
    }
  }
  static void Divide(const ByteSet& bytes, std::vector<ByteSet>* kinds) {
    for (size_t k = 0, count = kinds->size(); k < count && kinds->size() < kKinds; ++k) {
      const ByteSet in = (*kinds)[k] & bytes;
      if (in.none() || in == (*kinds)[k]) continue;
      (*kinds)[k] &= ~bytes;
      kinds->push_back(in);
    }
  }

  void Go(const Nodes& nodes, std::vector<Nodes>* fresh) {
    std::array<Nodes, kKinds> next;
    for (size_t i = nodes._Find_first(); i < net_.size(); i = nodes._Find_next(i)) {
      if (kinds_of_[i].none()) continue;
      const Nodes& over = Over(i);
      for (size_t kind = 0; kind < kKinds; ++kind) {
        if (kinds_of_[i][kind]) next[kind] |= over;
      }
    }
    const size_t row = size_t{states_.at(nodes)} * kKinds;
    for (size_t kind = 0; kind < kKinds; ++kind) {
      const State state = StateOf(next[kind], fresh);
      follow_.next_[row + kind] = state;
    }
  }

  const Nodes& Over(size_t node) {
    std::optional<Nodes>& over = over_[node];
    if (!over) net_.Over(node, &over.emplace());
    return *over;
  }

  const Net& net_;
  Follow& follow_;
  std::vector<std::optional<Nodes>> over_;
  std::unordered_map<Nodes, State> states_;
  std::array<std::bitset<kKinds>, kMostNodes> kinds_of_;  // of the nodes
};

Follow::Follow(std::string_view pattern, const std::vector<std::string>& literals, Begin begin) {
  first_.fill(kAlways);
  next_.assign(2 * kKinds, kAlways);
  std::fill_n(next_.begin(), kKinds, kNever);
  const std::optional<Expression> expression = ReadExpression(pattern);
  if (!expression) return;
  const Net net(*expression);
  if (net.too_large()) return;
  std::array<Nodes, 8> first;
  for (const std::string& literal : literals) {
    const std::optional<Nodes> nodes = Behind(net, literal, begin);
    if (!nodes) return;
    first[literal.size() % first.size()] |= *nodes;
  }
  next_.clear();
  Maker(net, this).Make(first);
}

}  // namespace casepack::redaction

#include "redaction/literals.h"

#include <algorithm>
#include <numeric>

namespace casepack::redaction {
namespace {

// As triggers.h has it.
bool BeginsWithNumber(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 4) return false;
  if (digits == text.size()) return true;  // anything may follow
  const char next = text[digits];
  const bool name = IsAlnum(next) || next == '/' || next == ';' || next == '\x1b';
  return !name && !(digits > 2 && next == ':') && !(digits == 3 && next == '-');
}

}  // namespace

Literals::Literals(std::vector<Literal> literals) : literals_(std::move(literals)) {
  for (size_t i = 0; i < literals_.size(); ++i) {
    std::string text = literals_[i].text;
    if (text.size() == 2) {
      // A word of two letters: whatever ends a word may follow.
      text.push_back(' ');
      for (int c = 0; c < 256; ++c) {
        text[2] = static_cast<char>(c);
        if (!IsAlnum(text[2])) Add(text, i);
      }
    } else if (text.size() > 2) {
      Add(text, i);
    }
  }
  SortRows();
}

Literals::Eight Literals::EightFrom(std::string_view text, size_t from) {
  const std::string_view part = text.substr(std::min(from, text.size())).substr(0, 8);
  if (part.empty()) return {};
  std::string cases(part.size(), '\0');
  std::transform(part.begin(), part.end(), cases.begin(),
                 [](char c) { return IsAlpha(c) ? '\x20' : '\0'; });
  return {EightOf(part), EightOf(cases), FirstBytes(static_cast<unsigned>(part.size()))};
}

void Literals::Add(std::string_view text, size_t literal) {
  const Row row{EightFrom(text, 0), EightFrom(text, 8), static_cast<uint32_t>(literal)};
  words_.Add(text);
  numbers_ = numbers_ || BeginsWithNumber(text);
  rows_.push_back(row);
}

void Literals::Filter(const char* text, std::span<const uint64_t> words, uint64_t* begun) const {
  words_.Filter(text, words, begun);
}

struct Literals::Place {
  const View& view;
  size_t at;
  uint64_t eight;
  uint64_t more;
  char ninth;
};

void Literals::FindIn(Length length, const Place& place, std::vector<const Literal*>* found) const {
  for (const Row& row : RowsOf(BucketOf(place.eight | kFold, place.ninth, length))) {
    if (!row.first.Is(place.eight) || !row.more.Is(place.more)) continue;
    const Literal& literal = literals_[row.literal];
    if (literal.text.size() <= 16 || StandsAt(place.view, place.at, literal))
      found->push_back(&literal);
  }
}

void Literals::Find(const View& view, size_t at, std::vector<const Literal*>* found) const {
  found->clear();
  const std::string_view text = view.text.substr(std::min(at, view.text.size()));
  const uint64_t eight = EightOf(text);
  const WordRows::May may = words_.Begin(eight);
  if (!may.be_short && !may.be_long) return;
  const Place place = {view, at, eight, EightOf(text.substr(std::min<size_t>(text.size(), 8))),
                       text.size() > 8 ? text[8] : '\0'};
  if (may.be_short) FindIn(kShort, place, found);
  if (may.be_long) {
    FindIn(kSeven, place, found);
    FindIn(kLonger, place, found);
  }
  if (found->size() > 1) std::sort(found->begin(), found->end());
}

void Literals::SortRows() {
  const auto bucket = [](const Row& row) {
    return BucketOf(row.first.text | kFold, static_cast<char>(row.more.text), LengthOf(row));
  };
  std::stable_sort(rows_.begin(), rows_.end(),
                   [&](const Row& a, const Row& b) { return bucket(a) < bucket(b); });
  for (const Row& row : rows_)
    ++first_[bucket(row) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

}  // namespace casepack::redaction

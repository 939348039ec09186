#include "redaction/literals.h"

#include <algorithm>
#include <numeric>
#include <tuple>

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

struct Literals::Entry {
  uint32_t bucket = 0;
  Row row;
  uint32_t literal = 0;
};

Literals::Literals(std::vector<Literal> literals) : literals_(std::move(literals)) {
  std::vector<Entry> entries;
  for (size_t i = 0; i < literals_.size(); ++i) {
    std::string text = literals_[i].text;
    if (text.size() == 2) {
      // A word of two letters: whatever ends a word may follow.
      text.push_back(' ');
      for (int c = 0; c < 256; ++c) {
        text[2] = static_cast<char>(c);
        if (!IsAlnum(text[2])) Add(text, i, &entries);
      }
    } else if (text.size() > 2) {
      Add(text, i, &entries);
    }
  }
  MakeRows(std::move(entries));
}

Literals::Eight Literals::EightFrom(std::string_view text, size_t from, bool exact) {
  const std::string_view part = text.substr(std::min(from, text.size())).substr(0, 8);
  if (part.empty()) return {};
  std::string cases(part.size(), '\0');
  std::transform(part.begin(), part.end(), cases.begin(),
                 [=](char c) { return !exact && IsAlpha(c) ? '\x20' : '\0'; });
  return {EightOf(part), EightOf(cases), FirstBytes(static_cast<unsigned>(part.size()))};
}

void Literals::Add(std::string_view text, size_t literal, std::vector<Entry>* entries) {
  const bool exact = literals_[literal].exact;
  Entry entry;
  entry.row = {EightFrom(text, 0, exact), EightFrom(text, 8, exact), 0, 0};
  entry.bucket = BucketsOf({entry.row.first.text, entry.row.more.text})[LengthOf(entry.row)];
  entry.literal = static_cast<uint32_t>(literal);
  entries->push_back(entry);
  words_.Add(text);
  numbers_ = numbers_ || BeginsWithNumber(text);
}

// Those with the same first bytes, of which there are many, share a row.
void Literals::MakeRows(std::vector<Entry> entries) {
  const auto key = [](const Entry& entry) {
    return std::tuple(entry.bucket, entry.row.first.text, entry.row.more.text,
                      entry.row.first.cases, entry.row.more.cases, entry.row.first.mask,
                      entry.row.more.mask);
  };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
  const Entry* last = nullptr;
  for (const Entry& entry : entries) {
    if (last == nullptr || key(entry) != key(*last)) {
      rows_.push_back(entry.row);
      rows_.back().from = static_cast<uint32_t>(order_.size());
      ++first_[entry.bucket + 1];
    }
    order_.push_back(&literals_[entry.literal]);
    rows_.back().to = static_cast<uint32_t>(order_.size());
    last = &entry;
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  rows_.push_back({{.text = 1}, {}, 0, 0});
}

void Literals::Filter(const char* text, std::span<const uint64_t> words, uint64_t* begun,
                      size_t offset, std::vector<LiteralHit>* hits) const {
  words_.Filter(text, words, begun);
  for (size_t b = 0; b < words.size(); ++b) {
    uint64_t kept = 0;
    for (uint64_t left = begun[b]; left != 0; left &= left - 1) {
      const size_t at = 64 * b + static_cast<size_t>(__builtin_ctzll(left));
      const Place place = {EightOf({text + at, 8}), EightOf({text + at + 8, 8})};
      EachRow(place, [&](uint32_t row) {
        hits->push_back({offset + at, row});
        kept |= left & -left;
      });
    }
    begun[b] = kept;
  }
}

void Literals::Take(const View& view, size_t at, const Row& row,
                    std::vector<const Literal*>* room) const {
  for (uint32_t i = row.from; i < row.to; ++i) {
    if (row.whole() || StandsAt(view, at, *order_[i])) room->push_back(order_[i]);
  }
}

Literals::Found Literals::Find(const View& view, size_t at,
                               std::vector<const Literal*>* room) const {
  room->clear();
  const std::string_view text = view.text.substr(std::min(at, view.text.size()));
  const Place place = {EightOf(text), EightOf(text.substr(std::min<size_t>(text.size(), 8)))};
  EachRow(place, [&](uint32_t row) { Take(view, at, rows_[row], room); });
  if (room->size() > 1) std::sort(room->begin(), room->end());
  return *room;
}

Literals::Found Literals::RecallAll(const View& view, size_t at, std::span<const LiteralHit> hits,
                                    std::vector<const Literal*>* room) const {
  room->clear();
  for (size_t i = 0; i < hits.size() && hits[i].at == at; ++i)
    Take(view, at, rows_[hits[i].row], room);
  if (room->size() > 1) std::sort(room->begin(), room->end());
  return *room;
}

void Standing::Clear() {
  hits_.clear();
  from_ = to_ = next_ = 0;
}

std::span<const LiteralHit> Standing::From(size_t at) {
  if (next_ > 0 && hits_[next_ - 1].at >= at) {
    const auto first = std::lower_bound(hits_.begin(), hits_.end(), at,
                                        [](const LiteralHit& a, size_t b) { return a.at < b; });
    next_ = static_cast<size_t>(first - hits_.begin());
  }
  while (next_ < hits_.size() && hits_[next_].at < at)
    ++next_;
  return std::span(hits_).subspan(next_);
}

}  // namespace casepack::redaction

#include "collector/run/needles.h"

#include <algorithm>
#include <utility>

#include "collector/analysis/event_encoding.h"

namespace casepack::run {
namespace {

using manifest::Evidence;
using records::Encoding;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Needles::Needles(const std::vector<const Evidence*>& evidence, Encoding encoding)
    : encoding_(encoding) {
  size_t count = 0;
  for (const Evidence* one : evidence)
    count += one->texts.size() + one->from.size() + one->ids.size() * one->anchors.size();
  needles_.reserve(2 * count);  // searchers point into the texts
  for (size_t i = 0; i < evidence.size(); ++i) {
    for (const std::string& text : evidence[i]->texts)
      Add(i, false, false, text);
    for (const std::string& text : evidence[i]->from)
      Add(i, true, false, text);
    for (const std::string& anchor : evidence[i]->anchors) {
      for (const std::string& id : evidence[i]->ids)
        Add(i, false, true, anchor + id);
    }
  }
}

void Needles::Add(size_t evidence, bool from, bool number, const std::string& text) {
  if (encoding_ != Encoding::kBytes) {
    AddEncoded(evidence, from, number, records::FromUtf8(encoding_, text));
    return;
  }
  AddEncoded(evidence, from, number, text);
  const auto cp932 = analysis::EventTextToCp932(text);
  if (cp932 && *cp932 != text) AddEncoded(evidence, from, number, *cp932);
}

void Needles::AddEncoded(size_t evidence, bool from, bool number, std::string text) {
  longest_ = std::max(longest_, text.size() + records::WidthOf(encoding_));
  Needle& needle = needles_.emplace_back(Needle{evidence, from, number, std::move(text), {}});
  needle.searcher.emplace(needle.text.cbegin(), needle.text.cend());
}

std::vector<Hit> Needles::In(std::string_view text, size_t until, uint64_t offset) const {
  const size_t width = records::WidthOf(encoding_);
  std::vector<Hit> hits;
  for (const Needle& needle : needles_) {
    auto from = text.begin();
    while (true) {
      const auto found = std::search(from, text.cend(), *needle.searcher);
      const auto at = static_cast<size_t>(found - text.begin());
      if (found == text.end() || at >= until) break;
      const size_t end = at + needle.text.size();
      const std::string next = records::ToUtf8(encoding_, text.substr(end, width));
      const bool more = needle.number && !next.empty() && IsDigit(next.front());
      if (!more && at % width == 0) hits.push_back({offset + at, &needle});
      from = found + 1;
    }
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.at > b.at; });
  return hits;
}

}  // namespace casepack::run

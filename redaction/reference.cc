#include "redaction/reference.h"

#include <algorithm>

#include "redaction/finder.h"
#include "redaction/marker.h"
#include "redaction/pending.h"

namespace casepack::redaction {
namespace {

// triggers.h in words.
bool IsTrigger(std::string_view text, size_t at) {
  const auto back = [&](size_t by) { return at >= by ? text[at - by] : '\0'; };
  const char c = text[at];
  if (IsAlnum(c)) {
    return !IsAlnum(back(1)) || back(2) == '\\' || back(6) == '\\' || back(3) == '%';
  }
  if (c == '-') {
    const bool option = !IsAlnum(back(1)) && back(1) != '-';
    return option || (back(6) == '-' && back(11) == '-');  // of an activation code
  }
  if (c == '\x9a' || c == '\x9d') return back(1) == '\xbc';
  if (c == '\x81' || c == '\xc6') return back(1) == '\x81';
  return std::string_view(":=>&%$@[\n\x1b").find(c) != std::string_view::npos;
}

// Goes over the text as the scanner does, one byte at a time, and tells each find.
class Walk {
 public:
  Walk(const Engine& engine, std::string_view text)
      : finder_(engine, Finder::Select::kOneByOne), view_{text, 0, 0, true} {}

  std::vector<Match> All() {
    if (view_.text.empty()) return {};
    if (const Found found = finder_.AtStart(view_); found) Take(*found);
    while (at_ < view_.text.size())
      Step();
    return std::move(matches_);
  }

 private:
  void Step() {
    pending_.Overtake(at_);
    if (at_ == pending_.begin()) return KeepFirst();
    const bool fresh = at_ == view_.floor && at_ > 0 && IsAlnum(view_.text[at_]);
    if (!fresh && !IsTrigger(view_.text, at_)) {
      ++at_;
      return;
    }
    const size_t before = at_;
    const size_t floor = view_.floor;
    std::vector<Match> finds;
    finder_.At(view_, at_, &view_.floor, &finds);
    for (const Match& match : finds)
      Take(match);
    if (pending_.begin() <= at_) KeepFirst();
    if (at_ == before) at_ = view_.floor > floor ? std::max(view_.floor, at_ + 1) : at_ + 1;
  }

  void KeepFirst() {
    finder_.Widen(view_, &pending_);
    Keep(pending_.Take());
  }

  void Take(const Match& match) {
    if (match.begin >= view_.floor) pending_.Add(match);
  }

  void Keep(const Match& match) {
    matches_.push_back(match);
    matches_.back().end = std::min(match.end, view_.text.size());
    at_ = matches_.back().end;
    view_.floor = at_;
  }

  Finder finder_;
  View view_;
  size_t at_ = 0;
  Pending pending_;
  std::vector<Match> matches_;
};

// PEM's dashes, RFC 7468: a private key, whole or not.
void FindBlocks(std::string_view text, std::vector<Hit>* hits) {
  constexpr std::string_view begin = "-----BEGIN ";
  for (size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
    const size_t line = std::min(text.find('\n', at), text.size());
    const std::string_view label = text.substr(at, std::min<size_t>(line - at, 80));
    const size_t end = label.find("-----", begin.size());
    const std::string_view words = label.substr(0, end).substr(begin.size());
    const bool plain = std::all_of(words.begin(), words.end(),
                                   [](char c) { return IsUpper(c) || IsDigit(c) || c == ' '; });
    if (end == std::string_view::npos || !plain) continue;
    if (words.find("PRIVATE KEY") == std::string_view::npos) continue;
    hits->push_back({"private-key", at, at + label.size()});
  }
}

}  // namespace

std::vector<Hit> FindAll(const Engine& engine, std::string_view text) {
  std::vector<Hit> hits;
  FindBlocks(text, &hits);
  for (const Match& match : Walk(engine, text).All()) {
    const std::string_view id = match.identifier ? IdentifierName(*match.identifier) : match.id;
    hits.push_back({std::string(id), match.begin, match.end});
  }
  return hits;
}

std::string ReferenceRedact(const EnginePtr& engine, std::string_view text, Counts* counts) {
  Pseudonyms pseudonyms(engine->options().key);
  std::string out;
  size_t written = 0;
  for (const Match& match : Walk(*engine, text).All()) {
    out.append(text.substr(written, match.begin - written));
    if (match.identifier) {
      out.append(
          pseudonyms.For(*match.identifier, text.substr(match.begin, match.end - match.begin)));
      Count(counts, IdentifierName(*match.identifier));
    } else {
      AppendMarker(&out, match.id, counts);
    }
    written = match.end;
  }
  out.append(text.substr(std::min(written, text.size())));
  return out;
}

}  // namespace casepack::redaction

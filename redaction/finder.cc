#include "redaction/finder.h"

#include <algorithm>

#include "redaction/identifiers.h"
#include "redaction/known_names.h"
#include "redaction/marker.h"

namespace casepack::redaction {
namespace {

Found Renamed(const std::optional<IdentifierSpan>& span) {
  if (!span) return std::nullopt;
  Match match;
  match.begin = span->begin;
  match.end = span->end;
  match.identifier = span->kind;
  return match;
}

bool IsWanted(Identifier kind, const IdentifierClasses& classes) {
  switch (kind) {
    case Identifier::kHost:
      return classes.hosts;
    case Identifier::kUser:
      return classes.users;
    case Identifier::kIpv4:
    case Identifier::kIpv6:
      return classes.ips;
    case Identifier::kMac:
      return classes.macs;
    case Identifier::kEmail:
      return classes.emails;
    case Identifier::kGuid:
      return classes.ids;
  }
  return false;
}

}  // namespace

Finder::Finder(const Engine& engine, Select select)
    : rules_(&engine.rules()),
      literals_(&engine.literals()),
      classes_(engine.options().pseudonymize),
      numbers_(classes_.ips || classes_.macs || classes_.ids),
      select_(select) {}

Found Finder::AtStart(const View& view) const { return MatchLine(view, 0); }

QuickLook Finder::Quick() const {
  return QuickLook(*literals_, *rules_,
                   {.numbers = numbers_,
                    .emails = classes_.emails,
                    .every_word = !rules_->unselected().empty()});
}

void Finder::At(const View& view, size_t at, size_t* floor, std::vector<Match>* finds) {
  const char c = view.At(at);
  if (c == 'R' && at > view.floor && view.text[at - 1] == '[') {
    if (const size_t marker = MarkerLength(view.text.substr(at - 1)); marker != 0) {
      *floor = at - 1 + marker;
      return;
    }
  }
  if (IsAlnum(c) || c == '$') {
    // The triggers behind an escape are guesses.
    const bool glued = at > view.floor && IsAlnum(c) && IsAlnum(view.text[at - 1]);
    if (!glued || IsBehindEscape(view, at)) AtWord(view, at, finds);
    return;
  }
  if (c == '\x1b') {
    const size_t word = SkipColour(view, at);
    if (word != at && IsAlnum(view.At(word))) AtWord(view, word, finds);
    return;
  }
  if (Found found = AtSign(view, at); found) {
    finds->push_back(*found);
  } else if (c == '-' && view.At(at + 1) == 'D' && IsAlnum(view.At(at + 2))) {
    AtLiterals(view, at + 2, finds);  // a JVM's -Dname=value: the word begins behind the D
  }
}

Found Finder::AtSign(const View& view, size_t at) {
  switch (view.At(at)) {
    case '\n':
      memory_.command = nullptr;
      return MatchLine(view, at + 1);
    case ':':
    case '%':
      return AtColon(view, at);
    case '=':
    case '\x9a':
    case '\x9d':
    case '\x81':
    case '\xc6':
      return MatchKeyValue(view, at, &memory_);
    case '>':
    case '&':
      return MatchMarkup(view, at, &memory_);
    case '-':
      if (Found found = MatchActivationCode(view, at); found) return found;
      return MatchOption(view, at, &memory_);
    case '@':
      return classes_.emails ? Identify(view, at) : std::nullopt;
    default:
      return std::nullopt;
  }
}

Found Finder::AtColon(const View& view, size_t at) {
  if (view.At(at) == '%' || view.At(at + 1) == '/') {
    if (Found found = MatchUrl(view, at); found) return found;
  }
  if (Found found = MatchKeyValue(view, at, &memory_); found) return found;
  if (classes_.emails && StartsAt(view, at, "%40")) return Identify(view, at);
  if (classes_.hosts && view.At(at + 1) == '/' && view.At(at + 2) == '/') {
    return Renamed(MatchUrlHost(view, at + 3));
  }
  return numbers_ && view.At(at + 1) == ':' ? Identify(view, at) : std::nullopt;
}

Literals::Found Finder::FindLiterals(const View& view, size_t at) {
  if (standing_ != nullptr && standing_->Knows(view.text, at))
    return literals_->Recall(view, at, standing_->From(at), &room_);
  if (select_ == Select::kByTable) return literals_->Find(view, at, &room_);
  room_.clear();
  for (const Literal& literal : literals_->all()) {
    if (Lower(view.At(at)) == Lower(literal.text.front()) && StandsAt(view, at, literal))
      room_.push_back(&literal);
  }
  return room_;
}

// The first place, from `from` to `to`, where a word begins that may be a literal.
size_t Finder::NextWord(const View& view, size_t from, size_t to) {
  if (standing_ != nullptr && standing_->KnowsAll(from, to)) {
    for (const LiteralHit& hit : standing_->From(from)) {
      if (hit.at >= to || standing_->Knows(view.text, hit.at)) return std::min(hit.at, to);
    }
    return to;
  }
  bool inside = from > 0 && IsAlnum(view.At(from - 1));
  for (; from < to; ++from) {
    const char c = view.At(from);
    const bool alnum = IsAlnum(c);
    if (alnum ? !inside : c == '$') break;
    inside = alnum;
  }
  return from;
}

void Finder::Widen(const View& view, Pending* pending) {
  const size_t most = pending->front().begin + kLookAhead / 2;
  const auto stop = [&] { return std::min(pending->front().end, most); };
  for (size_t at = pending->front().begin; pending->front().end != kNotFound; ++at) {
    at = NextWord(view, at, stop());
    if (at >= stop()) return;
    for (const Literal* literal : FindLiterals(view, at)) {
      Found found;
      if (literal->kind == Literal::Kind::kRule) found = AskRule(*literal, view, at);
      if (literal->kind == Literal::Kind::kToken) found = MatchToken(view, at);
      if (found && found->begin >= at) pending->Add(*found);
    }
  }
}

void Finder::AtWord(const View& view, size_t at, std::vector<Match>* finds) {
  AtLiterals(view, at, finds);
  for (const size_t rule : rules_->unselected()) {
    if (Found found = rules_->MatchAt(rule, view, at, 0, &line_end_); found)
      finds->push_back(*found);
  }
  if (!finds->empty() || !numbers_) return;
  if (Found found = Identify(view, at); found) finds->push_back(*found);
}

// Names come after all rules: what is secret is removed, even where it looks like a host.
void Finder::AtLiterals(const View& view, size_t at, std::vector<Match>* finds) {
  Found named;
  for (const Literal* literal : FindLiterals(view, at)) {
    const bool rule = literal->kind == Literal::Kind::kRule;  // nearly all are one's
    const Found found = rule ? AskRule(*literal, view, at) : UseLiteral(*literal, view, at, &named);
    if (found) finds->push_back(*found);
  }
  if (finds->empty() && named) finds->push_back(*named);
}

Found Finder::UseLiteral(const Literal& literal, const View& view, size_t at, Found* named) {
  switch (literal.kind) {
    case Literal::Kind::kCommand:
      if (IsCommandAt(view, at, kCommands[literal.index])) {
        memory_.command = &kCommands[literal.index];
      }
      break;
    case Literal::Kind::kToken:
      return MatchToken(view, at);
    case Literal::Kind::kRule:
      break;  // AskRule()
    case Literal::Kind::kMarker:
      break;  // At() has looked for one
    case Literal::Kind::kHost:
    case Literal::Kind::kDomain:
    case Literal::Kind::kUser:
      if (!*named) *named = Renamed(MatchKnownName(view, at, literal));
      break;
  }
  return std::nullopt;
}

Found Finder::Identify(const View& view, size_t at) const {
  const bool email = view.At(at) == '@' || view.At(at) == '%';
  const FoundIdentifier span = email ? MatchEmail(view, at) : MatchNumber(view, at);
  return span && IsWanted(span->kind, classes_) ? Renamed(span) : std::nullopt;
}

}  // namespace casepack::redaction

#include "collector/analysis/event_meaning.h"

#include <algorithm>

#include "collector/analysis/event_text.h"

namespace casepack::analysis {
namespace {

bool Contains(const std::vector<int64_t>& ids, int64_t id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The end of a clause: "Engine Offline resolved" is not "Engine Offline", and
// 「オフラインではありません」 is not 「オフライン」.
bool EndsClause(std::string_view behind) {
  static constexpr std::string_view kEnds[] = {"\n", ".",  ",",  ";",  ":",  "(",  ")",  "[",
                                               "]",  "\"", "'",  "|",  "!",  "/",  " (", " [",
                                               " |", " -", "。", "、", "」", "』", "】", "・"};
  if (behind.empty()) return true;
  return std::any_of(std::begin(kEnds), std::end(kEnds), [behind](std::string_view end) {
    return behind.substr(0, end.size()) == end;
  });
}

// Both folded by FoldEventClause.
bool HasPhrase(std::string_view text, std::string_view phrase) {
  for (size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    const bool begins = at == 0 || !IsWordCharacter(text[at - 1]) || !IsWordCharacter(phrase[0]);
    if (begins && EndsClause(text.substr(at + phrase.size()))) return true;
  }
  return false;
}

// "Reason ID: 7", "(理由ID：7)": up to four digits, alone, behind a name and a mark.
std::optional<int64_t> ReasonBehind(std::string_view text) {
  constexpr std::string_view kMarks = " :=#";
  size_t at = 0;
  while (at < text.size() && kMarks.find(text[at]) != std::string_view::npos)
    ++at;
  if (at == 0) return std::nullopt;
  const size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
  const bool goes_on = end < text.size() && (IsWordCharacter(text[end]) || text[end] == '.');
  const bool sentence =
      end + 1 == text.size() || (end + 1 < text.size() && !IsWordCharacter(text[end + 1]));
  if (end - at > 4 || (goes_on && !(text[end] == '.' && sentence))) return std::nullopt;
  return ParseEventId(text.substr(at, end - at));
}

}  // namespace

struct EventMeanings::Folded {
  const Event& event;
  std::string title;   // by FoldEventName
  std::string clause;  // title and text, by FoldEventClause
};

void EventMeanings::Add(const manifest::EventTable& table) {
  for (const manifest::EventMeaning& entry : table.meanings) {
    Meaning meaning{entry.id, entry.effect, false, {}};
    for (const manifest::EventMatch& given : entry.matches) {
      Match match{given.space, given.ids, {}, {}, given.mentions, given.verified};
      for (const std::string& title : given.titles)
        match.titles.push_back(FoldEventName(title));
      for (const std::string& phrase : given.phrases) {
        std::string folded = FoldEventClause(phrase);
        if (!folded.empty()) match.phrases.push_back(std::move(folded));
      }
      meaning.has_ids = meaning.has_ids || !match.ids.empty();
      meaning.matches.push_back(std::move(match));
    }
    meanings_.push_back(std::move(meaning));
  }
}

bool EventMeanings::Matches(const Meaning& meaning, const Match& match, const Folded& folded) {
  const Event& event = folded.event;
  if (match.space != EventSpace::kNone && event.space != EventSpace::kNone &&
      match.space != event.space) {
    return false;
  }
  // A number means nothing where it is not said whose it is.
  if (event.id && event.space != EventSpace::kNone && Contains(match.ids, *event.id)) return true;
  const bool by_title = !event.id || !meaning.has_ids;
  if (by_title && !folded.title.empty() &&
      std::find(match.titles.begin(), match.titles.end(), folded.title) != match.titles.end()) {
    return true;
  }
  if (std::any_of(match.phrases.begin(), match.phrases.end(),
                  [&](const std::string& phrase) { return HasPhrase(folded.clause, phrase); })) {
    return true;
  }
  const bool log_line = event.space == EventSpace::kNone && !event.id;
  return log_line && std::any_of(match.mentions.begin(), match.mentions.end(),
                                 [&](int64_t id) { return MentionsNumber(event.text, id); });
}

std::vector<FoundMeaning> EventMeanings::Of(const Event& event) const {
  std::vector<FoundMeaning> found;
  if (event.space == EventSpace::kModule) return found;
  const Folded folded{event, FoldEventName(event.title),
                      FoldEventClause(event.title) + "\n" + FoldEventClause(event.text)};
  for (const Meaning& meaning : meanings_) {
    bool matched = false;
    bool verified = false;
    for (const Match& match : meaning.matches) {
      if (verified || !Matches(meaning, match, folded)) continue;
      matched = true;
      verified = match.verified;
    }
    if (matched) found.push_back({meaning.id, meaning.effect, verified, &event, nullptr});
  }
  return found;
}

std::vector<FoundMeaning> EventMeanings::Of(std::span<const Event> events) const {
  std::vector<FoundMeaning> found;
  for (const Event& event : events) {
    for (const FoundMeaning& meaning : Of(event))
      found.push_back(meaning);
    for (const Event& nested : event.nested) {
      for (FoundMeaning meaning : Of(nested)) {
        meaning.parent = &event;
        found.push_back(meaning);
      }
    }
  }
  return found;
}

std::optional<int64_t> ReasonIdOf(const Event& event, const EventWords& words) {
  for (const EventField& field : event.fields) {
    if (field.name != "reason_id") continue;
    if (const auto id = ParseEventId(field.value)) return id;
  }
  const std::string text = FoldEventClause(event.text);
  for (const std::string& name : words.reason_names()) {
    const std::string folded = FoldEventClause(name);
    for (size_t at = text.find(folded); at != std::string::npos; at = text.find(folded, at + 1)) {
      if (const auto id = ReasonBehind(std::string_view(text).substr(at + folded.size())))
        return id;
    }
  }
  return std::nullopt;
}

}  // namespace casepack::analysis

#include "collector/manifest/value.h"

#include <algorithm>

#include "collector/base/nearest.h"
#include "collector/base/units.h"

namespace casepack::manifest {
namespace {

std::nullopt_t Refuse(const base::Json& value, const char* key, ProblemList& problems) {
  problems.Add(value.place, {key, {{"found", ShownValue(value)}}});
  return std::nullopt;
}

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// kIdPattern, without an engine for patterns.
bool HasIdForm(std::string_view text) {
  bool separated = true;  // a separator needs something before it, and something behind it
  for (const char c : text) {
    if (IsLetterOrDigit(c)) {
      separated = false;
    } else if (separated || (c != '.' && c != '_' && c != '-')) {
      return false;
    } else {
      separated = true;
    }
  }
  return !separated && text.size() <= kMaxIdLength;
}

// The system ends a text at its first zero byte: what would run or be read is not what
// was checked.
bool HasZeroByte(const std::string& text) { return text.find('\0') != std::string::npos; }

std::optional<std::string> ReadElement(const base::Json& value, ProblemList& problems) {
  if (value.string() == nullptr) return Refuse(value, "manifest.expected.text", problems);
  if (HasZeroByte(*value.string())) return Refuse(value, "manifest.text.zero", problems);
  return *value.string();
}

}  // namespace

std::optional<std::string> ReadText(const base::Json& value, ProblemList& problems) {
  std::optional<std::string> text = ReadElement(value, problems);
  if (text && text->empty()) return Refuse(value, "manifest.text.empty", problems);
  return text;
}

std::optional<int64_t> ReadInteger(const base::Json& value, ProblemList& problems) {
  if (value.integer() == nullptr) return Refuse(value, "manifest.expected.integer", problems);
  return *value.integer();
}

std::optional<uint64_t> ReadSize(const base::Json& value, ProblemList& problems) {
  std::optional<uint64_t> size;
  if (const int64_t* bytes = value.integer(); bytes != nullptr && *bytes >= 0) {
    size = static_cast<uint64_t>(*bytes);
  } else if (value.string() != nullptr) {
    size = base::ParseSize(*value.string());
  }
  if (!size) return Refuse(value, "manifest.expected.size", problems);
  return size;
}

std::optional<base::Duration> ReadDuration(const base::Json& value, ProblemList& problems) {
  std::optional<base::Duration> span;
  if (value.integer() != nullptr) {
    // As text, so that what does not fit is refused in one place.
    span = base::ParseDuration(WriteJson(value, base::JsonStyle::kOneLine));
  } else if (value.string() != nullptr) {
    span = base::ParseDuration(*value.string());
  }
  if (!span) return Refuse(value, "manifest.expected.duration", problems);
  return span;
}

std::optional<bool> ReadFlag(const base::Json& value, ProblemList& problems) {
  if (value.boolean() == nullptr) return Refuse(value, "manifest.expected.flag", problems);
  return *value.boolean();
}

std::vector<std::string> SplitChoices(std::string_view choices) {
  std::vector<std::string> split;
  while (!choices.empty()) {
    const size_t end = std::min(choices.find('|'), choices.size());
    split.emplace_back(choices.substr(0, end));
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return split;
}

std::optional<std::string> ReadChoice(const base::Json& value, std::string_view choices,
                                      ProblemList& problems) {
  const std::vector<std::string> words = SplitChoices(choices);
  const std::string given = value.string() == nullptr ? std::string() : *value.string();
  if (std::find(words.begin(), words.end(), given) != words.end()) return given;
  std::string listed;
  for (const std::string& word : words) {
    listed += (listed.empty() ? "" : ", ") + word;
  }
  problems.Add(value.place,
               {"manifest.expected.choice", {{"found", ShownValue(value)}, {"choices", listed}}},
               base::Nearest(given, words));
  return std::nullopt;
}

std::optional<std::vector<std::string>> ReadTextList(const base::Json& value, Empty empty,
                                                     ProblemList& problems) {
  if (value.string() != nullptr) {
    std::optional<std::string> text = ReadText(value, problems);
    if (!text) return std::nullopt;
    return std::vector<std::string>{*std::move(text)};
  }
  if (value.array() == nullptr) return Refuse(value, "manifest.expected.text_list", problems);
  if (value.array()->empty() && empty == Empty::kRefused) {
    return Refuse(value, "manifest.list.empty", problems);
  }
  std::vector<std::string> list;
  for (const base::Json& element : *value.array()) {
    if (auto text = ReadElement(element, problems)) list.push_back(*std::move(text));
  }
  if (list.size() != value.array()->size()) return std::nullopt;
  return list;
}

std::optional<std::string> ReadId(const base::Json& value, IdForm form, ProblemList& problems) {
  const bool dot = form == IdForm::kWithDot;
  const std::string* text = value.string();
  if (text == nullptr || !HasIdForm(*text) || (dot && text->find('.') == std::string::npos)) {
    return Refuse(value, dot ? "manifest.expected.item_id" : "manifest.expected.id", problems);
  }
  return *text;
}

}  // namespace casepack::manifest

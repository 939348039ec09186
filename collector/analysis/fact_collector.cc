#include "collector/analysis/fact_collector.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "collector/analysis/wildcard.h"
#include "collector/base/utf8.h"

namespace casepack::analysis {
namespace {

using base::Json;
using manifest::FactType;
using manifest::FactValue;
using Give = manifest::FactReader::Give;
using From = manifest::FactReader::From;

constexpr size_t kMaxText = 400;
constexpr size_t kMaxValue = 1000;
constexpr size_t kMaxKeys = 5000;  // of one reader

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\"'";
  const size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

template <typename Number>
std::optional<Number> Parsed(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string KeyPart(std::string_view text) {
  std::string part;
  for (const char c : text.substr(0, 100)) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("._-+:/@").find(c) != std::string_view::npos;
    part += good ? c : '_';
  }
  return part;
}

// The key with its places filled in by `value_of("1")`, `value_of("/name")`.
template <typename ValueOf>
std::string Filled(const std::string& key, ValueOf value_of) {
  std::string filled;
  for (size_t at = 0; at < key.size();) {
    const size_t open = key.find('{', at);
    const size_t close = open == std::string::npos ? open : key.find('}', open);
    filled.append(key, at, (close == std::string::npos ? key.size() : open) - at);
    if (close == std::string::npos) break;
    filled += KeyPart(value_of(std::string_view(key).substr(open + 1, close - open - 1)));
    at = close + 1;
  }
  return filled;
}

std::string ScalarText(const Json* value) {
  if (value == nullptr) return {};
  if (value->string() != nullptr) return *value->string();
  if (value->boolean() != nullptr) return *value->boolean() ? "true" : "false";
  if (value->integer() != nullptr) return std::to_string(*value->integer());
  if (value->number() != nullptr) return TextOf(*value->number());
  return {};
}

// What stands behind `name` and a `:` or `=`; nullopt when the line is another one.
std::optional<std::string_view> ValueBehind(std::string_view line, std::string_view name) {
  if (line.substr(0, name.size()) != name) return std::nullopt;
  line.remove_prefix(name.size());
  const size_t separator = line.find_first_not_of(" \t");
  if (separator == std::string_view::npos) return std::nullopt;
  if (line[separator] != ':' && line[separator] != '=') return std::nullopt;
  return line.substr(separator + 1);
}

double NumberOf(const FactValue& value, bool* integral) {
  if (const auto* integer = std::get_if<int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* number = std::get_if<double>(&value)) {
    *integral = false;
    return *number;
  }
  return 0;
}

FactValue NumberAs(double number, bool integral) {
  if (integral) return static_cast<int64_t>(std::llround(number));
  return number;
}

}  // namespace

const Json* At(const Json& value, std::string_view pointer) {
  const Json* at = &value;
  while (!pointer.empty() && at != nullptr) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    std::string name(pointer.substr(0, pointer.find('/')));
    pointer.remove_prefix(name.size());
    if (const Json::Array* array = at->array()) {
      const auto index = Parsed<size_t>(name);
      at = index && *index < array->size() ? &(*array)[*index] : nullptr;
      continue;
    }
    for (const auto& [escape, plain] : {std::pair("~1", "/"), std::pair("~0", "~")}) {
      for (size_t i = name.find(escape); i != std::string::npos; i = name.find(escape, i + 1))
        name.replace(i, 2, plain);
    }
    at = at->Find(name);
  }
  return at;
}

Fact FactCollector::PlaceOf(const std::string& member, uint64_t number,
                            std::string_view text) const {
  Fact fact;
  fact.klass = reader_.klass;
  fact.verified = reader_.verified;
  fact.item = item_;
  fact.member = member;
  fact.line = number;
  fact.text = base::CutUtf8(text, kMaxText);
  return fact;
}

FactValue FactCollector::Typed(std::string_view raw) const {
  const std::string_view text = Trimmed(raw);
  if (const auto meant = reader_.map.find(std::string(text)); meant != reader_.map.end())
    return meant->second;
  if (reader_.type == FactType::kInteger) {
    if (const auto integer = Parsed<int64_t>(text)) return *integer;
  } else if (reader_.type == FactType::kNumber) {
    if (const auto number = Parsed<double>(text)) return *number;
  } else if (reader_.type == FactType::kFlag) {
    for (const std::string_view yes : {"true", "True", "yes", "on", "1", "enabled"})
      if (text == yes) return true;
    for (const std::string_view no : {"false", "False", "no", "off", "0", "disabled"})
      if (text == no) return false;
  }
  return base::CutUtf8(text, kMaxValue);
}

void FactCollector::Take(const std::string& key, FactValue value, Fact place) {
  if (found_.size() >= kMaxKeys && found_.find(key) == found_.end()) return;
  const auto [at, is_new] = found_.try_emplace(key);
  Gathered& gathered = at->second;
  const double number = NumberOf(value, &gathered.integral);
  const bool most = reader_.give == Give::kMost;
  const bool replace =
      is_new || (most ? number > gathered.sum : reader_.take == manifest::FactReader::Take::kLast);
  ++gathered.count;
  if (most) {
    gathered.sum = is_new ? number : std::max(gathered.sum, number);
  } else {
    gathered.sum += number;
  }
  if (!replace) return;
  place.value = std::move(value);
  gathered.fact = std::move(place);
}

void FactCollector::Line(const std::string& member, uint64_t number, std::string_view text) {
  if (reader_.from == From::kKeyValue) {
    if (const auto value = ValueBehind(text, reader_.name))
      Take(reader_.key, Typed(*value), PlaceOf(member, number, text));
    return;
  }
  if (reader_.from == From::kPairs) return Pair(member, number, text);
  if (reader_.from != From::kLines || !reader_.pattern) return;
  const auto groups = reader_.pattern->Groups(text);
  if (groups.empty()) return;
  const std::string key = Filled(reader_.key, [&](std::string_view place) {
    const auto index = Parsed<size_t>(place);
    return index && *index < groups.size() ? groups[*index] : std::string_view();
  });
  Take(key, Typed(groups[reader_.pattern->value_group()]), PlaceOf(member, number, text));
}

void FactCollector::Pair(const std::string& member, uint64_t number, std::string_view text) {
  if (!reader_.pattern || !reader_.value_pattern) return;
  if (const auto name = reader_.pattern->Groups(text); name.size() == 3) {
    if (halves_.size() < kMaxKeys) halves_[std::string(name[1])].name = Trimmed(name[2]);
    return;
  }
  const auto value = reader_.value_pattern->Groups(text);
  if (value.size() != 3 || halves_.size() >= kMaxKeys) return;
  Half& half = halves_[std::string(value[1])];
  half.value = Typed(value[2]);
  half.place = PlaceOf(member, number, text);
}

// An index says nothing by itself: it differs from host to host.
void FactCollector::Join() {
  for (auto& [index, half] : halves_) {
    if (half.name.empty() || !half.value) continue;
    const std::string key = Filled(
        reader_.key, [&half = half](std::string_view) -> std::string_view { return half.name; });
    Take(key, *std::move(half.value), std::move(half.place));
  }
}

bool FactCollector::IsWanted(const Json& record) const {
  return std::all_of(reader_.where.begin(), reader_.where.end(), [&](const auto& test) {
    const std::string value = ScalarText(At(record, test.first));
    return std::any_of(test.second.begin(), test.second.end(),
                       [&](const std::string& pattern) { return MatchesWildcard(pattern, value); });
  });
}

void FactCollector::Record(const std::string& member, uint64_t number, std::string_view text,
                           const Json& record) {
  if (!IsWanted(record)) return;
  const Json* value = At(record, reader_.pointer);
  if (reader_.give == Give::kValue || !reader_.pointer.empty()) {
    if (value == nullptr || value->is_null()) return;
    if (value->array() != nullptr || value->object() != nullptr) return;
  }
  std::vector<std::string> texts;  // what the places point to
  const std::string key = Filled(reader_.key, [&](std::string_view place) -> std::string_view {
    texts.push_back(ScalarText(At(record, place)));
    return texts.back();
  });
  FactValue typed = reader_.pointer.empty() ? FactValue(true) : Typed(ScalarText(value));
  Take(key, std::move(typed), PlaceOf(member, number, text));
}

void FactCollector::Outcome(const bundle::ItemRow& row) {
  static constexpr std::string_view kNames[] = {"ok",        "partial", "missing", "denied",
                                                "timed_out", "failed",  "skipped"};
  if (reader_.name == "exit") {
    if (!row.exit) return;
    const auto meant = reader_.map.find(std::to_string(*row.exit));
    Take(reader_.key, meant == reader_.map.end() ? int64_t{*row.exit} : meant->second,
         PlaceOf("", 0, ""));
    return;
  }
  Take(reader_.key, Typed(kNames[static_cast<size_t>(row.outcome)]), PlaceOf("", 0, ""));
}

void FactCollector::Finish(bool whole, Facts* facts) {
  Join();
  facts->Add(Applied{reader_.key, item_, whole, reader_.verified});
  const bool says_none =
      reader_.give == Give::kMatch || reader_.give == Give::kCount || reader_.give == Give::kSum;
  // A count over a part is no count; that there is one is true all the same.
  if (!whole && says_none && reader_.give != Give::kMatch) return;
  for (auto& [key, gathered] : found_) {
    Fact fact = std::move(gathered.fact);
    if (reader_.give == Give::kMatch) fact.value = true;
    if (reader_.give == Give::kCount) fact.value = gathered.count;
    if (reader_.give == Give::kSum || reader_.give == Give::kMost)
      fact.value = NumberAs(gathered.sum, gathered.integral);
    facts->Add(key, std::move(fact));
  }
  const bool named = reader_.key.find('{') == std::string::npos;
  if (!whole || !says_none || !named || !found_.empty()) return;
  Fact none = PlaceOf("", 0, "");
  none.value = reader_.give == Give::kMatch ? FactValue(false) : FactValue(int64_t{0});
  facts->Add(reader_.key, std::move(none));
}

}  // namespace casepack::analysis

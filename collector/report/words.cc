#include "collector/report/words.h"

#include <cassert>

#include "collector/base/json.h"
#include "collector/report/catalogue.h"

namespace casepack::report {
namespace {

const std::string* Argument(const base::Message& message, std::string_view name) {
  for (const auto& [key, value] : message.args) {
    if (key == name) return &value;
  }
  return nullptr;
}

// Replaces each {name} that has a value; values are not looked into again.
std::string Fill(std::string_view text, const base::Message& message) {
  std::string out;
  while (!text.empty()) {
    const size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const size_t close = text.find('}');
    const std::string* value =
        close == std::string_view::npos ? nullptr : Argument(message, text.substr(1, close - 1));
    if (value == nullptr) {
      out += '{';
      text.remove_prefix(1);
    } else {
      out += *value;
      text.remove_prefix(close + 1);
    }
  }
  return out;
}

std::string Unknown(const base::Message& message) {
  std::string out = message.key;
  for (const auto& [key, value] : message.args)
    out += " " + key + "=" + value;
  return out;
}

}  // namespace

std::string_view CodeOf(Language language) { return language == Language::kJapanese ? "ja" : "en"; }

std::optional<Language> LanguageOf(std::string_view locale) {
  const std::string_view code = locale.substr(0, locale.find_first_of("_.-@"));
  if (code == "ja") return Language::kJapanese;
  if (code == "en" || code == "C" || code == "POSIX") return Language::kEnglish;
  return std::nullopt;
}

const Words::Catalogue& Words::Of(Language language) const {
  Lazy& lazy = language == Language::kJapanese ? *japanese_ : *english_;
  std::call_once(lazy.once, [&] {
    const std::string name = std::string(CodeOf(language)) + ".json";
    for (const CatalogueFile& file : CatalogueFiles()) {
      if (file.name != name) continue;
      const auto json = base::ParseJson(file.text);
      assert(json && "a catalogue that is not JSON; tests/report/words_test.cc says where");
      if (!json || json->object() == nullptr) continue;
      for (const auto& member : *json->object()) {
        if (const std::string* text = member.value.string())
          lazy.catalogue.emplace(member.name, *text);
      }
    }
  });
  return lazy.catalogue;
}

std::string Words::Render(Language language, const base::Message& message) const {
  if (message.key.empty()) return {};
  const auto found = Of(language).find(message.key);
  return found == Of(language).end() ? Unknown(message) : Fill(found->second, message);
}

std::string Words::Text(Language language, std::string_view key) const {
  const auto found = Of(language).find(key);
  return found == Of(language).end() ? std::string(key) : found->second;
}

bool Words::Has(std::string_view key) const {
  return Of(Language::kEnglish).find(key) != Of(Language::kEnglish).end();
}

std::vector<std::string> Words::Keys(Language language) const {
  std::vector<std::string> keys;
  for (const auto& [key, text] : Of(language))
    keys.push_back(key);
  return keys;
}

void Words::Translate(bundle::Text& text) const {
  text.en = Render(Language::kEnglish, text.message);
  text.ja = Render(Language::kJapanese, text.message);
}

std::string Words::Read(Language language, const bundle::Text& text) const {
  if (Has(text.message.key)) return Render(language, text.message);
  return language == Language::kJapanese ? text.ja : text.en;
}

}  // namespace casepack::report

// Every word that a user sees, in the languages that we speak. Layers below tell what
// they have to say as a base::Message; here it becomes text.
//
// Any thread. A language is read when it is first asked for: most runs speak one, and reading
// both took a third of the time that a program takes to start.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/message.h"
#include "collector/bundle/index.h"

namespace casepack::report {

enum class Language { kEnglish, kJapanese };

std::string_view CodeOf(Language language);  // "en", "ja"
// "ja", "ja_JP.UTF-8", "en", "C": nullopt for one that we do not speak.
std::optional<Language> LanguageOf(std::string_view locale);

class Words {
 public:
  // The text with its places filled in. A key that no catalogue holds is shown as it is,
  // with its values: unfriendly, but nothing is lost.
  [[nodiscard]] std::string Render(Language language, const base::Message& message) const;
  [[nodiscard]] std::string Text(Language language, std::string_view key) const;
  [[nodiscard]] bool Has(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> Keys(Language language) const;

  // Fills in en and ja.
  void Translate(bundle::Text& text) const;
  // The text for a reader of that language: from our catalogue where we know its message,
  // else as the bundle has it.
  [[nodiscard]] std::string Read(Language language, const bundle::Text& text) const;

 private:
  using Catalogue = std::map<std::string, std::string, std::less<>>;
  struct Lazy {
    std::once_flag once;
    Catalogue catalogue;
  };
  [[nodiscard]] const Catalogue& Of(Language language) const;
  // Copies share what was read.
  std::shared_ptr<Lazy> english_ = std::make_shared<Lazy>();
  std::shared_ptr<Lazy> japanese_ = std::make_shared<Lazy>();
};

}  // namespace casepack::report

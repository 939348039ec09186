// What host_facts reads from: small files and lists of a host, each read once, and the values
// in them. A piece of that kind alone, kept apart for its size. One thread.
#pragma once

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/base/json.h"
#include "collector/kinds/kind.h"
#include "collector/os/read.h"

namespace casepack::kinds {

// Where facts are read from. With a preview instead of an entry it only looks whether the
// files are there: so a plan always names what a run would read.
class Sources {
 public:
  Sources(const Context& context, bundle::Entry* entry, Preview* preview)
      : context_(context), entry_(entry), preview_(preview) {}

  [[nodiscard]] const os::Host& host() const { return context_.host; }

  std::optional<std::string> Text(const std::string& path) {
    const auto known = texts_.find(path);
    if (known != texts_.end()) return known->second;
    return texts_[path] = Read(path);
  }

  // The first line, if there is anything in it.
  std::optional<std::string> Value(const std::string& path) {
    const auto text = Text(path);
    if (!text) return std::nullopt;
    const std::string_view value = os::Trim(std::string_view(*text).substr(0, text->find('\n')));
    if (value.empty()) return std::nullopt;
    return std::string(value);
  }

  std::vector<std::string> Names(const std::string& path, size_t most) {
    if (preview_ != nullptr) {
      if (Exists(path)) Foresee({Preview::Act::kList, path, std::nullopt});
      return {};
    }
    auto names = os::ListSorted(context_.host, path, most);
    if (names) return std::move(*names);
    Complain(path, names.error());
    return {};
  }

  [[nodiscard]] bool Exists(const std::string& path) const {
    return context_.host.Stat(path, os::Links::kTrusted).has_value();
  }

  // Not there is no loss; anything else is told.
  void Complain(const std::string& path, const base::Status& status) {
    if (entry_ == nullptr || status.code() == base::Code::kMissing) return;
    entry_->Note(path, status);
  }

 private:
  static constexpr size_t kMaxText = 4U << 20U;  // /proc/cpuinfo of many processors

  std::optional<std::string> Read(const std::string& path) {
    if (preview_ != nullptr) {
      auto info = context_.host.Stat(path, os::Links::kTrusted);
      if (!info) return std::nullopt;
      // Files in /proc are of no size until they are read.
      Foresee({Preview::Act::kRead, path,
               info->size > 0 ? std::optional<uint64_t>(info->size) : std::nullopt});
      return std::string();  // there, and that is all that a plan may know
    }
    auto text = os::ReadFile(context_.host, path, kMaxText);
    if (!text) {
      Complain(path, text.error());
      return std::nullopt;
    }
    entry_->CountRead(text->size());
    return std::move(*text);
  }

  void Foresee(Preview::Step step) {
    if (preview_->steps.size() < Preview::kMaxSteps) {
      preview_->steps.push_back(std::move(step));
    } else {
      ++preview_->steps_left_out;
    }
  }

  const Context& context_;
  bundle::Entry* entry_;
  Preview* preview_;
  std::map<std::string, std::optional<std::string>> texts_;
};

inline std::optional<int64_t> Number(std::string_view text) {
  text = os::Trim(text);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

inline base::Json NumberOrText(std::string_view text) {
  if (const auto number = Number(text)) return *number;
  return text;
}

inline void SetOnce(base::Json& object, std::string name, base::Json value) {
  if (!name.empty() && object.Find(name) == nullptr) object.Set(std::move(name), std::move(value));
}

inline std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    text = os::Trim(text);
    if (text.empty()) return words;
    const size_t end = std::min(text.find_first_of(" \t\n"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

// NAME=value and NAME="value", as in os-release and locale.conf.
inline base::Json Assignments(std::string_view text) {
  base::Json object;
  for (std::string_view line : os::Lines(text)) {
    line = os::Trim(line);
    if (line.starts_with('#')) continue;
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view value = os::Trim(line.substr(equals + 1));
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
      value = value.substr(1, value.size() - 2);
    }
    SetOnce(object, std::string(os::Trim(line.substr(0, equals))), value);
  }
  return object;
}

// What stands behind "name:" (or "name\t:") in the first line of that name.
inline std::optional<std::string> Labelled(std::string_view text, std::string_view name) {
  for (const std::string_view line : os::Lines(text)) {
    if (!line.starts_with(name)) continue;
    const std::string_view rest = os::Trim(line.substr(name.size()));
    if (rest.starts_with(':')) return std::string(os::Trim(rest.substr(1)));
  }
  return std::nullopt;
}

struct Source {
  const char* name;
  const char* path;
};

enum class Values { kTexts, kNumbers };

inline base::Json FromTable(Sources& sources, std::span<const Source> table, Values values) {
  base::Json object;
  for (const Source& source : table) {
    const auto value = sources.Value(source.path);
    if (!value) continue;
    object.Set(source.name, values == Values::kNumbers ? NumberOrText(*value) : base::Json(*value));
  }
  return object;
}

}  // namespace casepack::kinds

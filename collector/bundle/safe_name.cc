#include "collector/bundle/safe_name.h"

#include <algorithm>
#include <array>
#include <vector>

#include "collector/base/utf8.h"
#include "collector/bundle/digest.h"

namespace casepack::bundle {
namespace {

constexpr size_t kLongestComponent = 200;
constexpr size_t kMostComponents = 200;
constexpr size_t kLongestName = 900;  // leaves room for raw/<item id>/
constexpr size_t kDigestPart = 16;
constexpr std::string_view kMarker = "[REDACTED:";
constexpr std::string_view kKeptByWindows = "\\:*?\"<>|";  // or, the first, a separator there
constexpr std::array<std::string_view, 4> kDevices{"con", "prn", "aux", "nul"};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string Folded(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), Lower);
  return out;
}

void AppendEscaped(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += "0123456789ABCDEF"[byte >> 4U];
    out += "0123456789ABCDEF"[byte & 15U];
  }
}

// The first character of the text, or its first byte where that is none.
std::string_view FirstCharacter(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const std::string_view character = text.substr(0, size);
  return base::IsUtf8(character) ? character : text.substr(0, 1);
}

bool MayStay(std::string_view character) {
  if (character.size() == 1 && kKeptByWindows.find(character.front()) != std::string_view::npos)
    return false;
  return base::Visible(character) == character;
}

// "con", "LPT1.txt": a device on Windows, in any folder.
bool IsDevice(std::string_view component) {
  const std::string stem = Folded(component.substr(0, component.find('.')));
  if (std::find(kDevices.begin(), kDevices.end(), stem) != kDevices.end()) return true;
  const bool port =
      stem.size() == 4 && (stem.compare(0, 3, "com") == 0 || stem.compare(0, 3, "lpt") == 0);
  return port && stem[3] >= '0' && stem[3] <= '9';
}

// At most that many bytes of it, and no part of a character at the end.
std::string_view CutAtCharacter(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U)
    --bytes;
  return text.substr(0, bytes);
}

std::string Shortened(std::string_view component) {
  if (component.size() <= kLongestComponent) return std::string(component);
  const std::string digest = Sha256Hex(component).substr(0, kDigestPart);
  return std::string(CutAtCharacter(component, kLongestComponent - kDigestPart - 1)) + "~" + digest;
}

std::string SafeComponent(std::string_view component) {
  std::string out;
  if (IsDevice(component)) {
    AppendEscaped(out, component.substr(0, 1));
    component.remove_prefix(1);
  }
  while (!component.empty()) {
    const std::string_view character = FirstCharacter(component);
    component.remove_prefix(character.size());
    const bool bad_end = component.empty() && (character == "." || character == " ");
    if (MayStay(character) && !bad_end) {
      out += character;
    } else {
      AppendEscaped(out, character);
    }
  }
  return out == ".%2E" ? "%2E%2E" : Shortened(out);
}

std::string Joined(const std::vector<std::string>& components) {
  std::string name;
  for (const std::string& component : components) {
    if (!name.empty()) name += '/';
    name += component;
  }
  return name;
}

}  // namespace

std::string SafeName(std::string_view bytes) {
  std::vector<std::string> components;
  while (!bytes.empty()) {
    const std::string_view component = bytes.substr(0, bytes.find('/'));
    bytes.remove_prefix(std::min(component.size() + 1, bytes.size()));
    if (!component.empty() && component != ".") components.push_back(SafeComponent(component));
  }
  if (components.empty()) return "unnamed";
  std::string name = Joined(components);
  if (components.size() <= kMostComponents && name.size() <= kLongestName) return name;
  return Sha256Hex(name).substr(0, kDigestPart) + "/" + components.back();
}

std::string SafeRedactedName(const redaction::EnginePtr& engine, std::string_view bytes,
                             redaction::Counts* counts) {
  std::string text = redaction::RedactText(engine, bytes, counts);
  // A colon cannot stay in a name, and escaped the marker would be hard to read.
  for (size_t at = text.find(kMarker); at != std::string::npos; at = text.find(kMarker, at)) {
    text[at + kMarker.size() - 1] = '-';
  }
  return SafeName(text);
}

std::string NameSet::Unique(const std::string& name) {
  if (taken_.insert(Folded(name)).second) return name;
  const size_t slash = name.rfind('/');
  const size_t start = slash == std::string::npos ? 0 : slash + 1;
  size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot <= start) dot = name.size();
  for (uint64_t number = 2;; ++number) {
    std::string other = name.substr(0, dot) + "~" + std::to_string(number) + name.substr(dot);
    if (taken_.insert(Folded(other)).second) return other;
  }
}

}  // namespace casepack::bundle

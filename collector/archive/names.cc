#include "collector/archive/names.h"

#include <algorithm>

#include "collector/base/utf8.h"

namespace casepack::archive {
namespace {

constexpr size_t kComponentBytes = 240;
constexpr size_t kPathBytes = 3000;
constexpr char kHex[] = "0123456789ABCDEF";

uint64_t Hash(std::string_view text) {  // FNV-1a
  uint64_t hash = 14695981039346656037U;
  for (const char c : text)
    hash = (hash ^ static_cast<uint8_t>(c)) * 1099511628211U;
  return hash;
}

void AppendEscaped(std::string* out, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    out->append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
  }
}

// Bytes of the character at the front.
size_t CharacterBytes(std::string_view text) {
  const auto first = static_cast<uint8_t>(text.front());
  const size_t size = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return size <= text.size() && base::IsUtf8(text.substr(0, size)) ? size : 1;
}

// At most `size` bytes, with a checksum of the whole in place of what was cut.
std::string Cut(std::string text, size_t size) {
  if (text.size() <= size) return text;
  std::string sum = "~";
  const uint64_t hash = Hash(text);
  for (unsigned shift = 0; shift < 32; shift += 4)
    sum.push_back(kHex[(hash >> shift) & 15U]);
  size_t keep = size - sum.size();
  while (keep > 0 && (static_cast<uint8_t>(text[keep]) & 0xc0U) == 0x80)
    --keep;
  return text.substr(0, keep) + sum;
}

std::string SafeComponent(std::string_view component) {
  std::string out;
  if (component == "..") {
    AppendEscaped(&out, component);
    return out;
  }
  for (size_t at = 0; at < component.size();) {
    const std::string_view character = component.substr(at, CharacterBytes(component.substr(at)));
    // "C:" and a file's second stream, for readers on Windows.
    const bool plain = character != ":" && base::Visible(character) == character;
    plain ? static_cast<void>(out.append(character)) : AppendEscaped(&out, character);
    at += character.size();
  }
  return Cut(std::move(out), kComponentBytes);
}

// A backslash stays in a tar's names (systemd's units have them), unless it hides `..`.
bool HidesParent(std::string_view path) {
  return path.find("..\\") != std::string_view::npos || path.find("\\..") != std::string_view::npos;
}

template <typename Each>
void ForEachComponent(std::string_view path, const Each& each) {
  while (!path.empty()) {
    const std::string_view component = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), component.size() + 1));
    if (!component.empty() && component != ".") each(component);
  }
}

}  // namespace

std::string SafePath(std::string_view path, Separators separators) {
  std::string plain(path.substr(0, path.find('\0')));
  if (separators == Separators::kBoth || plain.starts_with('\\') || HidesParent(plain))
    std::replace(plain.begin(), plain.end(), '\\', '/');
  std::string out;
  ForEachComponent(plain, [&](std::string_view component) {
    if (!out.empty()) out.push_back('/');
    out += SafeComponent(component);
  });
  out = Cut(std::move(out), kPathBytes);
  return out;
}

std::optional<std::string> SafeTarget(std::string_view path, std::string_view target) {
  if (target.empty() || target.starts_with('/') || target.find('\\') != std::string_view::npos ||
      target.find(':') != std::string_view::npos || base::Visible(target) != target ||
      target.size() > kPathBytes) {
    return std::nullopt;
  }
  auto folders = std::count(path.begin(), path.end(), '/');
  bool down = false;
  bool inside = true;
  ForEachComponent(target, [&](std::string_view component) {
    if (component != "..") {
      down = true;
    } else if (down || --folders < 0) {
      inside = false;
    }
  });
  if (!inside) return std::nullopt;
  return std::string(target);
}

std::string NameTable::File(std::string_view path) {
  std::string name = Unique(BesideLinks(path));
  files_.insert(Hash(name));
  return name;
}

std::string NameTable::Folder(std::string_view path) {
  std::string name = BesideLinks(path);
  const uint64_t hash = Hash(name);
  if (links_.contains(hash) || files_.contains(hash)) name = Unique(std::move(name));
  taken_.try_emplace(Hash(name), 1);
  folders_.insert(Hash(name));
  return name;
}

std::optional<std::string> NameTable::Link(std::string_view path) {
  std::string name = BesideLinks(path);
  if (folders_.contains(Hash(name))) return std::nullopt;
  name = Unique(std::move(name));
  links_.insert(Hash(name));
  return name;
}

bool NameTable::HasFile(std::string_view path) const { return files_.contains(Hash(path)); }

// A folder that is a link becomes another folder; all above the name are folders now.
std::string NameTable::BesideLinks(std::string_view path) {
  std::string out;
  while (true) {
    const size_t end = path.find('/');
    out += path.substr(0, end);
    if (end == std::string_view::npos) return out;
    while (links_.contains(Hash(out)))
      out += "~";
    taken_.try_emplace(Hash(out), 1);
    folders_.insert(Hash(out));
    out.push_back('/');
    path.remove_prefix(end + 1);
  }
}

std::string NameTable::Unique(std::string path) {
  uint32_t* asked = &taken_[Hash(path)];
  if ((*asked)++ == 0) return path;
  size_t dot = path.rfind('.');
  const size_t slash = path.rfind('/');
  const size_t base = slash == std::string::npos ? 0 : slash + 1;
  if (dot == std::string::npos || dot <= base) dot = path.size();
  for (;;) {
    std::string other = path;
    other.insert(dot, "~" + std::to_string(*asked));
    if (taken_.try_emplace(Hash(other), 1).second) return other;
    // The place may have moved.
    asked = &taken_[Hash(path)];
    ++*asked;
  }
}

}  // namespace casepack::archive

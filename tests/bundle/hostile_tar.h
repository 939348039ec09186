// Tar headers as no honest tool writes them.
#pragma once

#include <cstdio>
#include <string>

namespace casepack::tests {

struct RawHeader {
  std::string name;
  char type = '0';
  std::string link;
  uint64_t size = 0;
};

inline std::string RawTarHeader(const RawHeader& raw) {
  std::string header(512, '\0');
  const auto put = [&](size_t at, const std::string& text) {
    header.replace(at, text.size(), text);
  };
  const auto octal = [](uint64_t value, int digits) {
    char text[32];
    std::snprintf(text, sizeof text, "%0*llo", digits, static_cast<unsigned long long>(value));
    return std::string(text);
  };
  put(0, raw.name.substr(0, 100));
  put(100, "0000600");
  put(108, "0000000");
  put(116, "0000000");
  put(124, octal(raw.size, 11));
  put(136, "00000000000");
  put(148, "        ");
  header[156] = raw.type;
  put(157, raw.link.substr(0, 100));
  put(257, std::string("ustar\0", 6) + "00");
  unsigned sum = 0;
  for (const char c : header)
    sum += static_cast<unsigned char>(c);
  put(148, octal(sum, 6) + std::string("\0 ", 2));
  return header;
}

inline std::string RawTarMember(const std::string& name, const std::string& content,
                                char type = '0', const std::string& link = "") {
  return RawTarHeader({name, type, link, content.size()}) + content +
         std::string((512 - content.size() % 512) % 512, '\0');
}

inline std::string RawTarEnd() { return std::string(1024, '\0'); }

}  // namespace casepack::tests

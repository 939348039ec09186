#include "collector/analysis/event_syslog.h"

#include <algorithm>
#include <array>

#include "collector/analysis/event_text.h"
#include "collector/analysis/event_time.h"

namespace casepack::analysis {
namespace {

// The CEF dictionary's names and LEEF's, as far as they can stand behind a message.
constexpr std::array kNames = {
    std::string_view("act"),
    std::string_view("cat"),
    std::string_view("desc"),
    std::string_view("devTime"),
    std::string_view("deviceFacility"),
    std::string_view("dhost"),
    std::string_view("dmac"),
    std::string_view("dpt"),
    std::string_view("dst"),
    std::string_view("duser"),
    std::string_view("dvc"),
    std::string_view("dvchost"),
    std::string_view("end"),
    std::string_view("externalId"),
    std::string_view("filePath"),
    std::string_view("fname"),
    std::string_view("fsize"),
    std::string_view("msg"),
    std::string_view("name"),
    std::string_view("outcome"),
    std::string_view("proto"),
    std::string_view("request"),
    std::string_view("rt"),
    std::string_view("sev"),
    std::string_view("shost"),
    std::string_view("smac"),
    std::string_view("spt"),
    std::string_view("sproc"),
    std::string_view("src"),
    std::string_view("start"),
    std::string_view("suser"),
    std::string_view("target"),
    std::string_view("targetID"),
    std::string_view("targetType"),
    std::string_view("usrName"),
};

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '[' || c == ']';
}

// cs1, cn3Label, ...
bool IsNumbered(std::string_view name) {
  return name.size() >= 3 && name[0] == 'c' && (name[1] == 's' || name[1] == 'n') &&
         name[2] >= '1' && name[2] <= '9' && (name.size() == 3 || name.substr(3) == "Label");
}

bool IsKnown(std::string_view name) {
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || IsNumbered(name) ||
         name.substr(0, 12) == "TrendMicroDs";
}

bool IsMessage(std::string_view name) { return name == "msg" || name == "desc"; }

struct NamedAt {
  std::string_view name;
  size_t begin = std::string_view::npos;  // of the name
  size_t value = 0;
};

// The next name with its "=" at or behind `from`, by its rules in a message or not.
NamedAt NextName(std::string_view text, size_t from, bool in_message) {
  for (size_t equals = text.find('=', from); equals != std::string_view::npos;
       equals = text.find('=', equals + 1)) {
    size_t begin = equals;
    while (begin > from && IsNameCharacter(text[begin - 1]))
      --begin;
    const bool behind_blank = begin == 0 || text[begin - 1] == ' ' || text[begin - 1] == '\t';
    const std::string_view name = text.substr(begin, equals - begin);
    if (name.empty() || !behind_blank || (in_message && !IsKnown(name))) continue;
    return {name, begin, equals + 1};
  }
  return {};
}

}  // namespace

std::optional<SyslogLine> FindSyslogMark(std::string_view line, std::string_view mark) {
  constexpr size_t kHeader = 1024;
  const size_t at = line.substr(0, kHeader).find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  if (at > 0 && line[at - 1] != ' ' && line[at - 1] != '\t') return std::nullopt;
  return SyslogLine{line.substr(0, at), line.substr(at + mark.size())};
}

std::vector<std::string> SplitSyslogHeader(std::string_view body, size_t most,
                                           std::string_view* rest) {
  std::vector<std::string> parts(1);
  size_t i = 0;
  for (; i < body.size(); ++i) {
    if (body[i] == '\\' && i + 1 < body.size() && (body[i + 1] == '|' || body[i + 1] == '\\')) {
      ++i;
    } else if (body[i] == '|') {
      if (parts.size() == most) break;
      parts.emplace_back();
      continue;
    }
    if (parts.back().size() < kEventTitleBytes) parts.back() += body[i];
  }
  *rest = body.substr(std::min(i + 1, body.size()));
  // Cut at a byte above, and maybe in a character.
  for (std::string& part : parts)
    part = CutEventText(part, kEventTitleBytes - 4);
  return parts;
}

std::string UnescapeSyslog(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (size_t i = 0; i < value.size(); ++i) {
    const char next = i + 1 < value.size() ? value[i + 1] : '\0';
    const bool escape = value[i] == '\\' && next != '\0' &&
                        std::string_view("nr=\\|").find(next) != std::string_view::npos;
    if (!escape) {
      out += value[i];
      continue;
    }
    ++i;
    if (next != 'r') out += next == 'n' ? '\n' : next;
  }
  return out;
}

void ReadSyslogFields(std::string_view text, EventRow& row) {
  NamedAt current = NextName(text, 0, false);
  while (current.begin != std::string_view::npos) {
    const NamedAt next = NextName(text, current.value, IsMessage(current.name));
    const size_t end = std::min(next.begin, text.size());
    row.Set(current.name, UnescapeSyslog(text.substr(current.value, end - current.value)));
    current = next;
  }
}

void ReadSyslogTime(std::string_view before, EventRow& row) {
  while (!before.empty()) {
    const size_t end = std::min(before.find(' '), before.size());
    const auto time = end >= 19 ? ParseEventTime(before.substr(0, end)) : std::nullopt;
    if (time) {
      row.event().time = time->instant;
      row.event().zone_known = time->zone_known;
      return;
    }
    before.remove_prefix(std::min(end + 1, before.size()));
  }
}

EventSpace SpaceOfProduct(std::string_view product) {
  if (product.find("Agent") != std::string_view::npos) return EventSpace::kModule;
  return product.find("Manager") != std::string_view::npos ? EventSpace::kSystem
                                                           : EventSpace::kNone;
}

}  // namespace casepack::analysis

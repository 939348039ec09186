// A computer as the manager's API tells of it, and what its status texts mean: JSON of
// somebody else's -> data, each text cut to a size that a row may have.
// dsm_api.cc's own header.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/json.h"
#include "collector/base/time.h"
#include "collector/base/utf8.h"

namespace casepack::kinds {

struct DsmHost {
  int64_t id = 0;
  std::string name;
  std::string platform;
  std::string agent_version;
  std::string agent_status;               // "active", "warning", "error", "inactive", ...
  std::vector<std::string> status_texts;  // as the console shows them
  std::optional<base::Timestamp> last_contact;
  bool has_agent = false;
  bool am_offline = false;
};

// What does not come out of a manager again: the key that it was asked with.
inline std::string WithoutKey(std::string text, const std::string& key) {
  constexpr std::string_view kInstead = "[api key]";
  if (key.empty()) return text;
  for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
    text.replace(at, key.size(), kInstead);
    at += kInstead.size();
  }
  return text;
}

// The text and no more behind it than the end of a clause: "Engine Offline" is not in
// "Engine Offline resolved". Letters count as they are.
inline bool SaysClause(std::string_view text, std::string_view clause) {
  if (clause.empty()) return false;
  for (size_t at = text.find(clause); at != std::string_view::npos;
       at = text.find(clause, at + 1)) {
    const size_t next = text.find_first_not_of(' ', at + clause.size());
    constexpr std::string_view kEnds = ".,;:()[]\"'";
    if (next == std::string_view::npos || kEnds.find(text[next]) != std::string_view::npos)
      return true;
  }
  return false;
}

class DsmHostReader {
 public:
  // Both outlive it.
  DsmHostReader(const std::vector<std::string>& offline_texts, const std::string& key)
      : offline_texts_(offline_texts), key_(key) {}

  // nullopt for what is no computer: no object, or without an ID.
  [[nodiscard]] std::optional<DsmHost> Read(const base::Json& computer) const {
    const base::Json* id = computer.Find("ID");
    if (id == nullptr || id->integer() == nullptr || *id->integer() < 0) return std::nullopt;
    DsmHost host;
    host.id = *id->integer();
    host.name = Text(computer, "hostName", 255);
    if (host.name.empty()) host.name = Text(computer, "displayName", 255);
    host.platform = Text(computer, "platform", 100);
    host.agent_version = Text(computer, "agentVersion", 64);
    host.last_contact = Time(computer.Find("lastAgentCommunication"));
    host.has_agent = !Text(computer, "agentFingerPrint", 1).empty();
    ReadStatus(computer, host);
    // An engine that is offline is an agent's: never more of them than agents.
    host.has_agent = host.has_agent || host.am_offline;
    return host;
  }

 private:
  static constexpr size_t kMaxTexts = 20;
  static constexpr size_t kMaxText = 300;

  // The key is looked for in all of it, before a cut may part it.
  [[nodiscard]] std::string Cut(const std::string& text, size_t bytes) const {
    constexpr size_t kMost = 64U << 10U;
    return base::CutUtf8(WithoutKey(text.substr(0, kMost), key_), bytes);
  }

  [[nodiscard]] std::string Text(const base::Json& object, std::string_view name,
                                 size_t bytes) const {
    const base::Json* value = object.Find(name);
    return value == nullptr || value->string() == nullptr ? std::string()
                                                          : Cut(*value->string(), bytes);
  }

  // Milliseconds since 1970; what a Timestamp cannot be, or 0, is no time.
  static std::optional<base::Timestamp> Time(const base::Json* value) {
    constexpr int64_t kLatest = 9'000'000'000'000;  // the year 2255
    const int64_t* number = value == nullptr ? nullptr : value->integer();
    if (number == nullptr || *number <= 0 || *number > kLatest) return std::nullopt;
    return base::Timestamp(std::chrono::milliseconds(*number));
  }

  void AddStatus(const base::Json* text, DsmHost& host) const {
    if (text == nullptr || text->string() == nullptr || text->string()->empty()) return;
    if (host.status_texts.size() >= kMaxTexts) return;
    host.status_texts.push_back(Cut(*text->string(), kMaxText));
    const std::string& said = host.status_texts.back();
    host.am_offline = host.am_offline || std::any_of(offline_texts_.begin(), offline_texts_.end(),
                                                     [&](const std::string& wanted) {
                                                       return SaysClause(said, wanted);
                                                     });
  }

  void ReadStatus(const base::Json& computer, DsmHost& host) const {
    const base::Json* status = computer.Find("computerStatus");
    if (status == nullptr) return;
    host.agent_status = Text(*status, "agentStatus", 64);
    const base::Json* texts = status->Find("agentStatusMessages");
    if (texts == nullptr) return;
    if (texts->array() == nullptr) return AddStatus(texts, host);
    for (const base::Json& text : *texts->array())
      AddStatus(&text, host);
  }

  const std::vector<std::string>& offline_texts_;
  const std::string& key_;
};

inline base::Json DsmHostJson(const DsmHost& host) {
  base::Json texts{base::Json::Array()};
  for (const std::string& text : host.status_texts)
    texts.Push(text);
  base::Json row;
  row.Set("id", host.id);
  row.Set("host", host.name);
  row.Set("agent", host.has_agent);
  row.Set("am_offline", host.am_offline);
  row.Set("agent_status", host.agent_status);
  row.Set("status", std::move(texts));
  row.Set("agent_version", host.agent_version);
  row.Set("platform", host.platform);
  row.Set("last_contact",
          host.last_contact ? base::Json(base::FormatUtc(*host.last_contact)) : base::Json());
  return row;
}

}  // namespace casepack::kinds

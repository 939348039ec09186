// How many agents of how many, and by what: counts of computers, in memory that does not
// grow with what a manager says. dsm_api.cc's own header.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "collector/kinds/dsm_api_host.h"

namespace casepack::kinds {

class DsmCounter {
 public:
  void Add(const DsmHost& host) {
    ++computers_;
    if (!host.has_agent) return;
    agents_.Add(host);
    untold_ += host.status_texts.empty() ? 1U : 0U;
    by_agent_status_.Add(host.agent_status, host);
    by_version_.Add(host.agent_version, host);
    by_platform_.Add(host.platform, host);
    std::vector<std::string> texts = host.status_texts;  // each once
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    for (const std::string& text : texts)
      by_status_.Add(text, host);
  }
  void AddUnreadable() { ++unreadable_; }

  [[nodiscard]] uint64_t computers() const { return computers_; }

  [[nodiscard]] base::Json Json() const {
    base::Json json;
    json.Set("computers", computers_);
    json.Set("agents", agents_.all);
    json.Set("am_offline", agents_.offline);
    json.Set("without_status", untold_);
    json.Set("unreadable", unreadable_);
    json.Set("by_status", by_status_.Json());
    json.Set("by_agent_status", by_agent_status_.Json());
    json.Set("by_version", by_version_.Json());
    json.Set("by_platform", by_platform_.Json());
    return json;
  }

 private:
  struct Count {
    uint64_t all = 0;
    uint64_t offline = 0;
    void Add(const DsmHost& host) {
      ++all;
      offline += host.am_offline ? 1U : 0U;
    }
  };

  // The values that came first; those beyond are counted together.
  class Table {
   public:
    void Add(const std::string& value, const DsmHost& host) {
      const auto found = rows_.find(value);
      if (found != rows_.end()) return found->second.Add(host);
      if (rows_.size() >= kMaxValues) return others_.Add(host);
      rows_[value].Add(host);
    }
    // The most offline first, then the most.
    [[nodiscard]] base::Json Json() const {
      std::vector<std::pair<std::string, Count>> rows(rows_.begin(), rows_.end());
      std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        if (a.second.offline != b.second.offline) return a.second.offline > b.second.offline;
        return a.second.all > b.second.all;
      });
      base::Json json{base::Json::Array()};
      for (const auto& [value, count] : rows)
        json.Push(Row(base::Json(value), count));
      if (others_.all > 0) json.Push(Row(base::Json(), others_));
      return json;
    }

   private:
    static constexpr size_t kMaxValues = 500;
    static base::Json Row(base::Json value, const Count& count) {
      base::Json row;
      row.Set("value", std::move(value));  // null: all others
      row.Set("agents", count.all);
      row.Set("am_offline", count.offline);
      return row;
    }
    std::map<std::string, Count> rows_;
    Count others_;
  };

  uint64_t computers_ = 0;
  uint64_t untold_ = 0;
  uint64_t unreadable_ = 0;
  Count agents_;
  Table by_status_;
  Table by_agent_status_;
  Table by_version_;
  Table by_platform_;
};

}  // namespace casepack::kinds

// The manager's computers, page by page: the one search of its API that we know, and
// nothing else is ever asked. Each page begins behind the ID that the one before ended
// with; a manager that does not get on is not asked again. dsm_api.cc's own header.
#pragma once

#include <algorithm>
#include <charconv>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "collector/base/json.h"
#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/os/net_client.h"
#include "collector/os/net_http.h"
#include "collector/os/net_waits.h"

namespace casepack::kinds {

struct DsmSearch {
  std::string path = "/api";  // the API's own
  std::string key;
  std::vector<std::string> expand;
  int64_t page = 500;
};

class DsmPages {
 public:
  // Of a page: a manager's word is no reason to need more memory than a run may.
  static constexpr size_t kMaxBody = size_t{8} << 20U;

  using Computers = base::Json::Array;
  // Tells the last ID of a page, which is above `after`, or why it is none.
  using TakePage = std::function<base::Result<int64_t>(const Computers&, int64_t after)>;

  // All outlive it.
  DsmPages(os::HttpsClient& client, const DsmSearch& search, const base::Deadline& deadline)
      : client_(client), search_(search), deadline_(deadline), page_(search.page) {}

  // Until the manager has no more. What was taken before a failure stands.
  base::Status All(const TakePage& take) {
    int64_t after = 0;
    while (true) {
      auto page = Page(after);
      if (page && page->empty()) return {};
      if (!page && page.error().code() == base::Code::kFull && page_ > 1) {
        page_ = std::max<int64_t>(1, page_ / 4);  // computers may be large
        continue;
      }
      if (!page) return page.error();
      ASSIGN_OR_RETURN(after, take(*page, after));
    }
  }

  [[nodiscard]] uint64_t calls() const { return calls_; }
  [[nodiscard]] uint64_t throttled() const { return throttled_; }

 private:
  static constexpr int kMaxRetries = 8;  // in a row
  static constexpr base::Duration kLongest = std::chrono::seconds(60);

  [[nodiscard]] os::HttpsCall CallFor(int64_t after) const {
    std::string query;
    for (const std::string& name : search_.expand)
      query += (query.empty() ? "?expand=" : "&expand=") + name;
    base::Json criterion;
    criterion.Set("idValue", after);
    criterion.Set("idTest", "greater-than");
    base::Json criteria{base::Json::Array()};
    criteria.Push(std::move(criterion));
    base::Json body;
    body.Set("maxItems", page_);
    body.Set("searchCriteria", std::move(criteria));
    body.Set("sortByObjectID", true);
    return {os::HttpMethod::kPost,
            search_.path + "/computers/search" + query,
            {{"Accept", "application/json"},
             {"Content-Type", "application/json"},
             {"api-version", "v1"},
             {"api-secret-key", search_.key}},
            base::WriteJson(body, base::JsonStyle::kOneLine)};
  }

  base::Result<Computers> Page(int64_t after) {
    base::Duration wait = std::chrono::seconds(1);
    for (int retry = 0;; ++retry) {
      ++calls_;
      ASSIGN_OR_RETURN(const os::HttpResponse answer, client_.Call(CallFor(after), deadline_));
      const bool busy = answer.status == 429 || answer.status == 503;
      if (!busy) return Read(answer);
      ++throttled_;
      if (retry == kMaxRetries) return Throttled();
      RETURN_IF_ERROR(Sleep(std::min(WaitTold(answer).value_or(wait), kLongest)));
      wait = std::min(wait * 2, kLongest);
    }
  }

  static base::Status Throttled() {
    return {base::Code::kTimedOut, {"kinds.dsm_api.throttled", {}}};
  }

  // RFC 9110, 10.2.3: seconds, or a date by the server's own clock.
  static std::optional<base::Duration> WaitTold(const os::HttpResponse& answer) {
    const std::string_view text = answer.Header("retry-after");
    int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool number = error == std::errc() && end == text.data() + text.size();
    constexpr int64_t kMost = 3600;
    if (number && seconds >= 0) return std::chrono::seconds(std::min(seconds, kMost));
    const auto at = os::ParseHttpDate(text);
    const auto now = os::ParseHttpDate(answer.Header("date"));
    if (!at || !now || *at < *now) return std::nullopt;
    return std::min<base::Duration>(*at - *now, kLongest);
  }

  // Not at all where the end of our time would come first.
  base::Status Sleep(base::Duration span) const {
    if (deadline_.Remaining() <= span && !Stopped()) return Throttled();
    const base::Instant end = std::chrono::steady_clock::now() + span;
    while (!Stopped() && std::chrono::steady_clock::now() < end) {
      constexpr auto kLook = std::chrono::milliseconds(50);
      os::Waits().Sleep(std::min(end, std::chrono::steady_clock::now() + kLook));
    }
    if (!Stopped()) return {};
    return {base::Code::kCancelled, {"kinds.cancelled", {}}};
  }

  [[nodiscard]] bool Stopped() const {
    return deadline_.stop != nullptr && deadline_.stop->raised();
  }

  static base::Status Judge(int status) {
    const std::string text = std::to_string(status);
    if (status == 401 || status == 403)
      return {base::Code::kDenied, {"kinds.dsm_api.denied", {{"status", text}}}};
    if (status == 404 || status == 405)
      return {base::Code::kInvalid, {"kinds.dsm_api.not_api", {{"status", text}}}};
    if (status / 100 == 3)
      return {base::Code::kRefused, {"kinds.dsm_api.redirect", {{"status", text}}}};
    return {base::Code::kFailed, {"kinds.dsm_api.status", {{"status", text}}}};
  }

  static base::Result<Computers> Read(const os::HttpResponse& answer) {
    if (answer.status != 200) return Judge(answer.status);
    constexpr base::JsonLimits kLimits{.bytes = kMaxBody, .depth = 32, .values = 250'000};
    auto json = base::ParseJson(answer.body, kLimits);
    if (!json) return base::Status(base::Code::kInvalid, {"kinds.dsm_api.not_json", {}});
    base::Json::Object* members = json->object();
    if (members != nullptr) {
      for (base::Json::Member& member : *members) {
        base::Json::Array* computers = member.value.array();
        if (member.name == "computers" && computers != nullptr) return std::move(*computers);
      }
    }
    return base::Status(base::Code::kInvalid, {"kinds.dsm_api.shape", {}});
  }

  os::HttpsClient& client_;
  const DsmSearch& search_;
  const base::Deadline& deadline_;
  int64_t page_;
  uint64_t calls_ = 0;
  uint64_t throttled_ = 0;
};

}  // namespace casepack::kinds

// An index with every field set, and what it takes to compare two.
#pragma once

#include "collector/bundle/index.h"

namespace casepack::tests {

inline bundle::Text FullText(const char* key) {
  return {{key, {{"path", "/x"}, {"detail", "日本語 \"quoted\"\n"}}}, "english", "日本語"};
}

inline bundle::Index FullIndex() {
  bundle::Index index;
  index.tool = {"1.2.3", "abcdef", "0123"};
  index.bundle_id = "id";
  index.created = base::Timestamp(std::chrono::seconds(1'795'341'723));
  index.ended = bundle::Ended::kTimeLimit;
  index.host = {"host", "hash", "linux", "Debian", "6.1", "x86_64", true};
  index.incident = {index.created,
                    "found",
                    "Asia/Tokyo",
                    "host",
                    "a.b",
                    "/var/log/x",
                    "the line",
                    index.created - std::chrono::hours(2),
                    index.created + std::chrono::hours(1)};
  index.language = "ja";
  index.labels = {{"site", "東京"}, {"tier", "web"}};
  bundle::ItemRow& item = index.items.emplace_back();
  item.id = "host.os-release";
  item.kind = "file";
  item.title_en = "System";
  item.title_ja = "システム";
  item.priority = 70;
  item.outcome = bundle::Outcome::kTimedOut;
  item.reason = FullText("a.reason");
  item.started = index.created + std::chrono::seconds(3);
  item.elapsed = std::chrono::milliseconds(1234);
  item.exit = -1;
  item.bytes_read = uint64_t{5} << 40U;
  item.members.push_back({"raw/x", "/x", 10, "sha", {20, 30}, true, false});
  item.members.push_back({"raw/y", "", 0, "sha2", {}, false, true});
  item.notes.push_back({"/y", FullText("a.note")});
  item.notes_left_out = 4;
  item.logs.push_back({"/var/log/x", "taken", "iso8601 rfc3164", "Asia/Tokyo", "host",
                       index.created, index.created + std::chrono::seconds(9), 1, 2, 3, 4});
  item.logs.push_back({"/var/log/y", "empty", "", "", "", {}, {}, 0, 0, 0, 0});
  item.logs_left_out = 5;
  item.redactions = {{"rule-a", 1}, {"rule-b", 2}};
  index.items.emplace_back().id = "second";
  index.left_out.push_back({"raw/z", 99, FullText("left")});
  index.redactions = {{"rule-a", 1}, {"rule-b", 2}};
  index.resources = {std::chrono::milliseconds(5), std::chrono::milliseconds(6), 7, 8};
  return index;
}

}  // namespace casepack::tests

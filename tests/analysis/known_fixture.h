// What the tests of analysis/ share: facts by hand, and conditions as they stand in manifests.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/analysis/content.h"
#include "collector/analysis/known.h"
#include "collector/manifest/condition_parse.h"
#include "collector/manifest/fact_parse.h"
#include "collector/manifest/parse.h"

namespace casepack::tests {

inline manifest::Condition ConditionOf(std::string_view text) {
  manifest::ProblemList problems("f");
  const auto json = base::ParseJson(text);
  EXPECT_TRUE(json) << text;
  manifest::Condition condition = manifest::ParseCondition(*json, problems);
  EXPECT_TRUE(problems.Take().empty()) << text;
  return condition;
}

inline void AddFact(analysis::Facts& facts, const std::string& key, manifest::FactValue value,
                    bool verified = true) {
  analysis::Fact fact;
  fact.value = std::move(value);
  fact.verified = verified;
  fact.member = "raw/" + key;
  fact.line = 1;
  facts.Add(key, std::move(fact));
}

// A bundle's content in memory: members by name, items by their members.
struct MemoryContent {
  std::vector<bundle::ItemRow> items;
  std::map<std::string, std::string> members;

  void Add(const std::string& id, const std::string& name, const std::string& text,
           bundle::Outcome outcome = bundle::Outcome::kOk) {
    bundle::ItemRow row;
    row.id = id;
    row.outcome = outcome;
    bundle::MemberRow member;
    member.name = "raw/" + id + "/" + name;
    members[member.name] = text;
    row.members.push_back(member);
    items.push_back(row);
  }
  [[nodiscard]] analysis::Content content() const {
    return {&items, [this](const bundle::MemberRow& row, const analysis::ByteSink& sink) {
              // In small pieces, as from a file.
              const std::string& text = members.at(row.name);
              for (size_t at = 0; at < text.size(); at += 7) {
                if (!sink(std::string_view(text).substr(at, 7))) break;
              }
              return base::Status();
            }};
  }
};

inline manifest::Manifest ManifestOf(const std::string& members) {
  const manifest::Parsed parsed = manifest::Parse(
      "f",
      R"({"casepack_manifest": 1, "id": "a", "title": {"en": "a", "ja": "a"}, "items": [], )" +
          members + "}",
      {});
  EXPECT_TRUE(parsed.problems.empty())
      << parsed.problems.front().message.key << " " << parsed.problems.front().place.column;
  return parsed.manifest;
}

}  // namespace casepack::tests

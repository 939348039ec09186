// What the fleet's tests share: a table made row by row, and small bundles on disk.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "collector/bundle/writer.h"
#include "collector/fleet/counts.h"
#include "collector/fleet/load.h"
#include "collector/fleet/table.h"
#include "collector/os/output.h"
#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::tests {

inline const base::Timestamp kDay{std::chrono::seconds(1'795'341'723)};  // 2026-11-22T10:02:03Z

using Values = std::vector<std::pair<std::string, std::string>>;

// A table of hosts named h0, h1, …: facts as texts, a number where the text is one.
class FleetTable {
 public:
  // `items`: those that came in full.
  uint32_t Add(const std::string& state, const Values& facts,
               const std::vector<std::string>& items = {}) {
    fleet::Host host;
    host.name = "h" + std::to_string(table.hosts().size());
    host.path = host.name + ".tar.gz";
    host.state = state;
    host.created = kDay;
    std::vector<fleet::Cell> cells;
    for (const auto& [key, text] : facts) {
      fleet::Cell cell;
      cell.key = key;
      cell.text = text;
      cell.item = std::string_view(key).substr(0, key.find('.'));
      if (text.find_first_not_of("0123456789") == std::string::npos) cell.number = std::stod(text);
      if (key.rfind("measure.", 0) == 0) cell.klass = manifest::FactClass::kMeasure;
      cells.push_back(cell);
    }
    std::vector<std::pair<std::string, bundle::Outcome>> ended;
    for (const std::string& item : items)
      ended.emplace_back(item, bundle::Outcome::kOk);
    table.Add(std::move(host), cells, {"manifests", &ended, nullptr});
    return static_cast<uint32_t>(table.hosts().size() - 1);
  }
  fleet::Table& Done() {
    table.Close();
    fleet::TakeSides(table.hosts(), {});
    return table;
  }

  fleet::Table table;
};

struct SmallBundle {
  std::string host = "web01";
  std::string machine = "m1";
  std::string state = "offline";
  std::string facts = R"({"format":"casepack-facts/1","facts":{}})";
  base::Timestamp created = kDay;
  bundle::Format format = bundle::Format::kTarGz;
  std::map<std::string, std::string, std::less<>> labels{};
  std::string large{};  // the content of a member behind the first one
};

// Written below the tree under that name; its path.
inline std::string WriteBundle(const TempTree& tree, const std::string& name,
                               const SmallBundle& small) {
  bundle::Index index;
  index.created = small.created;
  index.tool = {"1.2.3", "commit", "manifests"};
  index.host = {small.host, small.machine, "linux", "Debian", "6.1", "x86_64", true};
  index.labels = small.labels;
  index.analysis.emplace().roles = {"agent"};
  index.analysis->verdict.state = small.state;
  index.analysis->verdict.evidence.push_back({"agent.am.mode", "x", "raw/i/m", 1, "t"});
  index.analysis->verdict.since = small.created - std::chrono::hours(3);
  index.analysis->verdict.since_from = "found";
  auto writer =
      bundle::Writer::Create({small.format, "f", tree.root(), small.created, TestEngine()});
  EXPECT_TRUE(writer);
  if (!small.large.empty()) {
    bundle::Entry entry = (*writer)->NewEntry("big.item", {uint64_t{1} << 30U, 10, 10, 10});
    auto member = entry.Open({"big.txt", "", std::nullopt});
    EXPECT_TRUE(member && member->Write(small.large).ok() && member->Close().ok());
    index.items.push_back(entry.Finish({}));
  }
  bundle::ItemRow& item = index.items.emplace_back();
  item.id = "host.facts";
  item.outcome = bundle::Outcome::kOk;
  bundle::SealOptions seal;
  seal.front = [&small](const bundle::Index&) {
    return std::vector<bundle::FrontMember>{{"SUMMARY.txt", "summary"},
                                            {"facts.json", small.facts}};
  };
  auto file = os::AtomicFile::Create(tree.Path(name));
  EXPECT_TRUE(file) << file.error().message().key;
  EXPECT_TRUE(file && (*writer)->Seal(index, seal, *file).ok());
  return tree.Path(name);
}

}  // namespace casepack::tests

// fleet_generate FOLDER HOSTS SEED PLANTED [FACTS]: a fleet of real bundles with what a fleet
// has: hosts in sites, patch levels that move hundreds of packages together, numbers, noise,
// items that failed on some hosts. The same arguments give the same fleet.
//
// PLANTED: single (a kernel), pair (a kernel with an agent's build), range (a full disk),
// two (two causes, a kernel and a relay), none (hosts break by chance). Prints what was
// planted, a fact a line.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "collector/analysis/analyze.h"
#include "collector/base/json.h"
#include "collector/bundle/writer.h"
#include "tests/support/engine.h"

namespace casepack::tests {
namespace {

using analysis::Fact;
using analysis::Facts;
using manifest::FactClass;

uint64_t Mix(uint64_t x) {  // splitmix64
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

// Numbers that depend on the seed, the host and what they are for, and on nothing else.
class Chance {
 public:
  Chance(uint64_t seed, uint64_t host) : seed_(Mix(seed) ^ Mix(host + 1)) {}
  [[nodiscard]] uint64_t Below(uint64_t most, uint64_t purpose) const {
    return Mix(seed_ ^ Mix(purpose)) % most;
  }
  [[nodiscard]] bool Percent(uint64_t percent, uint64_t purpose) const {
    return Below(10'000, purpose) < percent * 100;
  }

 private:
  uint64_t seed_;
};

uint64_t Purpose(const std::string& text) {
  uint64_t hash = 1469598103934665603U;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

enum class Planted { kSingle, kPair, kRange, kTwo, kNone };

struct Plan {
  std::string folder;
  uint64_t hosts = 0;
  uint64_t seed = 0;
  Planted planted = Planted::kSingle;
  uint64_t facts = 0;
};

constexpr const char* kBadKernel = "5.14.0-503.11.1.el9_5.x86_64";
constexpr const char* kBadBuild = "20.0.1-9400";
constexpr const char* kBadRelay = "tls://relay3.example.com:4122";
constexpr std::array<const char*, 4> kKernels{
    "5.14.0-427.13.1.el9_4.x86_64", "5.14.0-427.40.1.el9_4.x86_64", "5.14.0-362.8.1.el9_3.x86_64",
    "4.18.0-553.el8_10.x86_64"};
constexpr std::array<const char*, 4> kBuilds{"20.0.1-7380", "20.0.1-9400", "20.0.0-8453",
                                             "20.0.1-3180"};

struct HostPlan {
  bool affected = false;
  std::string kernel;
  std::string build;
  std::string relay;
  std::string site;
  int64_t disk = 0;
};

// About one host in eleven is affected, as in the FAQ's 37 of 412.
HostPlan PlanHost(const Plan& plan, uint64_t number) {
  const Chance chance(plan.seed, number);
  HostPlan host;
  host.affected = chance.Below(11, 1) == 0;
  host.kernel = kKernels.at(chance.Below(kKernels.size(), 2));
  host.build = kBuilds.at(chance.Below(kBuilds.size(), 3));
  host.relay = "tls://relay" + std::to_string(1 + chance.Below(6, 4)) + ".example.com:4122";
  host.site = std::array<const char*, 5>{"tokyo", "osaka", "nagoya", "fukuoka", "sendai"}.at(
      chance.Below(5, 5));
  host.disk = static_cast<int64_t>(20 + chance.Below(65, 6));
  const bool exception = chance.Percent(3, 7);  // of the affected without, of the healthy with
  switch (plan.planted) {
    case Planted::kSingle:
      if (host.affected ? !exception : chance.Percent(1, 8)) host.kernel = kBadKernel;
      break;
    case Planted::kPair:  // each alone is common and does no harm
      if (chance.Percent(35, 8)) host.kernel = kBadKernel;
      if (host.affected) {
        host.kernel = kBadKernel;
        host.build = kBadBuild;
      } else if (host.kernel == kBadKernel && host.build == kBadBuild) {
        host.build = kBuilds[0];
      }
      break;
    case Planted::kRange:
      if (host.affected ? !exception : chance.Percent(1, 8))
        host.disk = static_cast<int64_t>(96 + chance.Below(5, 9));
      break;
    case Planted::kTwo:
      if (host.relay == kBadRelay) host.relay = "tls://relay1.example.com:4122";
      if (host.affected && chance.Percent(60, 10)) {
        host.kernel = kBadKernel;
      } else if (host.affected) {
        host.relay = kBadRelay;
      } else {
        if (chance.Percent(1, 8)) host.kernel = kBadKernel;
        if (chance.Percent(1, 9)) host.relay = kBadRelay;
      }
      break;
    case Planted::kNone:
      break;
  }
  return host;
}

void Add(Facts& facts, const std::string& key, manifest::FactValue value, FactClass klass,
         const std::string& item, uint64_t line = 0) {
  Fact fact;
  fact.value = std::move(value);
  fact.klass = klass;
  fact.item = item;
  fact.member = "raw/" + item + "/out.ndjson";
  fact.line = line;
  facts.Add(key, std::move(fact));
}

bool Gathered(const Chance& chance, const std::string& item) {
  return !chance.Percent(2, Purpose("item " + item));
}

void AddProduct(const HostPlan& host, const Chance& chance, Facts& facts) {
  if (Gathered(chance, "dsa.components")) {
    const std::string item = "dsa.components";
    Add(facts, "agent.am.mode", std::string(host.affected ? "driver-offline" : "on"),
        FactClass::kState, item, 3);
    Add(facts, "agent.am.driver_offline", host.affected, FactClass::kState, item, 4);
    Add(facts, "agent.module.AM.mode", std::string(host.affected ? "driver-offline" : "on"),
        FactClass::kState, item, 3);
    Add(facts, "agent.core_version", host.build, FactClass::kVersions, item, 5);
    for (const char* module : {"FWDPI", "IM", "LI", "AC", "WRS"}) {
      Add(facts, std::string("agent.module.") + module + ".mode",
          std::string(chance.Percent(70, Purpose(module)) ? "on" : "off"), FactClass::kState, item,
          9);
    }
    for (int i = 0; i < 6; ++i) {
      Add(facts, "agent.am.pattern.Pattern " + std::to_string(i),
          "19." + std::to_string(chance.Below(5, 100 + static_cast<uint64_t>(i))) + "01.00",
          FactClass::kVersions, item, 20);
    }
  }
  if (Gathered(chance, "connectivity.relay")) {
    Add(facts, "probe.dsr.url", host.relay, FactClass::kConfiguration, "connectivity.relay");
    Add(facts, "probe.dsr.4122.tcp", std::string(chance.Percent(96, 30) ? "ok" : "refused"),
        FactClass::kState, "connectivity.relay");
  }
  if (Gathered(chance, "dsa.status")) {
    Add(facts, "agent.dsm_url",
        "https://dsm" + std::to_string(chance.Below(2, 31)) + ".example.com:4120/",
        FactClass::kConfiguration, "dsa.status", 2);
    Add(facts, "agent.time.now", static_cast<int64_t>(1'795'000'000 + chance.Below(100'000, 32)),
        FactClass::kVolatile, "dsa.status", 4);
    Add(facts, "agent.cert_hash", std::to_string(chance.Below(UINT64_MAX, 33)),
        FactClass::kIdentity, "dsa.status", 5);
  }
}

void AddHost(const HostPlan& host, const Chance& chance, Facts& facts) {
  if (Gathered(chance, "host.facts")) {
    const std::string item = "host.facts";
    Add(facts, "host.kernel.release", host.kernel, FactClass::kVersions, item);
    Add(facts, "host.arch", std::string("x86_64"), FactClass::kConfiguration, item);
    Add(facts, "host.cpu.count", static_cast<int64_t>(uint64_t{2} << chance.Below(4, 40)),
        FactClass::kConfiguration, item);
    Add(facts, "host.memory.total",
        static_cast<int64_t>(4'000'000'000 + chance.Below(60, 41) * 1'000'000'000),
        FactClass::kMeasure, item);
    Add(facts, "host.uptime_seconds", static_cast<int64_t>(chance.Below(10'000'000, 42)),
        FactClass::kVolatile, item);
    Add(facts, "host.selinux.mode",
        std::string(chance.Percent(60, 43) ? "enforcing" : "permissive"), FactClass::kConfiguration,
        item);
    Add(facts, "host.time_zone", std::string("Asia/Tokyo"), FactClass::kConfiguration, item);
    Add(facts, "host.secure_boot", chance.Percent(30, 44), FactClass::kConfiguration, item);
  }
  if (Gathered(chance, "storage.space")) {
    Add(facts, "disk./var.used_percent", host.disk, FactClass::kMeasure, "storage.space", 4);
    for (const char* disk : {"/", "/home", "/boot", "/opt"}) {
      Add(facts, std::string("disk.") + disk + ".used_percent",
          static_cast<int64_t>(chance.Below(100, Purpose(disk))), FactClass::kMeasure,
          "storage.space", 5);
    }
  }
}

// Packages move together by patch level; a few hosts have one of their own, or lack it.
void AddPackages(const Plan& plan, const HostPlan& host, const Chance& chance, Facts& facts) {
  if (!Gathered(chance, "software.packages")) return;
  const uint64_t level = chance.Below(4, 50);
  Add(facts, "package.kernel-core", host.kernel, FactClass::kVersions, "software.packages", 1);
  for (uint64_t i = 0; i < plan.facts; ++i) {
    const Chance package(plan.seed, 1'000'000'007 + i);
    if (chance.Percent(3, 10'000 + i)) continue;
    uint64_t version = package.Below(4, 1) * (level >= package.Below(5, 2) ? 1 : 0);
    if (chance.Percent(2, 20'000 + i)) version = 10 + chance.Below(3, 30'000 + i);
    Add(facts, "package.lib" + std::to_string(package.Below(100'000, 3)) + "-" + std::to_string(i),
        "2." + std::to_string(package.Below(40, 4)) + "." + std::to_string(version) + "-1.el9",
        FactClass::kVersions, "software.packages", 2 + i);
  }
}

bundle::WordsRow Words(const std::string& id) {
  return {"What the vendor's checklist asks at step " + id + ", in a sentence of usual length",
          "ベンダーの確認手順 " + id + " で求められている内容を説明する、通常の長さの文です"};
}

bundle::AnalysisRow AnalysisOf(const HostPlan& host, const Chance& chance) {
  bundle::AnalysisRow analysis;
  analysis.roles = {"agent"};
  analysis.verdict.state = host.affected ? "offline" : "online";
  analysis.verdict.headline = Words("verdict");
  analysis.verdict.evidence.push_back({"agent.am.mode", host.affected ? "driver-offline" : "on",
                                       "raw/dsa.components/out.ndjson", 3, "mode"});
  analysis.verdict.evidence.push_back({"agent.am.driver_offline", host.affected ? "true" : "false",
                                       "raw/dsa.components/out.ndjson", 4, "driverOffline"});
  if (host.affected) {
    analysis.verdict.since = base::Timestamp(
        std::chrono::seconds(1'795'000'000 + static_cast<int64_t>(chance.Below(5 * 86'400, 60))));
    analysis.verdict.since_from = "found";
    analysis.verdict.top_finding = "cause.ksp_missing";
    analysis.verdict.top_state = "likely";
  }
  for (int i = 0; i < 22; ++i) {
    bundle::CheckRow row{
        "check." + std::to_string(i), Words(std::to_string(i)), "ok", {}, {}, {}, {}};
    row.evidence.push_back({"host.arch", "x86_64", "raw/host.facts/out.ndjson", 1, "arch"});
    row.remedy = Words("remedy");
    analysis.checklist.push_back(std::move(row));
  }
  for (int i = 0; i < 12; ++i) {
    bundle::FindingRow row;
    row.id = "cause." + std::to_string(i);
    row.title = Words(row.id);
    row.state = "ruled_out";
    row.remedy = Words("remedy");
    analysis.findings.push_back(std::move(row));
  }
  return analysis;
}

std::vector<bundle::ItemRow> ItemsOf(const Chance& chance, base::Timestamp created) {
  std::vector<std::string> ids{"dsa.components", "connectivity.relay", "dsa.status",
                               "host.facts",     "storage.space",      "software.packages"};
  for (int i = 0; i < 49; ++i)
    ids.push_back("logs.item" + std::to_string(i));
  std::vector<bundle::ItemRow> items;
  for (const std::string& id : ids) {
    bundle::ItemRow item;
    item.id = id;
    item.kind = "file";
    item.title_en = "Title of " + id;
    item.title_ja = id + " の内容";
    item.outcome = Gathered(chance, id) ? bundle::Outcome::kOk : bundle::Outcome::kTimedOut;
    item.started = created;
    item.bytes_read = chance.Below(100'000, Purpose(id));
    items.push_back(std::move(item));
  }
  return items;
}

bool WriteHost(const Plan& plan, uint64_t number) {
  const HostPlan host = PlanHost(plan, number);
  const Chance chance(plan.seed, number);
  const std::string name = "web" + std::to_string(100'000 + number);
  bundle::Index index;
  index.created =
      base::Timestamp(std::chrono::seconds(1'795'500'000 + static_cast<int64_t>(number % 3600)));
  index.tool = {"0.1.0", "0123456789ab", std::string(64, 'a')};
  index.host = {name,        std::to_string(Mix(number)),
                "linux",     "Red Hat Enterprise Linux 9",
                host.kernel, "x86_64",
                true};
  index.language = "ja";
  index.labels = {{"site", host.site}};
  index.analysis = AnalysisOf(host, chance);
  index.items = ItemsOf(chance, index.created);
  Facts facts;
  AddProduct(host, chance, facts);
  AddHost(host, chance, facts);
  AddPackages(plan, host, chance, facts);
  const std::string folder = "casepack-" + name;
  auto writer = bundle::Writer::Create(
      {bundle::Format::kTarGz, folder, plan.folder, index.created, TestEngine()});
  if (!writer) return false;
  bundle::SealOptions seal;
  seal.front = [&facts](const bundle::Index& made) {
    return std::vector<bundle::FrontMember>{
        {"SUMMARY.txt", std::string(8'000, 's') + made.host.name},
        {"facts.json", base::WriteJson(analysis::FactsJson(facts), base::JsonStyle::kOneLine)}};
  };
  auto file = os::AtomicFile::Create(plan.folder + "/" + folder + ".tar.gz");
  return file && (*writer)->Seal(index, seal, *file).ok();
}

void Tell(Planted planted) {
  const char* texts[] = {
      "host.kernel.release = 5.14.0-503.11.1.el9_5.x86_64\n",
      "host.kernel.release = 5.14.0-503.11.1.el9_5.x86_64\nagent.core_version = 20.0.1-9400\n",
      "disk./var.used_percent >= 96\n",
      "host.kernel.release = 5.14.0-503.11.1.el9_5.x86_64\nprobe.dsr.url = "
      "tls://relay3.example.com:4122\n",
      ""};
  std::printf("%s", texts[static_cast<size_t>(planted)]);
}

int Main(const std::vector<std::string>& words) {
  const std::array<std::string, 5> names{"single", "pair", "range", "two", "none"};
  Plan plan;
  if (words.size() >= 5) {
    plan = {words[1], std::stoull(words[2]), std::stoull(words[3]), Planted::kNone, 700};
    for (size_t i = 0; i < names.size(); ++i) {
      if (names.at(i) == words[4]) plan.planted = static_cast<Planted>(i);
    }
    if (words.size() > 5) plan.facts = std::stoull(words[5]);
  }
  if (plan.folder.empty()) {
    std::fprintf(stderr, "fleet_generate FOLDER HOSTS SEED single|pair|range|two|none [FACTS]\n");
    return 2;
  }
  std::filesystem::create_directories(plan.folder);
  TestEngine();  // before there are threads
  std::atomic<uint64_t> next{0};
  std::atomic<bool> failed{false};
  const auto work = [&] {
    for (uint64_t number = next++; number < plan.hosts && !failed; number = next++) {
      if (!WriteHost(plan, number)) failed = true;
    }
  };
  std::thread other(work);
  work();
  other.join();
  if (failed) std::fprintf(stderr, "fleet_generate: cannot write to %s\n", plan.folder.c_str());
  Tell(plan.planted);
  return failed ? 1 : 0;
}

}  // namespace
}  // namespace casepack::tests

int main(int argc, char** argv) { return casepack::tests::Main({argv, argv + argc}); }

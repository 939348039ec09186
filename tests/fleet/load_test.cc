#include "collector/fleet/load.h"

#include <filesystem>
#include <fstream>

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

using tests::SmallBundle;
using tests::WriteBundle;

class LoadTest : public testing::Test {
 protected:
  std::string Bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string TextAt(const Table& table, const std::string& key, size_t row) {
    const Column* column = table.Find(key);
    if (column == nullptr) return "no column";
    const Code code = column->Codes(table.hosts().size())[row];
    return code == kNotVisible ? "not visible" : column->text(code);
  }
  tests::TempTree tree_;
};

TEST_F(LoadTest, ReadsWhatABundleSaysOfItsHost) {
  SmallBundle small;
  small.facts = R"({"facts":{"host.a":{"value":"x","class":"state","member":"raw/host.facts/f"}}})";
  small.labels = {{"site", "東京"}};
  const Table table = Load({WriteBundle(tree_, "a.tar.gz", small)}, {});
  ASSERT_EQ(table.hosts().size(), 1U);
  const Host& host = table.hosts()[0];
  EXPECT_EQ(host.reading, Reading::kRead) << host.reason.key;
  EXPECT_EQ(host.name, "web01");
  EXPECT_EQ(host.state, "offline");
  EXPECT_EQ(host.created, tests::kDay);
  EXPECT_EQ(host.since, tests::kDay - std::chrono::hours(3));
  EXPECT_EQ(host.outcomes[0], 1U);
  EXPECT_EQ(TextAt(table, "host.a", 0), "x");
  EXPECT_EQ(TextAt(table, "label.site", 0), "東京");
  EXPECT_EQ(TextAt(table, std::string(kOsKey), 0), "Debian");
  EXPECT_EQ(TextAt(table, std::string(kRolesKey), 0), "agent");
  EXPECT_EQ(table.evidence().count("agent.am.mode"), 1U);
}

TEST_F(LoadTest, EveryContainerIsRead) {
  const std::pair<const char*, bundle::Format> kinds[] = {{"a.tar.gz", bundle::Format::kTarGz},
                                                          {"b.tar.zst", bundle::Format::kTarZst},
                                                          {"c.zip", bundle::Format::kZip}};
  std::vector<std::string> paths;
  for (const auto& [name, format] : kinds) {
    SmallBundle small;
    small.host = name;
    small.format = format;
    small.facts = R"({"facts":{"a":{"value":"x","class":"state"}}})";
    small.large = "some lines\n";
    paths.push_back(WriteBundle(tree_, name, small));
  }
  const Table table = Load(paths, {});
  for (size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(table.hosts()[row].name, kinds[row].first);
    EXPECT_EQ(TextAt(table, "a", row), "x") << kinds[row].first;
  }
}

// Whatever cannot be read is a row that says why, and costs no other.
TEST_F(LoadTest, WhatCannotBeReadIsARow) {
  const std::string good = Bytes(WriteBundle(tree_, "good.tar.gz", {}));
  SmallBundle newer;
  const struct {
    const char* name;
    std::string bytes;
    Reading reading;
  } cases[] = {
      {"text.tar.gz", "hello\n", Reading::kForeign},
      {"empty.tar.gz", "", Reading::kForeign},
      {"cut.tar.gz", good.substr(0, 40), Reading::kBroken},
      {"pem.cms", "-----BEGIN CMS-----\nMII\n", Reading::kEncrypted},
      {"der.cms", std::string("\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", 15),
       Reading::kEncrypted},
      {"der.tar.gz", std::string("\x30\x82\x01\x00 no oid", 11), Reading::kForeign},
  };
  std::vector<std::string> paths{tree_.Path("good.tar.gz")};
  for (const auto& c : cases)
    paths.push_back(tree_.Write(c.name, c.bytes));
  std::filesystem::create_directory(tree_.Path("folder.tar.gz"));
  paths.push_back(tree_.Path("folder.tar.gz"));
  paths.push_back(tree_.Path("nowhere.tar.gz"));
  const Table table = Load(paths, {});
  EXPECT_EQ(table.hosts()[0].reading, Reading::kRead);
  for (size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_EQ(table.hosts()[i + 1].reading, cases[i].reading) << cases[i].name;
    EXPECT_NE(table.hosts()[i + 1].reason.key, "") << cases[i].name;
  }
  EXPECT_EQ(table.hosts()[std::size(cases) + 1].reading, Reading::kForeign);
  EXPECT_EQ(table.hosts()[std::size(cases) + 2].reading, Reading::kMissing);
}

// Cut anywhere, or a bit turned: a row with a reason or a good one, never a crash.
TEST_F(LoadTest, DamageAnywhereIsBorne) {
  SmallBundle small;
  small.facts = R"({"facts":{"a":{"value":"x","class":"state"}}})";
  const std::string good = Bytes(WriteBundle(tree_, "good.tar.gz", small));
  std::vector<std::string> paths;
  for (size_t at = 0; at < good.size(); at += 3) {
    std::string turned = good;
    turned[at] = static_cast<char>(turned[at] ^ 0x10);
    paths.push_back(tree_.Write("cut" + std::to_string(at), good.substr(0, at)));
    paths.push_back(tree_.Write("bit" + std::to_string(at), turned));
  }
  const Table table = Load(paths, {});
  ASSERT_EQ(table.hosts().size(), paths.size());
  size_t bad = 0;
  for (const Host& host : table.hosts()) {
    const bool sane = host.reading == Reading::kDuplicate || host.name == "web01" ||
                      host.reading == Reading::kBroken || host.reading == Reading::kForeign ||
                      host.reading == Reading::kNewer;
    EXPECT_TRUE(sane) << host.path << " " << NameOf(host.reading);
    bad += host.reading == Reading::kBroken || host.reading == Reading::kForeign ? 1 : 0;
  }
  EXPECT_GT(bad, paths.size() / 4);
}

TEST_F(LoadTest, TenThousandMissingFilesAreTenThousandRows) {
  std::vector<std::string> paths;
  for (int i = 0; i < 10'000; ++i)
    paths.push_back(tree_.Path("none" + std::to_string(i) + ".tar.gz"));
  const Table table = Load(paths, {});
  ASSERT_EQ(table.hosts().size(), 10'000U);
  for (size_t i = 0; i < paths.size(); ++i) {
    ASSERT_EQ(table.hosts()[i].reading, Reading::kMissing);
    ASSERT_EQ(table.hosts()[i].path, paths[i]);
  }
}

// The same rows and codes, however many threads there are.
TEST_F(LoadTest, ThreadsDoNotChangeTheTable) {
  std::vector<std::string> paths;
  for (int i = 0; i < 100; ++i) {
    SmallBundle small;
    small.host = "h" + std::to_string(i);
    small.facts = R"({"facts":{"a":{"value":)" + std::to_string(i * 7 % 10) +
                  R"(,"class":"state"},"b)" + std::to_string(i % 5) +
                  R"(":{"value":"x","class":"state"}}})";
    paths.push_back(WriteBundle(tree_, small.host + ".tar.gz", small));
  }
  const Table one = Load(paths, {1, nullptr});
  const Table many = Load(paths, {4, nullptr});
  ASSERT_EQ(one.columns(), many.columns());
  for (size_t i = 0; i < one.columns(); ++i) {
    EXPECT_EQ(one.column(i).key(), many.column(i).key());
    EXPECT_EQ(one.column(i).Codes(100), many.column(i).Codes(100));
  }
  for (size_t row = 0; row < 100; ++row)
    EXPECT_EQ(one.hosts()[row].name, many.hosts()[row].name);
}

TEST_F(LoadTest, StopsWhenItIsTold) {
  base::StopFlag stop;
  stop.Raise();
  const Table table = Load({WriteBundle(tree_, "a.tar.gz", {})}, {1, &stop});
  EXPECT_EQ(table.hosts()[0].reading, Reading::kDenied);
  EXPECT_EQ(table.hosts()[0].reason.key, "fleet.load.stopped");
}

}  // namespace
}  // namespace casepack::fleet

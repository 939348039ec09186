#include "collector/run/collect.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "collector/bundle/reader.h"
#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

class CollectTest : public testing::Test {
 protected:
  CollectTest() {
    root_.Write("etc/hostname", "web01\n");
    root_.Write("etc/motd", "hello password=hunter2xyz\n");
    host_ = std::shared_ptr<const os::Host>(
        std::move(*os::OpenHost({root_.root(), os::NetworkMounts::kLeaveAlone})));
    const std::string path = out_.Write(
        "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
      {"id": "t.motd", "title": {"en": "motd", "ja": "motd"}, "kind": "file", "with": {"paths": ["/etc/motd"]}},
      {"id": "t.none", "title": {"en": "none", "ja": "none"}, "kind": "file", "with": {"paths": ["/etc/none"]}}]})");
    loaded_ = std::make_shared<const Loaded>(std::move(*LoadManifests({path})));
    options_.selection.only = {"t.*"};
    options_.output = out_.Path("b.tar.gz");
    options_.version = "1.2.3";
    options_.created = base::ParseUtc("2026-11-22T10:00:00Z");
  }

  base::Result<Collected> Collect() {
    return run::Collect({host_, loaded_, words_, stop_, observer_, tests::TestEngine()}, options_);
  }

  tests::TempTree root_;
  tests::TempTree out_;
  report::Words words_;
  base::StopFlag stop_;
  NoObserver observer_;
  std::shared_ptr<const os::Host> host_;
  std::shared_ptr<const Loaded> loaded_;
  CollectOptions options_;
};

TEST_F(CollectTest, WritesABundleThatReadsBack) {
  const auto collected = Collect();
  ASSERT_TRUE(collected) << words_.Render(report::Language::kEnglish, collected.error().message());
  EXPECT_EQ(collected->path, options_.output);
  EXPECT_EQ(collected->bytes, std::filesystem::file_size(options_.output));
  const auto reader = bundle::Reader::Open(options_.output);
  ASSERT_TRUE(reader);
  const bundle::Index& index = (*reader)->index();
  EXPECT_EQ(index.host.name, "web01");
  EXPECT_EQ(index.tool.version, "1.2.3");
  EXPECT_EQ(index.created, *options_.created);
  EXPECT_EQ(index.ended, bundle::Ended::kWhole);
  ASSERT_EQ(index.items.size(), 2U);
  EXPECT_EQ(index.items[0].outcome, bundle::Outcome::kOk);
  EXPECT_EQ(index.items[1].outcome, bundle::Outcome::kMissing);
  EXPECT_FALSE(index.items[1].reason.ja.empty());
  std::string text;
  ASSERT_TRUE((*reader)
                  ->Read(index.items[0].members.at(0).name,
                         [&](std::string_view bytes) {
                           text += bytes;
                           return true;
                         })
                  .ok());
  EXPECT_EQ(text.find("hunter2xyz"), std::string::npos);
  EXPECT_NE(text.find("hello password="), std::string::npos);
  EXPECT_GE(index.redactions.size(), 1U);
}

TEST_F(CollectTest, AnExistingTargetIsKeptAndNothingIsGathered) {
  out_.Write("b.tar.gz", "mine");
  EXPECT_EQ(Collect().error().code(), base::Code::kExists);
  EXPECT_EQ(out_.Read("b.tar.gz"), "mine");
}

// As two administrators do who press the key at the same time.
TEST_F(CollectTest, TwoRunsOfOneSecondAreTwoBundles) {
  options_.output = out_.root();
  const auto first = Collect();
  const auto second = Collect();
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->path, second->path);
  EXPECT_TRUE(second->path.ends_with("Z-2.tar.gz")) << second->path;
  for (const std::string& path : {first->path, second->path})
    EXPECT_TRUE(bundle::Reader::Open(path)) << path;
}

TEST_F(CollectTest, AWrongSelectionWritesNothing) {
  options_.selection.only = {"no.such"};
  EXPECT_EQ(Collect().error().code(), base::Code::kInvalid);
  EXPECT_FALSE(std::filesystem::exists(options_.output));
}

TEST_F(CollectTest, AStoppedRunIsSealedAndMarked) {
  stop_.Raise();
  const auto collected = Collect();
  ASSERT_TRUE(collected);
  EXPECT_EQ(collected->index.ended, bundle::Ended::kInterrupted);
  const auto reader = bundle::Reader::Open(options_.output);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->index().ended, bundle::Ended::kInterrupted);
}

}  // namespace
}  // namespace casepack::run

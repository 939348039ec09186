#include "collector/bundle/spool.h"

#include <thread>

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

TEST(Spool, BlocksComeBackWhoeverWroteThem) {
  const tests::TempTree tree;
  const auto spool = Spool::Create(tree.root());
  ASSERT_TRUE(spool);
  std::vector<std::thread> threads;
  std::vector<std::vector<std::pair<Extent, std::string>>> written(4);
  for (size_t t = 0; t < written.size(); ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < 50; ++i) {
        const std::string block = tests::Noise(100 + 37 * i, t * 1000 + i);
        const auto extent = (*spool)->Append(block);
        ASSERT_TRUE(extent);
        written[t].emplace_back(*extent, block);
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  std::string back;
  for (const auto& of_thread : written) {
    for (const auto& [extent, block] : of_thread) {
      ASSERT_TRUE((*spool)->Read(extent, &back).ok());
      EXPECT_EQ(back, block);
    }
  }
  EXPECT_TRUE((*spool)->status().ok());
}

TEST(Spool, KnowsItsMembers) {
  const tests::TempTree tree;
  const auto spool = Spool::Create(tree.root());
  (*spool)->Keep("a", Stored{{{0, 5}, {10, 7}}, {}});
  ASSERT_NE((*spool)->Find("a"), nullptr);
  EXPECT_EQ((*spool)->Find("a")->Compressed(), 12U);
  EXPECT_EQ((*spool)->Find("b"), nullptr);
}

TEST(Spool, NoSuchFolder) {
  const tests::TempTree tree;
  EXPECT_FALSE(Spool::Create(tree.Path("absent")));
}

}  // namespace
}  // namespace casepack::bundle

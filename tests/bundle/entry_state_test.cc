#include "collector/bundle/entry_state.h"

#include <atomic>
#include <thread>

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

using base::Code;

// A thread that hangs comes back after its entry was given up, after the bundle was sealed
// and after the writer is gone, and goes on writing.
TEST(EntryState, OutlivesTheWriter) {
  const tests::TempTree tree;
  auto writer = tests::MakeWriter(tree, Format::kTarGz);
  Entry entry = writer->NewEntry("item", {});
  std::atomic<bool> go{false};
  std::atomic<bool> opened{false};
  Code told = Code::kOk;
  std::thread stuck([&go, &opened, &told, entry]() mutable {
    auto member = entry.Open({"late", "", {}});
    opened = true;
    while (!go)
      std::this_thread::yield();
    for (int i = 0; i < 100; ++i)
      told = member->Write(tests::Noise(10'000)).code();
  });
  while (!opened)
    std::this_thread::yield();
  Index index = tests::PlainIndex();
  index.items.push_back(entry.Abandon({Code::kTimedOut, {"late", {}}}));
  tests::MemorySink sink;
  ASSERT_TRUE(writer->Seal(index, tests::PlainSeal(), sink).ok());
  writer.reset();
  go = true;
  stuck.join();
  EXPECT_EQ(told, Code::kCancelled);
  EXPECT_TRUE(index.items[0].members.empty());
}

// Abandoned in the middle of writing, at whatever point: the row and the file agree.
TEST(EntryState, AbandonedWhileItWrites) {
  for (int round = 0; round < 20; ++round) {
    const tests::TempTree tree;
    const auto writer = tests::MakeWriter(tree, Format::kTarGz);
    Entry entry = writer->NewEntry("item", {});
    std::thread worker([entry]() mutable {
      for (int i = 0; i < 200; ++i) {
        auto member = entry.Open({"m" + std::to_string(i), "", {}});
        if (!member) return;
        static_cast<void>(member->Write(tests::Noise(3000)));
        entry.Note("n", base::Message{"k", {}});
      }
    });
    for (int spin = 0; spin < round * 200; ++spin)
      std::this_thread::yield();
    Index index = tests::PlainIndex();
    index.items.push_back(entry.Abandon({Code::kTimedOut, {"late", {}}}));
    tests::MemorySink sink;
    EXPECT_TRUE(writer->Seal(index, tests::PlainSeal(), sink).ok());
    worker.join();
    const auto reader = tests::OpenReader(tree.Write("b.tar.gz", sink.bytes));
    for (const MemberRow& member : index.items[0].members) {
      EXPECT_EQ(tests::ReadMember(*reader, member.name).size(), member.bytes);
    }
  }
}

}  // namespace
}  // namespace casepack::bundle

#include "collector/bundle/writer.h"

#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "collector/bundle/index_write.h"
#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

using base::Code;

// Eight items on as many threads, in a different order each time.
std::string MadeInParallel(Format format, unsigned shuffle) {
  const tests::TempTree tree;
  const auto writer = tests::MakeWriter(tree, format);
  constexpr unsigned kItems = 8;
  std::vector<ItemRow> rows(kItems);
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < kItems; ++i) {
    const unsigned item = (i * 3 + shuffle) % kItems;
    threads.emplace_back([&rows, &writer, item, shuffle] {
      const std::string id = "item" + std::to_string(item);
      Entry entry = writer->NewEntry(id, {});
      for (unsigned m = 0; m < 3; ++m) {
        auto member = entry.Open({"m" + std::to_string(m), "", {}});
        const std::string content = tests::Noise(60'000 * (1 + (item + m) % 5), item * 10 + m + 1);
        const size_t piece = 1000 + 777 * shuffle;
        for (size_t at = 0; at < content.size(); at += piece) {
          EXPECT_TRUE(member->Write(std::string_view(content).substr(at, piece)).ok());
        }
      }
      rows[item] = entry.Finish({});
    });
    if (shuffle == 0) threads.back().join();
  }
  for (std::thread& thread : threads) {
    if (thread.joinable()) thread.join();
  }
  Index index = tests::PlainIndex();
  index.items = std::move(rows);
  tests::MemorySink sink;
  EXPECT_TRUE(writer->Seal(index, tests::PlainSeal(), sink).ok());
  return sink.bytes;
}

TEST(Writer, TheSameFileHoweverThreadsRan) {
  for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
    const std::string alone = MadeInParallel(format, 0);
    for (unsigned shuffle = 1; shuffle < 3; ++shuffle) {
      EXPECT_TRUE(MadeInParallel(format, shuffle) == alone) << shuffle;
    }
  }
}

// Another day's run over the same content: only index.json differs.
TEST(Writer, OnlyTheIndexDiffersBetweenRuns) {
  const tests::TempTree tree;
  std::vector<std::string> data;
  for (const int seconds : {1, 2}) {
    const auto writer = tests::MakeWriter(tree, Format::kTarGz);
    Index index = tests::PlainIndex();
    index.items.push_back(tests::Gather(*writer, {{"i", "a", tests::Noise(600'000)}}));
    index.items[0].elapsed = std::chrono::seconds(seconds);
    index.items[0].started = tests::kCreated + std::chrono::seconds(seconds);
    tests::MemorySink sink;
    ASSERT_TRUE(writer->Seal(index, tests::PlainSeal(), sink).ok());
    const std::string tar = tests::Unpacked(tree, sink.bytes, Codec::kGzip);
    data.push_back(tar.substr(tar.find("SUMMARY.txt")));
  }
  EXPECT_TRUE(data[0] == data[1]);
}

TEST(Writer, NoSecretIsInTheFileWhicheverWayItCame) {
  const std::string secret = "hunter2secret";
  const tests::TempTree tree;
  const auto writer = tests::MakeWriter(tree, Format::kTarGz);
  Entry entry = writer->NewEntry("item password=" + secret, {});
  {
    auto member = entry.Open({"d/password=" + secret, "cmd --password=" + secret, {}});
    for (const char c : "x password=" + secret + "\n")
      EXPECT_TRUE(member->Write(std::string(1, c)).ok());
    // Over the joint of two blocks.
    EXPECT_TRUE(member->Write(tests::Noise(kBlockBytes - 30) + "\npassword=" + secret + "\n").ok());
  }
  {
    auto member = entry.Open({"r", "", {}});
    base::Json record;
    record.Set("password", secret);
    record.Set("line", "password=" + secret);
    EXPECT_TRUE(member->Record(record).ok());
    EXPECT_TRUE(member->Document(record).ok());
  }
  entry.Note("password=" + secret, base::Message{"k", {{"a", "password=" + secret}}});
  Index index = tests::PlainIndex();
  index.items.push_back(entry.Finish({Code::kFailed, {"k", {{"a", "password=" + secret}}}}));
  index.items[0].id = "item";
  tests::MemorySink sink;
  ASSERT_TRUE(writer->Seal(index, tests::PlainSeal(), sink).ok());
  const std::string all = tests::Unpacked(tree, sink.bytes, Codec::kGzip);
  EXPECT_EQ(all.find(secret), std::string::npos) << all.substr(all.find(secret) - 200, 300);
  EXPECT_GE(index.redactions.size(), 2U);
}

TEST(Writer, TwoEntriesOfOneIdStayApart) {
  const tests::TempTree tree;
  const auto writer = tests::MakeWriter(tree, Format::kTarGz);
  const ItemRow one = tests::Gather(*writer, {{"i", "a", "1"}});
  const ItemRow two = tests::Gather(*writer, {{"i", "a", "2"}});
  EXPECT_NE(one.members[0].name, two.members[0].name);
}

// A spool that has no room: a file size limit, as a full disk would be.
TEST(Writer, ASpoolWithoutRoomIsToldAndNothingIsSealed) {
  const tests::TempTree tree;
  const auto writer = tests::MakeWriter(tree, Format::kTarGz);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{100'000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  Entry entry = writer->NewEntry("i", {});
  base::Status status;
  {
    auto member = entry.Open({"a", "", {}});
    for (unsigned i = 0; i < 100 && status.ok(); ++i)
      status = member->Write(tests::Noise(kBlockBytes, i + 1));
    EXPECT_EQ(member->Close().code(), status.code());
  }
  Index index = tests::PlainIndex();
  index.items.push_back(entry.Finish({}));
  tests::MemorySink sink;
  const base::Status sealed = writer->Seal(index, tests::PlainSeal(), sink);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_FALSE(status.ok());
  EXPECT_FALSE(writer->status().ok());
  EXPECT_TRUE(index.items[0].members.empty());
  EXPECT_FALSE(sealed.ok());
  EXPECT_TRUE(sink.bytes.empty());
  EXPECT_FALSE(sink.committed);
}

}  // namespace
}  // namespace casepack::bundle

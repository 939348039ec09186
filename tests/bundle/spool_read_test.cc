#include "collector/bundle/spool_read.h"

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

std::string ReadBack(const Writer& writer, const MemberRow& row) {
  std::string content;
  const base::Status status = writer.Read(row, [&](std::string_view bytes) {
    content.append(bytes);
    return true;
  });
  EXPECT_TRUE(status.ok()) << row.name << " " << status.message().key;
  return content;
}

// Sizes around the borders of tar's records and of the blocks, and a name that needs pax.
TEST(SpoolRead, GivesBackWhatWasStored) {
  for (const Format format : {Format::kTarGz, Format::kTarZst, Format::kZip}) {
    const tests::TempTree tree;
    const auto writer = tests::MakeWriter(tree, format);
    for (const size_t size :
         {size_t{0}, size_t{1}, size_t{511}, size_t{512}, size_t{513}, kBlockBytes - 1, kBlockBytes,
          kBlockBytes + 1, 3 * kBlockBytes, 3 * kBlockBytes + 100}) {
      const std::string name = std::string(150, 'n') + "/日本語/" + std::to_string(size);
      const std::string bytes = tests::Noise(size, size + 1);
      const ItemRow row = tests::Gather(*writer, {{"i.x", name, bytes}});
      ASSERT_EQ(row.members.size(), 1U);
      EXPECT_TRUE(ReadBack(*writer, row.members[0]) == bytes) << size;
    }
  }
}

TEST(SpoolRead, StopsWhenToldAndKnowsItsMembers) {
  const tests::TempTree tree;
  const auto writer = tests::MakeWriter(tree, Format::kTarGz);
  ItemRow row = tests::Gather(*writer, {{"i.x", "a", tests::Noise(3 * kBlockBytes)}});
  int calls = 0;
  EXPECT_TRUE(writer
                  ->Read(row.members[0],
                         [&](std::string_view) {
                           ++calls;
                           return false;
                         })
                  .ok());
  EXPECT_EQ(calls, 1);
  row.members[0].name += "x";
  EXPECT_EQ(writer->Read(row.members[0], [](std::string_view) { return true; }).code(),
            base::Code::kMissing);
}

}  // namespace
}  // namespace casepack::bundle

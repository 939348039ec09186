#include <gtest/gtest.h>

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

using tests::RewriteBytes;
using tests::Rewritten;

TEST(ArchiveRewrite, AFlowingZipIsSealedAndRead) {
  const std::string zip = tests::MadeByShell("a", "seq 500000 > f; zip -q a.zip f; mv a.zip a");
  tests::FlowingSource flowing(zip);
  Bounds bounds;
  bounds.memory = 10'000;
  const Rewritten result = tests::RewriteFrom(flowing, bounds);
  EXPECT_EQ(result.key, "");
  EXPECT_EQ(tests::ToolSays(tests::Content(result.bytes, "f"), "seq 500000 | cmp - a"), "");
  bounds.max_entry = 10'000;
  tests::FlowingSource again(zip);
  const Rewritten cut = tests::RewriteFrom(again, bounds);
  EXPECT_EQ(cut.report.damage.key, "archive.bounds.entry");
}

TEST(ArchiveRewrite, APackedFileCutShort) {
  const std::string text = tests::SomeText(200'000);
  for (const tests::Packer& packer : tests::kPackers) {
    const std::string packed = tests::Pack(packer, text);
    const Rewritten result = RewriteBytes(packed.substr(0, packed.size() - 3000));
    const std::string safe = tests::Unpack(packer, result.bytes);
    if (packer.filter == Filter::kCompress) continue;  // nobody can tell
    EXPECT_EQ(result.report.count(EntryOutcome::kDamaged), 1U) << packer.pack;
    EXPECT_FALSE(result.report.whole()) << packer.pack;
    EXPECT_NE(safe.find("damaged]"), std::string::npos) << packer.pack;
  }
}

TEST(ArchiveRewrite, ATarCutShort) {
  const std::string tar = tests::MadeByShell("a", "seq 400000 > f; cp f g; tar -cf a f g");
  for (const tests::Packer& packer : tests::kPackers) {
    std::string packed = tests::Pack(packer, tar);
    packed.resize(packed.size() * 9 / 10);
    const Rewritten result = RewriteBytes(packed);
    EXPECT_EQ(result.key, "") << packer.pack;
    EXPECT_FALSE(result.report.whole()) << packer.pack;
    EXPECT_EQ(result.report.kind, ArchiveKind::kTar) << packer.pack;
    // Well-formed for all that.
    static_cast<void>(tests::List(tests::Unpack(packer, result.bytes)));
  }
}

TEST(ArchiveRewrite, WhatStandsBehindAGzip) {
  const Rewritten result = RewriteBytes(tests::Pack(tests::kPackers[0], "text\n") + "secret");
  EXPECT_EQ(result.Told(""), "damaged: archive.filter.behind_end");
  EXPECT_EQ(tests::ToolSays(result.bytes, "gzip -dc < a").substr(0, 5), "text\n");
}

}  // namespace
}  // namespace casepack::archive

#include "collector/bundle/member_writer.h"

#include <algorithm>

#include "collector/bundle/writer.h"
#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::Json;

class MemberWriterTest : public testing::Test {
 protected:
  Entry& Begin(uint64_t max_bytes = 10U << 20U) {
    entry_.emplace(writer_->NewEntry("item", {max_bytes, 1000, 200}));
    return *entry_;
  }
  // Ends the entry and tells its row; content_ is what stands in the bundle.
  ItemRow End() {
    Index index = tests::PlainIndex();
    index.items.push_back(entry_->Finish({}));
    tests::MemorySink sink;
    EXPECT_TRUE(writer_->Seal(index, tests::PlainSeal(), sink).ok());
    const auto reader = tests::OpenReader(tree_.Write("b.tar.gz", sink.bytes));
    for (const MemberRow& member : index.items[0].members) {
      content_.push_back(tests::ReadMember(*reader, member.name));
      EXPECT_EQ(content_.back().size(), member.bytes);
      EXPECT_EQ(Sha256Hex(content_.back()), member.sha256);
    }
    return index.items[0];
  }

  const tests::TempTree tree_;
  const std::unique_ptr<Writer> writer_ = tests::MakeWriter(tree_, Format::kTarGz);
  std::optional<Entry> entry_;
  std::vector<std::string> content_;
};

TEST_F(MemberWriterTest, TextIsRedactedAndCounted) {
  {
    auto member = Begin().Open({"log", "", {}});
    EXPECT_TRUE(member->Write("user root\npass").ok());
    EXPECT_TRUE(member->Write("word=hunter2secret\nend\n").ok());
  }
  const ItemRow row = End();
  ASSERT_EQ(content_.size(), 1U) << "not closed by hand, and there all the same";
  EXPECT_EQ(content_[0].find("hunter2"), std::string::npos) << content_[0];
  EXPECT_EQ(content_[0].compare(0, 10, "user root\n"), 0);
  EXPECT_EQ(row.redactions.size(), 1U);
  EXPECT_EQ(row.outcome, Outcome::kOk);
}

TEST_F(MemberWriterTest, TheCapIsOfTheWholeEntry) {
  Entry& entry = Begin(100);
  auto first = entry.Open({"first", "", {}});
  EXPECT_TRUE(first->Write(tests::Noise(60)).ok());
  EXPECT_TRUE(first->Close().ok());
  EXPECT_EQ(entry.Room(), 40U);
  auto second = entry.Open({"second", "", {}});
  static_cast<void>(second->Write(tests::Noise(60)));
  EXPECT_EQ(second->Close().code(), Code::kFull);
  EXPECT_EQ(second->Close().code(), Code::kFull) << "and for ever";
  EXPECT_EQ(entry.Room(), 0U);
  const ItemRow row = End();
  EXPECT_EQ(content_[1], tests::Noise(60).substr(0, 40));
  EXPECT_FALSE(row.members[0].cut_tail);
  EXPECT_TRUE(row.members[1].cut_tail);
  EXPECT_EQ(row.outcome, Outcome::kPartial);
}

TEST_F(MemberWriterTest, TheCapIsExact) {
  for (const size_t bytes : {size_t{49}, size_t{50}, size_t{51}}) {
    auto member = Begin(50).Open({"log", "", {}});
    static_cast<void>(member->Write(tests::Noise(bytes)));
    EXPECT_EQ(member->Close().ok(), bytes <= 50) << bytes;
    const ItemRow row = entry_->Finish({});
    EXPECT_EQ(row.members[0].bytes, std::min<size_t>(bytes, 50));
    EXPECT_EQ(row.members[0].cut_tail, bytes > 50);
  }
}

TEST_F(MemberWriterTest, WritingFarBeyondTheCapSaysSoAtSomePoint) {
  auto member = Begin(1000).Open({"flood", "", {}});
  base::Status status;
  for (int i = 0; i < 10'000 && status.ok(); ++i)
    status = member->Write(tests::Noise(4096));
  EXPECT_EQ(status.code(), Code::kFull);
  EXPECT_EQ(member->Close().code(), Code::kFull);
  EXPECT_EQ(End().members[0].bytes, 1000U);
}

TEST_F(MemberWriterTest, RecordsAreRedactedOneByOne) {
  {
    auto member = Begin().Open({"r.ndjson", "", {}});
    Json record;
    record.Set("api_token", "abc");
    record.Set("text", "line\nbreak");
    EXPECT_TRUE(member->Record(record).ok());
    EXPECT_TRUE(member->Record(Json(7)).ok());
  }
  const ItemRow row = End();
  EXPECT_EQ(content_[0],
            "{\"api_token\":\"[REDACTED:secret-name]\",\"text\":\"line\\nbreak\"}\n7\n");
  EXPECT_EQ(row.redactions.at("secret-name"), 1U);
}

TEST_F(MemberWriterTest, ARecordIsThereWholeOrNotAtAll) {
  auto member = Begin(30).Open({"r.ndjson", "", {}});
  EXPECT_TRUE(member->Record(Json(std::string(20, 'a'))).ok());
  EXPECT_EQ(member->Record(Json(std::string(20, 'b'))).code(), Code::kFull);
  EXPECT_EQ(member->Record(Json(1)).code(), Code::kFull);
  EXPECT_EQ(member->Close().code(), Code::kFull);
  const ItemRow row = End();
  EXPECT_EQ(content_[0], "\"" + std::string(20, 'a') + "\"\n");
  EXPECT_TRUE(row.members[0].cut_tail);
}

TEST_F(MemberWriterTest, DocumentsAreIndented) {
  {
    auto member = Begin().Open({"d.json", "", {}});
    Json document;
    document.Set("a", 1);
    EXPECT_TRUE(member->Document(document).ok());
  }
  End();
  EXPECT_EQ(base::WriteJson(*base::ParseJson(content_[0]), base::JsonStyle::kOneLine), "{\"a\":1}");
  EXPECT_NE(content_[0].find("\n "), std::string::npos);
  EXPECT_EQ(content_[0].back(), '\n');
}

TEST_F(MemberWriterTest, TextAndRecordsKeepTheirOrder) {
  {
    auto member = Begin().Open({"mixed", "", {}});
    EXPECT_TRUE(member->Write("text without its line's end").ok());
    EXPECT_TRUE(member->Record(Json(1)).ok());
    EXPECT_TRUE(member->Write("more\n").ok());
  }
  End();
  EXPECT_EQ(content_[0], "text without its line's end1\nmore\n");
}

TEST_F(MemberWriterTest, WhatIsNotTextIsWithheld) {
  std::string binary =
      "\x7f"
      "ELF";
  for (int i = 0; i < 100'000; ++i)
    binary += static_cast<char>(i * 7);
  Entry& entry = Begin();
  auto member = entry.Open({"core", "/var/core", {}});
  static_cast<void>(member->Write(binary));
  EXPECT_EQ(member->Close().code(), Code::kRefused);
  const ItemRow row = End();
  EXPECT_TRUE(row.members.empty());
  ASSERT_EQ(row.notes.size(), 1U);
  EXPECT_EQ(row.notes[0].text.message.key, "bundle.withheld.binary");
  EXPECT_EQ(row.notes[0].subject, "/var/core");
  EXPECT_EQ(row.outcome, Outcome::kPartial);
}

TEST_F(MemberWriterTest, WithheldLaterKeepsWhatCameBeforeAndSaysIt) {
  const std::string text = tests::Noise(2U << 20U);
  Entry& entry = Begin();
  auto member = entry.Open({"log", "", {}});
  EXPECT_TRUE(member->Write(text).ok());
  std::string binary;
  for (int i = 0; i < 3'000'000; ++i)
    binary += static_cast<char>(i * 7);
  static_cast<void>(member->Write(binary));
  EXPECT_EQ(member->Close().code(), Code::kRefused);
  const ItemRow row = End();
  ASSERT_EQ(row.members.size(), 1U);
  EXPECT_TRUE(row.members[0].cut_tail);
  EXPECT_LE(row.members[0].bytes, text.size());
  EXPECT_EQ(text.compare(0, content_[0].size(), content_[0]), 0);
  EXPECT_EQ(row.notes.size(), 1U);
}

TEST_F(MemberWriterTest, ACutHeadIsTold) {
  {
    auto member = Begin().Open({"log", "", {}});
    member->MarkCut(Cut::kHead);
    EXPECT_TRUE(member->Write("end of a log\n").ok());
    EXPECT_TRUE(member->Close().ok());
    EXPECT_EQ(member->Write("too late").code(), Code::kCancelled);
  }
  const ItemRow row = End();
  EXPECT_TRUE(row.members[0].cut_head);
  EXPECT_EQ(content_[0], "end of a log\n");
  EXPECT_EQ(row.reason.message.key, "bundle.entry.cut");
}

}  // namespace
}  // namespace casepack::bundle

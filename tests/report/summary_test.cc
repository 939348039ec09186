#include "collector/report/summary.h"

#include <gtest/gtest.h>

#include "collector/base/utf8.h"

namespace casepack::report {
namespace {

using bundle::Index;
using bundle::ItemRow;
using bundle::Outcome;

Index SampleIndex() {
  Index index;
  index.tool.version = "9.9";
  index.host = {"web01", "", "linux", "Debian GNU/Linux 12", "6.1.0", "x86_64", false};
  ItemRow good;
  good.id = "host.memory";
  good.title_en = "Memory";
  good.title_ja = "メモリ";
  good.members = {{"raw/host.memory/proc/meminfo", "", 1500, "", {}, false, false}};
  ItemRow bad;
  bad.id = "host.kernel_log";
  bad.title_en = "Kernel log";
  bad.title_ja = "カーネルログ";
  bad.outcome = Outcome::kDenied;
  bad.reason = {{"os.user_file.denied", {{"path", "/var/log/kern.log"}}}, "", ""};
  for (int i = 0; i < 8; ++i)
    bad.notes.push_back({"/x\x1b[31m", {{"run.interrupted", {}}, "", ""}});
  bad.notes_left_out = 4;
  index.items = {good, bad};
  index.redactions = {{"password", 2}, {"jwt", 1}};
  return index;
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Summary, SaysWhatIsThereAndWhatIsNot) {
  const Words words;
  const std::string page = Summary(SampleIndex(), words, Language::kEnglish);
  for (const char* part : {"web01", "Debian GNU/Linux 12", "casepack 9.9", "ok 1, denied 1",
                           "1.5 KiB", "3 removed", "denied      Kernel log",
                           "/var/log/kern.log: permission denied", "and 7 more", "without root"}) {
    EXPECT_TRUE(Has(page, part)) << part << "\n" << page;
  }
}

TEST(Summary, SpeaksJapaneseInStraightColumns) {
  const Words words;
  const std::string page = Summary(SampleIndex(), words, Language::kJapanese);
  for (const char* part : {"ホスト名", "カーネルログ", "権限なし", "取得 1"})
    EXPECT_TRUE(Has(page, part)) << part << "\n" << page;
  // In the table the item's id begins in the same column of every row.
  std::vector<size_t> columns;
  for (const char* id : {"  host.memory\n", "  host.kernel_log\n"}) {
    const size_t at = page.find(id);
    ASSERT_NE(at, std::string::npos) << page;
    const size_t line = page.rfind('\n', at) + 1;
    columns.push_back(base::DisplayWidth(page.substr(line, at - line)));
  }
  EXPECT_EQ(columns[0], columns[1]) << page;
}

TEST(Summary, LetsNoControlCharacterThrough) {
  const Words words;
  Index index = SampleIndex();
  index.host.name = "evil\x1b]0;x\x07";
  index.items[0].title_en = "a\rb";
  const std::string page = Summary(index, words, Language::kEnglish);
  for (const char c : page)
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
}

TEST(Summary, IsTheSameWhateverTheRunCost) {
  const Words words;
  Index a = SampleIndex();
  Index b = SampleIndex();
  b.resources = {std::chrono::seconds(3), std::chrono::seconds(2), 1 << 20, 4096};
  b.items[0].elapsed = std::chrono::seconds(1);
  EXPECT_EQ(Summary(a, words, Language::kEnglish), Summary(b, words, Language::kEnglish));
  EXPECT_TRUE(Has(CostLine(b.resources, words, Language::kEnglish), "1.0 MiB"));
}

TEST(Summary, TellsARunThatWasCutShort) {
  const Words words;
  Index index = SampleIndex();
  EXPECT_FALSE(Has(Summary(index, words, Language::kEnglish), "Not complete"));
  index.ended = bundle::Ended::kInterrupted;
  EXPECT_TRUE(Has(Summary(index, words, Language::kEnglish), "interrupted by a signal"));
  index.ended = bundle::Ended::kTimeLimit;
  EXPECT_TRUE(Has(Summary(index, words, Language::kEnglish), "the time limit was reached"));
}

}  // namespace
}  // namespace casepack::report

#include "collector/archive/rewrite.h"

#include <filesystem>

#include "tests/archive/packers.h"

namespace casepack::archive {
namespace {

using tests::RewriteBytes;
using tests::Rewritten;

// A folder with what support packages have, packed by `line` into "a".
std::string Packed(const std::string& line) {
  return tests::MadeByShell(
      "a", std::string("mkdir logs; printf 'start\\n") + "login password=" + tests::kSecret +
               "\\n' > logs/app.log; chmod 640 logs/app.log; "
               "touch -d @1700000000 logs/app.log; head -c 5000 /dev/urandom > logs/core; " +
               line);
}

void CheckLogs(const Rewritten& result) {
  EXPECT_EQ(result.key, "");
  EXPECT_TRUE(result.report.whole()) << result.report.damage.key;
  const std::string log = tests::Content(result.bytes, "logs/app.log");
  EXPECT_TRUE(log.starts_with("start\nlogin password=[REDACTED:")) << log;
  EXPECT_EQ(tests::Content(result.bytes, "logs/core"), "[casepack: withheld: not text]\n");
  EXPECT_EQ(result.Told("logs/core"), "withheld: archive.entry.not_text");
  EXPECT_EQ(result.report.entries, 2U);
  EXPECT_EQ(result.report.total.size(), 1U);
}

TEST(Rewrite, ATarBehindEachFilter) {
  const std::string tar = Packed("tar -cf a logs");
  CheckLogs(RewriteBytes(tar));
  for (const tests::Packer& packer : tests::kPackers) {
    const Rewritten result = RewriteBytes(tests::Pack(packer, tar));
    EXPECT_EQ(DetectFilter(result.bytes), packer.filter);
    EXPECT_EQ(result.report.kind, ArchiveKind::kTar);
    CheckLogs(result);
    const std::string inner = tests::Unpack(packer, result.bytes);
    EXPECT_EQ(
        tests::ToolSays(inner, "TZ=UTC tar --numeric-owner -tvf a logs/app.log").substr(0, 14),
        "-rw-r----- 0/0")
        << packer.pack;
  }
}

TEST(Rewrite, AZip) {
  for (const char* line :
       {"zip -qr a.zip logs; mv a.zip a", "7z a a.zip logs >/dev/null; mv a.zip a",
        "bsdtar --format=zip -cf a logs", "zip -qr - logs | cat > a",
        "zip -q0r a.zip logs; mv a.zip a"}) {
    const Rewritten result = RewriteBytes(Packed(line));
    EXPECT_EQ(result.report.kind, ArchiveKind::kZip) << line;
    CheckLogs(result);
    EXPECT_EQ(tests::ToolSays(result.bytes, "unzip -tqq a && 7z t a").substr(0, 1), "\n");
  }
}

TEST(Rewrite, ASingleFileBehindEachFilter) {
  for (const tests::Packer& packer : tests::kPackers) {
    const Rewritten result = RewriteBytes(tests::Pack(packer, tests::kSecretLine));
    EXPECT_EQ(result.report.kind, ArchiveKind::kSingle);
    EXPECT_EQ(result.report.entries, 1U);
    EXPECT_TRUE(tests::Unpack(packer, result.bytes).starts_with("login password=[REDACTED:"))
        << packer.pack;
  }
}

TEST(Rewrite, NothingOfItsOriginIsLeft) {
  const Rewritten tar = RewriteBytes(tests::MadeByShell(
      "a",
      "echo x > f; tar --format=posix --owner=alice:1234 --group=staff:77 "
      "--pax-option=SCHILY.xattr.user.k=secretvalue,comment=byalice -cf - f | gzip -N > a"));
  const std::string plain = tests::ToolSays(tar.bytes, "gzip -dc < a");
  for (const char* word : {"alice", "staff", "secretvalue", "SCHILY"})
    EXPECT_EQ(plain.find(word), std::string::npos) << word;
  const Rewritten gzip = RewriteBytes(
      tests::MadeByShell("a", "echo x > alice.log; gzip -N alice.log; mv alice.log.gz a"));
  EXPECT_EQ(gzip.bytes.find("alice"), std::string::npos);
  EXPECT_EQ(gzip.bytes.substr(4, 4), std::string(4, '\0')) << "no time";
}

TEST(Rewrite, TheSameInputTheSameOutput) {
  for (const char* line : {"tar -cJf a logs", "zip -qr a.zip logs; mv a.zip a"}) {
    const std::string bytes = Packed(line);
    const Rewritten once = RewriteBytes(bytes);
    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    tests::FlowingSource flowing(bytes);
    const Rewritten again = tests::RewriteFrom(flowing);
    unsetenv("TZ");
    tzset();
    EXPECT_EQ(once.bytes, again.bytes) << line;
  }
}

TEST(Rewrite, WhatIsNoArchive) {
  for (const std::string& bytes : {std::string(), std::string("text\n"), std::string(2000, '\0'),
                                   std::string("7z\xbc\xaf\x27\x1c")}) {
    const Rewritten result = RewriteBytes(bytes);
    EXPECT_EQ(result.key, "archive.not_an_archive");
    EXPECT_TRUE(result.bytes.empty());
  }
}

TEST(Rewrite, ArchivesInArchives) {
  const std::string inner = "printf 'login password=hunter2hunter2\\n' > app.log; ";
  for (const char* line :
       {"zip -q in app.log; tar -czf a in.zip",
        "tar -cJf in.txz app.log; zip -q a.zip in.txz; mv a.zip a",
        "gzip app.log; zip -q in app.log.gz; zip -q a.zip in.zip; mv a.zip a",
        "xz app.log; tar -cf in.tar app.log.xz; bzip2 in.tar; tar --zstd -cf a in.tar.bz2",
        "tar -cf in.tar app.log; gzip -c in.tar | gzip -c > a"}) {
    const std::string bytes = tests::MadeByShell("a", inner + line);
    tests::FlowingSource flowing(bytes);
    const Rewritten result = tests::RewriteFrom(flowing);
    EXPECT_TRUE(result.report.whole()) << line;
    EXPECT_EQ(result.report.total.size(), 1U) << line;
    EXPECT_EQ(result.report.count(EntryOutcome::kRedacted), result.report.entries) << line;
    // All that 7z and others can unpack of it, down to the text.
    const std::string all =
        tests::ToolSays(result.bytes,
                        "mkdir x; mv a x/; cd x; for i in 1 2 3 4; do for f in *; do mkdir d; if "
                        "bsdtar -xf $f -C d "
                        "2>/dev/null || bsdcat $f > d/o$i 2>/dev/null; then rm $f; fi; "
                        "mv d/* . 2>/dev/null; rm -rf d; done; done; cat *");
    EXPECT_NE(all.find("login password=[REDACTED:"), std::string::npos)
        << line << all.substr(0, 200);
    EXPECT_EQ(all.find(tests::kSecret), std::string::npos) << line;
  }
}

TEST(Rewrite, TooDeep) {
  std::string line = "printf 'login password=hunter2hunter2\\n' > f; zip -q z0 f; ";
  for (int i = 1; i <= 5; ++i)
    line += "zip -q z" + std::to_string(i) + " z" + std::to_string(i - 1) + ".zip; ";
  const Rewritten four = RewriteBytes(tests::MadeByShell("a", line + "mv z4.zip a"));
  EXPECT_EQ(four.report.count(EntryOutcome::kTooDeep), 0U);
  EXPECT_EQ(four.report.total.size(), 1U);
  const Rewritten five = RewriteBytes(tests::MadeByShell("a", line + "mv z5.zip a"));
  EXPECT_EQ(five.report.count(EntryOutcome::kTooDeep), 1U);
  EXPECT_EQ(five.Told("z4.zip/z3.zip/z2.zip/z1.zip/z0.zip"), "too_deep: archive.entry.too_deep");
  EXPECT_EQ(five.report.total.size(), 0U);
}

TEST(Rewrite, NothingUnredactedOnDisk) {
  const tests::TempTree tree;
  Bounds bounds;
  bounds.memory = 1000;
  bounds.temp_folder = tree.root();
  // Another thread would be a race: the filter itself looks at what is on disk by then.
  std::string seen;
  Filters filters = tests::TestFilters();
  const auto look = [&](const char* when) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code error;
      const std::string target = std::filesystem::read_symlink(entry, error).string();
      if (!target.starts_with(tree.root())) continue;
      const std::string file = entry.path().string();
      const std::string found = tests::ToolSays("", "grep -ac hunter2hunter2 " + file + " || true");
      if (found != "0\n" && !found.empty()) seen += when;
    }
  };
  filters.name = [&](std::string_view name) {
    look("name");
    return std::string(name);
  };
  const std::string bytes = tests::MadeByShell(
      "a",
      "for i in $(seq 3000); do echo login password=hunter2hunter2 $i; done > f; cp f g; "
      "zip -q0 in.zip f g; tar -czf a in.zip f in.zip");
  MemorySource in(bytes);
  tests::MemorySink sink;
  const auto report = Rewrite(in, sink, filters, bounds);
  ASSERT_TRUE(report);
  EXPECT_EQ(seen, "");
  EXPECT_TRUE(std::filesystem::is_empty(tree.root()));
}

TEST(Rewrite, AFailureOfWritingEndsIt) {
  const std::string bytes = Packed("tar -czf a logs");
  MemorySource in(bytes);
  tests::MemorySink sink;
  sink.left = 50;
  const auto report = Rewrite(in, sink, tests::TestFilters(), {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code(), base::Code::kNoSpace);
}

class BrokenSource : public tests::FlowingSource {
 public:
  explicit BrokenSource(std::string_view bytes) : FlowingSource(bytes) {}
  base::Result<size_t> Read(std::span<char> buffer) override {
    if (++reads_ > 3) return base::Status(base::Code::kFailed, {"os.file.read", {}});
    return FlowingSource::Read(buffer);
  }

 private:
  int reads_ = 0;
};

TEST(Rewrite, AFailureOfReadingIsNoDamage) {
  const std::string bytes = Packed("tar -czf a logs");
  BrokenSource in(bytes);
  EXPECT_EQ(tests::RewriteFrom(in).key, "os.file.read");
}

TEST(Rewrite, BoundsOfAll) {
  Bounds bounds;
  bounds.max_entries = 2;
  const Rewritten entries = RewriteBytes(
      tests::MadeByShell("a", "for i in 1 2 3 4; do echo $i > $i; done; tar -cf a 1 2 3 4"),
      bounds);
  EXPECT_EQ(tests::List(entries.bytes), "1\n2\n");
  EXPECT_EQ(entries.report.damage.key, "archive.bounds.entries");
  EXPECT_FALSE(entries.report.whole());
  bounds = {};
  bounds.max_entry = 100;
  const Rewritten entry =
      RewriteBytes(tests::MadeByShell(
                       "a", "seq 1000 > long; echo x > short; zip -q a.zip long short; mv a.zip a"),
                   bounds);
  EXPECT_EQ(entry.Told("long"), "too_large: archive.bounds.entry");
  EXPECT_NE(tests::Content(entry.bytes, "long").find("[casepack: "), std::string::npos);
  EXPECT_EQ(tests::Content(entry.bytes, "short"), "x\n");
}

TEST(Rewrite, ABombInAZipDoesNotTakeTheOthersAlong) {
  Bounds bounds;
  bounds.free_bytes = 1'000'000;
  const Rewritten result = RewriteBytes(
      tests::MadeByShell(
          "a",
          "head -c 30000000 /dev/zero > zeros; echo x > b; head -c 300000 /dev/urandom > noise; "
          "zip -q a.zip zeros b noise; mv a.zip a"),
      bounds);
  EXPECT_EQ(result.Told("zeros"), "too_large: archive.bounds.ratio");
  EXPECT_EQ(tests::Content(result.bytes, "b"), "x\n");
}

TEST(Rewrite, AGigabyteOfZeros) {
  const Rewritten result =
      RewriteBytes(tests::MadeByShell("a", "head -c 200000000 /dev/zero > z; tar -cJf a z"));
  EXPECT_EQ(result.Told("z"), "too_large: archive.bounds.ratio");
  EXPECT_FALSE(result.report.whole());
}

}  // namespace
}  // namespace casepack::archive

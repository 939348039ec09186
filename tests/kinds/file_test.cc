#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/kinds/file_fixture.h"
#include "tests/kinds/kind_fixture.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::FileKind;
using tests::List;
using tests::Meanwhile;
using tests::Numbered;
using tests::Size;
using tests::Text;
using Names = std::vector<std::string>;

Names NamesOf(const tests::Collected& got) {
  Names names;
  for (const auto& [name, content] : got.members)
    names.push_back(name);
  return names;
}

TEST_F(FileKind, TakesWhatMatches) {
  tree_.Write("var/log/a.log", "one\n");
  tree_.Write("var/log/b.log", "two");
  tree_.Write("var/log/c.txt", "three\n");
  tree_.Write("etc/d.conf", "");
  tree_.Folder("var/log/e.log");  // a folder that matches by chance
  SetAge("var/log/a.log", 7);

  auto got = Collect("file", {{"paths", List({"/var/log/*.log", "/etc/d.conf", "/no/such"})}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_TRUE(got.row.notes.empty());
  EXPECT_EQ(NamesOf(got), (Names{"etc/d.conf", "var/log/a.log", "var/log/b.log"}));
  EXPECT_EQ(got.members["var/log/a.log"], "one\n");
  EXPECT_EQ(got.members["var/log/b.log"], "two");
  EXPECT_EQ(got.members["etc/d.conf"], "");
  EXPECT_EQ(got.row.bytes_read, 7U);
}

TEST_F(FileKind, SaysThatNothingIsThere) {
  auto got = Collect("file", {{"paths", List({"/var/log/*.log", "/etc/x"})}});
  EXPECT_EQ(got.status.code(), base::Code::kMissing);
  EXPECT_EQ(got.row.outcome, Outcome::kMissing);
  EXPECT_EQ(got.row.reason.message.key, "kinds.file.missing");
  EXPECT_TRUE(got.row.members.empty());
}

TEST_F(FileKind, TakesTheNewestFirst) {
  for (int i = 0; i < 10; ++i) {
    const std::string name = "var/log/" + std::to_string(i) + ".log";
    tree_.Write(name, "text " + std::to_string(i));
    SetAge(name, i);
  }
  limits_ = manifest::Limits{.max_files = 3};
  auto got = Collect("file", {{"paths", List({"/var/log/*.log"})}});
  EXPECT_EQ(NamesOf(got), (Names{"var/log/7.log", "var/log/8.log", "var/log/9.log"}));
  EXPECT_EQ(got.row.members.at(0).name, "raw/test.item/var/log/9.log");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  ASSERT_EQ(got.Notes("kinds.file.left_out"), (Names{"/var/log/*.log"}));
  EXPECT_EQ(got.row.notes.at(0).text.message.args.at(0).second, "7");
}

TEST_F(FileKind, TakesAFileOnce) {
  tree_.Write("var/log/a.log", "one\n");
  auto got = Collect("file", {{"paths", List({"/var/log/*", "/var/log/a.log", "/var/**/a.log"})}});
  EXPECT_EQ(got.row.members.size(), 1U);
  EXPECT_EQ(got.row.outcome, Outcome::kOk);

  // A link that is followed under its own name is not told as one that was not.
  tree_.Link("var/log/link.log", "a.log");
  auto link = Collect("file", {{"paths", List({"/var/log/*", "/var/log/link.log"})}});
  EXPECT_EQ(link.row.members.size(), 2U);
  EXPECT_EQ(link.row.outcome, Outcome::kOk);
}

TEST_F(FileKind, CutsAtLines) {
  tree_.Write("a.log", Numbered(100, 200));  // 9 bytes a line
  struct Case {
    const char* from;
    uint64_t max_each;
    std::string want;
    bool head, tail;
  };
  const Case cases[] = {
      {"tail", 27, Numbered(197, 200), true, false},  // just at a line's start
      {"tail", 30, Numbered(197, 200), true, false},  // in the middle of one
      {"tail", 26, Numbered(198, 200), true, false},
      {"tail", 900, Numbered(100, 200), false, false},
      {"tail", 5000, Numbered(100, 200), false, false},
      {"head", 27, Numbered(100, 103), false, true},
      {"head", 900, Numbered(100, 200), false, false},
  };
  for (const Case& c : cases) {
    auto got = Collect(
        "file",
        {{"paths", List({"/a.log"})}, {"from", Text(c.from)}, {"max_each", Size(c.max_each)}});
    const bundle::MemberRow* row = got.Member("a.log");
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(got.members["a.log"], c.want) << c.from << c.max_each;
    EXPECT_EQ(row->cut_head, c.head) << c.from << c.max_each;
    EXPECT_EQ(row->cut_tail, c.tail) << c.from << c.max_each;
    EXPECT_EQ(got.row.outcome, c.head || c.tail ? Outcome::kPartial : Outcome::kOk);
  }
}

// The cut may fall anywhere in a key: what is left of it has no BEGIN that tells what it is.
TEST_F(FileKind, ATailThatBeginsInAPrivateKeyDropsTheRestOfTheKey) {
  std::string key = "-----BEGIN RSA PRIVATE KEY-----\n";
  for (int i = 0; i < 20; ++i)
    key += "CANARYabcdefghijklmnopqrstuvwxyz0123456789+/ABCDEFGHIJKLMNOPQRST\n";
  key += "CANARYshort==\n-----END RSA PRIVATE KEY-----\n";
  const std::string text = "before\n" + key + "after it\n";
  tree_.Write("var/log/a.log", text);
  for (size_t kept = 10; kept < text.size(); kept += 23) {
    auto got = Collect("file", {{"paths", List({"/var/log/a.log"})}, {"max_each", Size(kept)}});
    EXPECT_EQ(got.members["var/log/a.log"].find("CANARY"), std::string::npos) << kept;
  }
}

// The same at the other end: half a secret has no shape that a rule could know.
TEST_F(FileKind, AHeadEndsWithALine) {
  const std::string text =
      "first\nurl https://bob:CANARYurl@db/ and ghp_CANARYabcdefghijABCDEFGHIJ012345678901\nlast\n";
  tree_.Write("a.log", text);
  for (size_t kept = 8; kept < text.size(); ++kept) {
    auto got = Collect(
        "file", {{"paths", List({"/a.log"})}, {"from", Text("head")}, {"max_each", Size(kept)}});
    EXPECT_EQ(got.members["a.log"].find("CANARY"), std::string::npos) << kept;
    EXPECT_EQ(got.members["a.log"].substr(0, 6), "first\n") << kept;
  }
}

TEST_F(FileKind, ALineWithoutEnd) {
  // 100 MB of one line, with a secret just across the place where the tail begins.
  const uint64_t size = 100'000'000;
  const uint64_t each = 100'000;
  std::string line;
  while (line.size() < size)
    line += "word ";
  const std::string secret = ", password=hunter2hunter2";
  line.replace(size - each - 15, secret.size(), secret);
  line.replace(size - each + 5'000, 6, ", next");
  tree_.Write("a.log", line);
  for (const char* from : {"tail", "head"}) {
    auto got = Collect(
        "file", {{"paths", List({"/a.log"})}, {"from", Text(from)}, {"max_each", Size(each)}});
    const std::string& text = got.members["a.log"];
    EXPECT_GT(text.size(), each / 3) << from;
    EXPECT_LE(text.size(), each) << from;
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << from;
    EXPECT_EQ(text.find("unter"), std::string::npos) << from;
  }
}

TEST_F(FileKind, OpensOnlyRegularFiles) {
  tree_.Write("var/log/a.log", "one\n");
  ASSERT_EQ(mkfifo(tree_.Path("var/log/fifo.log").c_str(), 0600), 0);
  Socket("var/log/socket.log");
  const bool device =
      mknod(tree_.Path("var/log/null.log").c_str(), S_IFCHR | 0600, makedev(1, 5)) == 0;

  auto got = Collect("file", {{"paths", List({"/var/log/*.log", "/var/log"})}});
  EXPECT_EQ(NamesOf(got), Names{"var/log/a.log"});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.file.fifo"), Names{"/var/log/fifo.log"});
  EXPECT_EQ(got.Notes("kinds.file.socket"), Names{"/var/log/socket.log"});
  EXPECT_EQ(got.Notes("kinds.file.folder"), Names{"/var/log"});
  EXPECT_EQ(got.Notes("kinds.file.device").size(), device ? 1U : 0U);
}

TEST_F(FileKind, LiteralFifoIsRefused) {
  ASSERT_EQ(mkfifo(tree_.Path("fifo").c_str(), 0600), 0);
  auto got = Collect("file", {{"paths", List({"/fifo"})}});
  EXPECT_EQ(got.status.code(), base::Code::kRefused);
  EXPECT_EQ(got.Notes("kinds.file.fifo"), Names{"/fifo"});
}

TEST_F(FileKind, FollowsNoPlantedLink) {
  tree_.Write("etc/shadow", "root:$6$verysecret:1:\n");
  tree_.Write("etc/passwd", "root:x:0:0\n");
  tree_.Folder("var/log/app");
  ASSERT_EQ(chmod(tree_.Path("var/log/app").c_str(), 01777), 0);
  tree_.Link("var/log/app/a.log", "/etc/shadow");
  tree_.Link("var/log/app/b.log", "../../../etc/shadow");
  tree_.Link("var/log/app/c.log", "../../../../../../../../etc/hostname");
  tree_.Link("var/log/app/loop.log", "loop.log");
  tree_.Link("var/log/app/sub", "/etc");

  auto wild = Collect("file", {{"paths", List({"/var/log/app/*.log", "/var/log/**/shadow"})}});
  EXPECT_TRUE(wild.members.empty());
  EXPECT_EQ(wild.Notes("kinds.file.link").size(), 4U);

  for (const char* path : {"/var/log/app/a.log", "/var/log/app/b.log", "/var/log/app/c.log",
                           "/var/log/app/loop.log", "/var/log/app/sub/passwd"}) {
    auto literal = Collect("file", {{"paths", List({path})}});
    EXPECT_TRUE(literal.members.empty()) << path;
    EXPECT_NE(literal.row.outcome, Outcome::kOk) << path;
    EXPECT_FALSE(literal.row.notes.empty()) << path;
  }
}

TEST_F(FileKind, FollowsALinkOfTheSystem) {
  tree_.Write("usr/lib/os-release", "ID=debian\n");
  tree_.Link("etc/os-release", "../usr/lib/os-release");
  tree_.Write("run/agent/a.log", "one\n");
  tree_.Link("var/run", "/run");
  auto got = Collect("file", {{"paths", List({"/etc/os-release", "/var/run/agent/*.log"})}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members["etc/os-release"], "ID=debian\n");
  EXPECT_EQ(got.members["var/run/agent/a.log"], "one\n");
}

TEST_F(FileKind, HolesCostNothing) {
  constexpr uint64_t kSize = uint64_t{300} << 30U;
  WriteSparse("empty.log", kSize, 0, "");
  WriteSparse("start.log", kSize, 0, "at the start\n");
  WriteSparse("middle.log", kSize, kSize / 2, "in the middle\n");
  WriteSparse("end.log", kSize, kSize - 11, "at the end\n");
  for (const char* from : {"tail", "head"}) {
    auto got = Collect("file", {{"paths", List({"/*.log"})}, {"from", Text(from)}});
    EXPECT_TRUE(got.status.ok()) << got.status.message().key;
    EXPECT_EQ(got.members["empty.log"], "") << from;
    EXPECT_EQ(got.members["start.log"], "at the start\n") << from;
    EXPECT_EQ(got.members["middle.log"], "in the middle\n") << from;
    EXPECT_EQ(got.members["end.log"], "at the end\n") << from;
    EXPECT_LT(got.row.bytes_read, 8U << 20U) << from;
  }
}

TEST_F(FileKind, ALogEmptiedUnderItsWriter) {
  // logrotate's copytruncate: the writer goes on where it was, behind zeros that may be
  // on disk by now.
  tree_.Write("a.log", std::string(70'001, '\0') + Numbered(1, 10));
  auto got = Collect("file", {{"paths", List({"/a.log"})}});
  EXPECT_EQ(got.members["a.log"], Numbered(1, 10));
  EXPECT_TRUE(got.row.notes.empty());
}

TEST_F(FileKind, WithholdsWhatIsNotText) {
  tree_.Write("a.log", std::string("\x7f"
                                   "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0",
                                   20) +
                           std::string(5000, '\x01'));
  tree_.Write("b.log", "text\n");
  SetAge("b.log", 1);
  SetAge("a.log", 2);
  auto got = Collect("file", {{"paths", List({"/*.log"})}});
  EXPECT_EQ(got.members["b.log"], "text\n");
  EXPECT_EQ(got.members["a.log"].find("ELF\x02"), std::string::npos);
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
}

TEST_F(FileKind, StopsWhenTheItemIsFull) {
  for (int i = 0; i < 5; ++i) {
    const std::string name = std::to_string(i) + ".log";
    tree_.Write(name, Numbered(1000, 2000));  // 10,000 bytes
    SetAge(name, i);
  }
  limits_ = manifest::Limits{.max_bytes = 25'000};
  auto got = Collect("file", {{"paths", List({"/*.log"})}});
  EXPECT_EQ(got.members["4.log"], Numbered(1000, 2000));
  EXPECT_EQ(got.members["3.log"], Numbered(1000, 2000));
  EXPECT_EQ(got.members["2.log"], Numbered(1500, 2000));  // its newest part
  EXPECT_TRUE(got.Member("2.log")->cut_head);
  EXPECT_EQ(got.members.size(), 3U);
  ASSERT_EQ(got.Notes("kinds.file.left_out").size(), 1U);
  EXPECT_EQ(got.row.notes.at(0).text.message.args.at(0).second, "2");
}

TEST_F(FileKind, ReadsRotationsThrough) {
  struct Case {
    const char* name;
    const char* tool;
  };
  const Case cases[] = {
      {"gz", "gzip -c"}, {"xz", "xz -c"}, {"zst", "zstd -qc"}, {"bz2", "bzip2 -c"}};
  tree_.Write("plain", Numbered(100, 1000));
  for (const Case& c : cases) {
    const std::string target = tree_.Path(std::string("var/log/a.log.1.") + c.name);
    tree_.Folder("var/log");
    const std::string line =
        std::string(c.tool) + " < " + tree_.Path("plain") + " > " + target + " 2>/dev/null";
    if (std::system(line.c_str()) != 0) {  // NOLINT: a test, no input of anyone
      std::filesystem::remove(target);
      continue;  // the tool is not installed
    }
    const std::string name = std::string("var/log/a.log.1.") + c.name;
    const auto paths = List({"/" + name});
    EXPECT_EQ(Collect("file", {{"paths", paths}}).members[name], Numbered(100, 1000)) << c.name;

    auto tail = Collect("file", {{"paths", paths}, {"max_each", Size(94)}});
    EXPECT_EQ(tail.members[name], Numbered(990, 1000)) << c.name;
    EXPECT_TRUE(tail.Member(name)->cut_head) << c.name;
    EXPECT_FALSE(tail.Member(name)->cut_tail) << c.name;

    auto head = Collect("file", {{"paths", paths}, {"from", Text("head")}, {"max_each", Size(90)}});
    EXPECT_EQ(head.members[name], Numbered(100, 110)) << c.name;
    EXPECT_TRUE(head.Member(name)->cut_tail) << c.name;
  }
}

TEST_F(FileKind, TheEndOfALargeRotation) {
  tree_.Write("plain", Numbered(1'000'000, 2'000'000));  // 13 MB, over the ring's size
  const std::string line = "gzip -1 -c < " + tree_.Path("plain") + " > " + tree_.Path("a.gz");
  ASSERT_EQ(std::system(line.c_str()), 0);  // NOLINT
  limits_ = manifest::Limits{.max_bytes = 64U << 20U};
  auto got = Collect("file", {{"paths", List({"/a.gz"})}, {"max_each", Size(32U << 20U)}});
  const std::string& text = got.members["a.gz"];
  EXPECT_GT(text.size(), (4U << 20U) - 100);
  EXPECT_LE(text.size(), 4U << 20U);
  EXPECT_EQ(text.substr(text.size() - 26), Numbered(1'999'998, 2'000'000));
  EXPECT_EQ(text.substr(0, 5), "line ");
  EXPECT_TRUE(got.Member("a.gz")->cut_head);
}

TEST_F(FileKind, ABombIsStopped) {
  const std::string line =
      "head -c 400M /dev/zero | tr '\\0' a | gzip -1 -c > " + tree_.Path("a.gz");
  ASSERT_EQ(std::system(line.c_str()), 0);  // NOLINT
  auto got = Collect("file", {{"paths", List({"/a.gz"})}, {"max_each", Size(1000)}});
  EXPECT_TRUE(got.status.ok());
  EXPECT_EQ(got.Notes("kinds.file.unpacked"), Names{"/a.gz"});
  EXPECT_TRUE(got.Member("a.gz")->cut_tail);
}

TEST_F(FileKind, ADamagedRotationGivesWhatItCan) {
  tree_.Write("plain", Numbered(100'000, 200'000));
  const std::string line =
      "gzip -c < " + tree_.Path("plain") + " | head -c 100000 > " + tree_.Path("a.gz");
  ASSERT_EQ(std::system(line.c_str()), 0);  // NOLINT
  auto got = Collect("file", {{"paths", List({"/a.gz"})}});
  EXPECT_EQ(got.members["a.gz"].substr(0, 120), Numbered(100'000, 100'010).substr(0, 120));
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  ASSERT_EQ(got.row.notes.size(), 1U);
  EXPECT_EQ(got.row.notes[0].subject, "/a.gz");
}

TEST_F(FileKind, FilesThatChangeWhileTheyAreRead) {
  const std::string before = Numbered(0, 1000);
  const std::string path = tree_.Path("a.log");
  struct Case {
    const char* what;
    std::function<void()> happens;
    std::string want;
  };
  const Case cases[] = {
      {"grows", [&] { std::ofstream(path, std::ios::app) << Numbered(1000, 100'000); }, before},
      {"shrinks", [&] { std::filesystem::resize_file(path, 7); }, "line 0\n"},
      {"is emptied", [&] { std::filesystem::resize_file(path, 0); }, ""},
      {"is rotated", [&] { std::filesystem::rename(path, path + ".1"); }, before},
      {"vanishes", [&] { std::filesystem::remove(path); }, before},
  };
  for (const Case& c : cases) {
    wrap_host_ = [&](std::unique_ptr<os::Host> real) {
      return std::make_unique<Meanwhile>(std::move(real), [&](os::File file) {
        c.happens();
        return file;
      });
    };
    for (const char* from : {"head", "tail"}) {
      tree_.Write("a.log", before);
      auto got = Collect("file", {{"paths", List({"/a.log"})}, {"from", Text(from)}});
      EXPECT_TRUE(got.status.ok()) << c.what;
      EXPECT_EQ(got.members["a.log"], c.want) << c.what;
    }
  }
}

TEST_F(FileKind, AFileWhoseSizeIsNotTold) {  // as in /proc, but larger
  const std::string path = tree_.Write("a.log", Numbered(1'000'000, 1'100'000));  // 1,300,000 bytes
  wrap_host_ = [&](std::unique_ptr<os::Host> real) {
    return std::make_unique<Meanwhile>(std::move(real), [&](os::File file) {
      os::FileInfo info = file.info();
      info.size = 0;
      return os::File(open(path.c_str(), O_RDONLY | O_CLOEXEC), info);
    });
  };
  // 256 KiB are read at a time: the end of what may be read, and one byte before it.
  for (const uint64_t each : {uint64_t{512U << 10U}, uint64_t{(512U << 10U) - 1}}) {
    auto got = Collect("file", {{"paths", List({"/a.log"})}, {"max_each", Size(each)}});
    EXPECT_LE(got.members["a.log"].size(), each);
    EXPECT_GT(got.members["a.log"].size(), each - 20);  // to the end of its last whole line
    EXPECT_TRUE(got.Member("a.log")->cut_tail);
  }
  auto whole = Collect("file", {{"paths", List({"/a.log"})}});
  EXPECT_EQ(whole.members["a.log"].size(), 1'300'000U);
  EXPECT_EQ(whole.row.outcome, Outcome::kOk);
}

TEST_F(FileKind, FilesThatComeAndGo) {
  tree_.Write("stays.log", "here\n");
  std::atomic<bool> done{false};
  std::thread churn([&] {
    for (int i = 0; !done; i = (i + 1) % 50) {
      const std::string name = "churn" + std::to_string(i) + ".log";
      tree_.Write(name, "some\n");
      unlink(tree_.Path("churn" + std::to_string((i + 25) % 50) + ".log").c_str());
    }
  });
  for (int i = 0; i < 20; ++i) {
    auto got = Collect("file", {{"paths", List({"/*.log"})}});
    EXPECT_TRUE(got.status.ok()) << got.status.message().key;
    EXPECT_EQ(got.members["stays.log"], "here\n");
    for (const bundle::NoteRow& note : got.row.notes) {
      EXPECT_EQ(note.text.message.key, "kinds.file.vanished");
    }
  }
  done = true;
  churn.join();
}

TEST_F(FileKind, StrangeNames) {
  const std::string newline = "a\nb.log";
  const std::string bytes = "c\xff\xfe.log";
  const std::string quote = "d'\"; rm -rf $HOME.log";
  for (const std::string& name : {newline, bytes, quote})
    tree_.Write(name, "x\n");
  auto got = Collect("file", {{"paths", List({"/*.log"})}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members.size(), 3U);
  for (const auto& [name, content] : got.members) {
    EXPECT_EQ(content, "x\n");
    EXPECT_EQ(name.find('\n'), std::string::npos);
  }
}

TEST_F(FileKind, TenThousandFiles) {
  for (int i = 0; i < 10'000; ++i)
    tree_.Write("d/" + std::to_string(i) + ".log", "x\n");
  tree_.Write("d/newest.log", "y\n");
  SetAge("d/newest.log", 2'000'000'000);
  limits_ = manifest::Limits{.max_files = 20};
  auto got = Collect("file", {{"paths", List({"/d/*.log"})}});
  EXPECT_EQ(got.members.size(), 20U);
  EXPECT_EQ(got.members["d/newest.log"], "y\n");
  ASSERT_EQ(got.row.notes.size(), 1U);
  EXPECT_EQ(got.row.notes[0].text.message.args.at(0).second, "9981");
}

TEST_F(FileKind, UnreadableIsDenied) {
  const std::string path = tree_.Write("a.log", "one\n");
  tree_.Write("b.log", "two\n");
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  as_nobody_ = true;
  auto both = Collect("file", {{"paths", List({"/*.log"})}});
  auto alone = Collect("file", {{"paths", List({"/a.log"})}});
  EXPECT_EQ(NamesOf(both), Names{"b.log"});
  EXPECT_EQ(both.row.outcome, Outcome::kPartial);
  EXPECT_EQ(both.row.notes.at(0).subject, "/a.log");
  EXPECT_EQ(alone.row.outcome, Outcome::kDenied);
}

TEST_F(FileKind, ReadsProcToItsEnd) {
  root_ = "/";
  auto got = Collect("file", {{"paths", List({"/proc/self/status", "/proc/cpuinfo"})}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_NE(got.members["proc/cpuinfo"].find("processor"), std::string::npos);
  EXPECT_NE(got.members["proc/self/status"].find("Threads:"), std::string::npos);

  auto cut = Collect("file", {{"paths", List({"/proc/cpuinfo"})}, {"max_each", Size(40)}});
  EXPECT_LE(cut.members["proc/cpuinfo"].size(), 40U);
  EXPECT_GT(cut.members["proc/cpuinfo"].size(), 0U);
  EXPECT_TRUE(cut.Member("proc/cpuinfo")->cut_tail);
}

TEST_F(FileKind, EndsAtItsDeadline) {
  tree_.Write("a.log", "one\n");
  deadline_ = base::Deadline::After(base::Duration::zero());
  auto late = Collect("file", {{"paths", List({"/a.log"})}});
  EXPECT_EQ(late.row.outcome, Outcome::kTimedOut);
  EXPECT_TRUE(late.members.empty());

  base::StopFlag stop;
  stop.Raise();
  deadline_ = base::Deadline::After(std::chrono::minutes(1), &stop);
  EXPECT_EQ(Collect("file", {{"paths", List({"/a.log"})}}).status.code(), base::Code::kCancelled);
}

TEST_F(FileKind, ForeseesWhatItReads) {
  tree_.Write("a.log", std::string(5000, 'a'));
  tree_.Write("b.log", std::string(300, 'b'));
  SetAge("a.log", 1);
  SetAge("b.log", 2);
  const kinds::Preview preview =
      Plan("file", {{"paths", List({"/*.log"})}, {"max_each", Size(1000)}});
  ASSERT_EQ(preview.steps.size(), 2U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kRead);
  EXPECT_EQ(preview.steps[0].what, "/b.log");
  EXPECT_EQ(preview.steps[0].bytes, 300U);
  EXPECT_EQ(preview.steps[1].bytes, 1000U);
  EXPECT_EQ(preview.bytes, 1300U);
  EXPECT_TRUE(plan_status_.ok());

  Plan("file", {{"paths", List({"/nothing"})}});
  EXPECT_EQ(plan_status_.code(), base::Code::kMissing);
}

TEST_F(FileKind, ForeseesNoMoreThanCanBeShown) {
  for (int i = 0; i < 300; ++i)
    tree_.Write(std::to_string(i) + ".log", "x");
  limits_ = manifest::Limits{.max_bytes = 250};
  const kinds::Preview preview = Plan("file", {{"paths", List({"/*.log"})}});
  EXPECT_EQ(preview.steps.size(), kinds::Preview::kMaxSteps);
  EXPECT_EQ(preview.steps_left_out, 100U);
  EXPECT_EQ(preview.bytes, 250U);
}

}  // namespace
}  // namespace casepack

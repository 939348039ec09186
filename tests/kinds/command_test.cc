#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/kinds/kind_fixture.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;
using tests::Text;
using Names = std::vector<std::string>;

struct CommandKind : tests::KindTest {
  CommandKind() { root_ = "/"; }

  // The test program that misbehaves on request.
  tests::Collected Child(std::vector<std::string> arguments, tests::OptionList options = {}) {
    arguments.insert(arguments.begin(), CASEPACK_CHILD);
    options.emplace_back("argv", List(std::move(arguments)));
    return Collect("command", options);
  }
};

TEST_F(CommandKind, KeepsTheOutput) {
  auto got = Collect("command", {{"argv", List({"echo", "one", "two  three"})}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members["output.txt"], "one two  three\n");
  EXPECT_EQ(got.members.size(), 1U);
  EXPECT_EQ(got.row.exit, 0);
  const std::string original = got.Member("output.txt")->original;
  EXPECT_TRUE(original.ends_with("bin/echo one 'two  three'")) << original;
}

TEST_F(CommandKind, NamesTheMember) {
  auto got = Collect("command", {{"argv", List({"echo", "x"})}, {"name", Text("status.txt")}});
  EXPECT_EQ(got.members["status.txt"], "x\n");
}

TEST_F(CommandKind, SilenceIsAnAnswer) {
  auto got = Collect("command", {{"argv", List({"true"})}});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  ASSERT_EQ(got.members.size(), 1U);
  EXPECT_EQ(got.members["output.txt"], "");
}

TEST_F(CommandKind, IsNoShell) {
  auto got =
      Collect("command", {{"argv", List({"echo", "$HOME", "`id`", ";", "id", "|", "cat", "*"})}});
  EXPECT_EQ(got.members["output.txt"], "$HOME `id` ; id | cat *\n");
}

TEST_F(CommandKind, HasACleanEnvironment) {
  ASSERT_EQ(setenv("CASEPACK_TEST_LEAK", "leaks", 1), 0);
  auto got =
      Collect("command", {{"argv", List({"env"})}, {"environment", List({"CASEPACK_GIVEN=yes"})}});
  const std::string& text = got.members["output.txt"];
  EXPECT_EQ(text.find("CASEPACK_TEST_LEAK"), std::string::npos);
  EXPECT_NE(text.find("CASEPACK_GIVEN=yes\n"), std::string::npos);
  EXPECT_NE(text.find("LC_ALL=C.UTF-8\n"), std::string::npos);
}

TEST_F(CommandKind, SaysWhichProgramIsMissing) {
  for (const char* program : {"casepack-no-such-program", "/usr/bin/casepack-no-such-program"}) {
    auto got = Collect("command", {{"argv", List({program, "x"})}});
    EXPECT_EQ(got.row.outcome, Outcome::kMissing) << program;
    EXPECT_EQ(got.row.reason.message.key, "kinds.command.missing") << program;
    EXPECT_TRUE(got.members.empty()) << program;
  }
  EXPECT_EQ(Collect("command", {{"argv", List({})}}).status.code(), base::Code::kInvalid);
}

TEST_F(CommandKind, RunsNothingOnAnotherRoot) {
  root_ = tree_.root();
  auto got = Collect("command", {{"argv", List({"echo", "x"})}});
  EXPECT_EQ(got.status.code(), base::Code::kUnsupported);
  EXPECT_TRUE(got.members.empty());
}

TEST_F(CommandKind, NotesAnExitCodeThatIsNotGood) {
  auto bad = Child({"exit", "3"});
  EXPECT_EQ(bad.row.outcome, Outcome::kPartial);
  EXPECT_EQ(bad.row.exit, 3);
  EXPECT_EQ(bad.Notes("kinds.command.exit").size(), 1U);

  auto good = Child({"exit", "3"}, {{"exit_ok", List({"0", "3"})}});
  EXPECT_EQ(good.row.outcome, Outcome::kOk);
  EXPECT_EQ(good.row.exit, 3);
}

TEST_F(CommandKind, NotesASignal) {
  auto got = Child({"signal"});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_FALSE(got.row.exit);
  EXPECT_EQ(got.Notes("kinds.command.signal"), Names{CASEPACK_CHILD});
}

TEST_F(CommandKind, KeepsWhatAHangingProgramSaid) {
  for (const char* how : {"spam-and-hang", "ignore-term", "stop"}) {
    deadline_ = base::Deadline::After(std::chrono::seconds(2));  // enough to say something
    auto got = Child({how});
    EXPECT_EQ(got.row.outcome, Outcome::kTimedOut) << how;
    EXPECT_EQ(got.row.reason.message.key, "kinds.timed_out") << how;
    EXPECT_EQ(got.members.size(), 1U) << how;
    EXPECT_NE(got.members["output.txt"].size(), 0U) << how;
    EXPECT_TRUE(got.Member("output.txt")->cut_tail) << how;
    EXPECT_FALSE(got.row.exit) << how;
  }
}

TEST_F(CommandKind, AFloodIsCut) {
  limits_ = manifest::Limits{.max_bytes = 100'000};
  for (const auto& [how, member] :
       {std::pair("flood", "output.txt"), std::pair("flood-stderr", "stderr.txt")}) {
    auto got = Child({how});
    EXPECT_EQ(got.row.outcome, Outcome::kPartial);
    EXPECT_EQ(got.row.reason.message.key, "bundle.entry.full");
    EXPECT_EQ(got.members[member].size(), 100'000U);
    EXPECT_TRUE(got.Member(member)->cut_tail);
  }
}

TEST_F(CommandKind, EndsWhatIsLeftBehind) {
  auto got = Child({"fork-and-exit"});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.command.left_processes").size(), 1U);
}

TEST_F(CommandKind, HasNothingOnItsInput) {
  auto got = Child({"read-stdin"});
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members["output.txt"], "read 0\n");
}

TEST_F(CommandKind, WithholdsWhatIsNotText) {
  auto got = Child({"binary"});
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.row.exit, 0);
  EXPECT_EQ(got.members["output.txt"].find('\0'), std::string::npos);
}

TEST_F(CommandKind, KeepsErrorsApart) {
  auto got = Child({"stderr"});
  EXPECT_EQ(got.members["output.txt"], "");
  EXPECT_EQ(got.members["stderr.txt"], "to stderr\n");
  EXPECT_EQ(got.members.size(), 2U);
}

TEST_F(CommandKind, HidesSecrets) {
  auto got =
      Collect("command",
              {{"argv", List({"echo", "--password", "hunter2hunter2", "token=abcdefgh12345678"})}});
  for (const std::string& text : {got.members["output.txt"], got.Member("output.txt")->original}) {
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
    EXPECT_EQ(text.find("abcdefgh1"), std::string::npos) << text;
  }
  EXPECT_FALSE(got.row.redactions.empty());
}

TEST_F(CommandKind, ForeseesWithoutRunning) {
  const std::string path = tree_.Path("made");
  const kinds::Preview preview = Plan("command", {{"argv", List({"touch", path})}});
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kRun);
  EXPECT_NE(preview.steps[0].what.find("/touch " + path), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path));

  Plan("command", {{"argv", List({"casepack-no-such-program"})}});
  EXPECT_EQ(plan_status_.code(), base::Code::kMissing);
}

}  // namespace
}  // namespace casepack

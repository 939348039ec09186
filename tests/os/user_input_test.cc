#include "collector/os/user_input.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "tests/support/standard_input.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

// Read to its end, in small pieces.
std::string All(UserInput& input) {
  std::string text;
  std::array<char, 7> buffer{};
  while (true) {
    const auto got = input.Read(buffer);
    EXPECT_TRUE(got);
    if (!got || *got == 0) return text;
    text.append(buffer.data(), *got);
  }
}

std::string At(UserInput& input, uint64_t offset, size_t size) {
  std::string text(size, '?');
  const auto got = input.ReadAt(offset, text);
  EXPECT_TRUE(got);
  return got ? text.substr(0, *got) : std::string();
}

TEST(UserInput, ReadsAFile) {
  const tests::TempTree tree;
  auto input = UserInput::Open(tree.Write("x", std::string("one\0two\n", 8) + "three"));
  ASSERT_TRUE(input);
  EXPECT_EQ(input->size(), 13U);
  EXPECT_EQ(All(*input), std::string("one\0two\n", 8) + "three");
  std::array<char, 4> more{};
  EXPECT_EQ(input->Read(more).value(), 0U);
}

TEST(UserInput, ReadsFromAnyPlaceAndStaysWhereItIs) {
  const tests::TempTree tree;
  auto input = UserInput::Open(tree.Write("x", "0123456789"));
  ASSERT_TRUE(input);
  std::array<char, 3> begin{};
  ASSERT_EQ(input->Read(begin).value(), 3U);
  const struct {
    uint64_t offset;
    size_t size;
    const char* text;
  } cases[] = {
      {0, 4, "0123"}, {6, 4, "6789"}, {8, 4, "89"}, {10, 4, ""}, {uint64_t{1} << 40, 4, ""},
      {5, 0, ""},
  };
  for (const auto& c : cases)
    EXPECT_EQ(At(*input, c.offset, c.size), c.text) << c.offset;
  EXPECT_EQ(All(*input), "3456789");
}

TEST(UserInput, SurvivesAMove) {
  const tests::TempTree tree;
  auto opened = UserInput::Open(tree.Write("x", "text"));
  ASSERT_TRUE(opened);
  UserInput input = std::move(*opened);
  EXPECT_EQ(input.size(), 4U);
  EXPECT_EQ(All(input), "text");
}

TEST(UserInput, ReadsAPipeOnStandardInput) {
  const Handle pipe(tests::PipeWith("from a pipe\n"));
  const tests::StandardInput standard(pipe.get());
  auto input = UserInput::Open("-");
  ASSERT_TRUE(input);
  EXPECT_EQ(input->size(), std::nullopt);
  EXPECT_EQ(All(*input), "from a pipe\n");
  std::array<char, 4> buffer{};
  EXPECT_FALSE(input->ReadAt(0, buffer));
}

// It was not ours to close.
TEST(UserInput, LeavesStandardInputOpen) {
  const Handle pipe(tests::PipeWith("one two"));
  const tests::StandardInput standard(pipe.get());
  for (const char* part : {"one", " two"}) {
    auto input = UserInput::Open("-");
    ASSERT_TRUE(input);
    std::string text(std::string(part).size(), '?');
    ASSERT_TRUE(input->Read(text));
    EXPECT_EQ(text, part);
  }
}

TEST(UserInput, AFileOnStandardInputHasASizeAtItsBeginning) {
  const tests::TempTree tree;
  const Handle file(open(tree.Write("x", "0123456789").c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(file.ok());
  const tests::StandardInput standard(file.get());
  auto whole = UserInput::Open("-");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->size(), 10U);
  EXPECT_EQ(At(*whole, 8, 4), "89");
  // What was read before us is not ours: from here on it only flows.
  ASSERT_EQ(lseek(file.get(), 4, SEEK_SET), 4);
  auto rest = UserInput::Open("-");
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->size(), std::nullopt);
  EXPECT_EQ(All(*rest), "456789");
}

TEST(UserInput, ADeviceHasNoSize) {
  auto input = UserInput::Open("/dev/null");
  ASSERT_TRUE(input);
  EXPECT_EQ(input->size(), std::nullopt);
  EXPECT_EQ(All(*input), "");
}

TEST(UserInput, SaysWhyNot) {
  const tests::TempTree tree;
  EXPECT_EQ(UserInput::Open(tree.Path("none")).error().code(), Code::kMissing);
  EXPECT_EQ(UserInput::Open(tree.root()).error().code(), Code::kInvalid);
  EXPECT_EQ(UserInput::Open(tree.root()).error().message(),
            (base::Message{"os.user_file.folder", {{"path", tree.root()}}}));
  if (geteuid() != 0) return;
  const std::string path = tree.Write("x", "text");
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  ASSERT_EQ(chmod(tree.root().c_str(), 0755), 0);
  ASSERT_EQ(seteuid(65534), 0);
  const auto denied = UserInput::Open(path);
  ASSERT_EQ(seteuid(0), 0);
  EXPECT_EQ(denied.error().code(), Code::kDenied);
}

}  // namespace
}  // namespace casepack::os

#include "collector/os/net_lookup.h"

#include <gtest/gtest.h>

#include "tests/os/net_fixture.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

NameView Look(const std::string& getent, base::Duration time = std::chrono::seconds(5)) {
  NameLookup lookup(getent, "name.test", tests::In(time));
  tests::Work(lookup);
  return lookup.result();
}

// A program in getent's place: sh runs it, since the file says so and not since we do.
std::string Program(const tests::TempTree& tree, const std::string& body) {
  tree.Write("getent", "#!/bin/sh\n" + body + "\n");
  EXPECT_EQ(chmod(tree.Path("getent").c_str(), 0755), 0);
  return tree.Path("getent");
}

TEST(NetLookup, ReadsWhatGetentPrints) {
  EXPECT_EQ(ParseAhosts("2001:DB8::1     STREAM name\n2001:db8::1     DGRAM  \n"
                        "192.0.2.1       STREAM \nrubbish\n\n"),
            (std::vector<std::string>{"2001:db8::1", "192.0.2.1"}));
  EXPECT_TRUE(ParseAhosts("").empty());
}

TEST(NetLookup, AsksTheRealOneForLocalhost) {
  if (access("/usr/bin/getent", X_OK) != 0) GTEST_SKIP() << "no getent here";
  NameLookup lookup("/usr/bin/getent", "localhost", tests::In(std::chrono::seconds(5)));
  tests::Work(lookup);
  EXPECT_TRUE(lookup.ok());
  EXPECT_FALSE(lookup.result().addresses.empty());
}

TEST(NetLookup, TellsHowItEnded) {
  const tests::TempTree tree;
  EXPECT_EQ(Look("").reason, "no_getent");
  EXPECT_EQ(Look("").state, LayerState::kSkipped);
  EXPECT_EQ(Look(tree.Path("nothing")).reason, "no_getent");
  EXPECT_EQ(Look(Program(tree, "exit 2")).reason, "not_found");
  EXPECT_EQ(Look(Program(tree, "exit 1")).reason, "getent_failed");
  EXPECT_EQ(Look(Program(tree, "exit 1")).state, LayerState::kSkipped);
  EXPECT_EQ(Look(Program(tree, "echo hello; exit 0")).reason, "no_address");
  EXPECT_EQ(
      Look(Program(tree, "[ \"$1 $2\" = 'ahosts name.test' ] && echo 192.0.2.9 STREAM")).addresses,
      std::vector<std::string>{"192.0.2.9"});
  EXPECT_EQ(Look(Program(tree, "sleep 60"), std::chrono::milliseconds(200)).reason, "timeout");
}

TEST(NetLookup, IsNotFilledUp) {
  const tests::TempTree tree;
  const NameView view =
      Look(Program(tree, "seq -f '10.0.%g.1 STREAM' 0 250; yes 192.0.2.1 | head -c 3000000"));
  EXPECT_EQ(view.state, LayerState::kOk) << view.reason;
  EXPECT_LE(view.addresses.size(), 32U);
}

}  // namespace
}  // namespace casepack::os

#include "collector/os/net_certificate.h"

#include <gtest/gtest.h>

#include "tests/os/tls_server.h"

namespace casepack::os {
namespace {

using Problems = std::vector<std::string>;

Problems Judge(const RootStore& roots, const tests::Signed& made, const std::string& host) {
  return CertificateProblems(roots, made.certificate.get(), nullptr, host);
}

TEST(NetCertificate, AGoodOneHasNoProblem) {
  const tests::Signed root = tests::Sign("root.test", -10, 10);
  const tests::Signed leaf = tests::Sign("good.test", -1, 1, &root);
  const RootStore roots("# a comment\n" + root.Pem());
  EXPECT_EQ(roots.size(), 1U);
  EXPECT_EQ(Judge(roots, leaf, "good.test"), Problems{});
  EXPECT_EQ(Judge(roots, leaf, "GOOD.TEST"), Problems{});
  EXPECT_EQ(Judge(roots, leaf, "192.0.2.7"), Problems{});
  EXPECT_EQ(Judge(roots, leaf, "2001:db8::7"), Problems{});
}

TEST(NetCertificate, TellsAllThatIsWrong) {
  const tests::Signed root = tests::Sign("root.test", -10, 10);
  const RootStore roots(root.Pem());
  const RootStore nobody("");
  const tests::Signed leaf = tests::Sign("good.test", -1, 1, &root);
  EXPECT_EQ(Judge(roots, leaf, "other.test"), Problems{"wrong_name"});
  EXPECT_EQ(Judge(roots, leaf, "192.0.2.8"), Problems{"wrong_name"});
  EXPECT_EQ(Judge(nobody, leaf, "good.test"), Problems{"unknown_root"});
  EXPECT_EQ(Judge(roots, tests::Sign("good.test", -9, -3, &root), "good.test"),
            Problems{"expired"});
  EXPECT_EQ(Judge(roots, tests::Sign("good.test", 3, 9, &root), "good.test"),
            Problems{"not_yet_valid"});
  EXPECT_EQ(Judge(roots, tests::Sign("alone.test", -9, -3), "other.test"),
            (Problems{"expired", "self_signed", "wrong_name"}));
}

TEST(NetCertificate, ReadsWhatIsNoRootAsNone) {
  EXPECT_EQ(RootStore("").size(), 0U);
  EXPECT_EQ(RootStore("-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n").size(),
            0U);
  const std::string good = tests::Sign("root.test", -1, 1).Pem();
  EXPECT_EQ(
      RootStore("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + good).size(),
      1U);
}

TEST(NetCertificate, SaysWhoItIs) {
  const Certificate said = Describe(tests::Sign("good.test", -1, 1).certificate.get());
  EXPECT_EQ(said.subject, "CN=good.test");
  EXPECT_EQ(said.issuer, "CN=good.test");
  EXPECT_EQ(said.names, (std::vector<std::string>{"good.test", "192.0.2.7", "2001:db8::7"}));
  EXPECT_EQ(said.sha256.size(), 64U);
  ASSERT_TRUE(base::ParseUtc(said.not_before));
  EXPECT_LT(said.not_before, base::FormatUtc(std::chrono::system_clock::now()));
  EXPECT_GT(said.not_after, base::FormatUtc(std::chrono::system_clock::now()));
}

TEST(NetCertificate, WritesJapaneseNamesAsTheyAre) {
  const Certificate said = Describe(tests::Sign("試験", -1, 1).certificate.get());
  EXPECT_EQ(said.subject, "CN=試験");
}

}  // namespace
}  // namespace casepack::os

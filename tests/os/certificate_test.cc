#include "collector/os/certificate.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/certificate.h"

namespace casepack::os {
namespace {

// Made with openssl req -x509; what it is, is what openssl x509 says of it.
const std::string kPem = R"(-----BEGIN CERTIFICATE-----
MIIBtTCCAVygAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBLkvovnpLrm
oKrlvI/kvJrnpL4xGzAZBgNVBAMMEkV4YW1wbGUgUm9vdCwgVGVzdDAeFw0yNjEx
MjMwNjQ2NTBaFw0zNjExMjAwNjQ2NTBaMDoxGzAZBgNVBAoMEuS+i+ekuuagquW8
j+S8muekvjEbMBkGA1UEAwwSRXhhbXBsZSBSb290LCBUZXN0MFkwEwYHKoZIzj0C
AQYIKoZIzj0DAQcDQgAEoFfxtyk6lsUGOaMcFRvVmJTLNNp2eTZHE0cgkppkTpsC
voT0HWwKBEKWEKmsBCz28T/PJSDbanrASn/s7TkL1aNTMFEwHQYDVR0OBBYEFFr8
jrWRzHLoGGj4r4df0E8qJ3PgMB8GA1UdIwQYMBaAFFr8jrWRzHLoGGj4r4df0E8q
J3PgMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgChnDS1t4wD+4
XxL70QCwFEm5KOFfoHs1Xen5kfC8qfcCICbShfhpkxAA1zZr01y+z9z5yrJAXurY
tOkx84F8MQY1
-----END CERTIFICATE-----
)";

void ExpectKnown(const CertificateData& known) {
  EXPECT_EQ(known.subject, "CN=Example Root\\, Test,O=例示株式会社");
  EXPECT_EQ(known.issuer, known.subject);
  EXPECT_EQ(known.sha1, "2df0e5f8d2838d6d4029a86c4c9b83df71ee2b6c");
  EXPECT_EQ(known.sha256, "923712187533328cfeea07c9b3a285d621680cca9c90e1d76d761d951b52ef5d");
  ASSERT_TRUE(known.not_before && known.not_after);
  EXPECT_EQ(base::FormatUtc(*known.not_before), "2026-11-23T06:46:50Z");
  EXPECT_EQ(base::FormatUtc(*known.not_after), "2036-11-20T06:46:50Z");
}

TEST(Certificate, IsReadFromPem) {
  const PemCertificates got = CertificatesOfPem("# a comment\n" + kPem + "behind\n");
  ASSERT_EQ(got.certificates.size(), 1U);
  EXPECT_EQ(got.damaged, 0U);
  ExpectKnown(got.certificates[0]);
}

TEST(Certificate, IsReadFromDerAloneAndWhole) {
  const auto made = tests::MakeCertificate("Some Name", base::Timestamp(std::chrono::hours(1)),
                                           base::Timestamp(std::chrono::hours(30)));
  const auto got = CertificateOfDer(made.der);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->subject, "CN=Some Name");
  EXPECT_EQ(base::FormatUtc(*got->not_before), "1970-01-01T01:00:00Z");
  EXPECT_EQ(base::FormatUtc(*got->not_after), "1970-01-02T06:00:00Z");
  EXPECT_FALSE(CertificateOfDer(made.der + "x"));
  EXPECT_FALSE(CertificateOfDer(made.der.substr(0, made.der.size() - 1)));
  EXPECT_FALSE(CertificateOfDer(""));
  for (size_t size = 0; size < made.der.size(); size += 7)
    EXPECT_FALSE(CertificateOfDer(made.der.substr(0, size))) << size;
  ASSERT_EQ(CertificatesOf(made.der).certificates.size(), 1U);
  ASSERT_EQ(CertificatesOf(made.pem).certificates.size(), 1U);
  EXPECT_EQ(CertificatesOf(made.pem).certificates[0].sha256, got->sha256);
}

TEST(Certificate, SaysWhatIsDamagedAndGoesOn) {
  const std::string broken =
      "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
  const std::string other = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
  const PemCertificates got = CertificatesOfPem(broken + other + kPem + broken);
  ASSERT_EQ(got.certificates.size(), 1U);
  EXPECT_EQ(got.damaged, 2U);
  EXPECT_EQ(CertificatesOfPem("-----BEGIN CERTIFICATE-----\n").damaged, 1U);
}

TEST(Certificate, StopsAtTheNumberAskedFor) {
  const PemCertificates got = CertificatesOfPem(kPem + kPem + kPem, 2);
  EXPECT_EQ(got.certificates.size(), 2U);
  EXPECT_TRUE(got.more);
  EXPECT_FALSE(CertificatesOfPem(kPem + kPem, 2).more);
}

TEST(Certificate, ATimeThatNoTimestampReachesIsNone) {
  const auto made = tests::MakeCertificate("Far", base::Timestamp{}, base::Timestamp{});
  std::string der = made.der;
  // GeneralizedTime in place of UTCTime would move every length: a year of UTCTime is
  // within reach always, so only a text that is no time is tried.
  const size_t at = der.find("700101000000Z");
  ASSERT_NE(at, std::string::npos);
  der[at + 2] = '9';  // month 91
  const auto got = CertificateOfDer(der);
  ASSERT_TRUE(got);
  EXPECT_FALSE(got->not_before);
  EXPECT_TRUE(got->not_after);
}

TEST(Certificate, SaysByTheClockWhetherItIsExpired) {
  const auto made = tests::MakeCertificate("Some Name", base::Timestamp(std::chrono::hours(1)),
                                           base::Timestamp(std::chrono::hours(30)));
  const auto got = CertificateOfDer(made.der);
  ASSERT_TRUE(got);
  const auto at = [&](int hours) {
    const base::Json json = DescribeCertificate(*got, base::Timestamp(std::chrono::hours(hours)));
    return std::pair(*json.Find("expired")->boolean(), *json.Find("days_left")->integer());
  };
  EXPECT_EQ(at(2), std::pair(false, int64_t{1}));
  EXPECT_EQ(at(30), std::pair(false, int64_t{0}));
  EXPECT_EQ(at(31), std::pair(true, int64_t{-1}));
}

}  // namespace
}  // namespace casepack::os

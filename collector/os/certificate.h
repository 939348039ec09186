// X.509 certificates as plain data: whose they are, until when they hold, and the two
// fingerprints by which people and tools name them. Nothing is verified here, no chain is
// built. What they are read from is hostile input. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/json.h"
#include "collector/base/time.h"

namespace casepack::os {

struct CertificateData {
  std::string subject;  // RFC 2253 with UTF-8 left as it is, 512 bytes at most
  std::string issuer;
  std::string sha1;  // over the whole DER, lower-case hex
  std::string sha256;
  std::optional<base::Timestamp> not_before;  // nullopt: no time, or one beyond a Timestamp
  std::optional<base::Timestamp> not_after;
};

// Flat: subject, issuer, sha1, sha256, not_before, not_after, and by the clock that is
// given: expired, days_left (negative when it is over). null: not known.
base::Json DescribeCertificate(const CertificateData& certificate, base::Timestamp now);

// One certificate and nothing behind it.
std::optional<CertificateData> CertificateOfDer(std::string_view der);

struct PemCertificates {
  std::vector<CertificateData> certificates;
  size_t damaged = 0;  // blocks that hold no certificate
  bool more = false;   // than `most`
};

// All CERTIFICATE blocks (also X509 and TRUSTED ones); other text is passed over.
PemCertificates CertificatesOfPem(std::string_view pem, size_t most = 10'000);

// A file of either form.
PemCertificates CertificatesOf(std::string_view text, size_t most = 10'000);

}  // namespace casepack::os

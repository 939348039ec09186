#include "collector/os/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <ctime>
#include <memory>

namespace casepack::os {
namespace {

struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using X509Ptr = std::unique_ptr<X509, FreeX509>;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using BioPtr = std::unique_ptr<BIO, FreeBio>;

constexpr size_t kMaxName = 512;

std::string Name(const X509_NAME* name) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  // Control characters stay escaped, letters beyond ASCII do not.
  constexpr unsigned long kForm =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!bio || X509_NAME_print_ex(bio.get(), name, 0, kForm) < 0) return {};
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  if (size <= 0) return {};
  return {text, std::min(static_cast<size_t>(size), kMaxName)};
}

std::string Fingerprint(const X509* certificate, const EVP_MD* digest) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (X509_digest(certificate, digest, bytes, &size) != 1) return {};
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += "0123456789abcdef"[bytes[i] >> 4U];
    hex += "0123456789abcdef"[bytes[i] & 15U];
  }
  return hex;
}

std::optional<base::Timestamp> TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  // What nanoseconds can say, and the span between any two of them as well.
  if (parts.tm_year + 1900 < 1900 || parts.tm_year + 1900 > 2250) return std::nullopt;
  const std::chrono::year_month_day day(std::chrono::year(parts.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
  if (!day.ok()) return std::nullopt;
  return base::Timestamp(std::chrono::sys_days(day)) + std::chrono::hours(parts.tm_hour) +
         std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

CertificateData Describe(const X509* certificate) {
  CertificateData data;
  data.subject = Name(X509_get_subject_name(certificate));
  data.issuer = Name(X509_get_issuer_name(certificate));
  data.sha1 = Fingerprint(certificate, EVP_sha1());
  data.sha256 = Fingerprint(certificate, EVP_sha256());
  data.not_before = TimeOf(X509_get0_notBefore(certificate));
  data.not_after = TimeOf(X509_get0_notAfter(certificate));
  return data;
}

constexpr std::string_view kLabels[] = {"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"};

// The next block in the text, from its first line to its last; empty when there is none.
std::string_view NextBlock(std::string_view* rest) {
  while (true) {
    const size_t at = rest->find("-----BEGIN ");
    if (at == std::string_view::npos) return {};
    rest->remove_prefix(at);
    for (const std::string_view label : kLabels) {
      const std::string first = "-----BEGIN " + std::string(label) + "-----";
      if (!rest->starts_with(first)) continue;
      const std::string last = "-----END " + std::string(label) + "-----";
      const size_t end = rest->find(last);
      const size_t size = end == std::string_view::npos ? rest->size() : end + last.size();
      const std::string_view block = rest->substr(0, size);
      rest->remove_prefix(size);
      return block;
    }
    rest->remove_prefix(1);
  }
}

std::optional<CertificateData> OfBlock(std::string_view block) {
  if (block.size() > INT_MAX) return std::nullopt;
  const BioPtr bio(BIO_new_mem_buf(block.data(), static_cast<int>(block.size())));
  if (!bio) return std::nullopt;
  // No password is ever asked for: a null callback would ask the terminal.
  const auto none = [](char*, int, int, void*) { return 0; };
  const X509Ptr certificate(PEM_read_bio_X509_AUX(bio.get(), nullptr, none, nullptr));
  ERR_clear_error();
  if (!certificate) return std::nullopt;
  return Describe(certificate.get());
}

}  // namespace

base::Json DescribeCertificate(const CertificateData& certificate, base::Timestamp now) {
  const auto time = [](const std::optional<base::Timestamp>& at) {
    return at ? base::Json(base::FormatUtc(*at)) : base::Json();
  };
  base::Json json;
  json.Set("subject", certificate.subject);
  json.Set("issuer", certificate.issuer);
  json.Set("sha1", certificate.sha1);
  json.Set("sha256", certificate.sha256);
  json.Set("not_before", time(certificate.not_before));
  json.Set("not_after", time(certificate.not_after));
  if (!certificate.not_after) {
    json.Set("expired", base::Json());
    json.Set("days_left", base::Json());
    return json;
  }
  json.Set("expired", *certificate.not_after < now);
  json.Set("days_left",
           int64_t{std::chrono::floor<std::chrono::days>(*certificate.not_after - now).count()});
  return json;
}

std::optional<CertificateData> CertificateOfDer(std::string_view der) {
  constexpr size_t kMaxSize = 1U << 20U;
  if (der.empty() || der.size() > kMaxSize) return std::nullopt;
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* const begin = at;
  const X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!certificate || at != begin + der.size()) return std::nullopt;
  return Describe(certificate.get());
}

PemCertificates CertificatesOfPem(std::string_view pem, size_t most) {
  PemCertificates all;
  std::string_view rest = pem;
  while (true) {
    const std::string_view block = NextBlock(&rest);
    if (block.empty()) return all;
    if (all.certificates.size() >= most) {
      all.more = true;
      return all;
    }
    if (auto certificate = OfBlock(block)) {
      all.certificates.push_back(std::move(*certificate));
    } else {
      ++all.damaged;
    }
  }
}

PemCertificates CertificatesOf(std::string_view text, size_t most) {
  if (auto certificate = CertificateOfDer(text)) return {{std::move(*certificate)}, 0, false};
  return CertificatesOfPem(text, most);
}

}  // namespace casepack::os

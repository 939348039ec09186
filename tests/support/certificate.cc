#include "tests/support/certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace casepack::tests {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using Bio = std::unique_ptr<BIO, Freed<&BIO_free>>;

void SetTime(ASN1_TIME* to, base::Timestamp time) {
  ASN1_TIME_set(to,
                std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

std::string Held(const Bio& bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<size_t>(size)};
}

}  // namespace

MadeCertificate MakeCertificate(const std::string& name, base::Timestamp not_before,
                                base::Timestamp not_after) {
  const std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
  const std::unique_ptr<X509, Freed<&X509_free>> certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  SetTime(X509_getm_notBefore(certificate.get()), not_before);
  SetTime(X509_getm_notAfter(certificate.get()), not_after);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* const subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const Bio der(BIO_new(BIO_s_mem()));
  i2d_X509_bio(der.get(), certificate.get());
  const Bio pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(pem.get(), certificate.get());
  return {Held(der), Held(pem)};
}

}  // namespace casepack::tests

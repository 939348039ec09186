// A certificate made on the spot, and a TLS server of OpenSSL's own that takes one
// connection with it.
#pragma once

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <functional>
#include <memory>
#include <string>

#include "tests/os/net_fixture.h"

namespace casepack::tests {

struct Signed {
  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;

  [[nodiscard]] std::string Pem() const {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, certificate.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    std::string pem(text, static_cast<size_t>(size));
    BIO_free(bio);
    return pem;
  }
};

inline void AddExtension(X509* certificate, int nid, const char* value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  EXPECT_NE(extension, nullptr) << value;
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Days from now; by itself, or by `issuer`.
inline Signed Sign(const std::string& name, int from_day, int to_day,
                   const Signed* issuer = nullptr) {
  Signed made;
  made.key.reset(EVP_EC_gen("P-256"), EVP_PKEY_free);
  made.certificate.reset(X509_new(), X509_free);
  X509* certificate = made.certificate.get();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), std::hash<std::string>()(name) & 0xFFFFFF);
  X509_gmtime_adj(X509_getm_notBefore(certificate), from_day * 86400L);
  X509_gmtime_adj(X509_getm_notAfter(certificate), to_day * 86400L);
  X509_set_pubkey(certificate, made.key.get());
  const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, text, -1, -1,
                             0);
  const Signed& by = issuer != nullptr ? *issuer : made;
  X509_set_issuer_name(certificate, X509_get_subject_name(by.certificate.get()));
  const std::string names = "DNS:" + name + ",IP:192.0.2.7,IP:2001:db8::7";
  AddExtension(certificate, NID_subject_alt_name, names.c_str());
  if (issuer == nullptr) AddExtension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  EXPECT_GT(X509_sign(certificate, by.key.get(), EVP_sha256()), 0);
  return made;
}

struct ServerWishes {
  int min_version = 0;
  int max_version = 0;
  bool wants_certificate = false;
  std::function<void(SSL*)> then = [](SSL*) {};
};

// What OneConnection is to do.
inline std::function<void(int)> TlsServer(Signed identity, ServerWishes wishes = {}) {
  return [identity, wishes](int taken) {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, wishes.min_version);
    SSL_CTX_set_max_proto_version(context, wishes.max_version);
    SSL_CTX_use_certificate(context, identity.certificate.get());
    SSL_CTX_use_PrivateKey(context, identity.key.get());
    const int mode = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    if (wishes.wants_certificate) SSL_CTX_set_verify(context, mode, nullptr);
    SSL* session = SSL_new(context);
    SSL_set_fd(session, taken);
    if (SSL_accept(session) == 1) {
      wishes.then(session);
      SSL_shutdown(session);
    }
    SSL_free(session);
    SSL_CTX_free(context);
  };
}

}  // namespace casepack::tests

// Certificates in words, and what is not right with them. The one judge is OpenSSL; here
// it is asked to go on after each objection, so that all of them are known. Any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/os/net.h"

struct x509_st;
struct x509_store_st;
struct stack_st_X509;

namespace casepack::os {

// The certificates that a server may be vouched for by.
class RootStore {
 public:
  // PEM blocks, as in /etc/ssl/certs/ca-certificates.crt; what is no certificate is left.
  explicit RootStore(std::string_view pem);
  [[nodiscard]] x509_store_st* get() const { return store_.get(); }
  [[nodiscard]] size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(x509_store_st* store) const;
  };
  std::unique_ptr<x509_store_st, Free> store_;
  size_t size_ = 0;
};

Certificate Describe(x509_st* certificate);

// RFC 5280 and RFC 9525, by our clock: "expired", "not_yet_valid", "self_signed",
// "unknown_root", "wrong_name", "certificate_<OpenSSL's number>"; each once, the gravest
// first. Empty when it may be trusted for that name or address.
std::vector<std::string> CertificateProblems(const RootStore& roots, x509_st* certificate,
                                             stack_st_X509* chain, const std::string& host);

}  // namespace casepack::os

#include "collector/os/net_certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "collector/os/net_address.h"

namespace casepack::os {
namespace {

constexpr size_t kMaxNames = 50;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

struct FreeNames {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

struct FreeContext {
  void operator()(X509_STORE_CTX* context) const { X509_STORE_CTX_free(context); }
};

// RFC 4514's form, UTF-8.
std::string NameText(const X509_NAME* name) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0) {
    return {};
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<size_t>(std::max(0L, size))};
}

std::string TimeText(const ASN1_TIME* time) {
  tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  std::array<char, 32> text{};
  const size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

std::string AddressText(const ASN1_OCTET_STRING* bytes) {
  const int size = ASN1_STRING_length(bytes);
  const unsigned char* data = ASN1_STRING_get0_data(bytes);
  std::string text;
  for (int i = 0; i < size; ++i) {
    constexpr std::string_view kHex = "0123456789abcdef";
    if (size == 4) {
      text += (i > 0 ? "." : "") + std::to_string(data[i]);
    } else {
      if (i > 0 && i % 2 == 0) text += ':';
      text += kHex[data[i] >> 4U];
      text += kHex[data[i] & 15U];
    }
  }
  return size == 16 ? Normal(text) : text;
}

std::vector<std::string> NamesOf(const X509* certificate) {
  std::vector<std::string> texts;
  const std::unique_ptr<GENERAL_NAMES, FreeNames> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (texts.size() >= kMaxNames) break;
    if (name->type == GEN_DNS) {
      const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
      texts.emplace_back(data, static_cast<size_t>(ASN1_STRING_length(name->d.dNSName)));
    } else if (name->type == GEN_IPADD) {
      texts.push_back(AddressText(name->d.iPAddress));
    }
  }
  return texts;
}

std::string ProblemOf(int error) {
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "not_yet_valid";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "self_signed";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "unknown_root";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "wrong_name";
    default:
      return "certificate_" + std::to_string(error);
  }
}

// Called for each objection; 1 has OpenSSL go on.
int Note(int fine, X509_STORE_CTX* context) {
  auto* problems = static_cast<std::vector<std::string>*>(X509_STORE_CTX_get_app_data(context));
  if (fine == 0) {
    const std::string problem = ProblemOf(X509_STORE_CTX_get_error(context));
    if (std::find(problems->begin(), problems->end(), problem) == problems->end()) {
      problems->push_back(problem);
    }
  }
  return 1;
}

size_t Rank(const std::string& problem) {
  static constexpr std::array<std::string_view, 5> kOrder{"not_yet_valid", "expired", "self_signed",
                                                          "unknown_root", "wrong_name"};
  return static_cast<size_t>(std::find(kOrder.begin(), kOrder.end(), problem) - kOrder.begin());
}

}  // namespace

void RootStore::Free::operator()(x509_store_st* store) const { X509_STORE_free(store); }

RootStore::RootStore(std::string_view pem) : store_(X509_STORE_new()) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  while (bio && store_) {
    X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
    if (certificate == nullptr) {
      const int reason = ERR_GET_REASON(ERR_peek_last_error());
      ERR_clear_error();
      if (reason == PEM_R_NO_START_LINE || BIO_eof(bio.get()) == 1) break;
      continue;
    }
    size_ += X509_STORE_add_cert(store_.get(), certificate) == 1 ? 1 : 0;
    X509_free(certificate);
  }
  ERR_clear_error();
}

Certificate Describe(x509_st* certificate) {
  Certificate described;
  described.subject = NameText(X509_get_subject_name(certificate));
  described.issuer = NameText(X509_get_issuer_name(certificate));
  described.not_before = TimeText(X509_get0_notBefore(certificate));
  described.not_after = TimeText(X509_get0_notAfter(certificate));
  described.names = NamesOf(certificate);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1) {
    constexpr std::string_view kHex = "0123456789abcdef";
    for (unsigned i = 0; i < size; ++i) {
      described.sha256 += kHex[digest.at(i) >> 4U];
      described.sha256 += kHex[digest.at(i) & 15U];
    }
  }
  return described;
}

std::vector<std::string> CertificateProblems(const RootStore& roots, x509_st* certificate,
                                             stack_st_X509* chain, const std::string& host) {
  std::vector<std::string> problems;
  const std::unique_ptr<X509_STORE_CTX, FreeContext> context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), roots.get(), certificate, chain) != 1) {
    return {"certificate_0"};
  }
  X509_VERIFY_PARAM* wanted = X509_STORE_CTX_get0_param(context.get());
  if (IsAddress(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str());
  } else {
    X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size());
  }
  X509_STORE_CTX_set_default(context.get(), "ssl_server");
  X509_STORE_CTX_set_app_data(context.get(), &problems);
  X509_STORE_CTX_set_verify_cb(context.get(), Note);
  X509_verify_cert(context.get());
  ERR_clear_error();
  std::stable_sort(problems.begin(), problems.end(),
                   [](const auto& a, const auto& b) { return Rank(a) < Rank(b); });
  return problems;
}

}  // namespace casepack::os

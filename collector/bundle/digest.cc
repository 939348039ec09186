#include "collector/bundle/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <new>

namespace casepack::bundle {

class Sha256::Impl {
 public:
  Impl() : context_(EVP_MD_CTX_new()) {
    // Without this, OpenSSL would read the configuration file of the host that we look at.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    if (context_ == nullptr || EVP_DigestInit_ex(context_, EVP_sha256(), nullptr) != 1) {
      EVP_MD_CTX_free(context_);
      throw std::bad_alloc();  // the only thing that can go wrong here
    }
  }
  ~Impl() { EVP_MD_CTX_free(context_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Update(std::string_view bytes) { EVP_DigestUpdate(context_, bytes.data(), bytes.size()); }
  std::string Hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context_, digest.data(), &size);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
      hex += "0123456789abcdef"[digest.at(i) >> 4U];
      hex += "0123456789abcdef"[digest.at(i) & 15U];
    }
    return hex;
  }

 private:
  EVP_MD_CTX* context_;
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
void Sha256::Update(std::string_view bytes) { impl_->Update(bytes); }
std::string Sha256::Hex() { return impl_->Hex(); }

std::string Sha256Hex(std::string_view bytes) {
  Sha256 digest;
  digest.Update(bytes);
  return digest.Hex();
}

}  // namespace casepack::bundle

#include "collector/os/net_tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>

#include "collector/os/net_address.h"

namespace casepack::os {
namespace {

constexpr auto kListen = std::chrono::milliseconds(700);
constexpr int kMaxChain = 10;

// OpenSSL asks us for a certificate of our own: we note that, and have none.
int NoCertificate(SSL* session, X509** /*certificate*/, EVP_PKEY** /*key*/) {
  *static_cast<bool*>(SSL_get_app_data(session)) = true;
  return 0;
}

// A cut that only says who we are trusted by is no problem of a port that trusts nobody.
bool IsOfDates(const std::string& problem) {
  return problem == "expired" || problem == "not_yet_valid";
}

}  // namespace

void TlsSettings::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

TlsSettings::TlsSettings(std::string_view roots_pem, TlsUse use) : roots_(roots_pem) {
  // The host's openssl.cnf is for its own programs, and would change what we see.
  OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  context_.reset(SSL_CTX_new(TLS_client_method()));
  if (!context_) return;
  if (use == TlsUse::kSecret) {
    SSL_CTX_set_security_level(context_.get(), 2);  // 112 bits, as Debian and RHEL have it
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context_.get(), SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_clear_options(context_.get(), SSL_OP_LEGACY_SERVER_CONNECT);
  } else {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_options(context_.get(), SSL_OP_LEGACY_SERVER_CONNECT);
  }
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_client_cert_cb(context_.get(), NoCertificate);
}

Handshake::Handshake(const TlsSettings& settings, Channel& channel, const std::string& host,
                     Trust trust, base::Instant end)
    : NetPart(end), settings_(settings), channel_(channel), host_(host), trust_(trust) {
  SSL* session = settings.context() == nullptr ? nullptr : SSL_new(settings.context());
  if (session == nullptr) {
    Fail("tls_error");
    return;
  }
  SSL_set_app_data(session, &asked_for_certificate_);
  if (!IsAddress(host)) SSL_set_tlsext_host_name(session, host.c_str());
  SSL_set_connect_state(session);
  channel_.StartTls(session);
}

void Handshake::Step() {
  if (done()) return;
  if (shaken_) return Listen();
  ERR_clear_error();
  const Channel::Moved moved = channel_.TlsMoved(SSL_do_handshake(channel_.tls()));
  if (moved.how == Channel::How::kSome) return Shaken();
  if (moved.how != Channel::How::kAgain) return Broken(moved.reason);
  if (Late()) Fail("timeout");
}

void Handshake::TakeChain() {
  STACK_OF(X509)* chain = SSL_get_peer_cert_chain(channel_.tls());
  for (int i = 0; i < std::min(sk_X509_num(chain), kMaxChain); ++i)
    mutable_result().chain.push_back(Describe(sk_X509_value(chain, i)));
  X509* own = SSL_get0_peer_certificate(channel_.tls());
  if (own != nullptr) {
    mutable_result().problems = CertificateProblems(settings_.roots(), own, chain, host_);
  }
}

void Handshake::Shaken() {
  shaken_ = true;
  mutable_result().protocol = SSL_get_version(channel_.tls());
  mutable_result().cipher = SSL_get_cipher_name(channel_.tls());
  if (asked_for_certificate_) mutable_result().client_certificate = "requested";
  TakeChain();
  listen_end_ = std::min(end(), std::chrono::steady_clock::now() + kListen);
  const bool says_later = asked_for_certificate_ && SSL_version(channel_.tls()) >= TLS1_3_VERSION;
  if (!says_later) Judge();
}

void Handshake::Listen() {
  std::array<char, 1> byte{};
  ERR_clear_error();
  const int got = SSL_peek(channel_.tls(), byte.data(), static_cast<int>(byte.size()));
  const Channel::Moved moved = channel_.TlsMoved(got);
  if (moved.how == Channel::How::kAgain && std::chrono::steady_clock::now() < listen_end_) return;
  const bool refused = moved.how == Channel::How::kFailed || moved.how == Channel::How::kClosed;
  if (refused) mutable_result().client_certificate = "required";
  Judge();
}

// Whoever has shown us a certificate and asked for ours is there, and turned us away for
// want of it: that is all that these ports do for a stranger.
void Handshake::Broken(const std::string& reason) {
  if (!asked_for_certificate_) return Fail(reason == "alert_70" ? "old_protocol" : reason);
  mutable_result().protocol = SSL_get_version(channel_.tls());
  mutable_result().client_certificate = "required";
  TakeChain();
  Judge();
}

void Handshake::Judge() {
  const TlsLayer& found = result();
  if (SSL_version(channel_.tls()) < TLS1_2_VERSION) return Fail("old_protocol");
  for (const std::string& problem : found.problems) {
    if (trust_ == Trust::kSystemRoots || IsOfDates(problem)) return Fail(problem);
  }
  Finish(LayerState::kOk);
}

void Handshake::Wait(Waits& waits) const {
  if (done()) return;
  channel_.Wait(waits, false);
  waits.Until(shaken_ ? listen_end_ : end());
}

}  // namespace casepack::os

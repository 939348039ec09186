// A TLS handshake that, for a probe, wants to know and not to be safe: it offers every
// protocol down to TLS 1.0 and every cipher, looks at any certificate, and then says what a
// client that is safe would say. It has no certificate of its own: a server that asks for
// one and then refuses us is reached. For a secret it offers only what keeps one, and it is
// still for the caller to judge the certificate before a byte is sent.
// One thread; a process that uses it ignores SIGPIPE.
#pragma once

#include <memory>
#include <string>

#include "collector/os/net_certificate.h"
#include "collector/os/net_channel.h"
#include "collector/os/net_part.h"

struct ssl_ctx_st;

namespace casepack::os {

enum class TlsUse { kProbe, kSecret };

// What the handshakes of a run share. Outlives them.
class TlsSettings {
 public:
  explicit TlsSettings(std::string_view roots_pem, TlsUse use = TlsUse::kProbe);
  [[nodiscard]] ssl_ctx_st* context() const { return context_.get(); }
  [[nodiscard]] const RootStore& roots() const { return roots_; }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  std::unique_ptr<ssl_ctx_st, Free> context_;
  RootStore roots_;
};

class Handshake : public NetPart<TlsLayer> {
 public:
  // The channel outlives it, and is under TLS from now on.
  Handshake(const TlsSettings& settings, Channel& channel, const std::string& host, Trust trust,
            base::Instant end);
  void Step();
  void Wait(Waits& waits) const;

 private:
  void Shaken();  // the handshake is over on our side
  void Broken(const std::string& reason);
  void Listen();  // for the refusal that TLS 1.3 sends only afterwards
  void TakeChain();
  void Judge();

  const TlsSettings& settings_;
  Channel& channel_;
  std::string host_;
  Trust trust_;
  bool asked_for_certificate_ = false;
  bool shaken_ = false;
  base::Instant listen_end_{};
};

}  // namespace casepack::os

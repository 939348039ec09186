// One target on its way through the layers: name, echo, connection, proxy, TLS, HTTP,
// clock. Owns the parts that are at work; one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collector/os/net_clock.h"
#include "collector/os/net_connect.h"
#include "collector/os/net_dns.h"
#include "collector/os/net_echo.h"
#include "collector/os/net_http.h"
#include "collector/os/net_lookup.h"
#include "collector/os/net_probe.h"
#include "collector/os/net_tls.h"

namespace casepack::os {

class TargetProbe {
 public:
  struct Shared {  // outlives the probe
    const ProbeSettings& settings;
    const TlsSettings& tls;
    const ProbeLimits& limits;
  };
  // `number` tells its echo from those of the others.
  TargetProbe(const ProbeTarget& target, uint16_t number, const Shared& shared);

  void Step();
  void Wait(Waits& waits) const;
  [[nodiscard]] bool done() const;
  // At any time: what is not done is "timeout".
  [[nodiscard]] ProbeReport Report() const;

 private:
  enum class Stage { kName, kConnect, kProxy, kTls, kHttp, kOver };

  [[nodiscard]] base::Instant End() const;
  [[nodiscard]] bool NamesDone() const;
  [[nodiscard]] bool Wants(ProbeScheme scheme) const { return target_.scheme == scheme; }
  void StartNames();
  void StepStage();
  void Resolved();
  void StartReach(const std::vector<std::string>& addresses);
  void StepConnect();
  void Connected();
  void StartTls();
  void StartHttp();
  [[nodiscard]] DnsLayer Dns() const;
  [[nodiscard]] std::string WhyNot(bool wanted) const;

  const ProbeTarget& target_;
  Shared shared_;
  uint16_t number_;
  std::string host_;  // whom we connect to: the target or its proxy
  uint16_t port_;
  base::Instant begun_ = std::chrono::steady_clock::now();
  Stage stage_ = Stage::kName;
  std::unique_ptr<NameLookup> system_;
  std::vector<std::unique_ptr<DnsQuestion>> direct_;
  std::vector<std::unique_ptr<Echo>> echoes_;
  std::vector<std::unique_ptr<Connector>> connectors_;
  std::unique_ptr<Channel> channel_;
  std::unique_ptr<Exchange> proxy_;
  std::unique_ptr<Handshake> tls_;
  std::unique_ptr<Exchange> http_;
  std::unique_ptr<ClockQuestion> clock_;
  std::string stopped_ = "interrupted";  // why the layers that follow are skipped
};

}  // namespace casepack::os

#include "collector/os/net_target.h"

#include <algorithm>

#include "collector/os/net_address.h"

namespace casepack::os {
namespace {

constexpr size_t kMaxAddresses = 4;
constexpr auto kEcho = std::chrono::seconds(2);  // many networks drop it: not worth more
constexpr auto kLinger = std::chrono::milliseconds(300);

template <typename Part>
bool AllDone(const std::vector<std::unique_ptr<Part>>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const auto& part) { return part->done(); });
}

// A part's result; of one that is still at work, that its time is over, or that we were
// told to stop.
template <typename Part>
auto ResultOf(const Part& part, const ProbeLimits& limits) {
  auto result = part.result();
  if (part.done()) return result;
  const bool stopped = limits.whole.stop != nullptr && limits.whole.stop->raised();
  result.state = stopped ? LayerState::kSkipped : LayerState::kFailed;
  result.reason = stopped ? "interrupted" : "timeout";
  return result;
}

template <typename LayerType>
LayerType Skipped(const std::string& why) {
  LayerType layer;
  layer.reason = why;
  return layer;
}

template <typename Part, typename LayerType>
void Fill(LayerType& layer, const std::unique_ptr<Part>& part, const std::string& why_not,
          const ProbeLimits& limits) {
  layer = part ? ResultOf(*part, limits) : Skipped<LayerType>(why_not);
}

// One address that answers is enough; else the first one's reason counts.
template <typename Part>
ReachLayer Reach(const std::vector<std::unique_ptr<Part>>& parts, const std::string& why_not,
                 const ProbeLimits& limits) {
  ReachLayer layer = Skipped<ReachLayer>(why_not);
  for (const auto& part : parts) {
    const Attempt attempt = ResultOf(*part, limits);
    const bool better = layer.attempts.empty() ||
                        (attempt.state == LayerState::kOk && layer.state != LayerState::kOk);
    if (better) static_cast<Layer&>(layer) = attempt;
    layer.attempts.push_back(attempt);
  }
  return layer;
}

bool Shares(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
    return std::find(b.begin(), b.end(), one) != b.end();
  });
}

}  // namespace

TargetProbe::TargetProbe(const ProbeTarget& target, uint16_t number, const Shared& shared)
    : target_(target),
      shared_(shared),
      number_(number),
      host_(target.proxy ? target.proxy->host : target.host),
      port_(target.proxy ? target.proxy->port : target.port) {
  if (IsAddress(host_)) {
    StartReach({host_});
  } else {
    StartNames();
  }
}

base::Instant TargetProbe::End() const {
  return std::min(std::chrono::steady_clock::now() + shared_.limits.layer, shared_.limits.whole.at);
}

void TargetProbe::StartNames() {
  system_ = std::make_unique<NameLookup>(shared_.settings.getent, host_, End());
  for (const std::string& server : shared_.settings.resolver.servers) {
    direct_.push_back(
        std::make_unique<DnsQuestion>(shared_.settings.resolver, server, host_, End()));
  }
}

bool TargetProbe::NamesDone() const { return (!system_ || system_->done()) && AllDone(direct_); }

bool TargetProbe::done() const {
  return stage_ == Stage::kOver && NamesDone() && AllDone(echoes_) && AllDone(connectors_) &&
         (!clock_ || clock_->done());
}

void TargetProbe::Step() {
  if (system_) system_->Step();
  for (const auto& question : direct_)
    question->Step();
  for (const auto& echo : echoes_)
    echo->Step();
  for (const auto& connector : connectors_)
    connector->Step();
  if (clock_) clock_->Step();
  Stage before = stage_;
  do {  // a layer that is over lets the next one begin at once
    before = stage_;
    StepStage();
  } while (stage_ != before);
}

void TargetProbe::StepStage() {
  switch (stage_) {
    case Stage::kName:
      return Resolved();
    case Stage::kConnect:
      return StepConnect();
    case Stage::kProxy:
      proxy_->Step();
      if (!proxy_->done()) return;
      if (proxy_->ok()) return StartTls();
      stopped_ = "after_proxy";
      break;
    case Stage::kTls: {
      tls_->Step();
      if (!tls_->done()) return;
      // A certificate that is not good does not keep HTTP from telling the server's clock.
      const TlsLayer& found = tls_->result();
      const bool open =
          found.client_certificate != "required" && (tls_->ok() || !found.problems.empty());
      if (Wants(ProbeScheme::kHttps) && open) return StartHttp();
      if (!tls_->ok()) stopped_ = "after_tls";
      break;
    }
    case Stage::kHttp:
      http_->Step();
      if (!http_->done()) return;
      break;
    case Stage::kOver:
      return;
  }
  stage_ = Stage::kOver;
}

// The system's view decides, as it does for the product; ours only where there is none.
void TargetProbe::Resolved() {
  if (!system_->done()) return;
  if (system_->ok()) return StartReach(system_->result().addresses);
  const bool unknown = system_->result().state == LayerState::kSkipped;
  if (unknown && !AllDone(direct_)) return;
  const auto found = std::find_if(direct_.begin(), direct_.end(),
                                  [](const auto& question) { return question->ok(); });
  if (unknown && found != direct_.end()) return StartReach((*found)->result().addresses);
  stopped_ = "after_dns";
  stage_ = Stage::kOver;
}

void TargetProbe::StartReach(const std::vector<std::string>& addresses) {
  stage_ = Stage::kOver;
  if (Wants(ProbeScheme::kDns)) return;
  bool seen[2] = {false, false};
  for (const std::string& address : addresses) {
    bool& before = seen[address.find(':') == std::string::npos ? 0 : 1];
    if (before) continue;
    before = true;
    const base::Instant end = std::min(End(), std::chrono::steady_clock::now() + kEcho);
    echoes_.push_back(std::make_unique<Echo>(address, number_, end));
  }
  if (Wants(ProbeScheme::kIcmp)) return;
  if (Wants(ProbeScheme::kNtp)) {
    clock_ = std::make_unique<ClockQuestion>(addresses.at(0), port_, End());
    return;
  }
  const base::Duration linger = Wants(ProbeScheme::kTcp) ? kLinger : base::Duration{};
  for (size_t i = 0; i < std::min(addresses.size(), kMaxAddresses); ++i)
    connectors_.push_back(std::make_unique<Connector>(addresses[i], port_, linger, End()));
  stage_ = Stage::kConnect;
}

void TargetProbe::StepConnect() {
  const auto first = std::find_if(connectors_.begin(), connectors_.end(),
                                  [](const auto& connector) { return connector->ok(); });
  if (first != connectors_.end()) {
    channel_ = std::make_unique<Channel>((*first)->TakeSocket());
    return Connected();
  }
  if (!AllDone(connectors_)) return;
  stopped_ = "after_tcp";
  stage_ = Stage::kOver;
}

void TargetProbe::Connected() {
  if (Wants(ProbeScheme::kTcp)) {
    stage_ = Stage::kOver;
  } else if (Wants(ProbeScheme::kHttp)) {
    StartHttp();
  } else if (target_.proxy) {
    proxy_ =
        std::make_unique<Exchange>(*channel_, ConnectRequest(target_), Answerer::kProxy, End());
    stage_ = Stage::kProxy;
  } else {
    StartTls();
  }
}

void TargetProbe::StartTls() {
  tls_ = std::make_unique<Handshake>(shared_.tls, *channel_, target_.host, target_.trust, End());
  stage_ = Stage::kTls;
}

void TargetProbe::StartHttp() {
  const bool absolute = target_.proxy.has_value() && Wants(ProbeScheme::kHttp);
  http_ = std::make_unique<Exchange>(*channel_, HeadRequest(target_, absolute),
                                     absolute ? Answerer::kEither : Answerer::kOrigin, End());
  stage_ = Stage::kHttp;
}

void TargetProbe::Wait(Waits& waits) const {
  if (system_) system_->Wait(waits);
  for (const auto& question : direct_)
    question->Wait(waits);
  for (const auto& echo : echoes_)
    echo->Wait(waits);
  for (const auto& connector : connectors_)
    connector->Wait(waits);
  if (proxy_) proxy_->Wait(waits);
  if (tls_) tls_->Wait(waits);
  if (http_) http_->Wait(waits);
  if (clock_) clock_->Wait(waits);
}

DnsLayer TargetProbe::Dns() const {
  if (!system_) return Skipped<DnsLayer>("is_address");
  DnsLayer layer;
  layer.system = ResultOf(*system_, shared_.limits);
  static_cast<Layer&>(layer) = layer.system;
  const NameView* told = nullptr;  // the first server that has an answer, else the first
  for (const auto& question : direct_)
    layer.direct.push_back(ResultOf(*question, shared_.limits));
  for (const NameView& view : layer.direct) {
    if (told == nullptr || (told->state != LayerState::kOk && view.state == LayerState::kOk)) {
      told = &view;
    }
  }
  if (told == nullptr) return layer;
  const bool asked = layer.system.state != LayerState::kSkipped;
  const bool knows = layer.system.state == LayerState::kOk;
  const bool told_so = told->state == LayerState::kOk;
  if (!asked) static_cast<Layer&>(layer) = *told;
  // getent has one word for every failure; a server that says more is believed.
  if (asked && !knows && !told_so) layer.reason = told->reason;
  layer.differ =
      asked && (knows != told_so || (knows && !Shares(layer.system.addresses, told->addresses)));
  return layer;
}

// Why a layer that did not begin did not: nobody wants it, or one before it failed.
std::string TargetProbe::WhyNot(bool wanted) const { return wanted ? stopped_ : "not_asked"; }

ProbeReport TargetProbe::Report() const {
  const ProbeLimits& limits = shared_.limits;
  const bool http = Wants(ProbeScheme::kHttp) || Wants(ProbeScheme::kHttps);
  const bool tls = Wants(ProbeScheme::kTls) || Wants(ProbeScheme::kHttps);
  ProbeReport report;
  report.dns = Dns();
  report.icmp = Reach(echoes_, WhyNot(!Wants(ProbeScheme::kDns)), limits);
  report.tcp = Reach(connectors_, WhyNot(http || tls || Wants(ProbeScheme::kTcp)), limits);
  Fill(report.proxy, proxy_, WhyNot(tls && target_.proxy.has_value()), limits);
  Fill(report.tls, tls_, WhyNot(tls), limits);
  Fill(report.http, http_, WhyNot(http), limits);
  Fill(report.ntp, clock_, WhyNot(Wants(ProbeScheme::kNtp)), limits);
  report.took = std::chrono::steady_clock::now() - begun_;
  return report;
}

}  // namespace casepack::os

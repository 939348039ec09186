// What a probe's verdict means, as messages: the sentence, and (its hint) the remedy.
// probe.cc's own header.
#pragma once

#include <string>
#include <string_view>

#include "collector/base/message.h"
#include "collector/os/net_verdict.h"

namespace casepack::kinds {

struct VerdictWords {
  std::string_view layer;
  std::string_view reason;  // empty: any other
  const char* key;
};

inline constexpr VerdictWords kVerdictWords[] = {
    {"dns", "not_found", "kinds.probe.dns.not_found"},
    {"dns", "no_address", "kinds.probe.dns.no_address"},
    {"dns", "timeout", "kinds.probe.dns.timeout"},
    {"dns", "server_failure", "kinds.probe.dns.server"},
    {"dns", "server_unreachable", "kinds.probe.dns.server"},
    {"dns", "query_refused", "kinds.probe.dns.server"},
    {"dns", "", "kinds.probe.dns.failed"},
    {"icmp", "not_permitted", "kinds.probe.icmp.not_permitted"},
    {"icmp", "", "kinds.probe.icmp.failed"},
    {"tcp", "refused", "kinds.probe.tcp.refused"},
    {"tcp", "timeout", "kinds.probe.tcp.timeout"},
    {"tcp", "host_unreachable", "kinds.probe.tcp.unreachable"},
    {"tcp", "network_unreachable", "kinds.probe.tcp.unreachable"},
    {"tcp", "no_own_address", "kinds.probe.tcp.unreachable"},
    {"tcp", "reset", "kinds.probe.tcp.reset"},
    {"tcp", "blocked_here", "kinds.probe.tcp.blocked_here"},
    {"tcp", "", "kinds.probe.tcp.failed"},
    {"proxy", "proxy_auth", "kinds.probe.proxy.auth"},
    {"proxy", "unauthorized", "kinds.probe.proxy.auth"},
    {"proxy", "forbidden", "kinds.probe.proxy.refused"},
    {"proxy", "proxy_cannot_reach", "kinds.probe.proxy.cannot_reach"},
    {"proxy", "", "kinds.probe.proxy.failed"},
    {"tls", "clock", "kinds.probe.tls.clock"},
    {"tls", "expired", "kinds.probe.tls.expired"},
    {"tls", "not_yet_valid", "kinds.probe.tls.not_yet_valid"},
    {"tls", "self_signed", "kinds.probe.tls.self_signed"},
    {"tls", "unknown_root", "kinds.probe.tls.unknown_root"},
    {"tls", "wrong_name", "kinds.probe.tls.wrong_name"},
    {"tls", "old_protocol", "kinds.probe.tls.old_protocol"},
    {"tls", "not_tls", "kinds.probe.tls.not_tls"},
    {"tls", "reset", "kinds.probe.tls.cut"},
    {"tls", "closed", "kinds.probe.tls.cut"},
    {"tls", "timeout", "kinds.probe.tls.timeout"},
    {"tls", "", "kinds.probe.tls.failed"},
    {"http", "proxy_auth", "kinds.probe.proxy.auth"},
    {"http", "unauthorized", "kinds.probe.http.refused"},
    {"http", "forbidden", "kinds.probe.http.refused"},
    {"http", "server_error", "kinds.probe.http.server_error"},
    {"http", "", "kinds.probe.http.failed"},
    {"ntp", "clock_off", "kinds.probe.ntp.clock_off"},
    {"ntp", "unsynchronised", "kinds.probe.ntp.unsynchronised"},
    {"ntp", "", "kinds.probe.ntp.failed"},
};

inline const char* VerdictKey(const os::Verdict& verdict) {
  if (verdict.layer.empty()) return "kinds.probe.ok";
  if (verdict.state == os::LayerState::kSkipped) return "kinds.probe.unknown";
  for (const VerdictWords& row : kVerdictWords) {
    if (row.layer != verdict.layer) continue;
    if (row.reason.empty() || row.reason == verdict.reason) return row.key;
  }
  return "kinds.probe.unknown";
}

// The clocks disagree where the server's own says that its certificate is in its time.
inline os::Verdict WithClocks(os::Verdict verdict, const os::ProbeReport& report) {
  const bool of_dates = verdict.reason == "expired" || verdict.reason == "not_yet_valid";
  if (verdict.layer != "tls" || !of_dates || !report.http.date) return verdict;
  const std::string there = base::FormatUtc(*report.http.date);
  for (const os::Certificate& certificate : report.tls.chain) {
    if (there < certificate.not_before || there > certificate.not_after) return verdict;
  }
  verdict.reason = "clock";
  return verdict;
}

}  // namespace casepack::kinds

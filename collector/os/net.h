// What a probe of the network is asked and what it found, layer by layer: data only.
//
// A layer that was not reached is skipped and says why; the reason of one that failed is
// one word ("refused", "timeout") that facts, sentences and remedies are looked up by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/base/time.h"

namespace casepack::os {

enum class ProbeScheme { kDns, kIcmp, kTcp, kTls, kHttp, kHttps, kNtp };

// What a certificate must be. The product's own ports have certificates that it signed
// itself and pins: there only its dates are judged, and the rest is told.
enum class Trust { kSystemRoots, kAnyCertificate };

struct ProbeProxy {
  std::string host;
  uint16_t port = 0;
  std::string user;  // Basic credentials (RFC 7617); empty: none
  std::string password;
};

struct ProbeTarget {
  ProbeScheme scheme = ProbeScheme::kTcp;
  std::string host;  // a name, or an address without brackets
  uint16_t port = 0;
  std::string path = "/";
  Trust trust = Trust::kSystemRoots;
  std::optional<ProbeProxy> proxy;  // for kTls, kHttp and kHttps
};

enum class LayerState { kSkipped, kOk, kFailed, kNotPermitted };

struct Layer {
  LayerState state = LayerState::kSkipped;
  std::string reason;  // why it failed or was skipped; empty when ok
  base::Duration took{};
};

struct NameView : Layer {
  std::string server;                  // of a direct question
  std::vector<std::string> addresses;  // as told, each once
};

struct DnsLayer : Layer {
  NameView system;               // what every program on this host gets: getent(1)
  std::vector<NameView> direct;  // each server of resolv.conf(5), asked by ourselves
  bool differ = false;           // both have an answer, and it is not the same
};

struct Attempt : Layer {
  std::string address;
  std::string source;     // our own address towards it
  std::string interface;  // that has it
};

struct ReachLayer : Layer {
  std::vector<Attempt> attempts;  // an address each, in the system's order
};

struct Certificate {
  std::string subject;
  std::string issuer;
  std::string not_before;  // RFC 3339, UTC
  std::string not_after;
  std::string sha256;              // of its DER, hex
  std::vector<std::string> names;  // subjectAltName: DNS names and addresses
};

struct TlsLayer : Layer {
  std::string protocol;               // "TLSv1.3"
  std::string cipher;                 // OpenSSL's name
  std::vector<Certificate> chain;     // as sent, the server's own first
  std::vector<std::string> problems;  // all that is not right with it: "wrong_name", ...
  std::string client_certificate;     // "requested", "required"; empty: not asked for
};

struct HttpLayer : Layer {
  int status = 0;                       // 0: no answer
  std::string server;                   // its Server or Via header
  std::optional<base::Timestamp> date;  // its Date header
};

struct NtpLayer : Layer {
  std::optional<base::Duration> offset;  // server's clock less ours
  int stratum = 0;
};

struct ProbeReport {
  DnsLayer dns;  // of the proxy where there is one
  ReachLayer icmp;
  ReachLayer tcp;
  HttpLayer proxy;  // its answer to CONNECT
  TlsLayer tls;
  HttpLayer http;
  NtpLayer ntp;
  base::Duration took{};
};

struct ProbeLimits {
  base::Duration layer = std::chrono::seconds(5);
  base::Deadline whole = base::Deadline::After(std::chrono::seconds(15));
};

}  // namespace casepack::os

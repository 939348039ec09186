// A question to one DNS server, asked by ourselves (c-ares): A and AAAA, with the search
// domains of resolv.conf(5), over UDP and, when an answer is truncated, TCP. Neither the
// hosts file nor any name service of the host has a part in it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/os/net_part.h"
#include "collector/os/net_waits.h"

namespace casepack::os {

struct ResolverSettings {
  std::vector<std::string> servers;  // "192.0.2.53", "2001:db8::53"; a port as "192.0.2.53:5353"
  std::vector<std::string> search;
  int ndots = 1;
};

// resolv.conf(5): nameserver, domain, search (the last of both counts), options ndots:N.
// At most three servers, as glibc has it; none: 127.0.0.1.
ResolverSettings ParseResolvConf(std::string_view text);

class DnsQuestion : public NetPart<NameView> {
 public:
  DnsQuestion(const ResolverSettings& settings, const std::string& server, const std::string& name,
              base::Instant end);
  ~DnsQuestion();
  DnsQuestion(const DnsQuestion&) = delete;
  DnsQuestion& operator=(const DnsQuestion&) = delete;

  void Step();
  void Wait(Waits& waits) const;

 private:
  struct State;  // the library's channel and the answers so far
  std::unique_ptr<State> state_;
};

}  // namespace casepack::os

#include <ares.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <sys/select.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "collector/os/net_address.h"
#include "collector/os/net_dns.h"
#include "collector/os/read.h"

namespace casepack::os {
namespace {

constexpr size_t kMaxServers = 3;
constexpr size_t kMaxSearch = 6;  // as glibc before 2.26; more is time lost
constexpr int kTries = 2;
constexpr auto kLook = std::chrono::milliseconds(100);  // for the library's own timeouts

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  size_t at = 0;
  while ((at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos) {
    const size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

void ReadOptions(const std::vector<std::string_view>& words, ResolverSettings& settings) {
  constexpr std::string_view kNdots = "ndots:";
  for (const std::string_view word : words) {
    if (!word.starts_with(kNdots)) continue;
    int value = 0;
    const char* const begin = word.data() + kNdots.size();
    const auto [end, error] = std::from_chars(begin, word.data() + word.size(), value);
    if (error == std::errc() && value >= 0) settings.ndots = std::min(value, 15);
  }
}

std::string ReasonOf(int status) {
  switch (status) {
    case ARES_ENOTFOUND:
      return "not_found";
    case ARES_ENODATA:
      return "no_address";
    case ARES_ESERVFAIL:
      return "server_failure";
    case ARES_EREFUSED:
    case ARES_ENOTIMP:
      return "query_refused";
    case ARES_ECONNREFUSED:
      return "server_unreachable";
    case ARES_ETIMEOUT:
      return "timeout";
    case ARES_EBADNAME:
      return "bad_name";
    default:
      return "bad_answer";
  }
}

// Puts a port behind an address in the library's own way.
std::string ServerText(const std::string& server) {
  const bool bare_ipv6 = IsAddress(server) && server.find(':') != std::string::npos;
  return bare_ipv6 ? "[" + server + "]" : server;
}

}  // namespace

ResolverSettings ParseResolvConf(std::string_view text) {
  ResolverSettings settings;
  for (const std::string_view line : Lines(text)) {
    std::vector<std::string_view> words = Words(line.substr(0, line.find_first_of("#;")));
    if (words.size() < 2) continue;
    const std::string_view what = words.front();
    words.erase(words.begin());
    if (what == "nameserver" && settings.servers.size() < kMaxServers) {
      if (IsAddress(words[0])) settings.servers.emplace_back(words[0]);
    } else if (what == "search" || what == "domain") {
      settings.search.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                words.size(), kMaxSearch)));
    } else if (what == "options") {
      ReadOptions(words, settings);
    }
  }
  if (settings.servers.empty()) settings.servers.emplace_back("127.0.0.1");
  return settings;
}

struct DnsQuestion::State {
  ares_channel channel = nullptr;
  int waiting = 0;
  int status = ARES_SUCCESS;  // the most telling of both
  std::vector<std::string> addresses;

  void Take(int got, const unsigned char* answer, int size, bool ipv6) {
    --waiting;
    if (got == ARES_SUCCESS) got = ipv6 ? TakeIpv6(answer, size) : TakeIpv4(answer, size);
    if (got != ARES_SUCCESS && (status == ARES_SUCCESS || got != ARES_ENODATA)) status = got;
  }

  int TakeIpv4(const unsigned char* answer, int size) {
    ares_addrttl found[16];
    int count = 16;
    const int got = ares_parse_a_reply(answer, size, nullptr, found, &count);
    for (int i = 0; got == ARES_SUCCESS && i < count; ++i)
      Add(AF_INET, &found[i].ipaddr);
    return got;
  }

  int TakeIpv6(const unsigned char* answer, int size) {
    ares_addr6ttl found[16];
    int count = 16;
    const int got = ares_parse_aaaa_reply(answer, size, nullptr, found, &count);
    for (int i = 0; got == ARES_SUCCESS && i < count; ++i)
      Add(AF_INET6, &found[i].ip6addr);
    return got;
  }

  void Add(int family, const void* address) {
    char text[64] = {};
    if (ares_inet_ntop(family, address, text, sizeof text) == nullptr) return;
    if (std::find(addresses.begin(), addresses.end(), text) == addresses.end()) {
      addresses.emplace_back(text);
    }
  }
};

DnsQuestion::DnsQuestion(const ResolverSettings& settings, const std::string& server,
                         const std::string& name, base::Instant end)
    : NetPart(end), state_(std::make_unique<State>()) {
  mutable_result().server = server;
  std::vector<std::string> search = settings.search;
  std::vector<char*> domains;
  for (std::string& domain : search)
    domains.push_back(domain.data());
  char lookups[] = "b";  // DNS alone, no hosts file
  const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(end - begun());
  ares_options options{};
  options.flags = ARES_FLAG_NOCHECKRESP;  // SERVFAIL and REFUSED are what we ask for
  options.timeout = static_cast<int>(std::max<int64_t>(span.count() / 3, 1));
  options.tries = kTries;
  options.ndots = settings.ndots;
  options.domains = domains.data();
  options.ndomains = static_cast<int>(domains.size());
  options.lookups = lookups;
  const int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
                   ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS;
  if (ares_init_options(&state_->channel, &options, mask) != ARES_SUCCESS ||
      ares_set_servers_ports_csv(state_->channel, ServerText(server).c_str()) != ARES_SUCCESS) {
    Finish(LayerState::kSkipped, "bad_server");
    return;
  }
  state_->waiting = 2;
  const auto ipv4 = [](void* state, int status, int, unsigned char* answer, int size) {
    static_cast<State*>(state)->Take(status, answer, size, false);
  };
  const auto ipv6 = [](void* state, int status, int, unsigned char* answer, int size) {
    static_cast<State*>(state)->Take(status, answer, size, true);
  };
  ares_search(state_->channel, name.c_str(), C_IN, T_A, ipv4, state_.get());
  ares_search(state_->channel, name.c_str(), C_IN, T_AAAA, ipv6, state_.get());
}

DnsQuestion::~DnsQuestion() {
  if (state_->channel != nullptr) ares_destroy(state_->channel);
}

void DnsQuestion::Step() {
  if (done()) return;
  ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
  const auto bits =
      static_cast<unsigned>(ares_getsock(state_->channel, sockets, ARES_GETSOCK_MAXNUM));
  // Reads that would block are harmless, and what is late is told to the library so.
  for (unsigned i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
    const bool read = ARES_GETSOCK_READABLE(bits, i) != 0;
    const bool write = ARES_GETSOCK_WRITABLE(bits, i) != 0;
    if (!read && !write) break;
    ares_process_fd(state_->channel, read ? sockets[i] : ARES_SOCKET_BAD,
                    write ? sockets[i] : ARES_SOCKET_BAD);
  }
  ares_process_fd(state_->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
  if (state_->waiting > 0 && !Late()) return;
  if (state_->waiting > 0) ares_cancel(state_->channel);
  const bool timed_out = state_->status == ARES_ECANCELLED;
  mutable_result().addresses = state_->addresses;
  if (!state_->addresses.empty()) return Finish(LayerState::kOk);
  Fail(timed_out ? "timeout" : ReasonOf(state_->status));
}

void DnsQuestion::Wait(Waits& waits) const {
  if (done()) return;
  ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
  const auto bits =
      static_cast<unsigned>(ares_getsock(state_->channel, sockets, ARES_GETSOCK_MAXNUM));
  for (unsigned i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
    const bool read = ARES_GETSOCK_READABLE(bits, i) != 0;
    const bool write = ARES_GETSOCK_WRITABLE(bits, i) != 0;
    if (!read && !write) break;
    waits.Either(sockets[i], read, write);
  }
  waits.Until(std::min(end(), std::chrono::steady_clock::now() + kLook));
}

}  // namespace casepack::os

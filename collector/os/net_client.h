// A call over HTTPS that carries a secret: nothing is sent before the server has shown a
// certificate that is trusted, by the roots or because it is the very one that was named.
// A connection for each call; redirects are not followed, so that what is sent goes to this
// server and no other. All of it is bounded, in time and in memory.
//
// Not libcurl: this layer has names, proxy, TLS and deadlines that the probe needs anyway,
// and what was missing is an answer's body.
//
// One thread; a process that uses it ignores SIGPIPE.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/os/net.h"
#include "collector/os/net_probe.h"
#include "collector/os/net_response.h"
#include "collector/os/net_tls.h"

namespace casepack::os {

struct HttpsServer {
  ProbeTarget target;     // its path and trust are not looked at
  std::string roots_pem;  // who may vouch for it
  std::string pin;        // SHA-256 of its certificate, small hex: instead of the roots
};

enum class HttpMethod { kGet, kPost };

struct HttpsCall {
  HttpMethod method = HttpMethod::kGet;
  std::string path;  // with its query
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct HttpsLimits {
  base::Duration layer = std::chrono::seconds(10);   // a name, a connection, a handshake
  base::Duration answer = std::chrono::seconds(60);  // from the first byte sent to the last
  size_t max_body = size_t{32} << 20U;
};

// "AB:CD:…" or "abcd…" -> 64 small hex digits; nullopt for what is no SHA-256.
std::optional<std::string> ParseFingerprint(std::string_view text);

class HttpsClient {
 public:
  // `settings` tells how names are looked up; its roots are not used.
  HttpsClient(const ProbeSettings& settings, HttpsServer server, const HttpsLimits& limits);

  // An answer of whatever status. kRefused: the certificate is not trusted, and nothing was
  // sent; kTimedOut, kCancelled; kInvalid: what came is no answer; kFull: too much of it;
  // kFailed: not reached. Messages "os.https.…" with host, port, reason.
  base::Result<HttpResponse> Call(const HttpsCall& call, const base::Deadline& deadline);

 private:
  class Way;  // one connection
  const ProbeSettings settings_;
  const HttpsServer server_;
  const HttpsLimits limits_;
  const TlsSettings tls_;
  std::vector<std::string> addresses_;  // once they are known
};

}  // namespace casepack::os

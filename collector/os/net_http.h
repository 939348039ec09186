// The little HTTP/1.1 that a probe needs (RFC 9112): the text of a request, the head of an
// answer, and the exchange of both over a channel. Bodies are never read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "collector/os/net_channel.h"
#include "collector/os/net_part.h"
#include "collector/os/net_waits.h"

namespace casepack::os {

// "host:port" as in a URL: brackets around an IPv6 address.
std::string Authority(const ProbeTarget& target);
// HEAD of the path; with `absolute`, as a proxy for plain HTTP wants it.
std::string HeadRequest(const ProbeTarget& target, bool absolute);
std::string ConnectRequest(const ProbeTarget& target);

// nullopt when it is not the head of an HTTP answer.
std::optional<HttpLayer> ParseHead(std::string_view head);
// RFC 9110's preferred form: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<base::Timestamp> ParseHttpDate(std::string_view text);

// Who answers decides what a status means. Of plain HTTP by a proxy nobody can tell who it
// was: a refusal counts then.
enum class Answerer { kOrigin, kProxy, kEither };

class Exchange : public NetPart<HttpLayer> {
 public:
  // The channel outlives it.
  Exchange(Channel& channel, std::string request, Answerer answerer, base::Instant end);
  void Step();
  void Wait(Waits& waits) const;

 private:
  void Judge();
  Channel& channel_;
  std::string request_;
  Answerer answerer_;
  std::string head_;
};

}  // namespace casepack::os

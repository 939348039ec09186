#include "collector/os/net_client.h"

#include <algorithm>
#include <array>
#include <memory>

#include "collector/os/net_address.h"
#include "collector/os/net_connect.h"
#include "collector/os/net_dns.h"
#include "collector/os/net_http.h"
#include "collector/os/net_lookup.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr size_t kMaxAddresses = 4;
constexpr auto kLook = std::chrono::milliseconds(50);  // a stop flag wakes nobody

// The request out, the answer in.
class Talk : public NetPart<Layer> {
 public:
  Talk(Channel& channel, std::string request, size_t max_body, base::Instant end)
      : NetPart(end), channel_(channel), request_(std::move(request)), reader_(max_body) {}

  void Step() {
    if (done()) return;
    Send();
    std::array<char, 16384> buffer{};
    while (!done()) {
      const Channel::Moved moved = channel_.Read(buffer.data(), buffer.size());
      if (moved.how == Channel::How::kAgain) break;
      if (moved.how == Channel::How::kFailed) return Fail(moved.reason);
      Judge(moved.how == Channel::How::kSome ? reader_.Feed({buffer.data(), moved.bytes})
                                             : reader_.End());
      if (Late()) break;  // whoever never stops sending is late, too
    }
    if (!done() && Late()) Fail("timeout");
  }
  void Wait(Waits& waits) const {
    if (done()) return;
    channel_.Wait(waits, !request_.empty());
    waits.Until(end());
  }
  HttpResponse TakeResponse() { return reader_.TakeResponse(); }

 private:
  void Send() {
    while (!request_.empty()) {
      const Channel::Moved moved = channel_.Write(request_);
      if (moved.how == Channel::How::kAgain) return;
      // A server may have answered and closed before it read all of this: look.
      if (moved.how != Channel::How::kSome) request_.clear();
      request_.erase(0, moved.bytes);
    }
  }
  void Judge(ResponseReader::State state) {
    if (state == ResponseReader::State::kWhole) Finish(LayerState::kOk);
    if (state == ResponseReader::State::kBad) Fail(reader_.reason());
  }

  Channel& channel_;
  std::string request_;
  ResponseReader reader_;
};

// Addresses at the same time: the first that answers counts.
class AnyConnector : public NetPart<Layer> {
 public:
  AnyConnector(const std::vector<std::string>& addresses, uint16_t port, base::Instant end)
      : NetPart(end) {
    for (size_t i = 0; i < std::min(addresses.size(), kMaxAddresses); ++i) {
      connectors_.push_back(std::make_unique<Connector>(addresses[i], port, base::Duration{}, end));
    }
  }
  void Step() {
    size_t over = 0;
    for (const auto& connector : connectors_) {
      connector->Step();
      if (connector->ok()) {
        socket_ = connector->TakeSocket();
        return Finish(LayerState::kOk);
      }
      over += connector->done() ? 1U : 0U;
    }
    if (over == connectors_.size())
      Fail(connectors_.empty() ? "no_address" : connectors_[0]->result().reason);
  }
  void Wait(Waits& waits) const {
    for (const auto& connector : connectors_)
      connector->Wait(waits);
  }
  Handle TakeSocket() { return std::move(socket_); }

 private:
  std::vector<std::unique_ptr<Connector>> connectors_;
  Handle socket_;
};

bool IsLine(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != 0x7F; });
}

// Empty when something in it could become a line of its own.
std::string RequestText(const ProbeTarget& target, const HttpsCall& call) {
  const bool posts = call.method == HttpMethod::kPost;
  std::string text = (posts ? "POST " : "GET ") + call.path + " HTTP/1.1\r\n" +
                     "Host: " + Authority(target) + "\r\nUser-Agent: casepack\r\n" +
                     "Accept-Encoding: identity\r\nConnection: close\r\n";
  bool fine =
      call.path.starts_with('/') && call.path.find(' ') == std::string::npos && IsLine(call.path);
  for (const auto& [name, value] : call.headers) {
    fine = fine && IsLine(name) && IsLine(value) && name.find_first_of(": ") == std::string::npos;
    text.append(name).append(": ").append(value).append("\r\n");
  }
  if (posts) text += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
  text += "\r\n";
  return fine ? text + call.body : std::string();
}

}  // namespace

std::optional<std::string> ParseFingerprint(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == ':') continue;
    const bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (!letter && (c < '0' || c > '9')) return std::nullopt;
    digits += c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
  }
  constexpr size_t kDigits = 64;
  if (digits.size() != kDigits) return std::nullopt;
  return digits;
}

// One connection, from the name to the answer.
class HttpsClient::Way {
 public:
  Way(HttpsClient& client, const base::Deadline& deadline)
      : client_(client),
        deadline_(deadline),
        target_(client.server_.target),
        host_(target_.proxy ? target_.proxy->host : target_.host),
        port_(target_.proxy ? target_.proxy->port : target_.port) {}

  Result<HttpResponse> Go(std::string request) {
    RETURN_IF_ERROR(FindAddresses());
    AnyConnector connector(client_.addresses_, port_, End());
    RETURN_IF_ERROR(Work(connector, "os.https.connect"));
    Channel channel(connector.TakeSocket());
    if (target_.proxy) {
      Exchange exchange(channel, ConnectRequest(target_), Answerer::kProxy, End());
      RETURN_IF_ERROR(Work(exchange, "os.https.proxy"));
    }
    Handshake handshake(client_.tls_, channel, target_.host, Trust::kSystemRoots, End());
    RETURN_IF_ERROR(Trusted(handshake));
    const base::Instant end =
        std::min(deadline_.at, std::chrono::steady_clock::now() + client_.limits_.answer);
    Talk talk(channel, std::move(request), client_.limits_.max_body, end);
    RETURN_IF_ERROR(Work(talk, "os.https.answer"));
    return talk.TakeResponse();
  }

 private:
  [[nodiscard]] base::Instant End() const {
    return std::min(deadline_.at, std::chrono::steady_clock::now() + client_.limits_.layer);
  }

  // Of the one that we talk to: the server or its proxy.
  [[nodiscard]] base::Message Say(std::string key, const std::string& reason) const {
    const bool hop = key == "os.https.name" || key == "os.https.connect" || key == "os.https.proxy";
    return {std::move(key),
            {{"host", hop ? host_ : target_.host},
             {"port", std::to_string(hop ? port_ : target_.port)},
             {"reason", reason}}};
  }

  [[nodiscard]] Status Failure(const std::string& key, const std::string& reason) const {
    if (deadline_.stop != nullptr && deadline_.stop->raised())
      return {Code::kCancelled, {"os.https.cancelled", {}}};
    if (reason == "timeout") return {Code::kTimedOut, Say(key, reason)};
    if (reason == "too_large") return {Code::kFull, Say("os.https.too_large", reason)};
    return {key == "os.https.answer" ? Code::kInvalid : Code::kFailed, Say(key, reason)};
  }

  template <typename Part>
  void Run(Part& part) const {
    while (!deadline_.Expired()) {
      part.Step();
      if (part.done()) return;
      Waits waits;
      part.Wait(waits);
      waits.Sleep(std::min(deadline_.at, std::chrono::steady_clock::now() + kLook));
    }
  }

  template <typename Part>
  Status Work(Part& part, const char* key) const {
    Run(part);
    if (part.ok()) return {};
    return Failure(key, part.done() ? part.result().reason : "timeout");
  }

  // The system's view, as for any program here; a server of resolv.conf where there is none.
  Status FindAddresses() {
    if (!client_.addresses_.empty()) return {};
    if (IsAddress(host_)) {
      client_.addresses_ = {host_};
      return {};
    }
    NameLookup lookup(client_.settings_.getent, host_, End());
    Run(lookup);
    if (lookup.result().state != LayerState::kSkipped) {
      client_.addresses_ = lookup.result().addresses;
      return lookup.ok() ? Status() : Failure("os.https.name", ReasonOf(lookup));
    }
    Status failed = Failure("os.https.name", "no_getent");
    for (const std::string& server : client_.settings_.resolver.servers) {
      DnsQuestion question(client_.settings_.resolver, server, host_, End());
      Run(question);
      client_.addresses_ = question.result().addresses;
      if (question.ok()) return {};
      failed = Failure("os.https.name", ReasonOf(question));
    }
    return failed;
  }

  template <typename Part>
  static std::string ReasonOf(const Part& part) {
    return part.done() ? part.result().reason : "timeout";
  }

  // Whether what is said from here on stays between us and the server that is meant.
  Status Trusted(Handshake& handshake) const {
    Run(handshake);
    const TlsLayer& found = handshake.result();
    const std::string reason = ReasonOf(handshake);
    if (found.client_certificate == "required")
      return {Code::kRefused, Say("os.https.client_certificate", {})};
    const bool judged = handshake.ok() || !found.problems.empty();
    if (!judged || found.chain.empty()) return Failure("os.https.tls", reason);
    const Certificate& own = found.chain[0];
    const std::string& pin = client_.server_.pin;
    if (pin.empty() ? found.problems.empty() : own.sha256 == pin) return {};
    base::Message message = Say(pin.empty() ? "os.https.untrusted" : "os.https.wrong_pin", reason);
    message.args.emplace_back("sha256", own.sha256);
    message.args.emplace_back("subject", own.subject);
    message.args.emplace_back("not_after", own.not_after);
    return {Code::kRefused, std::move(message)};
  }

  HttpsClient& client_;
  const base::Deadline& deadline_;
  const ProbeTarget& target_;
  const std::string& host_;
  const uint16_t port_;
};

HttpsClient::HttpsClient(const ProbeSettings& settings, HttpsServer server,
                         const HttpsLimits& limits)
    : settings_(settings),
      server_(std::move(server)),
      limits_(limits),
      tls_(server_.roots_pem, TlsUse::kSecret) {}

Result<HttpResponse> HttpsClient::Call(const HttpsCall& call, const base::Deadline& deadline) {
  std::string request = RequestText(server_.target, call);
  if (request.empty()) return Status(Code::kInvalid, {"os.https.bad_request", {}});
  return Way(*this, deadline).Go(std::move(request));
}

}  // namespace casepack::os

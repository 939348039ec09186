#include "collector/os/net_http.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "collector/os/read.h"

namespace casepack::os {
namespace {

constexpr size_t kMaxHead = 16U << 10U;
constexpr size_t kMaxServer = 200;
constexpr std::string_view kEnd = "\r\n\r\n";

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j)
      group = group << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (size_t j = 0; j < 4; ++j)
      text += i + j > bytes.size() ? '=' : kDigits[group >> (18U - 6U * j) & 63U];
  }
  return text;
}

std::string Credentials(const ProbeTarget& target) {
  if (!target.proxy || target.proxy->user.empty()) return {};
  return "Proxy-Authorization: Basic " + Base64(target.proxy->user + ":" + target.proxy->password) +
         "\r\n";
}

std::string Common(const ProbeTarget& target) {
  return "Host: " + Authority(target) + "\r\nUser-Agent: casepack\r\nAccept: */*\r\n";
}

bool SameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(x) == lower(y);
  });
}

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string OfProxy(int status) {
  switch (status) {
    case 407:
      return "proxy_auth";
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    default:  // tinyproxy says 500 where others say 502 or 504
      return status >= 500 ? "proxy_cannot_reach" : "http_" + std::to_string(status);
  }
}

}  // namespace

std::string Authority(const ProbeTarget& target) {
  const bool ipv6 = target.host.find(':') != std::string::npos;
  return (ipv6 ? "[" + target.host + "]" : target.host) + ":" + std::to_string(target.port);
}

std::string HeadRequest(const ProbeTarget& target, bool absolute) {
  const std::string where = absolute ? "http://" + Authority(target) + target.path : target.path;
  return "HEAD " + where + " HTTP/1.1\r\n" + Common(target) +
         (absolute ? Credentials(target) : std::string()) + "Connection: close\r\n\r\n";
}

std::string ConnectRequest(const ProbeTarget& target) {
  return "CONNECT " + Authority(target) + " HTTP/1.1\r\n" + Common(target) + Credentials(target) +
         "\r\n";
}

std::optional<base::Timestamp> ParseHttpDate(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  std::string number = std::to_string(month - kMonths.begin() + 1);
  if (number.size() == 1) number.insert(0, "0");
  return base::ParseUtc(std::string(text.substr(12, 4)) + "-" + number + "-" +
                        std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) +
                        "Z");
}

std::optional<HttpLayer> ParseHead(std::string_view head) {
  const std::vector<std::string_view> lines = Lines(head);
  if (lines.empty() || !lines[0].starts_with("HTTP/1.") || lines[0].size() < 12) {
    return std::nullopt;
  }
  const auto status = Number(lines[0].substr(9, 3));
  if (!status || *status < 100) return std::nullopt;
  HttpLayer layer;
  layer.status = *status;
  for (const std::string_view line : lines) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = Trim(line.substr(colon + 1));
    if (SameWord(name, "date")) layer.date = ParseHttpDate(value);
    if (SameWord(name, "server") || (layer.server.empty() && SameWord(name, "via"))) {
      layer.server = value.substr(0, kMaxServer);
    }
  }
  return layer;
}

Exchange::Exchange(Channel& channel, std::string request, Answerer answerer, base::Instant end)
    : NetPart(end), channel_(channel), request_(std::move(request)), answerer_(answerer) {}

void Exchange::Judge() {
  auto answer = ParseHead(head_);
  if (!answer) return Fail("not_http");
  mutable_result() = std::move(*answer);
  const int status = result().status;
  if (answerer_ == Answerer::kProxy) {
    return status / 100 == 2 ? Finish(LayerState::kOk) : Fail(OfProxy(status));
  }
  if (status == 407) return Fail("proxy_auth");
  const bool refused = status == 401 || status == 403;
  if (answerer_ == Answerer::kEither && refused) return Fail(OfProxy(status));
  // 404 and 403 too are answers of a server that is reached.
  status >= 500 ? Fail("server_error") : Finish(LayerState::kOk);
}

void Exchange::Step() {
  if (done()) return;
  while (!request_.empty()) {
    const Channel::Moved moved = channel_.Write(request_);
    if (moved.how == Channel::How::kAgain) break;
    // A server may have answered and closed before it read all of this: look.
    if (moved.how != Channel::How::kSome) request_.clear();
    request_.erase(0, moved.bytes);
  }
  std::array<char, 2048> buffer{};
  while (!done()) {
    const Channel::Moved moved = channel_.Read(buffer.data(), buffer.size());
    if (moved.how == Channel::How::kAgain) break;
    if (moved.how == Channel::How::kSome) head_.append(buffer.data(), moved.bytes);
    const bool whole = head_.find(kEnd) != std::string::npos || head_.size() > kMaxHead;
    if (whole || (moved.how != Channel::How::kSome && !head_.empty())) return Judge();
    if (moved.how != Channel::How::kSome) return Fail(moved.reason);
  }
  if (!done() && Late()) Fail("timeout");
}

void Exchange::Wait(Waits& waits) const {
  if (done()) return;
  channel_.Wait(waits, !request_.empty());
  waits.Until(end());
}

}  // namespace casepack::os

#include "collector/os/net_dns.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

// Answers each question in its own way: (name, AAAA?) -> code and address records.
struct Answer {
  unsigned char code = 0;
  std::string address = {};  // raw bytes, 4 or 16
  bool silent = false;
};

class NameServer {
 public:
  explicit NameServer(std::function<Answer(const std::string&, bool)> answer)
      : local_(SOCK_DGRAM), thread_([this, answer = std::move(answer)] {
          std::array<char, 512> buffer{};
          while (true) {
            sockaddr_storage peer{};
            socklen_t size = sizeof peer;
            auto* from = reinterpret_cast<sockaddr*>(&peer);
            const ssize_t got =
                recvfrom(local_.get(), buffer.data(), buffer.size(), 0, from, &size);
            if (got < 13) return;
            const std::string query(buffer.data(), static_cast<size_t>(got));
            const std::string reply = Reply(query, answer);
            if (!reply.empty()) sendto(local_.get(), reply.data(), reply.size(), 0, from, size);
          }
        }) {}
  ~NameServer() {
    // A packet too short to be a question is the sign to end.
    const Handle socket = [&] {
      int error = 0;
      return Connect(ParseAddress("127.0.0.1", local_.port()), SocketType::kDatagram, &error);
    }();
    EXPECT_EQ(send(socket.get(), "x", 1, 0), 1);
    thread_.join();
  }
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;
  [[nodiscard]] std::string where() const { return "127.0.0.1:" + std::to_string(local_.port()); }

 private:
  static std::string Reply(const std::string& query,
                           const std::function<Answer(const std::string&, bool)>& answer) {
    std::string name;
    size_t at = 12;
    while (query[at] != 0) {
      const auto length = static_cast<size_t>(query[at]);
      name += (name.empty() ? "" : ".") + query.substr(at + 1, length);
      at += length + 1;
    }
    const bool ipv6 = query[at + 2] == 28;
    const Answer said = answer(name, ipv6);
    if (said.silent) return {};
    std::string reply = query.substr(0, at + 5);
    reply[2] = static_cast<char>(0x81);
    reply[3] = static_cast<char>(0x80 | said.code);
    reply[7] = said.address.empty() ? 0 : 1;
    reply[9] = reply[11] = 0;
    if (said.address.empty()) return reply;
    reply += std::string("\xc0\x0c\0", 3) + (ipv6 ? '\x1c' : '\x01') +
             std::string("\0\x01\0\0\0\x3c\0", 7) + static_cast<char>(said.address.size());
    return reply + said.address;
  }

  tests::Local local_;
  std::thread thread_;
};

const std::string kIpv4("\xc6\x33\x64\x01", 4);
const std::string kIpv6("\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01", 16);

NameView Ask(const NameServer& server, const std::string& name,
             std::vector<std::string> search = {}) {
  DnsQuestion question({.servers = {}, .search = std::move(search)}, server.where(), name,
                       tests::In(std::chrono::milliseconds(1500)));
  tests::Work(question);
  EXPECT_EQ(question.result().server, server.where());
  return question.result();
}

TEST(NetDns, AsksForBothFamilies) {
  const NameServer server([](const std::string&, bool ipv6) {
    return Answer{0, ipv6 ? kIpv6 : kIpv4};
  });
  const NameView view = Ask(server, "good.test");
  EXPECT_EQ(view.state, LayerState::kOk) << view.reason;
  EXPECT_EQ(std::set<std::string>(view.addresses.begin(), view.addresses.end()),
            (std::set<std::string>{"198.51.100.1", "fd00::1"}));
}

TEST(NetDns, OneFamilyIsEnough) {
  const NameServer server([](const std::string&, bool ipv6) {
    return Answer{0, ipv6 ? "" : kIpv4};
  });
  EXPECT_EQ(Ask(server, "good.test").addresses, std::vector<std::string>{"198.51.100.1"});
}

TEST(NetDns, TellsFailuresApart) {
  const NameServer server([](const std::string& name, bool) -> Answer {
    if (name == "none.test") return {3};
    if (name == "broken.test") return {2};
    if (name == "refused.test") return {5};
    if (name == "empty.test") return {0};
    return {0, {}, true};
  });
  EXPECT_EQ(Ask(server, "none.test").reason, "not_found");
  EXPECT_EQ(Ask(server, "broken.test").reason, "server_failure");
  EXPECT_EQ(Ask(server, "refused.test").reason, "query_refused");
  EXPECT_EQ(Ask(server, "empty.test").reason, "no_address");
  EXPECT_EQ(Ask(server, "silent.test").reason, "timeout");
}

TEST(NetDns, UsesTheSearchDomains) {
  const NameServer server([](const std::string& name, bool) -> Answer {
    return name == "short.second.test" ? Answer{0, kIpv4} : Answer{3};
  });
  EXPECT_EQ(Ask(server, "short").reason, "not_found");
  EXPECT_EQ(Ask(server, "short", {"first.test", "second.test"}).state, LayerState::kOk);
}

TEST(NetDns, TellsAServerThatIsNotThere) {
  tests::Local nobody(SOCK_DGRAM);
  nobody.Close();
  DnsQuestion question({}, "127.0.0.1:" + std::to_string(nobody.port()), "x.test",
                       tests::In(std::chrono::seconds(3)));
  tests::Work(question);
  EXPECT_EQ(question.result().reason, "server_unreachable");
  DnsQuestion bad({}, "no address", "x.test", tests::In(std::chrono::seconds(3)));
  EXPECT_EQ(bad.result().reason, "bad_server");
}

TEST(NetDns, ReadsResolvConf) {
  const ResolverSettings settings = ParseResolvConf(
      "# a comment\nnameserver 192.0.2.1 # here\n nameserver\t2001:db8::1\nnameserver rubbish\n"
      "nameserver 192.0.2.2\nnameserver 192.0.2.3\ndomain a.test\nsearch b.test c.test\n"
      "options timeout:1 ndots:3\nsortlist x\n");
  EXPECT_EQ(settings.servers, (std::vector<std::string>{"192.0.2.1", "2001:db8::1", "192.0.2.2"}));
  EXPECT_EQ(settings.search, (std::vector<std::string>{"b.test", "c.test"}));
  EXPECT_EQ(settings.ndots, 3);
  EXPECT_EQ(ParseResolvConf("").servers, std::vector<std::string>{"127.0.0.1"});
  EXPECT_EQ(ParseResolvConf("options ndots:99999999999999 ndots:-1\n").ndots, 1);
}

}  // namespace
}  // namespace casepack::os

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include "collector/base/json.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

// A port of 127.0.0.1 that is bound; whoever connects is refused until it listens.
class Port {
 public:
  Port() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    number_ = ntohs(address.sin_port);
  }
  ~Port() { close(socket_); }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;
  void Listen(int queue) const { EXPECT_EQ(listen(socket_, queue), 0); }
  [[nodiscard]] std::string Url(const std::string& scheme) const {
    return scheme + "://127.0.0.1:" + std::to_string(number_);
  }

 private:
  int socket_;
  uint16_t number_ = 0;
};

TEST(ProbeCommand, ShowsATableAndFailsWhenOneFails) {
  const Port open;
  open.Listen(8);
  const Port closed;
  const auto good = RunCasepack({"probe", open.Url("tcp")});
  EXPECT_EQ(good.exit, 0) << good.out << good.err;
  EXPECT_NE(good.out.find("ok   " + open.Url("tcp")), std::string::npos) << good.out;
  EXPECT_NE(good.out.find("1 targets, 0 failed"), std::string::npos) << good.out;
  const auto bad = RunCasepack({"probe", open.Url("tcp"), closed.Url("tcp")});
  EXPECT_EQ(bad.exit, 1);
  EXPECT_NE(bad.out.find("FAIL " + closed.Url("tcp")), std::string::npos) << bad.out;
  EXPECT_NE(bad.out.find("tcp refused"), std::string::npos) << bad.out;
  EXPECT_NE(bad.out.find("refuses connections on TCP port"), std::string::npos) << bad.out;
  const auto japanese = RunCasepack({"probe", closed.Url("tcp"), "--lang", "ja"});
  EXPECT_NE(japanese.out.find("接続が拒否されました"), std::string::npos) << japanese.out;
}

TEST(ProbeCommand, SpeaksJson) {
  const Port closed;
  const auto ran = RunCasepack({"probe", "--json", closed.Url("tls")});
  EXPECT_EQ(ran.exit, 1);
  const auto json = base::ParseJson(ran.out);
  ASSERT_TRUE(json) << ran.out << ran.err;
  const base::Json& target = json->Find("targets")->array()->at(0);
  EXPECT_EQ(target.StringOr("deciding", ""), "tcp");
  EXPECT_FALSE(target.Find("sentence")->StringOr("ja", "").empty());
  EXPECT_EQ(json->Find("facts")->Find(closed.Url("tls"))->StringOr("tcp", ""), "refused");
}

TEST(ProbeCommand, TheMatrixComesFromTheManifest) {
  const Port closed;
  const tests::TempTree tree;
  const std::string port = closed.Url("x").substr(std::string("x://127.0.0.1:").size());
  const std::string manifest = tree.Write(
      "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
    {"id": "t.a", "title": {"en": "t", "ja": "t"}, "kind": "probe", "with": {"targets": ["mine=tcp://{manager}:)" +
                    port + R"("]}}]})");
  const auto ran = RunCasepack(
      {"probe", "--json", "--manifest", manifest, "--manager", "127.0.0.1", "--manifest",
       tree.Write("n.json",
                  "{\"casepack_manifest\": 1, \"id\": \"connectivity.off\", \"title\": {\"en\": "
                  "\"t\", \"ja\": \"t\"}, \"items\": [{\"id\": \"connectivity.manager\", "
                  "\"title\": {\"en\": \"t\", \"ja\": \"t\"}, \"kind\": \"probe\", \"with\": "
                  "{\"targets\": [\"other=tcp://{manager}:" +
                      port + "\"]}}]}")});
  const auto json = base::ParseJson(ran.out);
  ASSERT_TRUE(json) << ran.out << ran.err;
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(json->Find("facts")->Find("mine")->StringOr("tcp", ""), "refused");
  EXPECT_EQ(json->Find("facts")->Find("other")->StringOr("tcp", ""), "refused");
}

TEST(ProbeCommand, RefusesWhatIsNoTarget) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"probe", "gopher://x"},
           {"probe", "tcp://host"},
           {"probe", "tcp://127.0.0.1:1", "--proxy", "socks5://p:1"},
           {"probe", "--manager", "-x y"},
           {"collect", "--proxy", "nonsense", "-o", "-"}}) {
    const auto ran = RunCasepack(words);
    EXPECT_EQ(ran.exit, 2) << words.back() << ran.out;
    EXPECT_NE(ran.err.find("error: "), std::string::npos) << ran.err;
  }
  const auto secret = RunCasepack({"probe", "tcp://127.0.0.1:1", "--proxy", "http://ann:hunter2"});
  EXPECT_EQ(secret.exit, 2);
  EXPECT_EQ(secret.err.find("hunter2"), std::string::npos) << secret.err;
}

TEST(ProbeCommand, EndsWhenItIsInterrupted) {
  const Port silent;
  silent.Listen(8);
  const auto ran = RunCasepack({"probe", silent.Url("tls")},
                               {.environment = {}, .signal_after_ms = 300, .signal = SIGINT});
  EXPECT_EQ(ran.exit, 130) << ran.out << ran.err;
}

}  // namespace
}  // namespace casepack::cli

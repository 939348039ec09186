#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>

#include "collector/base/json.h"
#include "collector/kinds/dsm_api_count.h"
#include "collector/kinds/dsm_api_document.h"
#include "collector/os/net_certificate.h"
#include "tests/kinds/kind_fixture.h"
#include "tests/os/tls_server.h"

namespace casepack::kinds {
namespace {

using base::Code;
using base::Json;
using tests::List;
using tests::Text;

constexpr const char* kOffline = "Anti-Malware Engine Offline";
constexpr const char* kKey = "SECRETKEY:0123456789abcdef";

std::string Answer(const std::string& body, const std::string& head = "HTTP/1.1 200 OK") {
  return head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// A computer of the API, with an agent.
std::string Computer(int id, const std::string& text, const std::string& version = "20.0.1") {
  return R"({"ID":)" + std::to_string(id) + R"(,"hostName":"h)" + std::to_string(id) +
         R"(","platform":"RHEL 8","agentVersion":")" + version +
         R"(","agentFingerPrint":"A","lastAgentCommunication":1747120455000,)"
         R"("computerStatus":{"agentStatus":"x","agentStatusMessages":[")" +
         text + R"("]}})";
}
std::string Page(const std::string& computers) {
  return Answer(R"({"computers":[)" + computers + "]}");
}

// Answers one connection after the other, as `says` wants it for the n-th request.
class Manager {
 public:
  using Says = std::function<std::string(size_t number)>;
  explicit Manager(Says says)
      : says_(std::move(says)), local_(SOCK_STREAM), thread_([this] { Serve(); }) {}
  ~Manager() {
    shutdown(local_.get(), SHUT_RDWR);
    thread_.join();
  }
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;

  [[nodiscard]] std::string Url(const std::string& path = "") const {
    return "https://127.0.0.1:" + std::to_string(local_.port()) + path;
  }
  [[nodiscard]] std::string Pin() const { return os::Describe(identity_.certificate.get()).sha256; }
  [[nodiscard]] const std::vector<std::string>& heard() const { return heard_; }

 private:
  void Serve() {
    const auto talk =
        tests::TlsServer(identity_, {.then = [this](SSL* session) {
                           std::string text(8192, '\0');
                           const int got = SSL_read(session, text.data(), 8192);
                           if (got <= 0) return;
                           text.resize(static_cast<size_t>(got));
                           heard_.push_back(text);
                           const std::string answer = says_(heard_.size());
                           SSL_write(session, answer.data(), static_cast<int>(answer.size()));
                         }});
    while (true) {
      const os::Handle taken(accept(local_.get(), nullptr, nullptr));
      if (!taken.ok()) return;
      talk(taken.get());
    }
  }

  Says says_;
  tests::Signed identity_ = tests::Sign("manager.test", -1, 1);
  std::vector<std::string> heard_;
  tests::Local local_;
  std::thread thread_;
};

struct DsmApiKind : tests::KindTest {
  DsmApiKind() {
    std::signal(SIGPIPE, SIG_IGN);
    root_ = "/";
    files_.Write("key", std::string(kKey) + "\n");
    EXPECT_EQ(chmod(files_.Path("key").c_str(), 0600), 0);
  }

  tests::OptionList Options(const Manager& manager, const std::string& path = "") {
    return {{"offline_texts", List({kOffline})},
            {"url", Text(manager.Url(path))},
            {"pin", Text(manager.Pin())},
            {"key_file", Text(files_.Path("key"))}};
  }

  tests::Collected Ask(Manager& manager) {
    auto got = Collect("dsm_api", Options(manager));
    const auto json = base::ParseJson(got.members["agents.json"]);
    document_ = json ? *json : Json();
    return got;
  }
  int64_t Count(const char* name, const char* of = "counts") const {
    const Json* counts = document_.Find(of);
    return counts == nullptr ? -1 : counts->IntegerOr(name, -1);
  }

  tests::TempTree files_;
  Json document_;
};

TEST_F(DsmApiKind, CountsPageByPage) {
  Manager manager([](size_t number) {
    if (number == 1) return Page(Computer(3, kOffline) + "," + Computer(7, "Managed (Online)"));
    if (number == 2) return Page(R"({"ID":9,"hostName":"bare"})");
    return Page("");
  });
  const auto got = Ask(manager);
  EXPECT_EQ(got.row.outcome, bundle::Outcome::kOk) << got.status.message().key;
  EXPECT_EQ(Count("computers"), 3);
  EXPECT_EQ(Count("agents"), 2);
  EXPECT_EQ(Count("am_offline"), 1);
  ASSERT_EQ(manager.heard().size(), 3U);
  EXPECT_TRUE(manager.heard()[0].starts_with(
      "POST /api/computers/search?expand=computerStatus HTTP/1.1\r\n"));
  EXPECT_NE(manager.heard()[0].find("api-version: v1\r\napi-secret-key: " + std::string(kKey)),
            std::string::npos);
  for (size_t i = 0; i < 3; ++i) {
    const char* const after[] = {"\"idValue\":0,", "\"idValue\":7,", "\"idValue\":9,"};
    EXPECT_NE(manager.heard()[i].find(after[i]), std::string::npos) << manager.heard()[i];
  }
  const std::string& hosts = got.members.at("hosts.ndjson");
  EXPECT_EQ(std::count(hosts.begin(), hosts.end(), '\n'), 3);
  EXPECT_NE(hosts.find(R"("last_contact":"2025-05-13T07:14:15Z")"), std::string::npos) << hosts;
  for (const auto& [name, content] : got.members)
    EXPECT_EQ(content.find("SECRETKEY"), std::string::npos) << name;
}

TEST_F(DsmApiKind, APartIsNotTakenForTheWhole) {
  Manager manager([](size_t number) {
    return number == 1 ? Page(Computer(1, kOffline)) : Answer("", "HTTP/1.1 500 Oops");
  });
  const auto got = Ask(manager);
  EXPECT_EQ(got.status.message().key, "kinds.dsm_api.status");
  EXPECT_EQ(got.row.outcome, bundle::Outcome::kFailed);
  EXPECT_EQ(document_.Find("counts"), nullptr);
  EXPECT_EQ(Count("am_offline", "counts_so_far"), 1);
}

TEST_F(DsmApiKind, AManagerThatDoesNotGetOnIsNotAskedAgain) {
  Manager same([](size_t) { return Page(Computer(1, "x")); });
  EXPECT_EQ(Ask(same).status.message().key, "kinds.dsm_api.loop");
  EXPECT_EQ(same.heard().size(), 2U);
  Manager back([](size_t) { return Page(Computer(5, "x") + "," + Computer(2, "x")); });
  EXPECT_EQ(Ask(back).status.message().key, "kinds.dsm_api.order");
  Manager nameless([](size_t) { return Page("{},7,null"); });
  EXPECT_EQ(Ask(nameless).status.message().key, "kinds.dsm_api.shape");
  Manager none([](size_t) { return Page(""); });
  EXPECT_EQ(Ask(none).status.message().key, "kinds.dsm_api.nobody");
}

TEST_F(DsmApiKind, WaitsWhenTheManagerHasEnough) {
  Manager manager([](size_t number) {
    if (number == 1) return Answer("", "HTTP/1.1 429 Too Many\r\nRetry-After: 0");
    return number == 2 ? Page(Computer(1, kOffline)) : Page("");
  });
  EXPECT_EQ(Ask(manager).row.outcome, bundle::Outcome::kOk);
  EXPECT_EQ(document_.IntegerOr("throttled", 0), 1);
  EXPECT_EQ(document_.IntegerOr("calls", 0), 3);
  // Where the wait is longer than our time it is not even begun.
  deadline_ = base::Deadline::After(std::chrono::seconds(20));
  Manager busy(
      [](size_t) { return Answer("", "HTTP/1.1 429 Too Many\r\nRetry-After: 999999999999"); });
  EXPECT_EQ(Ask(busy).status.message().key, "kinds.dsm_api.throttled");
  EXPECT_EQ(busy.heard().size(), 1U);
}

TEST_F(DsmApiKind, AnswersHaveAMeaning) {
  const std::pair<const char*, const char*> cases[] = {
      {"HTTP/1.1 401 No", "kinds.dsm_api.denied"},
      {"HTTP/1.1 403 No", "kinds.dsm_api.denied"},
      {"HTTP/1.1 404 No", "kinds.dsm_api.not_api"},
      {"HTTP/1.1 302 Found\r\nLocation: https://evil.test/", "kinds.dsm_api.redirect"},
      {"HTTP/1.1 400 No", "kinds.dsm_api.status"},
      {"HTTP/1.1 200 OK", "kinds.dsm_api.not_json"}};
  for (const auto& [head, key] : cases) {
    Manager manager([head = std::string(head)](size_t) { return Answer("", head); });
    EXPECT_EQ(Ask(manager).status.message().key, key);
    EXPECT_EQ(manager.heard().size(), 1U);
  }
  Manager shape([](size_t) { return Answer(R"({"computers":{}})"); });
  EXPECT_EQ(Ask(shape).status.message().key, "kinds.dsm_api.shape");
}

TEST_F(DsmApiKind, AsksForLessWhenTheAnswerIsTooLarge) {
  Manager manager([](size_t number) {
    if (number < 3) return std::string("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
    return number == 3 ? Page(Computer(1, "x")) : Page("");
  });
  EXPECT_EQ(Ask(manager).row.outcome, bundle::Outcome::kOk);
  EXPECT_NE(manager.heard()[0].find("\"maxItems\":500,"), std::string::npos);
  EXPECT_NE(manager.heard()[1].find("\"maxItems\":125,"), std::string::npos);
  EXPECT_NE(manager.heard()[2].find("\"maxItems\":31,"), std::string::npos);
}

TEST_F(DsmApiKind, WithoutTrustNothingIsSent) {
  Manager manager([](size_t) { return Page(""); });
  auto options = Options(manager);
  options[2].second = Text(std::string(64, '0'));
  const auto got = Collect("dsm_api", options);
  EXPECT_EQ(got.status.message().key, "os.https.wrong_pin");
  EXPECT_TRUE(manager.heard().empty());
}

TEST_F(DsmApiKind, RowsStopWhereTheCapIsAndCountsDoNot) {
  limits_ = manifest::Limits{.max_bytes = (1U << 20U) + 600, .max_files = 2};
  Manager manager([](size_t number) {
    std::string computers;
    for (int i = 1; i <= 50; ++i)
      computers += (i == 1 ? "" : ",") + Computer(i, kOffline);
    return number == 1 ? Page(computers) : Page("");
  });
  const auto got = Ask(manager);
  EXPECT_EQ(Count("am_offline"), 50);
  EXPECT_GT(document_.IntegerOr("hosts_left_out", 0), 40);
  EXPECT_EQ(got.row.outcome, bundle::Outcome::kPartial);
}

TEST_F(DsmApiKind, KnowsWhatIsWrongBeforeItAsks) {
  Manager manager([](size_t) { return Page(""); });
  const auto key_of = [&](size_t at, const std::string& value) {
    auto options = Options(manager);
    options[at].second = Text(value);
    return Collect("dsm_api", options).status.message().key;
  };
  for (const char* url : {"http://x:1", "x:4119", "https://", "https://u:p@x", "https://x/api?a"})
    EXPECT_EQ(key_of(1, url), "kinds.dsm_api.bad_url") << url;
  EXPECT_EQ(key_of(2, "12:34"), "kinds.dsm_api.bad_pin");
  files_.Write("two lines", "a\nb\n");
  EXPECT_EQ(chmod(files_.Path("two lines").c_str(), 0600), 0);
  EXPECT_EQ(key_of(3, files_.Path("two lines")), "kinds.dsm_api.bad_key");
  EXPECT_EQ(chmod(files_.Path("key").c_str(), 0640), 0);
  EXPECT_EQ(key_of(3, files_.Path("key")), "os.secret_file.shared");
  EXPECT_TRUE(manager.heard().empty());
}

TEST_F(DsmApiKind, NobodyNamedIsNobodyAsked) {
  const auto got = Collect("dsm_api", {{"offline_texts", List({kOffline})}});
  EXPECT_EQ(got.row.outcome, bundle::Outcome::kMissing);
  EXPECT_EQ(got.row.reason.message.key, "kinds.dsm_api.none");
}

TEST_F(DsmApiKind, TellsWhomItWouldAsk) {
  Manager manager([](size_t) { return Page(""); });
  const auto preview = Plan("dsm_api", Options(manager, "/api"));
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].what, manager.Url("/api"));
  EXPECT_TRUE(manager.heard().empty());
}

TEST_F(DsmApiKind, AnotherRootIsNotThisMachine) {
  Manager manager([](size_t) { return Page(""); });
  root_ = tree_.root();
  EXPECT_EQ(Ask(manager).status.code(), Code::kUnsupported);
  EXPECT_TRUE(manager.heard().empty());
}

// --- what a computer says

DsmHost ReadHost(const std::string& json, const std::string& key = "") {
  const std::vector<std::string> texts{kOffline, "エンジンがオフライン"};
  const auto host = DsmHostReader(texts, key).Read(*base::ParseJson(json));
  EXPECT_TRUE(host) << json;
  return host.value_or(DsmHost{});
}

TEST(DsmApiHost, IsOfflineWhenAStatusTextSaysSo) {
  const auto offline = [](const std::string& text) {
    return ReadHost(Computer(1, text)).am_offline;
  };
  EXPECT_TRUE(offline(kOffline));
  EXPECT_TRUE(offline("Anti-Malware Engine Offline, Reboot Required"));
  EXPECT_TRUE(offline("Managed (Anti-Malware Engine Offline)"));
  EXPECT_TRUE(offline("エンジンがオフライン"));
  EXPECT_FALSE(offline("Anti-Malware Engine Offline resolved"));
  EXPECT_FALSE(offline("エンジンがオフラインから復帰"));
  EXPECT_FALSE(offline("Offline"));
  EXPECT_FALSE(offline("Managed (Online)"));
}

TEST(DsmApiHost, ReadsWhateverTypesThereAre) {
  const std::vector<std::string> texts{kOffline};
  const std::string no_key;
  const DsmHostReader reader(texts, no_key);
  for (const char* bad :
       {"null", "7", "[]", "{}", R"({"ID":"1"})", R"({"ID":-1})", R"({"ID":1.5})"})
    EXPECT_FALSE(reader.Read(*base::ParseJson(bad))) << bad;
  const DsmHost odd = ReadHost(
      R"({"ID":1,"hostName":[],"displayName":"shown","agentFingerPrint":1,"lastAgentCommunication":9e300,
          "computerStatus":{"agentStatusMessages":[1,null,"Anti-Malware Engine Offline"]}})");
  EXPECT_EQ(odd.name, "shown");
  EXPECT_FALSE(odd.last_contact);
  EXPECT_TRUE(odd.am_offline);
  EXPECT_TRUE(odd.has_agent);  // one that is offline is an agent's
  EXPECT_FALSE(ReadHost(R"({"ID":1,"computerStatus":7,"lastAgentCommunication":-1})").has_agent);
  EXPECT_FALSE(ReadHost(R"({"ID":1,"lastAgentCommunication":9223372036854775807})").last_contact);
}

TEST(DsmApiHost, TextsAreCutAndHoldNoKey) {
  const DsmHost host = ReadHost(
      Computer(1, "your key is " + std::string(kKey) + "! " + std::string(100'000, 'x')), kKey);
  EXPECT_TRUE(host.status_texts.at(0).starts_with("your key is [api key]! xxx"));
  EXPECT_LE(host.status_texts.at(0).size(), 300U);
  EXPECT_EQ(WithoutKey("aKEYbKEY", "KEY"), "a[api key]b[api key]");
  EXPECT_EQ(WithoutKey("a", ""), "a");
}

TEST(DsmApiCount, GrowsNoFurtherThanItsTables) {
  DsmCounter counter;
  for (int i = 0; i < 2000; ++i) {
    DsmHost host;
    host.has_agent = true;
    host.am_offline = i % 2 == 0;
    host.agent_version = i < 100 ? "common" : std::to_string(i);
    host.status_texts = {"same", "same"};
    counter.Add(host);
  }
  const Json json = counter.Json();
  const Json::Array& versions = *json.Find("by_version")->array();
  ASSERT_EQ(versions.size(), 501U);
  EXPECT_EQ(versions[0].StringOr("value", ""), "common");
  EXPECT_EQ(versions[0].IntegerOr("am_offline", 0), 50);
  EXPECT_TRUE(versions[500].Find("value")->is_null());
  EXPECT_EQ(versions[500].IntegerOr("agents", 0), 2000 - 100 - 499);
  EXPECT_EQ(json.Find("by_status")->array()->at(0).IntegerOr("agents", 0), 2000);
}

}  // namespace
}  // namespace casepack::kinds

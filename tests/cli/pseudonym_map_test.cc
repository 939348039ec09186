#include "collector/cli/pseudonym_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <thread>
#include <vector>

#include "redaction/pseudonyms.h"
#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace casepack::cli {
namespace {

using redaction::Identifier;

constexpr const char* kFirst = "# casepack map 1\n";

TEST(PseudonymMap, IsALineForEachName) {
  PseudonymMap map;
  EXPECT_EQ(map.Text(), kFirst);
  map.Add(Identifier::kUser, "taro", "user-k3qf2abc");
  map.Add(Identifier::kIpv4, "10.1.2.3", "242.17.5.9");
  map.Add(Identifier::kHost, "Web01", "host-7xa9cd2e");
  map.Add(Identifier::kHost, "web01", "host-7xa9cd2e");  // as it was first met
  EXPECT_EQ(map.Text(), std::string(kFirst) +
                            "ipv4\t242.17.5.9\t10.1.2.3\n"
                            "host\thost-7xa9cd2e\tWeb01\n"
                            "user\tuser-k3qf2abc\ttaro\n");
}

// Names come from logs.
TEST(PseudonymMap, NothingInANameEndsItsLine) {
  PseudonymMap map;
  map.Add(Identifier::kUser, "a\tb\nc\rd", "user-k3qf2abc");
  EXPECT_EQ(map.Text(), std::string(kFirst) + "user\tuser-k3qf2abc\ta?b?c?d\n");
}

TEST(PseudonymMap, IsFilledByManyThreads) {
  PseudonymMap map;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&map, t] {
      for (int i = 0; i < 500; ++i) {
        const std::string name = std::to_string(i * 4 + t);
        map.Add(Identifier::kUser, "u" + name, "user-" + name);
        map.Add(Identifier::kUser, "all", "user-all");
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  const std::string text = map.Text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 2000 + 1);
}

TEST(Revealer, NamesTheLineThatIsNoneOfAMap) {
  const std::string good = "host\thost-7xa9cd2e\tweb01\n";
  const std::pair<std::string, const char*> cases[] = {
      {"", "1"},
      {"\n", "1"},
      {good, "1"},
      {"# casepack map 2\n" + good, "1"},
      {" " + (kFirst + good), "1"},
      {kFirst + good + "\n", "3"},
      {kFirst + good + "x\n", "3"},
      {std::string(kFirst) + "host\thost-7xa9cd2e\n" + good, "2"},
      {kFirst + good + kFirst + good, "3"},
      {kFirst + good + "host\thost-b", "3"},  // cut
  };
  for (const auto& [map, line] : cases) {
    const auto revealer = Revealer::Parse(map);
    EXPECT_EQ(revealer.error().code(), base::Code::kInvalid) << map;
    EXPECT_EQ(revealer.error().message(), (base::Message{"cli.map.line", {{"line", line}}})) << map;
  }
  EXPECT_TRUE(Revealer::Parse(kFirst));  // nothing was renamed
  EXPECT_TRUE(Revealer::Parse(kFirst + good.substr(0, good.size() - 1)));
}

constexpr const char* kMap =
    "# casepack map 1\n"
    "host\thost-7xa9cd2e\tweb01\n"
    "host\tdom-3kqz5a.dom-q2m7ha\texample.com\n"
    "host\thost-7xa9cd2e.dom-3kqz5a.dom-q2m7ha\tweb01.example.com\n"
    "user\tuser-k3qf2abc\ttaro\n"
    "email\tuser-k3qf2abc@dom-3kqz5a.dom-q2m7ha\ttaro@example.com\n"
    "ipv4\t242.17.5.9\t10.1.2.3\n"
    "ipv6\t2001:db8:4f1e:903::1\t2001:67c::1\n"
    "ipv6\t::ffff:242.17.5.9\t::ffff:10.1.2.3\n"
    "mac\t0e:ca:08:17:34:94\t00:50:56:aa:bb:cc\n";

TEST(Revealer, PutsTheOriginalsBackWhereverTheyStand) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"nothing here\n", "nothing here\n"},
      {"host-7xa9cd2e", "web01"},
      {"at host-7xa9cd2e, then\n", "at web01, then\n"},
      {"ok host-7xa9cd2e.\n", "ok web01.\n"},
      {"host-7xa9cd2e host-7xa9cd2e\nhost-7xa9cd2e\n", "web01 web01\nweb01\n"},
      {"242.17.5.9,242.17.5.9;", "10.1.2.3,10.1.2.3;"},
      {"242.17.5.9:443 [242.17.5.9]/24", "10.1.2.3:443 [10.1.2.3]/24"},
      {"[2001:db8:4f1e:903::1]:443", "[2001:67c::1]:443"},
      {"src:242.17.5.9", "src:10.1.2.3"},
      {"00:50 0e:ca:08:17:34:94", "00:50 00:50:56:aa:bb:cc"},
      {"https://user-k3qf2abc@host-7xa9cd2e:8443/x?h=host-7xa9cd2e&y",
       "https://taro@web01:8443/x?h=web01&y"},
      {"/home/user-k3qf2abc/.ssh", "/home/taro/.ssh"},
      {"日本host-7xa9cd2e語", "日本web01語"},
      {"--host=host-7xa9cd2e", "--host=web01"},
      // The longest name that begins there.
      {"host-7xa9cd2e.dom-3kqz5a.dom-q2m7ha", "web01.example.com"},
      {"host-7xa9cd2e.dom-3kqz5a.dom-q2m7ha:8080", "web01.example.com:8080"},
      {"host-7xa9cd2e.dom-3kqz5a.dom-q2m7ha.", "web01.example.com."},
      {"<user-k3qf2abc@dom-3kqz5a.dom-q2m7ha>", "<taro@example.com>"},
      {"::ffff:242.17.5.9", "::ffff:10.1.2.3"},
      {"host-7xa9cd2e.log", "web01.log"},
      // Part of another word.
      {"xhost-7xa9cd2e", "xhost-7xa9cd2e"},
      {"host-7xa9cd2ef", "host-7xa9cd2ef"},
      {"1242.17.5.9", "1242.17.5.9"},
      {"242.17.5.99", "242.17.5.99"},
      {"host-7xa9cd2", "host-7xa9cd2"},
  };
  const auto revealer = Revealer::Parse(kMap);
  ASSERT_TRUE(revealer);
  for (const auto& [text, revealed] : cases)
    EXPECT_EQ(revealer->Reveal(text), revealed) << text;
}

TEST(Revealer, LeavesBytesAlone) {
  std::string bytes;
  for (int i = 0; i < 256; ++i)
    bytes += static_cast<char>(i);
  EXPECT_EQ(Revealer::Parse(kMap)->Reveal(bytes), bytes);
}

// Lines of dots and dashes, and of hexadecimal with colons, are usual.
TEST(Revealer, TakesNoLongerForALongLineThanForManyShortOnes) {
  const auto revealer = Revealer::Parse(kMap);
  ASSERT_TRUE(revealer);
  for (const std::string part : {"a.", "-", "0e:", "1.2.3.4@"}) {
    std::string line;
    while (line.size() < size_t{16} * 1024)
      line += part;
    const std::clock_t before = std::clock();
    EXPECT_EQ(revealer->Reveal(line), line);
    EXPECT_LT(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC, 1) << part;
  }
}

constexpr redaction::PseudonymKey kKey = {1, 2, 3, 4, 5, 6, 7, 8};

TEST(Revealer, IsTheWayBackForEveryKindOfName) {
  PseudonymMap map;
  redaction::Pseudonyms pseudonyms(
      kKey, [&map](Identifier kind, std::string_view original, std::string_view pseudonym) {
        map.Add(kind, original, pseudonym);
      });
  const std::pair<Identifier, const char*> names[] = {
      {Identifier::kIpv4, "10.1.2.3"},
      {Identifier::kIpv4, "10-1-2-4"},
      {Identifier::kIpv4, "5.2.1.10.in-addr.arpa"},
      {Identifier::kIpv6, "fe80::1"},
      {Identifier::kIpv6, "::ffff:10.1.2.6"},
      {Identifier::kMac, "00:50:56:aa:bb:cc"},
      {Identifier::kMac, "00-50-56-AA-BB-CD"},
      {Identifier::kMac, "0050.56aa.bbce"},
      {Identifier::kGuid, "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
      {Identifier::kUser, "Taro"},
      {Identifier::kUser, "山田"},
      {Identifier::kHost, "web01"},
      {Identifier::kHost, "db1.example.com"},
      {Identifier::kEmail, "hanako@example.com"},
      {Identifier::kEmail, "jiro%40example.com"},
  };
  std::vector<std::pair<std::string, std::string>> renamed;
  for (const auto& [kind, name] : names)
    renamed.emplace_back(pseudonyms.For(kind, name), name);
  const auto revealer = Revealer::Parse(map.Text());
  ASSERT_TRUE(revealer) << map.Text();
  for (const auto& [pseudonym, name] : renamed) {
    EXPECT_EQ(revealer->Reveal(pseudonym), name);
    EXPECT_EQ(revealer->Reveal("at " + pseudonym + ", "), "at " + std::string(name) + ", ");
  }
}

// What the stream renames, reveal finds: also behind escapes, where a word begins.
TEST(Revealer, IsTheWayBackForWhatTheStreamRenamed) {
  auto map = std::make_shared<PseudonymMap>();
  redaction::EngineOptions options;
  options.pseudonymize = {true, true, true, true, true, true};
  options.key = kKey;
  options.known = {{"web01", "web01.example.com"}, {"example.com"}, {"taro"}};
  options.observer = [map](Identifier kind, std::string_view original, std::string_view pseudonym) {
    map->Add(kind, original, pseudonym);
  };
  const auto engine = casepack::tests::EngineWith(options);
  const std::pair<const char*, const char*> texts[] = {
      {"from 10.1.2.3:514 to web01.example.com:443 by taro\n", "10.1.2.3"},
      {"https://web01.example.com/a?from=10.1.2.4&to=hanako@example.com\n", "hanako"},
      {R"({"log": "first\n10.1.2.5 is up\tweb01 is not"})"
       "\n",
       "10.1.2.5"},
      {R"({"url": "host\u003d10.1.2.6\u0026user\u003dtaro"})"
       "\n",
       "10.1.2.6"},
      {"GET /?ip=%2010.1.2.7&mail=jiro%40example.com\n", "jiro"},
      {"\x1b[31m10.1.2.8\x1b[0m web01\n", "10.1.2.8"},
      {"接続元10.1.2.9から\n", "10.1.2.9"},
      {"inet6 fe80::250:56ff:feaa:bbcc/64 ether 00:50:56:aa:bb:cc\n", "00:50:56"},
      {"id=6f9619ff-8b86-d011-b42d-00c04fc964ff\n", "6f9619ff"},
  };
  for (const auto& [text, name] : texts) {
    const std::string redacted = redaction::RedactText(engine, text, nullptr);
    EXPECT_EQ(redacted.find(name), std::string::npos) << redacted;
    const auto revealer = Revealer::Parse(map->Text());
    ASSERT_TRUE(revealer) << map->Text();
    EXPECT_EQ(revealer->Reveal(redacted), text) << redacted;
  }
}

}  // namespace
}  // namespace casepack::cli

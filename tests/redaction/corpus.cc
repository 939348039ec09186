#include "tests/redaction/corpus.h"

#include <array>
#include <cstdlib>

namespace casepack::redaction::testing {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kHex = "0123456789abcdef";

class Source {
 public:
  explicit Source(uint64_t seed) : state_(seed * 2654435761U + 88172645463325252U) {}

  uint64_t Below(uint64_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return (state_ >> 11) % bound;
  }
  std::string From(std::string_view letters, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i)
      text += letters[Below(letters.size())];
    return text;
  }
  std::string Number(uint64_t low, uint64_t high) {
    return std::to_string(low + Below(high - low + 1));
  }
  template <size_t N>
  std::string Pick(const std::array<std::string_view, N>& list) {
    return std::string(list[Below(N)]);
  }

 private:
  uint64_t state_;
};

constexpr std::array<std::string_view, 6> kHosts = {"web01",  "db02",    "dsm-tokyo",
                                                    "relay3", "srv-osk", "batch9"};
constexpr std::array<std::string_view, 6> kUsers = {"tanaka", "suzuki",   "y.sato",
                                                    "kimura", "watanabe", "m-yamada"};
constexpr std::string_view kDomain = "corp.example.co.jp";
constexpr std::array<std::string_view, 5> kMailDomains = {
    "example.com", "mail.example.org", "kaisha.co.jp", "sub.example.net", "example.ne.jp"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 8> kWords = {"started", "stopped", "reloaded", "checked",
                                                    "updated", "skipped", "queued",   "finished"};
constexpr std::array<std::string_view, 6> kClasses = {
    "org.apache.hadoop.hdfs.server.datanode.DataNode",
    "com.trendmicro.ds.manager.core.Policy",
    "java.util.concurrent.ThreadPoolExecutor",
    "dsa/ConnectionHandler.lua:1577",
    "android.app.ActivityThread",
    "System.Net.Http.HttpClient"};
constexpr std::array<std::string_view, 6> kJapanese = {
    "サービスを開始しました",         "設定を読み込みました", "接続に失敗しました",
    "パターンファイルを更新しました", "処理が完了しました",   "再試行します"};

class Writer {
 public:
  explicit Writer(const CorpusOptions& options) : options_(options), source_(options.seed) {}

  Corpus Make() {
    corpus_.text.reserve(options_.bytes + 1024);
    while (corpus_.text.size() < options_.bytes) {
      Line();
      ++corpus_.lines;
    }
    return std::move(corpus_);
  }

 private:
  std::string Secret() {
    std::string value = "Zq" + source_.From(kLetters, 14 + source_.Below(10)) + "7x";
    corpus_.secrets.push_back(value);
    return value;
  }
  std::string Keep(std::string text) {
    if (corpus_.kept.size() < 20000) corpus_.kept.push_back(text);
    return text;
  }
  std::string Named(std::string text) {
    corpus_.identifiers.push_back(text);
    return text;
  }

  std::string Ipv4() {
    std::string first;
    switch (source_.Below(4)) {
      case 0:
        first = "10." + source_.Number(0, 255);
        break;
      case 1:
        first = "192.168";
        break;
      case 2:
        first = "172." + source_.Number(16, 31);
        break;
      default:
        first = source_.Number(20, 99) + "." + source_.Number(1, 250);
    }
    return Named(first + "." + source_.Number(0, 255) + "." + source_.Number(1, 254));
  }
  std::string Ipv6() {
    std::string text = "2400:" + source_.From(kHex, 4);
    for (int i = 0; i < 6; ++i)
      text += ":" + source_.From(std::string_view(kHex).substr(1), 4);
    return Named(text);
  }
  std::string Mac() {
    std::string text = "00";
    for (int i = 0; i < 5; ++i)
      text += ":" + source_.From(kHex, 2);
    return Named(text);
  }
  std::string Mail() {
    return Named(source_.Pick(kUsers) + source_.Number(1, 9999) + "@" + source_.Pick(kMailDomains));
  }
  std::string Host() {
    const std::string name = source_.Pick(kHosts);
    return Named(source_.Below(2) == 0 ? name : name + "." + std::string(kDomain));
  }
  std::string User() { return Named(source_.Pick(kUsers)); }
  std::string Guid() {
    return Named(source_.From(kHex, 8) + "-" + source_.From(kHex, 4) + "-4" +
                 source_.From(kHex, 3) + "-a" + source_.From(kHex, 3) + "-" +
                 source_.From(kHex, 12));
  }

  std::string Clock() {
    return Two(source_.Below(24)) + ":" + Two(source_.Below(60)) + ":" + Two(source_.Below(60));
  }
  static std::string Two(uint64_t value) {
    return value < 10 ? "0" + std::to_string(value) : std::to_string(value);
  }
  std::string Date() {
    return "2026-" + Two(1 + source_.Below(12)) + "-" + Two(1 + source_.Below(28));
  }
  std::string Syslog() {
    return source_.Pick(kMonths) + " " + Two(10 + source_.Below(20)) + " " + Clock() + " node ";
  }
  std::string Digest() { return Keep(source_.From(kHex, 64)); }
  std::string Version() {
    return Keep("Agent-" + source_.Number(10, 20) + "." + source_.Number(0, 3) + "." +
                source_.Number(0, 9) + "-" + source_.Number(1000, 9999) + ".x86_64");
  }

  void Line() {
    const uint64_t dice = source_.Below(1000);
    if (dice < options_.secrets) {
      SecretLine();
    } else if (dice < options_.secrets + options_.identifiers) {
      NamedLine();
    } else {
      PlainLine();
    }
    corpus_.text += '\n';
  }

  void SecretLine() {
    std::string& out = corpus_.text;
    switch (source_.Below(14)) {
      case 0:
        out += "db.password=" + Secret();
        break;
      case 1:
        out += Date() + "T" + Clock() + "Z {\"level\":\"info\",\"api_key\":\"" + Secret() +
               "\",\"ms\":" + source_.Number(1, 900) + "}";
        break;
      case 2:
        out += Syslog() + "curl[" + source_.Number(100, 9999) + "]: https://svc:" + Secret() +
               "@10.0.0.1/x";
        break;
      case 3:
        out += "Authorization: Bearer " + Secret();
        break;
      case 4:
        out += Date() + " " + Clock() + " INFO  [main] login --user=batch --password " + Secret() +
               " --verbose";
        break;
      case 5:
        out += "<entry><Password>" + Secret() + "</Password></entry>";
        break;
      case 6:
        out += "Cookie: JSESSIONID=" + Secret() + "; theme=dark";
        break;
      case 7:
        out += "設定: client_secret = \"" + Secret() + "\" を読み込みました";
        break;
      case 8:
        out += "GET /cb?state=5&access_token=" + Secret() + "&x=1 HTTP/1.1 200";
        break;
      case 9:
        out += "{\"log\":\"{\\\"passwd\\\":\\\"" + Secret() + "\\\",\\\"n\\\":1}\"}";
        break;
      case 10:
        out += "パスワード：" + Secret();
        break;
      case 11:
        out += "export DB_PASSWORD='" + Secret() + "'";
        break;
      case 12:
        out += Syslog() + "dsa_control: dsa_control -u proxyuser:" + Secret();
        break;
      default:
        out += "proxy.auth_token: " + Secret();
    }
  }

  void NamedLine() {
    std::string& out = corpus_.text;
    switch (source_.Below(15)) {
      case 0:
        out += Syslog() + "sshd[" + source_.Number(100, 32000) + "]: Accepted publickey for " +
               User() + " from " + Ipv4() + " port " + source_.Number(1024, 65535) + " ssh2";
        break;
      case 1:
        out += Syslog() + "sshd[" + source_.Number(100, 32000) +
               "]: Failed password for invalid user from " + Ipv4() + " port 22 ssh2";
        break;
      case 2:
        out += Ipv4() + " - - [" + Two(1 + source_.Below(28)) + "/Jun/2026:" + Clock() +
               " +0900] \"GET /item/" + source_.Number(1, 99999) + " HTTP/1.1\" 200 " +
               source_.Number(100, 99999) + " \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"";
        break;
      case 3:
        out += Date() + " " + Clock() + ",123 INFO " + source_.Pick(kClasses) + ": src: /" +
               Ipv4() + ":50010 dest: /" + Ipv4() + ":9866";
        break;
      case 4:
        out += "{\"ts\":\"" + Date() + "T" + Clock() + "Z\",\"host\":\"" + Host() +
               "\",\"client\":\"" + Ipv4() + "\",\"ok\":true}";
        break;
      case 5:
        out += "を" + Ipv4() + "から受信しました";
        break;
      case 6:
        out += Syslog() + "kernel: eth0: MAC=" + Mac() + " SRC=" + Ipv4() + " DST=" + Ipv4();
        break;
      case 7:
        out += "to=<" + Mail() + ">, relay=" + Host() + "[" + Ipv4() + "]:25, status=sent";
        break;
      case 8:
        out +=
            Date() + " " + Clock() + ": [Info/5] | " + Host() + " に接続しました | guid=" + Guid();
        break;
      case 9:
        out += "connect [" + Ipv6() + "]:443 ok";
        break;
      case 10:
        out += "listening on " + Ipv6() + ", neighbour " + Mac();
        break;
      case 11:
        out += "user " + User() + " (" + Mail() + ") logged in on " + Host();
        break;
      case 12:
        out += "route " + Ipv4() + "/24 via " + Ipv4() + " dev eth0";
        break;
      case 13:
        out += "名前解決: " + Host() + " → " + Ipv4();
        break;
      default:
        out += "ping " + Ipv4() + ": 64 bytes, time=" + source_.Number(1, 90) + " ms";
    }
  }

  void PlainLine() {
    std::string& out = corpus_.text;
    switch (source_.Below(12)) {
      case 0:
        out += Syslog() + "systemd[1]: " + source_.Pick(kWords) + " unit cron.service.";
        break;
      case 1:
        out += Date() + ", Info                  CBS    Session: 30" +
               source_.Number(100000, 999999) + "_" + source_.Number(1000000, 9999999) +
               " initialized by client WindowsUpdateAgent.";
        break;
      case 2:
        out += "06-" + Two(1 + source_.Below(28)) + " " + Clock() + ".123  1702  2395 D " +
               Keep(source_.Pick(kClasses)) + ": ready=true, count=" + source_.Number(1, 99);
        break;
      case 3:
        out += Date() + " " + Clock() + " INFO " + Keep(source_.Pick(kClasses)) + " - " +
               source_.Pick(kWords) + " in " + source_.Number(1, 5000) + " ms";
        break;
      case 4:
        out += Keep("2005-06-03-" + Two(source_.Below(24)) + "." + Two(source_.Below(60)) + "." +
                    Two(source_.Below(60)) + "." + source_.Number(100000, 999999)) +
               " R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected";
        break;
      case 5:
        out += "sha256:" + Digest() + "  " + Version();
        break;
      case 6:
        out += Date() + " " + Clock() + ": [Info/5] | " + source_.Pick(kJapanese) + " | 480C:27DC";
        break;
      case 7:
        out += "{\"ts\":\"" + Date() + "T" + Clock() + "Z\",\"level\":\"debug\",\"msg\":\"" +
               source_.Pick(kWords) + "\",\"count\":" + source_.Number(1, 999) + "}";
        break;
      case 8:
        out += "max.threads=" + source_.Number(1, 64) + " queue.size=" + source_.Number(1, 9999);
        break;
      case 9:
        out +=
            "ii  libfoo" + source_.Number(1, 9) + ":amd64  " +
            Keep(source_.Number(1, 20) + "." + source_.Number(0, 30) + "." + source_.Number(0, 30) +
                 "." + source_.Number(0, 255) + "-" + source_.Number(1, 9) + "ubuntu1") +
            "  amd64  shared library";
        break;
      case 10:
        out += source_.Pick(kJapanese) + "。件数=" + source_.Number(1, 999) +
               " 経過=" + source_.Number(1, 999) + "ms";
        break;
      default:
        out += "        at " + Keep(source_.Pick(kClasses)) +
               ".run(Main.java:" + source_.Number(10, 999) + ")";
    }
  }

  const CorpusOptions options_;
  Source source_;
  Corpus corpus_;
};

// JIS X 0208 in CP932, for the characters above.
struct Cp932Row {
  char32_t code;
  uint16_t bytes;
};
constexpr Cp932Row kCp932[] = {
#include "tests/redaction/corpus_cp932.inc"
};

char32_t NextCodePoint(std::string_view text, size_t* at) {
  const auto byte = [&](size_t i) { return static_cast<char32_t>(static_cast<uint8_t>(text[i])); };
  const char32_t first = byte(*at);
  const size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t code = length == 1 ? first : first & (0x7fU >> length);
  for (size_t i = 1; i < length; ++i)
    code = code << 6 | (byte(*at + i) & 0x3fU);
  *at += length;
  return code;
}

}  // namespace

Corpus MakeCorpus(const CorpusOptions& options) { return Writer(options).Make(); }

KnownNames CorpusNames() {
  KnownNames names;
  for (const std::string_view host : kHosts) {
    names.hosts.emplace_back(host);
    names.hosts.push_back(std::string(host) + "." + std::string(kDomain));
  }
  names.domains.emplace_back(kDomain);
  for (const std::string_view user : kUsers)
    names.users.emplace_back(user);
  return names;
}

std::string ToUtf16Le(std::string_view utf8) {
  std::string out = "\xff\xfe";
  for (size_t at = 0; at < utf8.size();) {
    const char32_t code = NextCodePoint(utf8, &at);
    out += static_cast<char>(code & 0xff);
    out += static_cast<char>(code >> 8 & 0xff);
  }
  return out;
}

std::string ToCp932(std::string_view utf8) {
  std::string out;
  for (size_t at = 0; at < utf8.size();) {
    const char32_t code = NextCodePoint(utf8, &at);
    if (code < 0x80) {
      out += static_cast<char>(code);
      continue;
    }
    for (const Cp932Row& row : kCp932) {
      if (row.code != code) continue;
      out += static_cast<char>(row.bytes >> 8);
      out += static_cast<char>(row.bytes & 0xff);
    }
  }
  return out;
}

}  // namespace casepack::redaction::testing

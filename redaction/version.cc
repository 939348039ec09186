#include "redaction/version.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "redaction/look_back.h"
#include "redaction/word_set.h"

namespace casepack::redaction {
namespace {

enum class Verdict : uint8_t { kUnknown, kAddress, kVersion };

constexpr size_t kMostBlanks = 40;  // between a word and its number
constexpr size_t kLongestWord = 64;
constexpr size_t kLongestLine = 600;  // as far back as its beginning is looked for

constexpr WordSet kVersionWords({"ver", "vers", "v", "release", "rel", "build", "rev", "revision",
                                 "firmware", "bios", "oid", "jdk", "jre", "openjdk", "pkgver"});
constexpr WordSet kPackageWords({"installed", "candidate"});
constexpr WordSet kAddressWords({"ip",     "ips",     "ipv4",  "addr",    "addrs",
                                 "ipaddr", "address", "rhost", "lhost",   "rip",
                                 "lip",    "saddr",   "daddr", "src",     "dst",
                                 "host",   "gateway", "gw",    "nexthop", "nameserver"});
constexpr WordSet kWeakWords({"number", "num", "no", "string", "is", "was", "info", "now", "new",
                              "old", "value"});
constexpr WordSet kJoiningWords({"to", "and", "or", "over"});
constexpr WordSet kArchitectures({"amd64", "x86_64", "i386", "i486", "i586", "i686", "x86", "arm64",
                                  "armhf", "armel", "noarch", "ppc64", "ppc64le", "ppc64el",
                                  "s390x", "aarch64"});
constexpr WordSet kAddressPrefixes(
    {"ip",    "ips",      "ipv4",   "addr",   "address", "host",   "hosts",    "dhcp",  "static",
     "dyn",   "dynamic",  "pool",   "client", "clients", "cpe",    "ppp",      "pppoe", "adsl",
     "dsl",   "cable",    "node",   "ec2",    "vpn",     "wan",    "lan",      "nat",   "user",
     "cust",  "customer", "c",      "h",      "peer",    "from",   "src",      "dst",   "server",
     "rhost", "net",      "subnet", "gw",     "gateway", "router", "broadband"});
// What may follow a version behind a dot or a dash: `1.2.3.4.el8`, `1.2.3.4-rc1`.
constexpr WordSet kTails({"a",       "alpha",  "b",       "beta",     "rc",      "pre",    "post",
                          "dev",     "final",  "release", "ga",       "sp",      "p",      "patch",
                          "patched", "r",      "rev",     "snapshot", "nightly", "stable", "lts",
                          "hotfix",  "cp",     "bp",      "build",    "dfsg",    "ds",     "orig",
                          "el",      "fc",     "amzn",    "suse",     "sles",    "rhel",   "debian",
                          "deb",     "ubuntu", "alpine",  "slim",     "git",     "svn",    "cvs",
                          "bzr",     "hg",     "openmpt", "jar",      "war",     "rpm",    "msi",
                          "exe",     "dll",    "so",      "whl",      "egg",     "dist",   "nupkg",
                          "dsp",     "amd64",  "x",       "i",        "arm",     "armhf",  "aarch",
                          "noarch",  "src",    "win",     "linux"});
constexpr auto kAptLines = std::to_array<std::string_view>({"Inst ", "Conf ", "Remv "});
constexpr auto kDpkgLines = std::to_array<std::string_view>(
    {"Setting up ", "Unpacking ", "Removing ", "Purging configuration files for "});
constexpr WordSet kComparisons({">=", "<=", "==", "~=", "!=", "~>"});

size_t WordEnd(const View& view, size_t from, size_t most) {
  size_t i = from;
  while (i < from + most && IsAlnum(view.At(i)))
    ++i;
  return i;
}

// The short hash of a commit: `g6bce21a`, `f1e2b3a`.
bool IsHash(std::string_view word) {
  const size_t least = Lower(word.front()) == 'g' ? 5 : 7;
  if (word.size() < least) return false;
  if (least == 5) word.remove_prefix(1);
  return std::all_of(word.begin(), word.end(), IsHex) &&
         std::any_of(word.begin(), word.end(), IsDigit);
}

// `el8`, `rc1`, `jar`, a hash; `from` is behind the dot or dash.
bool IsTail(const View& view, size_t from) {
  const std::string_view word = view.text.substr(from, WordEnd(view, from, 40) - from);
  const size_t letters =
      static_cast<size_t>(std::find_if_not(word.begin(), word.end(), IsAlpha) - word.begin());
  return letters > 0 && (kTails.Has(word.substr(0, letters)) || IsHash(word));
}

bool IsArchitectureAt(const View& view, size_t from) {
  size_t end = from;
  while (end < from + 10 && IsWord(view.At(end)))
    ++end;
  return end > from && kArchitectures.Has(view.text.substr(from, end - from));
}

// `1.2.3.4-5`, `1.2.3.4+dfsg`, `1.2.3.4~rc1`, `1.2.3.4.el8`; not `10.1.2.3-10.1.2.9`.
bool IsTailBehind(const View& view, size_t end) {
  const char c = view.At(end);
  const char next = view.At(end + 1);
  if (c == '+') return IsAlnum(next) || next == '~';
  if (c == '~') return IsAlnum(next);
  if (c == '.' || c == '_' || (c == '-' && !IsDigit(next))) return IsTail(view, end + 1);
  if (c != '-') return false;
  Ipv4 upper;
  return ReadIpv4(view.text.substr(end + 1), '.', &upper) == 0;
}

// Where the first of two addresses in a range begins when `10.1.2.3-` stands before
// `begin`; else `begin`.
size_t RangeBegin(const View& view, size_t begin) {
  const std::string_view lower =
      RunBefore(view, begin - 1, 15, [](char c) { return IsDigit(c) || c == '.'; });
  Ipv4 address;
  if (lower.empty() || ReadIpv4(lower, '.', &address) != lower.size()) return begin;
  return begin - 1 - lower.size();
}

// `BP-1186094783-10.1.2.3-1427181838` of Hadoop; `word` ends at the second dash.
bool IsBlockPool(const View& view, size_t dash, std::string_view word) {
  const size_t begin = dash - word.size();
  if (Before(view, begin) != '-') return false;
  const std::string_view name = RunBefore(view, begin - 1, 3, IsAlnum);
  return name == "BP" || name == "DS" || word.size() >= 9;
}

// `libfoo-1.2.3.4`, `ip-10.1.2.3`; `dash` is the place of the '-' or '_'.
Verdict JudgeName(const View& view, size_t dash) {
  const std::string_view word = RunBefore(view, dash, kLongestWord, IsAlnum);
  if (word.empty()) return Before(view, dash) == '+' ? Verdict::kVersion : Verdict::kUnknown;
  if (std::all_of(word.begin(), word.end(), IsDigit))
    return IsBlockPool(view, dash, word) ? Verdict::kAddress : Verdict::kVersion;
  if (SameLetters(word, "ip") || SameLetters(word, "addr")) return Verdict::kAddress;
  const bool alone = !IsName(Before(view, dash - word.size()));  // not `bind9-host-1.2.3.4`
  return alone && IsAddressPrefix(word) ? Verdict::kUnknown : Verdict::kVersion;
}

// `Chrome/109.0.0.0 `, not `host/10.1.2.3:8020`.
bool IsProduct(const View& view, size_t slash, size_t end, const Ipv4& address) {
  const char next = view.At(end);
  if (IsPrivate(address) || next == ':' || next == '/' || next == '\\') return false;
  const std::string_view name = RunBefore(view, slash, kLongestWord, IsAlpha);
  const char c = Before(view, slash - name.size());
  if (name.empty() || !(IsSpace(c) || IsQuote(c) || c == '(' || c == ',' || c == ';')) return false;
  return IsUpper(name.front()) || (address[1] == 0 && address[2] == 0 && address[3] == 0);
}

// `C:\Google\Update\1.3.36.152\x`, not `\\10.1.2.3\share`.
bool IsFolder(const View& view, size_t begin, const Ipv4& address) {
  const size_t slashes = RunBefore(view, begin, 8, [](char c) { return c == '\\'; }).size();
  const char c = Before(view, begin - slashes);
  return !IsPrivate(address) && (IsWord(c) || c == ')');
}

// `1:1.2.3.4` within a line: a package's epoch; at its beginning: a line number.
bool IsEpoch(const View& view, size_t colon) {
  if (!IsDigit(Before(view, colon))) return false;
  const char c = Before(view, colon - 1);
  return IsBlank(c) || c == '(' || c == '=' || c == '-' || c == '_' || c == '[' || IsQuote(c);
}

Verdict JudgeGlued(const View& view, size_t begin, size_t end, const Ipv4& address) {
  char c = '\0';
  size_t at = begin;
  StepBack(view, begin, &c, &at);
  if (c == '-' || c == '_') return JudgeName(view, at);
  const bool version = c == '~' || (c == '/' && IsProduct(view, at, end, address)) ||
                       (c == '\\' && IsFolder(view, begin, address)) ||
                       (c == ':' && IsEpoch(view, at));
  return version ? Verdict::kVersion : Verdict::kUnknown;
}

// The last part of `agentVer`, `os_build`, `dsa-ver`.
std::string_view LastPart(std::string_view word) {
  size_t begin = word.size();
  while (begin > 0 && IsAlpha(word[begin - 1])) {
    --begin;
    if (IsUpper(word[begin]) && begin > 0 && IsLower(word[begin - 1])) break;
  }
  return word.substr(begin);
}

bool HasVersion(std::string_view word) {
  for (size_t i = 0; i + 7 <= word.size(); ++i) {
    if (SameLetters(word.substr(i, 7), "version")) return true;
  }
  return false;
}

// A word and where it begins.
struct WordBefore {
  std::string_view text;
  size_t begin = 0;
  bool colon = false;  // one stands between it and the number, or before the word
};

bool IsComparison(char c) { return c == '=' || c == '<' || c == '>' || c == '~' || c == '!'; }

bool IsDivider(char c) {
  return IsBlank(c) || c == '=' || c == ':' || c == '"' || c == '\'' || c == '(' || c == '[' ||
         c == '{' || c == '<' || c == '>' || c == '\\' || c == '|';
}

WordBefore FindWord(const View& view, size_t begin) {
  WordBefore word;
  size_t at = begin;
  while (begin - at < kMostBlanks) {
    char c = '\0';
    size_t from = at;
    StepBack(view, at, &c, &from);
    if (!IsDivider(c) || from == at) break;
    word.colon = word.colon || c == ':';
    at = from;
  }
  while (Before(view, at) == '.')  // `Ver. 1.2.3.4`
    --at;
  word.text = RunBefore(view, at, kLongestWord, IsName);
  word.begin = at - word.text.size();
  return word;
}

bool IsVersionWord(const WordBefore& word) {
  return HasVersion(word.text) || kVersionWords.Has(LastPart(word.text)) ||
         (word.colon && kPackageWords.Has(word.text));
}

// `pkg:amd64 `, `pkg.x86_64 `, ` amd64 `; "all" only behind a colon.
bool IsArchitecture(const View& view, const WordBefore& word) {
  const size_t dot = word.text.rfind('.');
  const std::string_view last =
      dot == std::string_view::npos ? word.text : word.text.substr(dot + 1);
  return kArchitectures.Has(last) || (last == "all" && Before(view, word.begin) == ':');
}

// `>= 1.2.3.4`, `==1.2.3.4`, `(= 1.2.3.4`, `(<< 1.2.3.4`, `>=1.2.3.4,<2.0.0.0`; not
// `ip.dst == 10.1.2.3`.
bool IsCompared(const View& view, size_t begin, size_t end) {
  const size_t blanks = RunBefore(view, begin, 4, IsBlank).size();
  const std::string_view sign = RunBefore(view, begin - blanks, 3, IsComparison);
  if (sign.empty()) return false;
  const size_t before = begin - blanks - sign.size();
  const char c = Before(view, before);
  if (sign == "<" && c == ',') return view.At(end) != '>';
  if (kComparisons.Has(sign)) {
    const std::string_view word = FindWord(view, before).text;
    const bool package = c == '(' || word.find('-') != std::string_view::npos;
    return package || !kAddressWords.Has(LastPart(word));
  }
  return c == '(' && (sign == "=" || sign == "<<" || sign == ">>");
}

// The number before a joining word or a comma: `1.2.3.4 to 1.2.3.5`, `(1.2.3.4, 1.2.3.5)`,
// `amd64 1.2.3.4 1.2.3.5`.
struct Neighbour {
  size_t begin = 0;
  uint8_t major = 0;
  bool joined = false;
};

std::optional<Neighbour> FindNeighbour(const View& view, const WordBefore& word, size_t begin) {
  Neighbour result;
  WordBefore number = word;
  if (kJoiningWords.Has(word.text)) {
    result.joined = true;
    number = FindWord(view, word.begin);
  } else if (word.text.empty()) {
    const size_t blanks = RunBefore(view, begin, 2, IsBlank).size();
    if (Before(view, begin - blanks) != ',') return std::nullopt;
    result.joined = true;
    number = FindWord(view, begin - blanks - 1);
  }
  Ipv4 address;
  const size_t length = ReadIpv4(number.text, '.', &address);
  if (length == 0 || (length < number.text.size() && IsAlnum(number.text[length])))
    return std::nullopt;
  result.begin = number.begin;
  result.major = address[0];
  return result;
}

// Does a word say so? Behind another number without "to" or a comma between, or with a
// quite different one, only an architecture does.
bool IsCalledVersion(const View& view, size_t begin, uint8_t major) {
  bool any_word = true;
  for (int steps = 0; steps < 4; ++steps) {
    const WordBefore word = FindWord(view, begin);
    if (IsArchitecture(view, word)) return true;
    if (any_word && IsVersionWord(word)) return true;
    if (kWeakWords.Has(word.text)) {
      begin = word.begin;
      continue;
    }
    const std::optional<Neighbour> next = FindNeighbour(view, word, begin);
    if (!next) return false;
    any_word = any_word && next->joined && (next->major == major || next->major + 1 == major);
    begin = next->begin;
  }
  return false;
}

bool IsStatus(std::string_view line) {  // of dpkg -l: `ii  name  1.2.3.4  all  what it is`
  if (line.size() < 6 || std::string_view("uirph").find(line[0]) == std::string_view::npos ||
      std::string_view("ncHUFWti").find(line[1]) == std::string_view::npos)
    return false;
  size_t i = line[2] == 'R' ? 3 : 2;
  size_t words = 0;
  for (; i < line.size(); ++i)
    words += IsBlank(line[i]) && i + 1 < line.size() && !IsBlank(line[i + 1]) ? 1 : 0;
  return words == 1 && IsBlank(line.back()) && IsBlank(line[line[2] == 'R' ? 3 : 2]);
}

// A line of apt or dpkg: what stands before the number in it, "" when it is too long.
std::string_view LineBefore(const View& view, size_t begin) {
  const std::string_view line =
      RunBefore(view, begin, kLongestLine, [](char c) { return !IsLineEnd(c); });
  const size_t from = begin - line.size();
  if (line.size() == kLongestLine || (from == view.floor && from > 0)) return {};
  return line;
}

template <typename Words>
bool StartsWithOneOf(std::string_view line, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [line](std::string_view w) { return line.starts_with(w); });
}

bool IsPackageLine(const View& view, size_t begin, size_t end) {
  const char c = Before(view, begin);
  if (!IsBlank(c) && c != '(' && c != '[') return false;
  const std::string_view line = LineBefore(view, begin);
  if (line.empty()) return false;
  if (IsBlank(c) && line.starts_with("Get:")) return StartsAt(view, end, " [");
  if (IsBlank(c)) return IsStatus(line);
  if (StartsWithOneOf(line, kAptLines)) return true;
  return (StartsAt(view, end, ") ...") || StartsAt(view, end, ") over (")) &&
         StartsWithOneOf(line, kDpkgLines);
}

// ` amd64` or ` <none>` behind it, `<none> ` before it.
bool IsBesidePackageWord(const View& view, size_t begin, size_t end) {
  const size_t next = SkipBlanks(view, end);
  if (next > end && next < end + kMostBlanks &&
      (IsArchitectureAt(view, next) || StartsAt(view, next, "<none>") ||
       StartsAt(view, next, "all [installed")))
    return true;
  return RunBefore(view, begin, 7, [](char c) {
           return IsAlpha(c) || c == '<' || c == '>' || c == ' ';
         }) == "<none> ";
}

// `2005-06-03 16.56.55.309`
bool IsTimestamp(const View& view, size_t begin, size_t end, const Ipv4& a) {
  if (end - begin != 12 || a[0] > 23 || a[1] > 59 || a[2] > 59 || view.At(begin + 8) != '.')
    return false;
  const std::string_view date =
      RunBefore(view, begin - (begin > view.floor ? 1 : 0), 11,
                [](char c) { return IsDigit(c) || c == '-' || c == '/'; });
  return IsBlank(Before(view, begin)) && date.size() == 10 &&
         std::count_if(date.begin(), date.end(), IsDigit) == 8;
}

}  // namespace

bool IsAddressPrefix(std::string_view word) { return kAddressPrefixes.Has(word); }

bool IsVersion(const View& view, size_t begin, size_t end, const Ipv4& address) {
  const size_t from = Before(view, begin) == '-' ? RangeBegin(view, begin) : begin;
  if (IsCalledVersion(view, from, address[0])) return true;
  if (IsSurelyLocal(address)) return false;
  const Verdict glued = JudgeGlued(view, from, end, address);
  if (glued != Verdict::kUnknown) return glued == Verdict::kVersion;
  return IsTailBehind(view, end) || IsCompared(view, begin, end) ||
         IsBesidePackageWord(view, begin, end) || IsTimestamp(view, begin, end, address) ||
         IsPackageLine(view, begin, end);
}

}  // namespace casepack::redaction

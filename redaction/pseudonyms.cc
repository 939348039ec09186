#include "redaction/pseudonyms.h"

// SHA-256 as a state that can be copied: EVP copies it by way of the allocator, which took
// longer than the digest. This bypasses providers; an OpenSSL without what 3.0 calls deprecated
// lacks it.
#define OPENSSL_API_COMPAT 10100

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "redaction/address.h"
#include "redaction/look_back.h"
#include "redaction/mac.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view kArpa = ".in-addr.arpa";
constexpr std::string_view kEncodedAt = "%40";
constexpr size_t kNameLength = 8;    // of users and hosts
constexpr size_t kDomainLength = 6;  // of each label of a domain
constexpr size_t kGuidDigits = 32;

using Digest = std::array<uint8_t, 32>;

std::string Folded(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(), Lower);
  return folded;
}

std::string_view Bytes(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// An IPv4 address and how it was written.
struct Ipv4Text {
  Ipv4 address{};
  char style = '.';  // '.', '-', or 'r' for in-addr.arpa
};

bool ReadIpv4Text(std::string_view text, Ipv4Text* value) {
  for (const char separator : {'.', '-'}) {
    const size_t length = ReadIpv4(text, separator, &value->address);
    value->style = separator;
    if (length > 0 && length == text.size()) return true;
    if (length == 0 || separator != '.' || !SameLetters(text.substr(length), kArpa)) continue;
    std::reverse(value->address.begin(), value->address.end());
    value->style = 'r';
    return true;
  }
  return false;
}

std::string WriteIpv4(Ipv4Text value) {
  if (value.style == 'r') std::reverse(value.address.begin(), value.address.end());
  std::string text;
  for (const uint8_t octet : value.address) {
    if (!text.empty()) text += value.style == '-' ? '-' : '.';
    text += std::to_string(octet);
  }
  if (value.style == 'r') text += kArpa;
  return text;
}

void AppendHex(std::string* text, uint8_t byte, bool upper) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  *text += digits[byte >> 4U];
  *text += digits[byte & 15U];
}

bool HasUpper(std::string_view text) { return std::any_of(text.begin(), text.end(), IsUpper); }

// The 32 digits in lower case, "" when it is no GUID.
std::string ReadGuid(std::string_view text) {
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !IsHex(text[i])) return {};
    if (!dash) digits += Lower(text[i]);
  }
  return digits.size() == kGuidDigits ? digits : std::string();
}

struct EmailText {
  std::string_view user;
  std::string_view at;  // "@" or "%40"; empty: no e-mail address
  std::string_view domain;
};

EmailText ReadEmail(std::string_view text) {
  for (const std::string_view at : {std::string_view("@"), kEncodedAt}) {
    const size_t place = text.rfind(at);
    if (place != std::string_view::npos && place > 0 && place + at.size() < text.size())
      return {text.substr(0, place), at, text.substr(place + at.size())};
  }
  return {};
}

bool IsBase32(std::string_view text, size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
           return kBase32.find(Lower(c)) != std::string_view::npos;
         });
}

// `user-` and eight characters, `dom-` and six.
bool IsCoined(std::string_view text, std::string_view prefix, size_t length) {
  return SameLetters(text.substr(0, prefix.size()), prefix) &&
         IsBase32(text.substr(prefix.size()), length);
}

bool AreDomains(std::string_view labels) {
  while (true) {
    const size_t dot = labels.find('.');
    if (!IsCoined(labels.substr(0, dot), "dom-", kDomainLength)) return false;
    if (dot == std::string_view::npos) return true;
    labels.remove_prefix(dot + 1);
  }
}

bool IsCoinedHost(std::string_view text) {
  const size_t dot = text.find('.');
  return IsCoined(text.substr(0, dot), "host-", kNameLength) &&
         (dot == std::string_view::npos || AreDomains(text.substr(dot + 1)));
}

std::string_view WithoutDot(std::string_view host) {
  if (host.size() > 1 && host.ends_with('.')) host.remove_suffix(1);
  return host;
}

// The form that all spellings of a value share, behind the style in which the pseudonym
// is to be written. Begins with the kind; the high bit there: no value of its kind.
std::string Canonical(Identifier kind, std::string_view text) {
  std::string form(1, static_cast<char>(kind));
  Ipv4Text ipv4;
  Ipv6 ipv6;
  Mac mac;
  switch (kind) {
    case Identifier::kIpv4:
      if (!ReadIpv4Text(text, &ipv4)) break;
      return form.append(1, ipv4.style).append(Bytes(ipv4.address));
    case Identifier::kIpv6:
      if (ReadIpv6(text, &ipv6) != text.size() || text.empty()) break;
      return form.append(Bytes(ipv6));
    case Identifier::kMac:
      if (!ReadMac(text, &mac)) break;
      form += text[2] == ':' || text[2] == '-' ? text[2] : '.';
      return form.append(1, HasUpper(text) ? 'A' : 'a').append(Bytes(mac));
    case Identifier::kGuid:
      if (ReadGuid(text).empty()) break;
      return form.append(1, HasUpper(text) ? 'A' : 'a').append(ReadGuid(text));
    case Identifier::kEmail:
      if (ReadEmail(text).at.empty()) break;
      return form.append(Folded(WithoutDot(text)));
    case Identifier::kHost:
      return form.append(Folded(WithoutDot(text)));
    case Identifier::kUser:
      return form.append(Folded(text));
  }
  form.front() = static_cast<char>(static_cast<unsigned char>(form.front()) | 0x80U);
  return form.append(Folded(text));
}

}  // namespace

// Makes pseudonyms from values; remembers nothing but the key.
class PseudonymMaker {
 public:
  explicit PseudonymMaker(const PseudonymKey& key);
  ~PseudonymMaker() {
    OPENSSL_cleanse(&inner_, sizeof inner_);
    OPENSSL_cleanse(&outer_, sizeof outer_);
  }
  PseudonymMaker(const PseudonymMaker&) = delete;
  PseudonymMaker& operator=(const PseudonymMaker&) = delete;

  // Of a value in its canonical form.
  std::string Make(std::string_view canonical, std::string_view text);

  // False when the library has failed us: what was made since is worthless.
  [[nodiscard]] bool usable() const { return usable_; }

 private:
  Digest Of(std::string_view name, std::string_view value);
  const Digest& OrderUnder(const Ipv4& address, size_t octets);
  std::string Letters(std::string_view name, std::string_view value, size_t count);
  uint8_t Permuted(const Ipv4& address, size_t octet);
  Ipv4 MakeIpv4(const Ipv4& address);
  std::string MakeIpv6(const Ipv6& address);
  std::string MakeMac(std::string_view text);
  std::string MakeGuid(std::string_view text);
  std::string MakeUser(std::string_view name);
  std::string MakeDomain(std::string_view domain);
  std::string MakeHost(std::string_view host);

  // HMAC (RFC 2104): what has seen the key already.
  SHA256_CTX inner_{};
  SHA256_CTX outer_{};
  bool usable_ = false;
  std::array<uint8_t, 15> first_octets_{};
  // Of networks, the orders that were made last: addresses share them.
  struct Network {
    uint32_t prefix = 0;
    size_t octets = 0;  // 0: empty
    Digest order{};
  };
  std::vector<Network> networks_;
};

PseudonymMaker::PseudonymMaker(const PseudonymKey& key) {
  // Without this, OpenSSL would read the configuration file of the host that we look at.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  const auto begin = [&key](uint8_t pad, SHA256_CTX* state) {
    std::array<uint8_t, SHA256_CBLOCK> block;
    block.fill(pad);
    for (size_t i = 0; i < key.size(); ++i)
      block.at(i) ^= key.at(i);
    const bool good =
        SHA256_Init(state) == 1 && SHA256_Update(state, block.data(), block.size()) == 1;
    OPENSSL_cleanse(block.data(), block.size());
    return good;
  };
  usable_ = begin(0x36, &inner_) && begin(0x5c, &outer_);
  for (size_t i = 0; i < first_octets_.size(); ++i)
    first_octets_.at(i) = static_cast<uint8_t>(240 + i);
  const Digest order = Of("ipv4-order", {});
  for (size_t i = first_octets_.size() - 1; i > 0; --i)
    std::swap(first_octets_.at(i), first_octets_.at(order.at(i) % (i + 1)));
}

Digest PseudonymMaker::Of(std::string_view name, std::string_view value) {
  Digest digest{};
  const std::string_view zero("\0", 1);
  SHA256_CTX state = inner_;
  for (const std::string_view part : {name, zero, value})
    usable_ = usable_ && SHA256_Update(&state, part.data(), part.size()) == 1;
  usable_ = usable_ && SHA256_Final(digest.data(), &state) == 1;
  state = outer_;
  usable_ = usable_ && SHA256_Update(&state, digest.data(), digest.size()) == 1 &&
            SHA256_Final(digest.data(), &state) == 1;
  OPENSSL_cleanse(&state, sizeof state);
  return digest;
}

std::string PseudonymMaker::Letters(std::string_view name, std::string_view value, size_t count) {
  const Digest digest = Of(name, value);
  std::string letters;
  uint32_t bits = 0;
  unsigned held = 0;
  for (size_t next = 0; letters.size() < count; held -= 5) {
    while (held < 5) {
      bits = bits << 8U | digest.at(next++);
      held += 8;
    }
    letters += kBase32[(bits >> (held - 5)) & 31U];
  }
  return letters;
}

const Digest& PseudonymMaker::OrderUnder(const Ipv4& address, size_t octets) {
  constexpr size_t kNetworks = 1024;
  networks_.resize(kNetworks);
  uint32_t prefix = 0;
  for (size_t i = 0; i < octets; ++i)
    prefix = prefix << 8U | address.at(i);
  Network& row = networks_[(prefix * 2654435761U >> 16U) % kNetworks];
  if (row.octets != octets || row.prefix != prefix)
    row = {prefix, octets, Of("ipv4", Bytes(std::span(address).first(octets)))};
  return row.order;
}

// A permutation of the octets under one parent: four rounds of a Feistel network on its
// two halves. In the last place 0 and 255 stay: networks and broadcasts remain what they
// are.
uint8_t PseudonymMaker::Permuted(const Ipv4& address, size_t octet) {
  const Digest& table = OrderUnder(address, octet);
  const bool last = octet == 3;
  unsigned x = address.at(octet);
  if (last && (x == 0 || x == 255)) return static_cast<uint8_t>(x);
  do {
    unsigned left = x >> 4U;
    unsigned right = x & 15U;
    for (size_t round = 0; round < 4; ++round) {
      const unsigned byte = table.at(round * 8 + right / 2);
      const unsigned mixed = left ^ (right % 2 == 0 ? byte >> 4U : byte & 15U);
      left = std::exchange(right, mixed);
    }
    x = left << 4U | right;
  } while (last && (x == 0 || x == 255));
  return static_cast<uint8_t>(x);
}

// The private networks never share a first octet; the others share what is left. 255
// begins no address: that would be a netmask.
Ipv4 PseudonymMaker::MakeIpv4(const Ipv4& address) {
  constexpr std::array<uint8_t, 5> kPrivate = {10, 172, 192, 169, 100};
  const auto* known = std::find(kPrivate.begin(), kPrivate.end(), address[0]);
  size_t place = static_cast<size_t>(known - kPrivate.begin());
  if (known == kPrivate.end())
    place += Of("ipv4-first", Bytes(std::span(address).first(1))).front() %
             (first_octets_.size() - kPrivate.size());
  return {first_octets_.at(place), Permuted(address, 1), Permuted(address, 2),
          Permuted(address, 3)};
}

std::string PseudonymMaker::MakeIpv6(const Ipv6& address) {
  if (IsMapped(address)) return "::ffff:" + WriteIpv4({MakeIpv4(MappedIpv4(address)), '.'});
  std::string text = "2001:db8";
  const auto append = [&text, this, &address](size_t prefix, size_t groups) {
    const Digest digest = Of("ipv6", Bytes(std::span(address).first(prefix)));
    for (size_t i = 0; i < groups; ++i) {
      std::string group;
      AppendHex(&group, digest.at(i * 2), false);
      AppendHex(&group, digest.at(i * 2 + 1), false);
      group.erase(0, std::min(group.find_first_not_of('0'), group.size() - 1));
      text += ':' + group;
    }
  };
  append(6, 1);
  append(8, 1);
  append(16, 4);
  return text;
}

std::string PseudonymMaker::MakeMac(std::string_view text) {
  Mac mac{};
  ReadMac(text, &mac);
  const Digest digest = Of("mac", Bytes(mac));
  mac = {0x0e, 0xca, digest[0], digest[1], digest[2], digest[3]};
  const bool cisco = text[2] != ':' && text[2] != '-';
  std::string result;
  for (size_t i = 0; i < mac.size(); ++i) {
    if (i > 0 && (!cisco || i % 2 == 0)) result += cisco ? '.' : text[2];
    AppendHex(&result, mac.at(i), HasUpper(text));
  }
  return result;
}

std::string PseudonymMaker::MakeGuid(std::string_view text) {
  Digest digest = Of("guid", ReadGuid(text));
  constexpr std::array<uint8_t, 4> kFirst = {0xca, 0x5e, 0xca, 0x5e};
  std::copy(kFirst.begin(), kFirst.end(), digest.begin());
  digest[6] = static_cast<uint8_t>(0x40U | (digest[6] & 15U));  // version 4
  digest[8] = static_cast<uint8_t>(0x80U | (digest[8] & 15U));
  std::string result;
  for (size_t i = 0; i < kGuidDigits / 2; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) result += '-';
    AppendHex(&result, digest.at(i), HasUpper(text));
  }
  return result;
}

std::string PseudonymMaker::MakeUser(std::string_view name) {
  return "user-" + Letters("user", name, kNameLength);
}

std::string PseudonymMaker::MakeDomain(std::string_view domain) {
  if (AreDomains(domain)) return std::string(domain);
  std::string result;
  while (true) {
    if (!result.empty()) result += '.';
    result += "dom-" + Letters("domain", domain, kDomainLength);
    const size_t dot = domain.find('.');
    if (dot == std::string_view::npos) return result;
    domain.remove_prefix(dot + 1);
  }
}

std::string PseudonymMaker::MakeHost(std::string_view host) {
  const size_t dot = host.find('.');
  std::string result = "host-" + Letters("host", host.substr(0, dot), kNameLength);
  if (dot != std::string_view::npos) result += '.' + MakeDomain(host.substr(dot + 1));
  return result;
}

std::string PseudonymMaker::Make(std::string_view canonical, std::string_view text) {
  const std::string_view name = canonical.substr(1);
  if ((static_cast<unsigned char>(canonical.front()) & 0x80U) != 0)
    return "name-" + Letters("name", canonical, kNameLength);
  Ipv4Text ipv4;
  Ipv6 ipv6{};
  EmailText email;
  switch (static_cast<Identifier>(canonical.front())) {
    case Identifier::kIpv4:
      ReadIpv4Text(text, &ipv4);
      return WriteIpv4({MakeIpv4(ipv4.address), ipv4.style});
    case Identifier::kIpv6:
      ReadIpv6(text, &ipv6);
      return MakeIpv6(ipv6);
    case Identifier::kMac:
      return MakeMac(text);
    case Identifier::kGuid:
      return MakeGuid(text);
    case Identifier::kUser:
      return MakeUser(name);
    case Identifier::kHost:
      return MakeHost(name);
    case Identifier::kEmail:
      email = ReadEmail(name);
      break;
  }
  std::string result =
      IsPseudonym(Identifier::kUser, email.user) ? std::string(email.user) : MakeUser(email.user);
  return result.append(email.at).append(MakeDomain(email.domain));
}

Pseudonyms::Pseudonyms(const PseudonymKey& key, PseudonymObserver observer)
    : maker_(std::make_unique<PseudonymMaker>(key)), observer_(std::move(observer)) {}

Pseudonyms::~Pseudonyms() = default;

std::string_view Pseudonyms::For(Identifier kind, std::string_view text) {
  last_.resize(kRemembered);  // not before there is something to name
  Last& last = last_[std::hash<std::string_view>()(text) % kRemembered];
  if (last.pseudonym == nullptr || last.kind != kind || last.text != text) {
    last.pseudonym = &Named(kind, text);  // which may forget all that was made
    last.kind = kind;
    last.text.assign(text);
  }
  return *last.pseudonym;
}

const std::string& Pseudonyms::Named(Identifier kind, std::string_view text) {
  wanted_ = Canonical(kind, text);
  const auto known = made_.find(wanted_);
  if (known != made_.end()) return known->second;
  const bool already = IsPseudonym(kind, text);
  std::string pseudonym = already ? std::string(text) : maker_->Make(wanted_, text);
  if (!maker_->usable()) pseudonym = "name-unavailable";  // rather than the name itself
  if (made_.size() >= kRemembered) Forget();
  const auto made = made_.emplace(wanted_, std::move(pseudonym)).first;
  if (observer_ && !already) observer_(kind, text, made->second);
  return made->second;
}

void Pseudonyms::Forget() {
  made_.clear();
  for (Last& last : last_)
    last.pseudonym = nullptr;
}

bool IsPseudonym(Identifier kind, std::string_view text) {
  Ipv4Text ipv4;
  Ipv6 ipv6;
  Mac mac;
  switch (kind) {
    case Identifier::kIpv4:
      return ReadIpv4Text(text, &ipv4) && IsPseudonym(ipv4.address);
    case Identifier::kIpv6:
      return ReadIpv6(text, &ipv6) == text.size() && !text.empty() && IsPseudonym(ipv6);
    case Identifier::kMac:
      return ReadMac(text, &mac) && IsPseudonym(mac);
    case Identifier::kGuid:
      return ReadGuid(text).starts_with("ca5eca5e");
    case Identifier::kUser:
      return IsCoined(text, "user-", kNameLength);
    case Identifier::kHost:
      return IsCoinedHost(WithoutDot(text));
    case Identifier::kEmail:
      break;
  }
  const EmailText email = ReadEmail(text);
  return IsCoined(email.user, "user-", kNameLength) && AreDomains(WithoutDot(email.domain));
}

}  // namespace casepack::redaction

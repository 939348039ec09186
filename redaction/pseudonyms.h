// Keyed, stateless pseudonyms: the same value has the same name in every file, thread,
// bundle and host that shares the key, with no map to exchange.
//
// HMAC-SHA-256(key, class ‖ 0x00 ‖ canonical form), the first bits in base32. Addresses
// keep their prefixes (equal subnets stay equal) and come out in ranges that no real
// network has; names are made label by label. Whoever has the key can enumerate IPv4.
//
//   10.1.2.3, 10-1-2-3              240.0.0.0/4: 242.17.5.9, 242-17-5-9
//   3.2.1.10.in-addr.arpa           9.5.17.242.in-addr.arpa
//   2001:67c:1::1                   2001:db8:4f1e:903:... ; ::ffff:10.1.2.3 ::ffff:242.17.5.9
//   00:50:56:aa:bb:cc               0e:ca:xx:xx:xx:xx, in the style of the text
//   6f9619ff-8b86-d011-...          ca5eca5e-xxxx-4xxx-8xxx-xxxxxxxxxxxx
//   bob                             user-k3qf2abc
//   web01.example.com               host-7xa9cd2e.dom-3kqz5a.dom-q2m7ha; web01: host-7xa9cd2e
//   bob@example.com                 user-k3qf2abc@dom-3kqz5a.dom-q2m7ha
//
// Eight characters are 40 bits: among 10,000 names two are the same in one of 20,000 runs;
// five characters (25 bits) would confuse a pair in nearly every such fleet. Domains are
// fewer: six.
//
// A Pseudonyms belongs to one thread (it remembers what it made, within a bound);
// pseudonyms with the same key agree whoever made them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "redaction/identifier.h"

namespace casepack::redaction {

using PseudonymKey = std::array<uint8_t, 32>;

// Told once for each value that a Pseudonyms names, as it was written when it was first
// met (once more for another style: `aa-bb-...`, `10-1-2-3`; and again when it is met
// after 4,096 others): for the customer's map (`casepack reveal`).
using PseudonymObserver =
    std::function<void(Identifier kind, std::string_view original, std::string_view pseudonym)>;

class PseudonymMaker;

class Pseudonyms {
 public:
  explicit Pseudonyms(const PseudonymKey& key, PseudonymObserver observer = {});
  ~Pseudonyms();  // wipes its copy of the key
  Pseudonyms(const Pseudonyms&) = delete;
  Pseudonyms& operator=(const Pseudonyms&) = delete;

  // `text` as it stands in the log, in any case; an e-mail address is a user and a host.
  // What is a pseudonym already stays; what is no value of its kind is named `name-...`.
  // Good until the next call.
  std::string_view For(Identifier kind, std::string_view text);

 private:
  // What a text was called last, without a look at what it means.
  struct Last {
    std::string text;
    Identifier kind{};
    const std::string* pseudonym = nullptr;  // one of made_
  };
  const std::string& Named(Identifier kind, std::string_view text);
  void Forget();

  static constexpr size_t kRemembered = 4096;
  std::unique_ptr<PseudonymMaker> maker_;
  PseudonymObserver observer_;
  std::unordered_map<std::string, std::string> made_;
  std::vector<Last> last_;  // by their hash, one each
  std::string wanted_;      // the key into made_, kept for its memory
};

// Is this what For() makes of some value of that kind? Such a text is not renamed again.
bool IsPseudonym(Identifier kind, std::string_view text);

}  // namespace casepack::redaction

#include "redaction/magic.h"

#include <algorithm>
#include <array>

namespace casepack::redaction {
namespace {

using std::literals::operator""sv;

// From the formats' own specifications; file(1) knows them by the same bytes.
constexpr std::array kMagics = {
    "\x7f"
    "ELF"sv,
    "\x1f\x8b"sv,  // gzip
    "\xfd"
    "7zXZ"sv,
    "\x28\xb5\x2f\xfd"sv,  // zstd
    "PK\x03\x04"sv,
    "PK\x05\x06"sv,
    "PK\x07\x08"sv,
    "BZh1"sv,
    "BZh9"sv,
    "7z\xbc\xaf"sv,
    "\x89PNG"sv,
    "SQLite format 3"sv,
    "\xfe\xed\xfe\xed"sv,  // JKS
    "\xce\xce\xce\xce"sv,  // JCEKS
    "Salted__"sv,          // openssl enc
    "MZ\x90"sv,
};

// A DER or BER structure that is a key, a key store or a certificate: SEQUENCE, its
// length, then INTEGER 0..3 or another SEQUENCE or [0]. "0" and a byte over 0x7f alone
// would also be the beginning of a text in CP932.
bool IsDer(std::string_view head) {
  if (head.size() < 8 || head[0] != '\x30') return false;
  const auto length = static_cast<unsigned char>(head[1]);
  if (length > 0x84) return false;
  const size_t at = length > 0x80 ? 2 + (length - 0x80U) : 2;
  const auto inner = head.substr(at);
  if (length < 0x80 && length < 0x20) return false;
  if (inner.size() >= 3 && inner[0] == '\x02' && inner[1] == '\x01' && inner[2] <= 3) {
    return inner[2] >= 0;
  }
  if (inner.size() >= 2 && inner[0] == '\x30' && static_cast<unsigned char>(inner[1]) >= 0x80) {
    return length >= 0x80;
  }
  return inner.size() >= 3 && inner[0] == '\x30' && inner[2] == '\x06';
}

}  // namespace

bool HasBinaryMagic(std::string_view head) {
  return IsDer(head) || std::any_of(kMagics.begin(), kMagics.end(), [&](std::string_view magic) {
           return head.substr(0, magic.size()) == magic;
         });
}

}  // namespace casepack::redaction

// The key stores of EFI as bytes: EFI_SIGNATURE_LIST, UEFI specification 32.4.1. A piece of
// secure_boot alone. Hostile input; pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casepack::kinds::secure_boot {

struct SignatureStore {
  std::vector<std::string> certificates;  // DER, in the order of the store
  uint64_t others = 0;                    // digests and the like: no certificate to compare
  bool damaged = false;                   // what came before the damage is kept
};

inline uint32_t LittleEndian32(std::string_view bytes) {
  uint32_t value = 0;
  for (size_t i = 4; i-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[i]);
  return value;
}

// EFI_CERT_X509_GUID, a5c059a1-94e4-4aa7-87b5-ab155c2bf072, as it stands in memory.
constexpr std::string_view kX509Type(
    "\xa1\x59\xc0\xa5\xe4\x94\xa7\x4a\x87\xb5\xab\x15\x5c\x2b\xf0\x72", 16);
constexpr size_t kOwnerSize = 16;       // a GUID before each signature
constexpr size_t kListHeaderSize = 28;  // type, and the sizes of list, header and signature
constexpr size_t kMaxSignatures = 10'000;

inline SignatureStore ParseSignatureLists(std::string_view bytes) {
  SignatureStore store;
  size_t signatures = 0;
  while (!bytes.empty()) {
    if (bytes.size() < kListHeaderSize) break;
    const size_t list_size = LittleEndian32(bytes.substr(16));
    const size_t header_size = LittleEndian32(bytes.substr(20));
    const size_t size = LittleEndian32(bytes.substr(24));
    if (list_size < kListHeaderSize || list_size > bytes.size() || size <= kOwnerSize ||
        header_size > list_size - kListHeaderSize) {
      break;
    }
    const bool x509 = bytes.starts_with(kX509Type);
    std::string_view list =
        bytes.substr(kListHeaderSize + header_size, list_size - kListHeaderSize - header_size);
    for (; list.size() >= size && signatures < kMaxSignatures; list.remove_prefix(size)) {
      ++signatures;
      if (x509) {
        store.certificates.emplace_back(list.substr(kOwnerSize, size - kOwnerSize));
      } else {
        ++store.others;
      }
    }
    if (!list.empty()) store.damaged = true;
    bytes.remove_prefix(list_size);
  }
  if (!bytes.empty()) store.damaged = true;
  return store;
}

}  // namespace casepack::kinds::secure_boot

#include "collector/archive/spool.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>

namespace casepack::archive {

using base::Code;
using base::Status;

namespace {

constexpr size_t kBufferBytes = 64U << 10U;
constexpr uint64_t kCipherBlock = 16;

}  // namespace

Status Spool::Write(std::string_view bytes) {
  if (!file_ && memory_.size() + bytes.size() <= memory_limit_) {
    memory_.append(bytes);
    return {};
  }
  if (!file_) {
    auto file = os::TempFile::Create(folder_.empty() ? os::TempFolder() : folder_);
    if (!file) return file.error();
    file_.emplace(std::move(*file));
  }
  const auto offset = file_->Append(bytes);
  return offset ? Status() : offset.error();
}

base::Result<size_t> Spool::ReadAt(uint64_t offset, std::span<char> buffer) const {
  const uint64_t left = offset < size() ? size() - offset : 0;
  buffer = buffer.first(static_cast<size_t>(std::min<uint64_t>(buffer.size(), left)));
  size_t got = 0;
  if (offset < memory_.size()) {
    got = memory_.copy(buffer.data(), buffer.size(), static_cast<size_t>(offset));
  }
  if (got < buffer.size()) {
    RETURN_IF_ERROR(file_->ReadAt(offset + got - memory_.size(), buffer.subspan(got)));
  }
  return buffer.size();
}

Status Spool::CopyTo(os::ByteSink& out) const {
  RETURN_IF_ERROR(out.Write(memory_));
  std::string buffer(file_ ? kBufferBytes : 0, '\0');
  for (uint64_t at = memory_.size(); at < size();) {
    ASSIGN_OR_RETURN(const size_t got, ReadAt(at, buffer));
    RETURN_IF_ERROR(out.Write(std::string_view(buffer).substr(0, got)));
    at += got;
  }
  return {};
}

void Spool::Clear() {
  memory_.clear();
  file_.reset();
}

SealedSpool::SealedSpool(const Bounds& bounds) : spool_(bounds) {
  if (RAND_bytes(key_.data(), static_cast<int>(key_.size())) != 1)
    failure_ = {Code::kFailed, {"archive.spool.cipher", {}}};
}

SealedSpool::~SealedSpool() { OPENSSL_cleanse(key_.data(), key_.size()); }

Status SealedSpool::Write(std::string_view bytes) {
  RETURN_IF_ERROR(failure_);
  while (!bytes.empty()) {
    block_.assign(bytes.substr(0, kBufferBytes));
    RETURN_IF_ERROR(Crypt(spool_.size(), block_));
    RETURN_IF_ERROR(spool_.Write(block_));
    bytes.remove_prefix(block_.size());
  }
  return {};
}

base::Result<size_t> SealedSpool::ReadAt(uint64_t offset, std::span<char> buffer) {
  ASSIGN_OR_RETURN(const size_t got, spool_.ReadAt(offset, buffer));
  RETURN_IF_ERROR(Crypt(offset, buffer.first(got)));
  return got;
}

// Counter mode: the same for both ways, and from any place on.
Status SealedSpool::Crypt(uint64_t offset, std::span<char> bytes) {
  std::array<unsigned char, kCipherBlock> counter{};
  for (size_t i = 0; i < 8; ++i)
    counter[15 - i] = static_cast<unsigned char>((offset / kCipherBlock) >> (8 * i));
  const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> cipher(EVP_CIPHER_CTX_new(),
                                                                          EVP_CIPHER_CTX_free);
  std::array<unsigned char, kCipherBlock> skipped{};
  int length = 0;
  auto* data = reinterpret_cast<unsigned char*>(bytes.data());
  const bool good =
      cipher != nullptr &&
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_ctr(), nullptr, key_.data(), counter.data()) &&
      EVP_EncryptUpdate(cipher.get(), skipped.data(), &length, skipped.data(),
                        static_cast<int>(offset % kCipherBlock)) &&
      EVP_EncryptUpdate(cipher.get(), data, &length, data, static_cast<int>(bytes.size()));
  return good ? Status() : Status(Code::kFailed, {"archive.spool.cipher", {}});
}

}  // namespace casepack::archive

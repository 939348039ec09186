#include "collector/bundle/front.h"

#include <libdeflate.h>

#include <algorithm>
#include <new>
#include <optional>

#include "collector/bundle/archive_walk.h"
#include "collector/bundle/decoder.h"
#include "collector/bundle/format.h"
#include "collector/bundle/input.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::Status;

constexpr size_t kFirstRead = 64U << 10U;
// A first member that is larger, packed or unpacked, is read in pieces.
constexpr size_t kMostRead = 4U << 20U;
constexpr size_t kFirstRoom = 512U << 10U;
constexpr size_t kMostRoom = 16U << 20U;
constexpr size_t kFrontMembers = 4;  // index.json, SUMMARY.txt, facts.json, findings.json

// A CMS message (RFC 5652): in DER a sequence whose first part is an object identifier of
// PKCS #7, in PEM its first line.
bool IsEncrypted(std::string_view first) {
  constexpr std::string_view kPkcs7 = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01";
  if (first.substr(0, 1) == "\x30") return first.substr(0, 32).find(kPkcs7) != first.npos;
  return first.substr(0, 14) == "-----BEGIN CMS" || first.substr(0, 16) == "-----BEGIN PKCS7";
}

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* tool) const { libdeflate_free_decompressor(tool); }
};

}  // namespace

class FrontReader::Impl {
 public:
  explicit Impl(const ReaderLimits& limits)
      : limits_(limits), tool_(libdeflate_alloc_decompressor()) {
    if (tool_ == nullptr) throw std::bad_alloc();
  }

  Status Read(const std::string& path, Front* front) {
    ASSIGN_OR_RETURN(const auto input, Input::Open(path));
    packed_.resize(kFirstRead);
    packed_.resize(input->ReadAt(0, packed_));
    const std::optional<Format> format = FormatOfBytes(packed_);
    if (!format) {
      if (IsEncrypted(packed_)) return {Code::kUnsupported, {"bundle.reader.encrypted", {}}};
      return {Code::kInvalid, {"bundle.reader.not_a_bundle", {}}};
    }
    if (*format == Format::kZip) {
      ArchiveWalk walk(*input, limits_);
      return Take(walk, front);
    }
    if (const auto unpacked = *format == Format::kTarGz ? Unpack(*input) : std::nullopt) {
      Decoder decoder(*unpacked);
      ArchiveWalk walk(decoder, limits_);
      return Take(walk, front);
    }
    Decoder decoder(*input, *format == Format::kTarZst ? Codec::kZstd : Codec::kGzip, 0,
                    {limits_.total_bytes, limits_.ratio});
    ArchiveWalk walk(decoder, limits_);
    return Take(walk, front);
  }

 private:
  // The first gzip member in one go. nullopt where that cannot be done: it is large, or
  // damaged, and then the slow way finds out how.
  std::optional<std::string_view> Unpack(Input& input) {
    if (room_.size() < kFirstRoom) room_.resize(kFirstRoom);
    for (;;) {
      size_t taken = 0;
      size_t made = 0;
      const auto result = libdeflate_gzip_decompress_ex(tool_.get(), packed_.data(), packed_.size(),
                                                        room_.data(), room_.size(), &taken, &made);
      if (result == LIBDEFLATE_SUCCESS) return std::string_view(room_).substr(0, made);
      if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
        if (room_.size() >= kMostRoom) return std::nullopt;
        room_.resize(room_.size() * 2);
      } else if (!ReadMore(input)) {
        return std::nullopt;
      }
    }
  }

  bool ReadMore(Input& input) {
    const size_t had = packed_.size();
    if (had >= kMostRead || had >= input.size()) return false;
    packed_.resize(std::min<uint64_t>(had * 4, input.size()));
    packed_.resize(had + input.ReadAt(had, std::span(packed_).subspan(had)));
    return packed_.size() > had;
  }

  [[nodiscard]] Status Take(ArchiveWalk& walk, Front* front) const {
    front->index.clear();
    front->facts.clear();
    for (size_t i = 0; i < kFrontMembers; ++i) {
      auto member = walk.Next();
      // What is damaged behind the index costs the facts and no more.
      if (!member && i > 0) break;
      if (!member) return member.error();
      const bool index = *member && (*member)->name == "index.json";
      if (index != (i == 0)) {
        if (i > 0) break;
        return {Code::kInvalid, {"bundle.reader.not_a_bundle", {}}};
      }
      if (!*member) break;
      std::string* text = nullptr;
      if (index) text = &front->index;
      if ((*member)->name == "facts.json") text = &front->facts;
      if (text == nullptr) continue;
      if ((*member)->bytes > limits_.index_bytes)
        return {Code::kInvalid, {"bundle.reader.index_bytes", {}}};
      Status status = walk.Content([&](std::string_view bytes) {
        text->append(bytes);
        return true;
      });
      if (!status.ok() && index) return status;
      if (!status.ok()) text->clear();
      if (!index) break;
    }
    return {};
  }

  const ReaderLimits limits_;
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> tool_;
  std::string packed_;
  std::string room_;
};

FrontReader::FrontReader(const ReaderLimits& limits) : impl_(std::make_unique<Impl>(limits)) {}
FrontReader::~FrontReader() = default;
Status FrontReader::Read(const std::string& path, Front* front) { return impl_->Read(path, front); }

}  // namespace casepack::bundle

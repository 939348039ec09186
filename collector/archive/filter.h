// The compressions that an archive may stand behind, and what a stream of bytes is by its
// own first bytes. Pure functions, any thread.
#pragma once

#include <string_view>

namespace casepack::archive {

enum class Filter {
  kNone,
  kGzip,
  kBzip2,
  kXz,
  kLzma,
  kLzip,
  kZstd,
  kLz4,
  kCompress,  // .Z
  kDeflate,   // without a header: inside a zip
};

enum class ArchiveKind {
  kNone,
  kZip,
  kTar,     // behind any filter
  kSingle,  // one file behind a filter
};

// What the functions below have to see to be sure.
inline constexpr size_t kHeadBytes = 512;

Filter DetectFilter(std::string_view head);
bool LooksLikeZip(std::string_view head);
// A tar's header by its checksum.
bool LooksLikeTar(std::string_view head);

// By content, not by name. What is behind a filter is looked at as far as `head` goes.
ArchiveKind Detect(std::string_view head);

}  // namespace casepack::archive

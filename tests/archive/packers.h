// Each filter with the program that everybody packs and unpacks it by.
#pragma once

#include "collector/archive/filter.h"
#include "tests/archive/archive_fixture.h"

namespace casepack::tests {

struct Packer {
  archive::Filter filter;
  const char* pack;  // from standard input to standard output
  const char* unpack;
};

inline constexpr Packer kPackers[] = {
    {archive::Filter::kGzip, "gzip -c", "gzip -dc"},
    {archive::Filter::kBzip2, "bzip2 -c", "bzip2 -dc"},
    {archive::Filter::kXz, "xz -c", "xz -dc"},
    {archive::Filter::kLzma, "xz --format=lzma -c", "xz --format=lzma -dc"},
    {archive::Filter::kLzip, "lzip -c", "lzip -dc"},
    {archive::Filter::kZstd, "zstd -qc", "zstd -qdc"},
    {archive::Filter::kLz4, "lz4 -qc", "lz4 -qdc"},
    {archive::Filter::kCompress, "compress -fc", "compress -dc"},
};

inline std::string Pack(const Packer& packer, const std::string& content) {
  return ToolSays(content, std::string(packer.pack) + " < a");
}
inline std::string Unpack(const Packer& packer, const std::string& packed) {
  return ToolSays(packed, std::string(packer.unpack) + " < a");
}

// Text that packs neither too well nor too badly.
inline std::string SomeText(size_t size) {
  std::string text;
  for (uint64_t i = 1; text.size() < size; ++i)
    text += "line " + std::to_string(i * 2654435761U % 1000003) + " of some log\n";
  text.resize(size);
  return text;
}

}  // namespace casepack::tests

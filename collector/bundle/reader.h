// Reader: somebody's bundle, which is hostile until proven otherwise. Bounds on
// everything before memory is used; links, devices, absolute names, `..` and duplicates
// are refused; nothing is ever written to a path that the bundle names.
//
// One thread. Owns the open file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index.h"

namespace casepack::bundle {

struct ReaderLimits {
  uint64_t members = 100'000;
  uint64_t name_bytes = 4096;
  uint64_t member_bytes = uint64_t{16} << 30U;
  uint64_t total_bytes = uint64_t{64} << 30U;
  uint64_t ratio = 2000;  // unpacked to packed, beyond the first 64 MiB
  uint64_t index_bytes = 16U << 20U;
  size_t index_values = 500'000;  // a member takes about eight
};

struct MemberInfo {
  std::string name;  // less the bundle's folder
  uint64_t bytes = 0;
};

class Reader {
 public:
  // Reads the first members only. kInvalid: not a bundle, damaged or hostile, with the
  // reason; kUnsupported: from a newer major format; kMissing, kDenied.
  static base::Result<std::unique_ptr<Reader>> Open(const std::string& path,
                                                    const ReaderLimits& limits = {});
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  [[nodiscard]] const Index& index() const;
  [[nodiscard]] Format format() const;

  // One member's content. In a tar, jumps to its place; its digest is checked, and
  // kInvalid comes after the last byte if it is wrong. kMissing: no such member.
  base::Status Read(std::string_view name, const std::function<bool(std::string_view)>& sink);

  // Every member from the first to the last, in file order. For each: `begin`, then its
  // bytes, then `end`. Stops with kInvalid at the first thing refused.
  struct Visitor {
    std::function<void(const MemberInfo&)> begin;
    std::function<void(std::string_view)> bytes;
    std::function<void()> end;
  };
  base::Status ForEach(const Visitor& visitor);

 private:
  class Impl;
  explicit Reader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace casepack::bundle

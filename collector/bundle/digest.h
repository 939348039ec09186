// SHA-256 of what passes by. One thread; a value that is used once.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace casepack::bundle {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Update(std::string_view bytes);
  // The digest in lower-case hex. Ends it: call once, last.
  std::string Hex();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

std::string Sha256Hex(std::string_view bytes);

}  // namespace casepack::bundle

// A temporary folder that is gone, with all in it, when the test ends.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace casepack::tests {

class TempTree {
 public:
  TempTree();
  ~TempTree();
  TempTree(const TempTree&) = delete;
  TempTree& operator=(const TempTree&) = delete;

  [[nodiscard]] std::string root() const { return root_.string(); }
  [[nodiscard]] std::string Path(std::string_view relative) const {
    return (root_ / relative).string();
  }

  // Makes the folders above it. Returns the absolute path.
  std::string Write(std::string_view relative, std::string_view content) const;
  std::string Folder(std::string_view relative) const;
  std::string Link(std::string_view relative, std::string_view target) const;
  [[nodiscard]] std::string Read(std::string_view relative) const;

 private:
  std::filesystem::path root_;
};

}  // namespace casepack::tests

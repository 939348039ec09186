#include "tests/support/temp_tree.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace casepack::tests {

TempTree::TempTree() {
  std::string name = (std::filesystem::temp_directory_path() / "casepack-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp: " + name);
  root_ = name;
}

TempTree::~TempTree() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

std::string TempTree::Write(std::string_view relative, std::string_view content) const {
  const std::filesystem::path path = root_ / relative;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

std::string TempTree::Folder(std::string_view relative) const {
  std::filesystem::create_directories(root_ / relative);
  return Path(relative);
}

std::string TempTree::Link(std::string_view relative, std::string_view target) const {
  const std::filesystem::path path = root_ / relative;
  std::filesystem::create_directories(path.parent_path());
  std::filesystem::create_symlink(target, path);
  return path.string();
}

std::string TempTree::Read(std::string_view relative) const {
  std::ifstream in(root_ / relative, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace casepack::tests

#include "collector/manifest/builtin.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace casepack::manifest {
namespace {

// Whether they are good is tested where the kinds are known.
TEST(BuiltinFiles, AreTheFilesOfTheTree) {
  const std::filesystem::path root = CASEPACK_SOURCE_DIR "/manifests";
  std::map<std::string, std::string> in_tree;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string name = entry.path().lexically_relative(root).generic_string();
    const bool in_folder = name.find('/') != std::string::npos;
    if (entry.path().extension() != ".json" || !in_folder) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    in_tree[name] = text.str();
  }
  std::map<std::string, std::string> built_in;
  for (const auto& files : {BuiltinFiles(), BuiltinEventFiles()}) {
    for (const BuiltinFile& file : files)
      built_in.emplace(std::string(file.name), std::string(file.text));
  }
  EXPECT_EQ(built_in, in_tree);
  EXPECT_FALSE(built_in.empty());
}

TEST(BuiltinFiles, EventTablesAreApart) {
  for (const BuiltinFile& file : BuiltinFiles())
    EXPECT_EQ(file.text.find("\"casepack_events\""), std::string_view::npos) << file.name;
  ASSERT_FALSE(BuiltinEventFiles().empty());
  for (const BuiltinFile& file : BuiltinEventFiles())
    EXPECT_NE(file.text.find("\"casepack_events\""), std::string_view::npos) << file.name;
}

}  // namespace
}  // namespace casepack::manifest

// What the archive layer's tests share: the filter, sinks in memory, archives made and
// read back by other people's tools.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "collector/archive/rewrite.h"
#include "tests/archive/test_filters.h"
#include "tests/support/temp_tree.h"

namespace casepack::tests {

inline constexpr const char* kSecretLine = "login password=hunter2hunter2 done\n";
inline constexpr const char* kSecret = "hunter2hunter2";

class MemorySink : public os::ByteSink {
 public:
  base::Status Write(std::string_view more) override {
    if (left < more.size()) return {base::Code::kNoSpace, {"test.full", {}}};
    left -= more.size();
    bytes.append(more);
    return {};
  }
  base::Status Commit() override { return {}; }
  std::string bytes;
  size_t left = SIZE_MAX;
};

// Bytes that only flow, in small pieces.
class FlowingSource : public archive::ByteSource {
 public:
  explicit FlowingSource(std::string_view bytes, size_t piece = 1000)
      : bytes_(bytes), piece_(piece) {}
  base::Result<size_t> Read(std::span<char> buffer) override {
    const size_t got = bytes_.copy(buffer.data(), std::min(buffer.size(), piece_));
    bytes_.remove_prefix(got);
    return got;
  }

 private:
  std::string_view bytes_;
  size_t piece_;
};

struct Rewritten {
  std::string bytes;
  archive::RewriteReport report;
  std::string key;  // of a failure

  [[nodiscard]] const archive::EntryReport* Row(std::string_view name) const {
    for (const auto& row : report.rows) {
      if (row.name == name) return &row;
    }
    return nullptr;
  }
  // "encrypted: archive.zip.encrypted" of that entry; empty when there is no row.
  [[nodiscard]] std::string Told(std::string_view name) const {
    const auto* row = Row(name);
    if (row == nullptr) return {};
    return std::string(archive::OutcomeName(row->outcome)) + ": " + row->reason.key;
  }
};

inline Rewritten RewriteFrom(archive::ByteSource& in, const archive::Bounds& bounds = {}) {
  MemorySink sink;
  auto report = archive::Rewrite(in, sink, TestFilters(), bounds);
  Rewritten result;
  result.bytes = std::move(sink.bytes);
  if (report) result.report = std::move(*report);
  if (!report) result.key = report.error().message().key;
  return result;
}

inline Rewritten RewriteBytes(std::string_view bytes, const archive::Bounds& bounds = {}) {
  archive::MemorySource in(bytes);
  return RewriteFrom(in, bounds);
}

inline std::string ReadAll(archive::ByteSource& in, base::Status* failure = nullptr) {
  std::string all;
  std::string buffer(777, '\0');
  for (;;) {
    const auto got = in.Read(buffer);
    if (!got && failure != nullptr) *failure = got.error();
    if (!got || *got == 0) return all;
    all.append(buffer, 0, *got);
  }
}

// Runs a line of shell in the tree's folder.
inline bool Runs(const TempTree& tree, const std::string& line) {
  const std::string in_folder = "cd '" + tree.root() + "' && { " + line + "\n}";
  return std::system(
             ("exec >'" + tree.root() + "/tool.out' 2>'" + tree.root() + "/tool.err'; " + in_folder)
                 .c_str()) == 0;
}

// The file `name` as a script in Python 3 makes it in an empty folder.
inline std::string MadeByPython(const std::string& name, const std::string& script) {
  const TempTree tree;
  tree.Write("make.py", "import io, os, struct, sys, tarfile, zipfile, zlib\n" + script + "\n");
  EXPECT_TRUE(Runs(tree, "python3 -W ignore make.py")) << tree.Read("tool.err");
  return tree.Read(name);
}

// The same by a line of shell.
inline std::string MadeByShell(const std::string& name, const std::string& line) {
  const TempTree tree;
  EXPECT_TRUE(Runs(tree, line)) << tree.Read("tool.err");
  return tree.Read(name);
}

// What a tool says of `bytes`, as a file "a".
inline std::string ToolSays(const std::string& bytes, const std::string& line) {
  const TempTree tree;
  tree.Write("a", bytes);
  EXPECT_TRUE(Runs(tree, line)) << line << ": " << tree.Read("tool.err");
  return tree.Read("tool.out");
}

// An archive's files and their content, unpacked by bsdtar.
inline std::string Content(const std::string& archive, const std::string& name) {
  return ToolSays(archive, "bsdtar -xOf a '" + name + "'");
}
inline std::string List(const std::string& archive) { return ToolSays(archive, "bsdtar -tf a"); }

}  // namespace casepack::tests

// What the bundle's tests share: a sink in memory, a small bundle, and tools that read it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/bundle/decoder.h"
#include "collector/bundle/reader.h"
#include "collector/bundle/writer.h"
#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::tests {

inline constexpr const char* kFolder = "casepack-host-20261122T100203Z";
inline const base::Timestamp kCreated{std::chrono::seconds(1'795'341'723)};

class MemorySink : public os::ByteSink {
 public:
  base::Status Write(std::string_view more) override {
    bytes.append(more);
    return {};
  }
  base::Status Commit() override {
    committed = true;
    return {};
  }
  std::string bytes;
  bool committed = false;
};

struct Content {
  std::string item;
  std::string name;
  std::string bytes;
};

inline std::unique_ptr<bundle::Writer> MakeWriter(const TempTree& tree, bundle::Format format) {
  auto writer =
      bundle::Writer::Create({format, kFolder, tree.root(), kCreated, tests::TestEngine()});
  EXPECT_TRUE(writer) << writer.error().message().key;
  return std::move(*writer);
}

inline bundle::ItemRow Gather(bundle::Writer& writer, const std::vector<Content>& contents,
                              const bundle::EntryLimits& limits = {}) {
  bundle::Entry entry = writer.NewEntry(contents.front().item, limits);
  for (const Content& content : contents) {
    auto member = entry.Open({content.name, "", std::nullopt});
    EXPECT_TRUE(member);
    EXPECT_TRUE(member->Write(content.bytes).ok());
    EXPECT_TRUE(member->Close().ok());
  }
  return entry.Finish({});
}

inline bundle::SealOptions PlainSeal() {
  bundle::SealOptions options;
  options.translate = [](bundle::Text& text) {
    text.en = "en " + text.message.key;
    text.ja = "ja " + text.message.key;
  };
  options.left_out_reason.message = {"left.out", {}};
  options.front = [](const bundle::Index& index) {
    return std::vector<bundle::FrontMember>{{"SUMMARY.txt", "host " + index.host.name + "\n"}};
  };
  return options;
}

inline bundle::Index PlainIndex() {
  bundle::Index index;
  index.created = kCreated;
  index.host.name = "host";
  index.language = "en";
  return index;
}

// Text that does not compress well and is the same each time.
inline std::string Noise(size_t bytes, uint64_t seed = 1) {
  std::string text;
  text.reserve(bytes);
  while (text.size() < bytes) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    for (unsigned i = 0; i < 8 && text.size() < bytes; ++i) {
      text += "abcdefghijklmnop"[(seed >> (28 + 4 * i)) & 15U];
    }
    if (text.size() < bytes) text += seed % 5 == 0 ? '\n' : ' ';
  }
  return text;
}

struct Made {
  std::string bytes;
  bundle::Index index;
};

inline Made MakeBundle(const TempTree& tree, bundle::Format format,
                       const std::vector<Content>& contents,
                       const bundle::SealOptions& options = PlainSeal()) {
  auto writer = MakeWriter(tree, format);
  Made made{{}, PlainIndex()};
  std::map<std::string, std::vector<Content>> items;
  for (const Content& content : contents)
    items[content.item].push_back(content);
  for (const auto& [id, of_item] : items)
    made.index.items.push_back(Gather(*writer, of_item));
  MemorySink sink;
  const base::Status status = writer->Seal(made.index, options, sink);
  EXPECT_TRUE(status.ok()) << status.message().key;
  EXPECT_TRUE(sink.committed);
  made.bytes = std::move(sink.bytes);
  return made;
}

inline std::unique_ptr<bundle::Reader> OpenReader(const std::string& path) {
  auto reader = bundle::Reader::Open(path);
  EXPECT_TRUE(reader) << reader.error().message().key;
  return reader ? std::move(*reader) : nullptr;
}

inline std::string ReadMember(bundle::Reader& reader, std::string_view name) {
  std::string content;
  const base::Status status = reader.Read(name, [&](std::string_view bytes) {
    content.append(bytes);
    return true;
  });
  EXPECT_TRUE(status.ok()) << name << ": " << status.message().key;
  return content;
}

// Everything that comes out of the file when it is unpacked, names included.
inline std::string Unpacked(const TempTree& tree, const std::string& bytes, bundle::Codec codec) {
  auto input = bundle::Input::Open(tree.Write("unpacked.bin", bytes));
  bundle::Decoder decoder(**input, codec, 0, {});
  std::string out;
  for (;;) {
    const auto part = decoder.Next();
    EXPECT_TRUE(part);
    if (!part || part->empty()) return out;
    out.append(*part);
  }
}

inline bool HaveTool(const std::string& tool) {
  return std::system(("command -v " + tool + " >/dev/null 2>&1").c_str()) == 0;
}
// Runs a line of shell in the tree's folder.
inline bool Runs(const TempTree& tree, const std::string& line) {
  return std::system(("cd '" + tree.root() + "' && " + line + " >tool.out 2>tool.err").c_str()) ==
         0;
}

}  // namespace casepack::tests

// Runs a kind as the runner does: a real Host on a temporary tree (or on "/"), a real
// bundle, and what came out of it read back with the Reader.
//
//   struct FileKind : tests::KindTest {};
//   TEST_F(FileKind, Says) {
//     tree_.Write("var/log/a.log", "hello\n");
//     auto got = Collect("file", {{"paths", List({"/var/log/*.log"})}});
//     EXPECT_EQ(got.row.outcome, bundle::Outcome::kOk);
//     EXPECT_EQ(got.members["var/log/a.log"], "hello\n");
//   }
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/base/units.h"
#include "collector/bundle/entry.h"
#include "collector/bundle/reader.h"
#include "collector/bundle/writer.h"
#include "collector/kinds/kind.h"
#include "collector/kinds/registry.h"
#include "collector/manifest/options.h"
#include "collector/os/host.h"
#include "collector/os/output.h"
#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::tests {

using OptionList = std::vector<std::pair<std::string, manifest::Options::Value>>;

inline manifest::Options::Value List(std::vector<std::string> texts) { return texts; }
inline manifest::Options::Value Text(std::string text) { return text; }
inline manifest::Options::Value Integer(int64_t number) { return number; }
inline manifest::Options::Value Size(uint64_t bytes) { return bytes; }
inline manifest::Options::Value Span(base::Duration span) { return span; }
inline manifest::Options::Value Flag(bool flag) { return flag; }

// The value that the manifest's parser would make of a field's fallback.
inline std::optional<manifest::Options::Value> FallbackOf(const manifest::Field& field) {
  if (field.fallback.empty()) return std::nullopt;
  const std::string text(field.fallback);
  switch (field.type) {
    case manifest::FieldType::kText:
    case manifest::FieldType::kChoice:
      return Text(text);
    case manifest::FieldType::kTextList:
      return List({text});
    case manifest::FieldType::kInteger:
      return Integer(std::stoll(text));
    case manifest::FieldType::kSize:
      return Size(base::ParseSize(text).value());
    case manifest::FieldType::kDuration:
      return Span(base::ParseDuration(text).value());
    case manifest::FieldType::kFlag:
      return Flag(text == "true");
  }
  return std::nullopt;
}

inline manifest::Options WithFallbacks(const kinds::Kind& kind, const OptionList& given) {
  manifest::Options options;
  for (const manifest::Field& field : kind.fields) {
    if (auto value = FallbackOf(field)) options.Set(std::string(field.name), *value);
  }
  for (const auto& [name, value] : given)
    options.Set(name, value);
  return options;
}

struct Collected {
  base::Status status;                         // what the kind's run told
  bundle::ItemRow row;                         // as it stands in the index
  std::map<std::string, std::string> members;  // less "raw/<item id>/" -> redacted content

  // The subjects of the notes of that key.
  [[nodiscard]] std::vector<std::string> Notes(std::string_view key) const {
    std::vector<std::string> subjects;
    for (const bundle::NoteRow& note : row.notes) {
      if (note.text.message.key == key) subjects.push_back(note.subject);
    }
    return subjects;
  }

  // The row of a member, named as in `members`; nullptr when there is none.
  [[nodiscard]] const bundle::MemberRow* Member(std::string_view name) const {
    for (const bundle::MemberRow& member : row.members) {
      if (member.name == "raw/test.item/" + std::string(name)) return &member;
    }
    return nullptr;
  }
};

// Runs as "nobody" while it lives, if we are root: to see what is denied.
class AsNobody {
 public:
  explicit AsNobody(bool wanted) : changed_(wanted && geteuid() == 0) {
    EXPECT_EQ(changed_ ? seteuid(65534) : 0, 0);
  }
  ~AsNobody() { EXPECT_EQ(changed_ ? seteuid(0) : 0, 0); }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool changed_;
};

class KindTest : public ::testing::Test {
 protected:
  // Null, with a failed expectation, if there is no such kind.
  static const kinds::Kind* KindOf(std::string_view name) {
    const kinds::Kind* kind = kinds::Find(name);
    EXPECT_NE(kind, nullptr) << name;
    return kind;
  }

  Collected Collect(std::string_view kind_name, const OptionList& given = {}) {
    Collected got;
    const kinds::Kind* kind = KindOf(kind_name);
    auto writer = bundle::Writer::Create(
        {.folder = "bundle", .spool_folder = out_.root(), .redaction = tests::TestEngine()});
    EXPECT_TRUE(writer);
    if (kind == nullptr || !writer) return got;
    const manifest::Options options = WithFallbacks(*kind, given);
    const manifest::Limits limits = limits_.value_or(kind->defaults);
    {
      EXPECT_EQ(chmod(tree_.root().c_str(), 0755), 0);
      const AsNobody nobody(as_nobody_);
      auto host = MakeHost();
      EXPECT_TRUE(host) << root_;
      if (!host) return got;
      const std::unique_ptr<os::Host> seen =
          wrap_host_ ? wrap_host_(std::move(*host)) : std::move(*host);
      bundle::Entry entry = (*writer)->NewEntry(
          "test.item", {.max_bytes = limits.max_bytes, .max_members = limits.max_files});
      got.status = kind->run({*seen, options, limits, deadline_, {}, window_}, entry);
      got.row = entry.Finish(got.status);
    }
    got.row.id = "test.item";
    got.row.kind = std::string(kind_name);
    Seal(**writer, got);
    return got;
  }

  kinds::Preview Plan(std::string_view kind_name, const OptionList& given = {}) {
    kinds::Preview preview;
    const kinds::Kind* kind = KindOf(kind_name);
    auto host = MakeHost();
    EXPECT_TRUE(host) << root_;
    if (kind == nullptr || !host) return preview;
    const manifest::Options options = WithFallbacks(*kind, given);
    const manifest::Limits limits = limits_.value_or(kind->defaults);
    plan_status_ = kind->preview({**host, options, limits, deadline_, {}, window_}, preview);
    return preview;
  }

  // The machine as the kind sees it.
  virtual base::Result<std::unique_ptr<os::Host>> MakeHost() {
    return os::OpenHost({.root = root_});
  }

  TempTree tree_;
  std::string root_ = tree_.root();         // "/" for the machine itself
  std::optional<manifest::Limits> limits_;  // the kind's own if not set
  records::Window window_;                  // all of time
  base::Deadline deadline_ = base::Deadline::After(std::chrono::seconds(60));
  bool as_nobody_ = false;  // Collect without root's rights
  // What Collect shows to the kind in place of the host: to act between its steps.
  std::function<std::unique_ptr<os::Host>(std::unique_ptr<os::Host>)> wrap_host_;
  base::Status plan_status_;  // of the last Plan

 private:
  void Seal(bundle::Writer& writer, Collected& got) {
    const std::string path = out_.Path("bundle" + std::to_string(++sealed_) + ".tar.gz");
    bundle::Index index;
    index.bundle_id = "test";
    index.items.push_back(got.row);
    {
      auto file = os::AtomicFile::Create(path);
      ASSERT_TRUE(file);
      bundle::SealOptions options;
      options.translate = [](bundle::Text&) {};
      options.front = [](const bundle::Index&) { return std::vector<bundle::FrontMember>{}; };
      const base::Status sealed = writer.Seal(index, options, *file);
      ASSERT_TRUE(sealed.ok()) << sealed.message().key;
    }
    got.row = index.items.at(0);

    auto reader = bundle::Reader::Open(path);
    ASSERT_TRUE(reader) << reader.error().message().key;
    for (const bundle::MemberRow& member : got.row.members)
      ReadMember(**reader, member, got);
  }

  static void ReadMember(bundle::Reader& reader, const bundle::MemberRow& member, Collected& got) {
    const std::string_view prefix = "raw/test.item/";
    ASSERT_EQ(member.name.substr(0, prefix.size()), prefix);
    std::string content;
    const base::Status read = reader.Read(member.name, [&](std::string_view bytes) {
      content += bytes;
      return true;
    });
    EXPECT_TRUE(read.ok()) << member.name << " " << read.message().key;
    EXPECT_EQ(content.size(), member.bytes) << member.name;
    got.members[member.name.substr(prefix.size())] = std::move(content);
  }

  TempTree out_;
  int sealed_ = 0;
};

}  // namespace casepack::tests

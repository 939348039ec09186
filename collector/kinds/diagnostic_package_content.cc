// diagnostic_package_content: takes the newest diagnostic packages of a product into the
// bundle, redacted like everything else: each text in the zip becomes a member. What is no
// text, encrypted or damaged is left out and said. A package is made by the product, but its
// folder may be anybody's: all that unpacking costs is bounded.
//
// Packages hold more than a bundle would take: only with --diagnostic-package embed.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/archive/byte_source.h"
#include "collector/archive/zip_content.h"
#include "collector/archive/zip_table.h"
#include "collector/kinds/files.h"
#include "collector/kinds/kind.h"

namespace casepack::kinds {

extern const Kind kDiagnosticPackageContentKind;

namespace {

using archive::Budget;
using archive::RandomAccess;
using archive::ZipContent;
using archive::ZipRow;
using archive::ZipTable;
using base::Code;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"paths", FieldType::kTextList, Presence::kRequired},
    {"newest", FieldType::kInteger, Presence::kOptional, "1"},
};

constexpr size_t kBuffer = 64U << 10U;

archive::Bounds BoundsOf(const Context& context) {
  archive::Bounds bounds;
  bounds.max_bytes = uint64_t{8} << 30U;
  bounds.max_entries = 100'000;
  bounds.max_entry = std::max<uint64_t>(bounds.free_bytes, context.limits.max_bytes);
  return bounds;
}

uint64_t Most(const Context& context) {
  return static_cast<uint64_t>(std::clamp<int64_t>(context.options.Integer("newest"), 1, 100));
}

std::string FileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

class Unpacker {
 public:
  Unpacker(const Context& context, const Candidate& package, bundle::Entry& entry,
           RandomAccess& zip, Budget& budget)
      : context_(context),
        package_(package),
        entry_(entry),
        zip_(zip),
        budget_(budget),
        table_(zip, budget.bounds()) {}

  // What ends the item; ok when the next package may follow.
  Status TakeAll() {
    while (auto row = table_.Next()) {
      if (row->folder) continue;
      if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
      RETURN_IF_ERROR(budget_.Entry());
      RETURN_IF_ERROR(Take(*row));
    }
    if (!table_.damage().ok()) entry_.Note(package_.path, table_.damage());
    return {};
  }

 private:
  Status Take(const ZipRow& row) {
    const std::string subject = package_.path + ": " + row.name;
    const auto offset = table_.ContentOf(row);
    Status refused;
    if (row.special()) refused = {Code::kRefused, {"archive.entry.device", {}}};
    if (row.symlink()) refused = {Code::kRefused, {"archive.entry.link", {}}};
    if (row.encrypted()) refused = {Code::kDenied, {"archive.zip.encrypted", {}}};
    if (row.overlaps) refused = {Code::kInvalid, {"archive.zip.overlap", {}}};
    if (!offset) refused = {Code::kInvalid, {"archive.zip.no_entry", {}}};
    if (!refused.ok()) {
      entry_.Note(subject, refused);
      return {};
    }
    ZipContent content(zip_, row, *offset, budget_);
    ASSIGN_OR_RETURN(
        bundle::MemberWriter member,
        entry_.Open({FileName(package_.path) + "/" + row.name, subject, package_.info.modified}));
    const Status copied = Copy(content, member);
    if (row.size_unknown) PassOver(content);
    return Judge(copied, member.Close(), subject);
  }

  Status Copy(ZipContent& content, bundle::MemberWriter& member) {
    for (;;) {
      if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
      auto got = content.Read(buffer_);
      if (!got) {
        member.MarkCut(bundle::Cut::kTail);
        return got.error();
      }
      if (*got == 0) return {};
      entry_.CountRead(*got);
      RETURN_IF_ERROR(member.Write({buffer_.data(), *got}));
    }
  }

  // Without a table the next entry begins where this one ends.
  void PassOver(ZipContent& content) {
    for (auto got = content.Read(buffer_); got && *got > 0; got = content.Read(buffer_)) {
      if (context_.deadline.Expired()) return;
    }
    table_.SetEnd(content.end());
  }

  Status Judge(const Status& copied, const Status& closed, const std::string& subject) {
    const Status& status = copied.ok() ? closed : copied;
    switch (status.code()) {
      case Code::kOk:
      case Code::kRefused:
        return {};  // not text: the entry has noted it
      case Code::kInvalid:
      case Code::kUnsupported:
        entry_.Note(subject, status);
        return {};
      default:
        return status;
    }
  }

  const Context& context_;
  const Candidate& package_;
  bundle::Entry& entry_;
  RandomAccess& zip_;
  Budget& budget_;
  ZipTable table_;
  std::vector<char> buffer_ = std::vector<char>(kBuffer);
};

Status TakePackage(const Context& context, const Candidate& package, bundle::Entry& entry,
                   const Tell& tell) {
  auto file = context.host.Open(package.path, package.links);
  if (!file) {
    tell(package.path, file.error());
    return {};
  }
  archive::FileSource source(std::move(*file));
  Budget budget(BoundsOf(context));
  budget.Pack(source.random()->size());
  return Unpacker(context, package, entry, *source.random(), budget).TakeAll();
}

Status Run(const Context& context, bundle::Entry& entry) {
  Status first;  // of what could not be had
  const Tell tell = [&](std::string_view subject, const Status& status) {
    if (first.ok()) first = status;
    entry.Note(subject, status);
  };
  const Selection selection = Finder(context, tell, NewestFirst(), Most(context)).Find();
  RETURN_IF_ERROR(selection.limit);
  for (const Candidate& package : selection.files)
    RETURN_IF_ERROR(TakePackage(context, package, entry, tell));
  if (entry.Members() > 0) return {};
  if (!first.ok()) return first;
  return selection.matched == 0 ? Missing(context) : Status();
}

Status Foresee(const Context& context, Preview& preview) {
  return ForeseeFiles(context, NewestFirst(), Most(context), context.limits.max_bytes, preview);
}

}  // namespace

const Kind kDiagnosticPackageContentKind = {
    "diagnostic_package_content",
    kFields,
    {.timeout = std::chrono::minutes(2), .max_bytes = 64U << 20U, .max_files = 2000},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds

#include <optional>
#include <string>

#include "collector/archive/names.h"
#include "collector/archive/session.h"
#include "collector/archive/zip_content.h"
#include "collector/archive/zip_format.h"
#include "collector/archive/zip_table.h"
#include "collector/archive/zip_writer.h"

namespace casepack::archive {

using base::Status;

namespace {

constexpr uint32_t kFolderMode = 0040755;
constexpr uint32_t kFileMode = 0100644;
constexpr uint32_t kFileType = 0100000;
constexpr uint64_t kLongestTarget = 4096;

class ZipPass {
 public:
  ZipPass(Session& session, RandomAccess& in, os::ByteSink& out, const Place& place)
      : session_(session),
        place_(place),
        in_(in),
        table_(in, session.bounds),
        writer_(out, session.bounds) {}

  base::Result<Ending> Run() {
    Status over;
    while (auto row = table_.Next()) {
      over = session_.budget.Entry();
      if (!over.ok()) break;
      RETURN_IF_ERROR(Entry(*row));
    }
    const std::string& comment = table_.comment();
    RETURN_IF_ERROR(writer_.Finish(comment.empty() ? "" : session_.filters.name(comment)));
    Ending ending = EndingOf(over.ok() ? table_.damage() : over);
    ending.entries = entries_;
    return ending;
  }

 private:
  Status Entry(const ZipRow& row) {
    const std::string path = SafePath(session_.filters.name(row.name), Separators::kBoth);
    ZipEntry entry;
    entry.dos_time = row.dos_time;
    entry.modified = row.modified;
    if (!row.comment.empty()) entry.comment = session_.filters.name(row.comment);
    if (row.folder) return Folder(row, path, std::move(entry));
    if (row.special()) {
      LeaveOut(path, EntryOutcome::kDevice, "archive.entry.device");
      return {};
    }
    if (row.symlink() && !row.encrypted()) return Symlink(row, path, std::move(entry));
    return File(row, path, std::move(entry));
  }

  Status Folder(const ZipRow& row, const std::string& path, ZipEntry entry) {
    if (path.empty()) return {};
    entry.name = names_.Folder(path) + "/";
    entry.mode = row.mode == 0 ? kFolderMode : 0040000U | (row.mode & 0777U);
    ++entries_;
    return writer_.Add(entry, nullptr);
  }

  Status File(const ZipRow& row, const std::string& path, ZipEntry entry) {
    entry.name = names_.File(path.empty() ? "unnamed" : path);
    entry.mode = row.mode == 0 ? kFileMode : kFileType | (row.mode & 0777U);
    entry.method = row.method == zip::kStored ? zip::kStored : zip::kDeflated;
    const Place place = Inside(place_, entry.name);
    PackedEntry content(session_.bounds,
                        entry.method == zip::kStored ? Filter::kNone : Filter::kDeflate);
    ASSIGN_OR_RETURN(Ending ending, Content(row, content, place));
    ++entries_;
    RETURN_IF_ERROR(writer_.Add(entry, &content));
    if (entry.name != path && ending.reason.key.empty())
      ending.reason = {"archive.entry.renamed", {}};
    Tell(session_, place, std::move(ending), content.size());
    return {};
  }

  base::Result<Ending> Content(const ZipRow& row, PackedEntry& out, const Place& place) {
    const auto offset = table_.ContentOf(row);
    Status refused;
    if (row.encrypted()) refused = {base::Code::kDenied, {"archive.zip.encrypted", {}}};
    if (row.overlaps) refused = {base::Code::kInvalid, {"archive.zip.overlap", {}}};
    if (!offset) refused = {base::Code::kInvalid, {"archive.zip.no_entry", {}}};
    if (!refused.ok()) {
      Ending ending = EndingOf(refused);
      RETURN_IF_ERROR(Withhold(out, ending.outcome));
      return ending;
    }
    ZipContent content(in_, row, *offset, session_.budget);
    auto ending = RewriteEntry(session_, content, out, place);
    if (ending && row.size_unknown) PassOver(content);
    return ending;
  }

  // Without a table the next entry begins where this one ends.
  void PassOver(ZipContent& content) {
    std::string buffer(64U << 10U, '\0');
    for (;;) {
      const auto got = content.Read(buffer);
      if (!got || *got == 0) break;
    }
    table_.SetEnd(content.end());
  }

  Status Symlink(const ZipRow& row, const std::string& path, ZipEntry entry) {
    const auto target = Target(row, path);
    const auto name = target && !path.empty() ? names_.Link(path) : std::nullopt;
    if (!name) {
      LeaveOut(path, EntryOutcome::kLink, "archive.entry.link");
      return {};
    }
    entry.name = *name;
    entry.mode = row.mode;
    PackedEntry content(session_.bounds, Filter::kNone);
    RETURN_IF_ERROR(content.Write(*target));
    RETURN_IF_ERROR(content.Commit());
    ++entries_;
    RETURN_IF_ERROR(writer_.Add(entry, &content));
    Tell(session_, Inside(place_, *name), {}, content.size());
    return {};
  }

  std::optional<std::string> Target(const ZipRow& row, const std::string& path) {
    const auto offset = table_.ContentOf(row);
    if (!offset || row.overlaps || row.size > kLongestTarget) return std::nullopt;
    ZipContent content(in_, row, *offset, session_.budget);
    std::string target(kLongestTarget + 1, '\0');
    size_t size = 0;
    for (;;) {
      const auto got = content.Read(std::span(target).subspan(size));
      if (!got) return std::nullopt;
      if (*got == 0) break;
      size += *got;
    }
    target.resize(size);
    return SafeTarget(path, session_.filters.name(target));
  }

  void LeaveOut(const std::string& path, EntryOutcome outcome, const char* key) {
    Ending ending;
    ending.outcome = outcome;
    ending.reason = {key, {}};
    Tell(session_, Inside(place_, path.empty() ? "unnamed" : path), std::move(ending), 0);
  }

  Session& session_;
  const Place place_;
  RandomAccess& in_;
  ZipTable table_;
  ZipWriter writer_;
  NameTable names_;
  uint64_t entries_ = 0;
};

}  // namespace

base::Result<Ending> RewriteZip(Session& session, RandomAccess& in, os::ByteSink& out,
                                const Place& place) {
  return ZipPass(session, in, out, place).Run();
}

}  // namespace casepack::archive

#include <optional>
#include <string>

#include "collector/archive/names.h"
#include "collector/archive/session.h"
#include "collector/archive/tar_reader.h"
#include "collector/archive/tar_writer.h"

namespace casepack::archive {

using base::Status;

namespace {

class TarPass {
 public:
  TarPass(Session& session, ByteSource& in, os::ByteSink& out, const Place& place)
      : session_(session), place_(place), reader_(in, session.budget), writer_(out) {}

  base::Result<Ending> Run() {
    Ending ending;
    Status over;
    while (const auto header = reader_.Next()) {
      over = session_.budget.Entry();
      if (!over.ok()) break;
      RETURN_IF_ERROR(Entry(*header));
    }
    RETURN_IF_ERROR(writer_.Finish());
    ending = EndingOf(over.ok() ? reader_.damage() : over);
    ending.entries = entries_;
    return ending;
  }

 private:
  Status Entry(TarHeader header) {
    const std::string path = SafePath(session_.filters.name(header.name), Separators::kSlash);
    switch (header.type) {
      case TarType::kFolder:
        if (path.empty()) return {};
        header.name = names_.Folder(path);
        ++entries_;
        return writer_.Add(header, nullptr);
      case TarType::kSymlink:
        return Symlink(header, path);
      case TarType::kHardLink:
        return HardLink(header, path);
      case TarType::kOther:
        LeaveOut(path, EntryOutcome::kDevice, "archive.entry.device");
        return {};
      case TarType::kFile:
        break;
    }
    header.name = names_.File(path.empty() ? "unnamed" : path);
    const Place place = Inside(place_, header.name);
    PackedEntry content(session_.bounds, Filter::kNone);
    ASSIGN_OR_RETURN(Ending ending, RewriteEntry(session_, reader_.content(), content, place));
    ++entries_;
    RETURN_IF_ERROR(writer_.Add(header, &content));
    if (header.name != path && ending.reason.key.empty())
      ending.reason = {"archive.entry.renamed", {}};
    Tell(session_, place, std::move(ending), content.size());
    return {};
  }

  Status Symlink(TarHeader& header, const std::string& path) {
    const auto target = SafeTarget(path, session_.filters.name(header.target));
    const auto name = target && !path.empty() ? names_.Link(path) : std::nullopt;
    if (!name) {
      LeaveOut(path, EntryOutcome::kLink, "archive.entry.link");
      return {};
    }
    header.name = *name;
    header.target = *target;
    return Link(header);
  }

  // To what was written before, and to nothing else.
  Status HardLink(TarHeader& header, const std::string& path) {
    header.target = SafePath(session_.filters.name(header.target), Separators::kSlash);
    if (path.empty() || !names_.HasFile(header.target)) {
      LeaveOut(path, EntryOutcome::kLink, "archive.entry.link");
      return {};
    }
    header.name = names_.File(path);
    return Link(header);
  }

  Status Link(const TarHeader& header) {
    ++entries_;
    RETURN_IF_ERROR(writer_.Add(header, nullptr));
    Tell(session_, Inside(place_, header.name), {}, 0);
    return {};
  }

  void LeaveOut(const std::string& path, EntryOutcome outcome, const char* key) {
    Ending ending;
    ending.outcome = outcome;
    ending.reason = {key, {}};
    Tell(session_, Inside(place_, path.empty() ? "unnamed" : path), std::move(ending), 0);
  }

  Session& session_;
  const Place place_;
  TarReader reader_;
  TarWriter writer_;
  NameTable names_;
  uint64_t entries_ = 0;
};

}  // namespace

base::Result<Ending> RewriteTar(Session& session, ByteSource& in, os::ByteSink& out,
                                const Place& place) {
  return TarPass(session, in, out, place).Run();
}

}  // namespace casepack::archive

// What the parts of one Rewrite share, and the calls between them: content may be an
// archive, and an archive has content. One thread.
#pragma once

#include <cstdint>
#include <string>

#include "collector/archive/bounds.h"
#include "collector/archive/packed_entry.h"
#include "collector/archive/rewrite.h"

namespace casepack::archive {

struct Session {
  const Filters& filters;
  const Bounds& bounds;
  Budget budget;
  RewriteReport report;
};

// Where in the archives we are.
struct Place {
  std::string name;  // for the report; empty for the outermost
  int depth = 0;     // archives that may still be opened
};

// How reading something ended. A Status beside it is a failure of writing, which ends all.
struct Ending {
  EntryOutcome outcome = EntryOutcome::kRedacted;
  base::Message reason;
  redaction::Counts counts;
  uint64_t bytes_in = 0;
  uint64_t entries = 0;  // of an archive, that were written
};

Ending EndingOf(const base::Status& status);

// The shape of an archive: what is behind which filter.
struct Form {
  ArchiveKind kind = ArchiveKind::kNone;
  Filter filter = Filter::kNone;
};

// entry_rewrite.cc: the content of an entry, be it text or an archive, into `out`, which
// it leaves committed.
base::Result<Ending> RewriteEntry(Session& session, ByteSource& in, PackedEntry& out,
                                  const Place& place);
// Puts the line for an outcome in place of the content.
base::Status Withhold(PackedEntry& out, EntryOutcome outcome);
// A row for the report.
void Tell(Session& session, const Place& place, Ending ending, uint64_t bytes_out);

// archive_rewrite.cc: a whole archive. `place` is the archive's; its depth is what its
// entries may still open.
base::Result<Ending> RewriteArchive(Session& session, PeekSource& in, os::ByteSink& out,
                                    const Place& place);

// tar_rewrite.cc, zip_rewrite.cc: the inside of one.
base::Result<Ending> RewriteTar(Session& session, ByteSource& in, os::ByteSink& out,
                                const Place& place);
base::Result<Ending> RewriteZip(Session& session, RandomAccess& in, os::ByteSink& out,
                                const Place& place);

inline Place Inside(const Place& archive, const std::string& name) {
  return {archive.name.empty() ? name : archive.name + "/" + name, archive.depth};
}

}  // namespace casepack::archive

#include <algorithm>
#include <string>

#include "collector/archive/decode.h"
#include "collector/archive/encode.h"
#include "collector/archive/session.h"
#include "collector/archive/spool.h"

namespace casepack::archive {

using base::Status;

namespace {

constexpr size_t kBufferBytes = 64U << 10U;

// A zip is read from its end, and one in a stream has to be had whole first.
base::Result<Ending> RewriteFlowingZip(Session& session, ByteSource& in, os::ByteSink& out,
                                       const Place& place) {
  SealedSpool whole(session.bounds);
  std::string buffer(kBufferBytes, '\0');
  Status read;
  for (;;) {
    const auto got = in.Read(buffer);
    if (!got) read = got.error();
    if (!got || *got == 0) break;
    RETURN_IF_ERROR(whole.Write(std::string_view(buffer).substr(0, *got)));
    if (whole.size() <= session.bounds.max_entry) continue;
    read = {base::Code::kFull,
            {"archive.bounds.entry", {{"limit", std::to_string(session.bounds.max_entry)}}}};
    break;
  }
  ASSIGN_OR_RETURN(Ending ending, RewriteZip(session, whole, out, place));
  if (!read.ok()) {
    ending.outcome = OutcomeOf(read);
    ending.reason = read.message();
  }
  return ending;
}

base::Result<Ending> RewriteSingle(Session& session, ByteSource& in, Filter filter,
                                   os::ByteSink& out, const Place& place) {
  PackedEntry content(session.bounds, filter);
  ASSIGN_OR_RETURN(Ending ending, RewriteEntry(session, in, content, place));
  ending.entries = std::max<uint64_t>(ending.entries, 1);
  RETURN_IF_ERROR(content.CopyTo(out));
  // The outermost has no entry that tells of it.
  if (place.name.empty()) Tell(session, place, ending, content.size());
  return ending;
}

}  // namespace

base::Result<Ending> RewriteArchive(Session& session, PeekSource& in, os::ByteSink& out,
                                    const Place& place) {
  const std::string_view head = in.Peek(kHeadBytes);
  const bool outermost = place.name.empty();
  if (LooksLikeZip(head)) {
    if (outermost) session.report.kind = ArchiveKind::kZip;
    RandomAccess* random = in.random();
    if (random != nullptr) return RewriteZip(session, *random, out, place);
    return RewriteFlowingZip(session, in, out, place);
  }
  const Filter filter = LooksLikeTar(head) ? Filter::kNone : DetectFilter(head);
  const auto decoded = OpenDecoder(in, filter, session.budget);
  PeekSource content(*decoded);
  const bool tar = LooksLikeTar(content.Peek(kHeadBytes));
  if (outermost) {
    session.report.kind = tar ? ArchiveKind::kTar : ArchiveKind::kSingle;
    session.report.filter = filter;
  }
  if (!tar) return RewriteSingle(session, content, filter, out, place);
  const auto encoded = OpenEncoder(out, filter);
  ASSIGN_OR_RETURN(Ending ending, RewriteTar(session, content, *encoded, place));
  RETURN_IF_ERROR(encoded->Commit());
  return ending;
}

}  // namespace casepack::archive

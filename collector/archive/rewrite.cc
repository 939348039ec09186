#include "collector/archive/rewrite.h"

#include <utility>

#include "collector/archive/session.h"

namespace casepack::archive {

using base::Status;

namespace {

// The outermost archive: what was read of it, and whether that failed.
class Outermost : public ByteSource, private RandomAccess {
 public:
  Outermost(ByteSource& in, Budget& budget) : in_(in), random_(in.random()), budget_(budget) {}

  base::Result<size_t> Read(std::span<char> buffer) override {
    auto got = Note(in_.Read(buffer));
    if (got) budget_.Pack(*got);
    return got;
  }
  RandomAccess* random() override {
    if (random_ == nullptr) return nullptr;
    if (!std::exchange(packed_, true)) budget_.Pack(random_->size());
    return this;
  }
  [[nodiscard]] const Status& failure() const { return failure_; }

 private:
  [[nodiscard]] uint64_t size() const override { return random_->size(); }
  base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer) override {
    return Note(random_->ReadAt(offset, buffer));
  }
  base::Result<size_t> Note(base::Result<size_t> got) {
    if (!got && failure_.ok()) failure_ = got.error();
    return got;
  }

  ByteSource& in_;
  RandomAccess* const random_;
  Budget& budget_;
  bool packed_ = false;
  Status failure_;
};

}  // namespace

base::Result<RewriteReport> Rewrite(ByteSource& in, os::ByteSink& out, const Filters& filters,
                                    const Bounds& bounds) {
  Session session{filters, bounds, Budget(bounds), {}};
  Outermost outermost(in, session.budget);
  PeekSource peeked(outermost);
  const std::string_view head = peeked.Peek(kHeadBytes);
  RETURN_IF_ERROR(outermost.failure());
  if (!LooksLikeZip(head) && !LooksLikeTar(head) && DetectFilter(head) == Filter::kNone)
    return Status(base::Code::kUnsupported, {"archive.not_an_archive", {}});
  ASSIGN_OR_RETURN(const Ending ending, RewriteArchive(session, peeked, out, {"", bounds.depth}));
  RETURN_IF_ERROR(outermost.failure());
  if (ending.outcome != EntryOutcome::kRedacted && session.report.kind != ArchiveKind::kSingle)
    session.report.damage = ending.reason;
  return std::move(session.report);
}

}  // namespace casepack::archive

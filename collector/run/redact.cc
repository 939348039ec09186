#include "collector/run/redact.h"

#include <array>

#include "collector/archive/rewrite.h"
#include "collector/bundle/safe_name.h"
#include "redaction/stream.h"

namespace casepack::run {
namespace {

using base::Status;

constexpr size_t kPiece = size_t{256} * 1024;
constexpr size_t kHead = 1024;  // what telling an archive may need: a tar's header

class Source : public archive::ByteSource, private archive::RandomAccess {
 public:
  explicit Source(os::UserInput& input) : input_(input) {}
  base::Result<size_t> Read(std::span<char> buffer) override { return input_.Read(buffer); }
  archive::RandomAccess* random() override { return input_.size() ? this : nullptr; }

 private:
  [[nodiscard]] uint64_t size() const override { return input_.size().value_or(0); }
  base::Result<size_t> ReadAt(uint64_t offset, std::span<char> buffer) override {
    return input_.ReadAt(offset, buffer);
  }

  os::UserInput& input_;
};

Status Feed(archive::ByteSource& source, redaction::Stream& stream, const Status& written,
            archive::RewriteReport* report) {
  std::vector<char> buffer(kPiece);
  while (!stream.withheld() && written.ok()) {
    ASSIGN_OR_RETURN(const size_t got, source.Read(buffer));
    if (got == 0) break;
    report->bytes_in += got;
    stream.Feed({buffer.data(), got});
  }
  stream.Finish();
  return written;
}

base::Result<Redacted> RedactText(archive::ByteSource& source, os::ByteSink& output,
                                  const redaction::EnginePtr& engine) {
  Redacted redacted;
  Status written;
  redaction::Stream stream(engine, [&](std::string_view text) {
    redacted.report.bytes_out += text.size();
    if (written.ok()) written = output.Write(text);
  });
  RETURN_IF_ERROR(Feed(source, stream, written, &redacted.report));
  redacted.withheld = stream.withheld();
  redacted.report.total = stream.counts();
  return redacted;
}

base::Result<Redacted> RedactArchive(archive::ByteSource& source, os::ByteSink& output,
                                     const redaction::EnginePtr& engine) {
  archive::Filters filters;
  filters.open = [&engine](redaction::Sink sink) {
    return redaction::Stream(engine, std::move(sink));
  };
  filters.name = [&engine](std::string_view name) {
    return bundle::SafeRedactedName(engine, name, nullptr);
  };
  Redacted redacted;
  redacted.is_archive = true;
  ASSIGN_OR_RETURN(redacted.report, archive::Rewrite(source, output, filters, archive::Bounds()));
  return redacted;
}

}  // namespace

bool Redacted::Complete() const {
  using archive::EntryOutcome;
  const bool all = report.count(EntryOutcome::kWithheld) == 0 &&
                   report.count(EntryOutcome::kEncrypted) == 0 &&
                   report.count(EntryOutcome::kTooDeep) == 0;
  return !withheld && all && report.whole();
}

base::Result<Redacted> Redact(os::UserInput& input, os::ByteSink& output,
                              const redaction::EnginePtr& engine) {
  Source source(input);
  archive::PeekSource peek(source);
  const bool is_archive = archive::Detect(peek.Peek(kHead)) != archive::ArchiveKind::kNone;
  auto redacted =
      is_archive ? RedactArchive(peek, output, engine) : RedactText(peek, output, engine);
  if (!redacted) return redacted;
  RETURN_IF_ERROR(output.Commit());
  return redacted;
}

}  // namespace casepack::run

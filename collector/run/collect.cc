#include "collector/run/collect.h"

#include <algorithm>

#include "collector/analysis/analyze.h"
#include "collector/bundle/digest.h"
#include "collector/bundle/index_write.h"
#include "collector/bundle/json_redaction.h"
#include "collector/bundle/writer.h"
#include "collector/os/output.h"
#include "collector/os/self.h"
#include "collector/report/summary.h"
#include "collector/run/events.h"
#include "collector/run/host_row.h"
#include "collector/run/runner.h"
#include "collector/run/target.h"

namespace casepack::run {
namespace {

// Counts and digests what goes out, so that the caller can name the file's bytes.
class CountingSink : public os::ByteSink {
 public:
  explicit CountingSink(os::ByteSink& next) : next_(next) {}
  base::Status Write(std::string_view bytes) override {
    bytes_ += bytes.size();
    digest_.Update(bytes);
    return next_.Write(bytes);
  }
  base::Status Commit() override { return next_.Commit(); }
  [[nodiscard]] uint64_t bytes() const { return bytes_; }
  std::string Sha256() { return digest_.Hex(); }

 private:
  os::ByteSink& next_;
  uint64_t bytes_ = 0;
  bundle::Sha256 digest_;
};

// Gathering ends early enough for what comes after it: killing, sealing, syncing.
base::Duration Reserve(base::Duration timeout) {
  return std::min(timeout / 2, base::Duration(std::chrono::seconds(15)));
}

unsigned Jobs(unsigned asked, const os::Host& host) {
  if (asked > 0) return asked;
  return std::clamp(host.Identity().processors, 1U, 4U);
}

bundle::Ended HowItEnded(const CollectInputs& inputs, const base::Deadline& whole) {
  if (inputs.stop.raised()) return bundle::Ended::kInterrupted;
  return whole.Expired() ? bundle::Ended::kTimeLimit : bundle::Ended::kWhole;
}

void FillResources(bundle::Index& index, base::Instant begun) {
  const os::Usage usage = os::OwnUsage();
  index.resources.wall = std::chrono::steady_clock::now() - begun;
  index.resources.cpu = usage.cpu;
  index.resources.peak_memory = usage.peak_memory;
  index.resources.bytes_read = 0;
  for (const auto& item : index.items)
    index.resources.bytes_read += item.bytes_read;
}

// The host's name stands in the index and in the file's own name.
std::string ShownName(const redaction::Engine& engine, const std::string& name) {
  if (!engine.options().pseudonymize.hosts || name.empty()) return name;
  redaction::Pseudonyms pseudonyms(engine.options().key, engine.options().observer);
  return std::string(pseudonyms.For(redaction::Identifier::kHost, name));
}

// What we say of what was gathered goes through the same door as the rest.
std::string Written(const base::Json& json) {
  return base::WriteJson(json, base::JsonStyle::kOneLine) + "\n";
}

std::vector<bundle::FrontMember> Front(const CollectInputs& inputs, report::Language language,
                                       const analysis::Facts& facts, const bundle::Index& index) {
  redaction::Counts counts;
  const std::string summary = report::Summary(index, inputs.words, language);
  std::vector<bundle::FrontMember> front{
      {"SUMMARY.txt", redaction::RedactText(inputs.redaction, summary, &counts)}};
  const redaction::EnginePtr& engine = inputs.redaction;
  front.push_back({"facts.json",
                   Written(bundle::RedactFactsJson(engine, analysis::FactsJson(facts), &counts))});
  if (index.analysis) {
    const base::Json findings = bundle::FindingsJson(*index.analysis);
    front.push_back({"findings.json", Written(bundle::RedactJson(engine, findings, &counts))});
  }
  return front;
}

// The analysis reads what was stored, as a reader of the bundle will.
analysis::Analysis AnalyzeRun(const CollectInputs& inputs, const CollectOptions& options,
                              const bundle::Writer& writer, const bundle::Index& index) {
  const analysis::Content content{
      &index.items, [&writer](const bundle::MemberRow& row, const analysis::ByteSink& sink) {
        return writer.Read(row, sink);
      }};
  return analysis::Analyze(index, content, inputs.loaded->manifests, options.roles,
                           options.healthy.get());
}

bundle::SealOptions SealOf(const CollectInputs& inputs, const CollectOptions& options,
                           const analysis::Facts& facts) {
  bundle::SealOptions seal;
  seal.max_size = options.max_size;
  seal.left_out_reason.message = {"run.left_out.max_size", {}};
  const report::Words& words = inputs.words;
  seal.translate = [&words](bundle::Text& text) { words.Translate(text); };
  seal.front = [&inputs, &facts, language = options.language](const bundle::Index& index) {
    return Front(inputs, language, facts, index);
  };
  return seal;
}

// A value under a secret's name goes whole, as in any JSON that we write.
std::map<std::string, std::string, std::less<>> Redacted(
    const redaction::EnginePtr& engine,
    const std::map<std::string, std::string, std::less<>>& labels) {
  base::Json json{base::Json::Object()};
  for (const auto& [key, value] : labels)
    json.Set(key, value);
  redaction::Counts counts;
  std::map<std::string, std::string, std::less<>> redacted;
  const base::Json safe = bundle::RedactJson(engine, json, &counts);
  for (const base::Json::Member& member : *safe.object())
    redacted.emplace(member.name, *member.value.string());
  return redacted;
}

// What is known before anything is gathered.
struct Prepared {
  Plan plan;
  Incident incident;
  Target target;
  base::Timestamp created{};
};

void AddEvents(std::vector<bundle::ItemRow>& rows, const records::Window& window,
               bundle::Writer& writer) {
  for (bundle::ItemRow& row : WriteEvents(rows, window, writer))
    rows.push_back(std::move(row));
  std::sort(rows.begin(), rows.end(),
            [](const bundle::ItemRow& a, const bundle::ItemRow& b) { return a.id < b.id; });
}

// Runs and seals into a sink that is open already.
base::Result<Collected> CollectInto(const CollectInputs& inputs, const CollectOptions& options,
                                    const Prepared& prepared, os::ByteSink& sink) {
  const Plan& plan = prepared.plan;
  const Target& target = prepared.target;
  const base::Timestamp created = prepared.created;
  Incident incident = prepared.incident;
  const base::Instant begun = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const auto writer,
                   bundle::Writer::Create({target.format, target.folder, target.spool_folder,
                                           created, inputs.redaction}));
  const base::Deadline whole =
      base::Deadline::After(options.timeout - Reserve(options.timeout), &inputs.stop);
  RunnerOptions runner;
  runner.jobs = Jobs(options.jobs, *inputs.host);
  runner.whole = whole;
  runner.patience = std::min(runner.patience, Reserve(options.timeout) * 4 / 5);
  runner.keep = inputs.loaded;
  runner.translate = [words = std::make_shared<const report::Words>(inputs.words)](
                         bundle::Text& text) { words->Translate(text); };
  FindIncident(*inputs.host, inputs.loaded->manifests, plan, options.incident, inputs.redaction,
               whole, incident);
  runner.window = incident.window;
  std::vector<bundle::ItemRow> rows = RunItems(plan, inputs.host, *writer, runner, inputs.observer);
  RETURN_IF_ERROR(writer->status());
  AddEvents(rows, incident.window, *writer);
  inputs.observer.Sealing();

  Collected collected;
  bundle::Index& index = collected.index;
  index.tool = {options.version, options.commit, inputs.loaded->sha256};
  index.created = created;
  index.ended = HowItEnded(inputs, whole);
  index.host = DescribeHost(*inputs.host);
  index.host.name = ShownName(*inputs.redaction, index.host.name);
  index.incident = std::move(incident.row);
  index.language = report::CodeOf(options.language);
  index.product = options.selection.product;
  index.labels = Redacted(inputs.redaction, options.labels);
  index.items = std::move(rows);
  analysis::Analysis analysis = AnalyzeRun(inputs, options, *writer, index);
  index.analysis = std::move(analysis.row);
  FillResources(index, begun);
  CountingSink counting(sink);
  RETURN_IF_ERROR(writer->Seal(index, SealOf(inputs, options, analysis.facts), counting));
  collected.facts = std::move(analysis.facts);
  collected.path = target.path;
  collected.bytes = counting.bytes();
  collected.sha256 = counting.Sha256();
  return collected;
}

}  // namespace

base::Result<Collected> Collect(const CollectInputs& inputs, const CollectOptions& options) {
  Prepared prepared;
  ASSIGN_OR_RETURN(prepared.plan,
                   MakePlan(inputs.loaded->manifests, options.selection, *inputs.host));
  ASSIGN_OR_RETURN(prepared.incident, ReadIncident(*inputs.host, options.incident));
  prepared.created = options.created.value_or(inputs.host->Now());
  ASSIGN_OR_RETURN(
      prepared.target,
      ChooseTarget(options.output, options.format,
                   ShownName(*inputs.redaction, inputs.host->Identity().name), prepared.created));
  if (prepared.target.path == "-") {
    os::StandardOutput sink;
    return CollectInto(inputs, options, prepared, sink);
  }
  ASSIGN_OR_RETURN(os::AtomicFile sink,
                   os::AtomicFile::Create(prepared.target.path, prepared.target.others));
  auto collected = CollectInto(inputs, options, prepared, sink);
  if (collected) collected->path = sink.path();
  return collected;
}

}  // namespace casepack::run

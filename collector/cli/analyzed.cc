#include "collector/cli/analyzed.h"

#include "collector/bundle/reader.h"

namespace casepack::cli {

base::Result<analysis::Analysis> AnalyzeBundle(const std::string& path,
                                               const std::vector<manifest::Manifest>& manifests,
                                               const std::vector<std::string>& roles,
                                               const analysis::Facts* healthy) {
  ASSIGN_OR_RETURN(const auto reader, bundle::Reader::Open(path));
  const analysis::Content content{
      &reader->index().items,
      [&reader](const bundle::MemberRow& row, const analysis::ByteSink& sink) {
        return reader->Read(row.name, sink);
      }};
  return analysis::Analyze(reader->index(), content, manifests, roles, healthy);
}

base::Result<std::shared_ptr<const analysis::Facts>> HealthyFacts(
    const Invocation& invocation, const std::vector<manifest::Manifest>& manifests) {
  const auto path = invocation.Value("healthy");
  if (!path) return std::shared_ptr<const analysis::Facts>();
  ASSIGN_OR_RETURN(analysis::Analysis analysis, AnalyzeBundle(*path, manifests, {}));
  return std::shared_ptr<const analysis::Facts>(
      std::make_shared<const analysis::Facts>(std::move(analysis.facts)));
}

}  // namespace casepack::cli

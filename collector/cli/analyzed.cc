#include "collector/cli/analyzed.h"

#include "collector/bundle/reader.h"

namespace casepack::cli {

base::Result<analysis::Analysis> AnalyzeBundle(const std::string& path,
                                               const std::vector<manifest::Manifest>& manifests,
                                               const std::vector<std::string>& roles) {
  ASSIGN_OR_RETURN(const auto reader, bundle::Reader::Open(path));
  const analysis::Content content{
      &reader->index().items,
      [&reader](const bundle::MemberRow& row, const analysis::ByteSink& sink) {
        return reader->Read(row.name, sink);
      }};
  return analysis::Analyze(reader->index(), content, manifests, roles);
}

}  // namespace casepack::cli

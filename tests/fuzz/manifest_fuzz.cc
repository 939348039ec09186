// Any bytes as a manifest: each is judged, and what has no problem can be used.
#include <cstdlib>

#include "collector/manifest/parse.h"
#include "tests/manifest/fake_kinds.h"

namespace {

using namespace casepack;  // NOLINT(google-build-using-namespace): one function in a program

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckItem(const manifest::Item& item) {
  Check(!item.id.empty() && !item.title.en.empty() && !item.title.ja.empty());
  Check(item.priority >= 0 && item.priority <= 100);
  Check(item.limits.timeout > base::Duration::zero() && item.limits.max_files > 0);
  if (item.kind == "command") Check(!item.options.TextList("argv").empty());
  if (item.kind == "file") Check(!item.options.Text("from").empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const manifest::Parsed parsed = manifest::Parse("f", text, manifest::FakeKinds());
  base::Place last;
  for (const manifest::Problem& problem : parsed.problems) {
    Check(problem.place.line >= 1 && problem.place.column >= 1 && !problem.message.key.empty());
    Check(problem.place.line > last.line ||
          (problem.place.line == last.line && problem.place.column >= last.column));
    last = problem.place;
  }
  if (parsed.problems.empty()) {
    for (const manifest::Item& item : parsed.manifest.items)
      CheckItem(item);
  }
  const manifest::Parsed twins[] = {parsed, parsed};
  const std::string names[] = {"f", "g"};
  manifest::CheckTogether(twins, names);
  return 0;
}

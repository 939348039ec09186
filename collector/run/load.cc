#include "collector/run/load.h"

#include <algorithm>
#include <set>

#include "collector/bundle/digest.h"
#include "collector/kinds/registry.h"
#include "collector/manifest/builtin.h"
#include "collector/os/user_file.h"

namespace casepack::run {
namespace {

void Append(std::vector<manifest::Problem>& to, std::vector<manifest::Problem> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Takes out of the built-in manifests what the user's own have again.
void Override(std::vector<manifest::Parsed>& builtin, const std::vector<manifest::Parsed>& own) {
  std::set<std::string> ids;
  for (const auto& parsed : own) {
    for (const auto& item : parsed.manifest.items)
      ids.insert(item.id);
  }
  for (auto& parsed : builtin) {
    std::erase_if(parsed.manifest.items, [&](const auto& item) { return ids.count(item.id) > 0; });
  }
}

}  // namespace

std::vector<manifest::KindFields> AllKindFields() {
  std::vector<manifest::KindFields> fields;
  for (const kinds::Kind* kind : kinds::All()) {
    fields.push_back({kind->name, kind->fields, kind->defaults});
  }
  return fields;
}

base::Result<Loaded> LoadManifests(const std::vector<std::string>& files) {
  const std::vector<manifest::KindFields> kinds = AllKindFields();
  std::vector<manifest::Parsed> builtin;
  std::vector<manifest::Parsed> own;
  std::vector<std::string> names;
  bundle::Sha256 digest;
  for (const auto& file : manifest::BuiltinFiles()) {
    builtin.push_back(manifest::Parse(file.name, file.text, kinds));
    names.emplace_back(file.name);
    digest.Update(file.text);
  }
  for (const std::string& path : files) {
    ASSIGN_OR_RETURN(const std::string text, os::ReadUserFile(path));
    own.push_back(manifest::Parse(path, text, kinds));
    names.push_back(path);
    digest.Update(text);
  }
  Override(builtin, own);
  std::vector<manifest::Parsed> all = std::move(builtin);
  std::move(own.begin(), own.end(), std::back_inserter(all));

  Loaded loaded;
  for (auto& parsed : all)
    Append(loaded.problems, parsed.problems);
  Append(loaded.problems, manifest::CheckTogether(all, names));
  for (auto& parsed : all)
    loaded.manifests.push_back(std::move(parsed.manifest));
  loaded.sha256 = digest.Hex();
  return loaded;
}

}  // namespace casepack::run

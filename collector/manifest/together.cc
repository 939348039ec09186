#include <cassert>
#include <map>
#include <utility>

#include "collector/manifest/parse.h"

namespace casepack::manifest {
namespace {

// Who had an id first: the number of the file.
using Owners = std::map<std::string, size_t, std::less<>>;

class Together {
 public:
  explicit Together(std::span<const std::string> files) : files_(files) {}

  void Claim(Owners& owners, const std::string& id, size_t file, base::Place place,
             const char* twice) {
    const auto [owner, is_new] = owners.emplace(id, file);
    if (is_new || id.empty()) return;
    problems_.push_back(
        {files_[file], place, {twice, {{"id", id}, {"other", files_[owner->second]}}}, {}});
  }

  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  std::span<const std::string> files_;
  std::vector<Problem> problems_;
};

base::Place PlaceOf(const Parsed& parsed, const std::string& id) {
  const auto found = parsed.item_places.find(id);
  return found == parsed.item_places.end() ? base::Place() : found->second;
}

}  // namespace

std::vector<Problem> CheckTogether(std::span<const Parsed> manifests,
                                   std::span<const std::string> files) {
  assert(manifests.size() == files.size());
  Together together(files);
  Owners ids;
  Owners item_ids;
  for (size_t i = 0; i < manifests.size(); ++i) {
    const Parsed& parsed = manifests[i];
    // One whose items were all taken over by another is that one's predecessor.
    if (parsed.manifest.items.empty()) continue;
    together.Claim(ids, parsed.manifest.id, i, parsed.id_place, "manifest.id.elsewhere");
    for (const Item& item : parsed.manifest.items) {
      together.Claim(item_ids, item.id, i, PlaceOf(parsed, item.id), "manifest.item_id.elsewhere");
    }
  }
  return together.Take();
}

}  // namespace casepack::manifest

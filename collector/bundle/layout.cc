#include "collector/bundle/layout.h"

#include "collector/bundle/digest.h"

namespace casepack::bundle {

base::Result<std::vector<Placed>> MembersOf(Index& index, const Spool& spool) {
  std::vector<Placed> members;
  for (ItemRow& item : index.items) {
    for (MemberRow& row : item.members) {
      const Stored* stored = spool.Find(row.name);
      if (stored == nullptr) {
        return base::Status(base::Code::kFailed,
                            {"bundle.seal.unknown_member", {{"name", row.name}}});
      }
      members.push_back({&row, stored});
    }
  }
  return members;
}

void Place(const std::vector<Placed>& members) {
  uint64_t offset = 0;
  for (const Placed& member : members) {
    member.row->place = {offset, member.stored->Compressed()};
    offset += member.row->place.length;
  }
}

void FillTotals(Index& index) {
  index.redactions.clear();
  for (const ItemRow& item : index.items) {
    for (const auto& [rule, count] : item.redactions)
      index.redactions[rule] += count;
  }
  index.bundle_id = BundleId(index);
}

std::string BundleId(const Index& index) {
  Sha256 digest;
  digest.Update(base::FormatUtc(index.created) + "\n" + index.host.name + "\n");
  for (const ItemRow& item : index.items) {
    for (const MemberRow& member : item.members) {
      digest.Update(member.name + "\n" + member.sha256 + "\n");
    }
  }
  return digest.Hex();
}

}  // namespace casepack::bundle

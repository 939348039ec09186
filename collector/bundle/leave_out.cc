#include "collector/bundle/leave_out.h"

#include <algorithm>
#include <vector>

namespace casepack::bundle {
namespace {

std::vector<ItemRow*> LowestFirst(Index& index) {
  std::vector<ItemRow*> items;
  for (auto item = index.items.rbegin(); item != index.items.rend(); ++item)
    items.push_back(&*item);
  std::stable_sort(items.begin(), items.end(),
                   [](const ItemRow* a, const ItemRow* b) { return a->priority < b->priority; });
  return items;
}

}  // namespace

uint64_t LeaveOut(Index& index, uint64_t excess, const Text& reason,
                  const std::function<uint64_t(const MemberRow&)>& size_of) {
  uint64_t saved = 0;
  for (ItemRow* item : LowestFirst(index)) {
    while (saved < excess && !item->members.empty()) {
      const MemberRow& member = item->members.back();
      saved += size_of(member);
      index.left_out.push_back({member.name, member.bytes, reason});
      item->members.pop_back();
      if (item->outcome == Outcome::kOk) {
        item->outcome = Outcome::kPartial;
        item->reason = reason;
      }
    }
  }
  return saved;
}

}  // namespace casepack::bundle

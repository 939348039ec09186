#include "collector/bundle/verify.h"

#include <map>
#include <string_view>

#include "collector/bundle/digest.h"

namespace casepack::bundle {
namespace {

constexpr std::string_view kGathered = "raw/";  // below it, the index has to know each member

class Verifier {
 public:
  explicit Verifier(const Index& index) {
    for (const ItemRow& item : index.items) {
      for (const MemberRow& member : item.members) {
        if (!missing_.emplace(member.name, &member).second) {
          Problem(member.name, "bundle.verify.listed_twice");
        }
      }
    }
  }

  Verified Run(Reader& reader) {
    Reader::Visitor visitor;
    visitor.begin = [this](const MemberInfo& member) { Begin(member); };
    visitor.bytes = [this](std::string_view bytes) { Bytes(bytes); };
    visitor.end = [this] { End(); };
    const base::Status status = reader.ForEach(visitor);
    for (const auto& [name, row] : missing_)
      Problem(std::string(name), "bundle.verify.absent");
    if (!status.ok()) result_.problems.push_back({member_.name, status.message()});
    return std::move(result_);
  }

 private:
  void Begin(const MemberInfo& member) {
    member_ = member;
    digest_ = Sha256();
  }

  void Bytes(std::string_view bytes) {
    digest_.Update(bytes);
    result_.bytes += bytes.size();
  }

  void End() {
    ++result_.members;
    const auto found = missing_.find(member_.name);
    if (found == missing_.end()) {
      if (member_.name.compare(0, kGathered.size(), kGathered) == 0) {
        Problem(member_.name, "bundle.verify.not_listed");
      }
      return;
    }
    const MemberRow& row = *found->second;
    missing_.erase(found);
    if (row.bytes != member_.bytes) {
      Problem(row.name, "bundle.verify.size");
    } else if (digest_.Hex() != row.sha256) {
      Problem(row.name, "bundle.verify.digest");
    }
  }

  void Problem(const std::string& member, const char* key) {
    if (result_.problems.size() < kMaxVerifyProblems) {
      result_.problems.push_back({member, {key, {}}});
    }
  }

  Verified result_;
  MemberInfo member_;
  Sha256 digest_;
  std::map<std::string_view, const MemberRow*> missing_;  // not seen yet
};

}  // namespace

Verified Verify(Reader& reader) { return Verifier(reader.index()).Run(reader); }

}  // namespace casepack::bundle

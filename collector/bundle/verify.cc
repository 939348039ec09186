#include "collector/bundle/verify.h"

#include <map>
#include <memory>
#include <string_view>

#include "collector/base/json.h"
#include "collector/bundle/digest.h"
#include "collector/bundle/secret_scan.h"

namespace casepack::bundle {
namespace {

// What we make ourselves out of what was gathered: its strings are looked at one by one.
bool IsJsonOfOurs(std::string_view name) {
  return name == "index.json" || name == "facts.json" || name == "findings.json";
}
constexpr size_t kLongestIndex = size_t{16} << 20;
constexpr std::string_view kGathered = "raw/";  // below it, the index has to know each member

class Verifier {
 public:
  Verifier(const Index& index, const redaction::EnginePtr& engine) : engine_(engine) {
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
    if (engine_ == nullptr) return;
    // The index counts what was removed under the rules' names, which are words like
    // "password": its strings are looked through one by one.
    if (IsJsonOfOurs(member.name)) {
      index_text_.clear();
    } else {
      scan_ = std::make_unique<SecretScan>(engine_);
    }
    SecretScan name(engine_);
    name.Feed(member.name);
    Tell(name.Finish());
  }

  void Bytes(std::string_view bytes) {
    digest_.Update(bytes);
    if (scan_ != nullptr) {
      scan_->Feed(bytes);
    } else if (engine_ != nullptr && index_text_.size() < kLongestIndex) {
      index_text_.append(bytes);
    }
    result_.bytes += bytes.size();
  }

  void End() {
    ++result_.members;
    if (scan_ != nullptr) Tell(scan_->Finish());
    scan_.reset();
    if (engine_ != nullptr && IsJsonOfOurs(member_.name)) LookThroughIndex();
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

  void LookThroughIndex() {
    if (const auto json = base::ParseJson(index_text_)) LookThrough(*json);
    index_text_.clear();
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as ParseJson lets it be
  void LookThrough(const base::Json& json) {
    if (const std::string* text = json.string()) {
      SecretScan scan(engine_);
      scan.Feed(*text);
      std::vector<SecretHit> hits = scan.Finish();
      for (SecretHit& hit : hits)
        hit.line = json.place.line;
      Tell(hits);
    } else if (const base::Json::Array* list = json.array()) {
      for (const base::Json& element : *list)
        LookThrough(element);
    } else if (const base::Json::Object* members = json.object()) {
      for (const base::Json::Member& member : *members)
        LookThrough(member.value);
    }
  }

  void Tell(const std::vector<SecretHit>& hits) {
    for (const SecretHit& hit : hits) {
      if (result_.secrets.size() >= kMaxVerifyProblems) return;
      result_.secrets.push_back({member_.name, hit.rule, hit.line});
    }
  }

  Verified result_;
  redaction::EnginePtr engine_;
  std::unique_ptr<SecretScan> scan_;
  std::string index_text_;
  MemberInfo member_;
  Sha256 digest_;
  std::map<std::string_view, const MemberRow*> missing_;  // not seen yet
};

}  // namespace

Verified Verify(Reader& reader, const redaction::EnginePtr& engine) {
  return Verifier(reader.index(), engine).Run(reader);
}

}  // namespace casepack::bundle

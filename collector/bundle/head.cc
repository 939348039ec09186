#include "collector/bundle/head.h"

#include "collector/base/json_scan.h"
#include "collector/base/utf8.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index_names.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::JsonScan;
using base::Status;

constexpr size_t kLongest = 1024;      // of a text that is kept
constexpr size_t kMostNames = 10'000;  // of items, labels

class HeadParser {
 public:
  explicit HeadParser(std::string_view text) : scan_(text) {}

  base::Result<Head> Parse() {
    const bool whole = scan_.Object([this](std::string_view name) { Top(name); });
    if (!whole || !scan_.AtEnd()) return Status(Code::kInvalid, {"bundle.head.json", {}});
    RETURN_IF_ERROR(CheckFormatName(format_));
    if (!wrong_.empty())
      return Status(Code::kInvalid, {"bundle.reader.index_field", {{"field", wrong_}}});
    return std::move(head_);
  }

 private:
  void Top(std::string_view name) {
    if (name == "format") return Text("format", &format_);
    if (name == "tool") return Each("tool", [this](std::string_view of) { Tool(of); });
    if (name == "bundle_id") return Text("bundle_id", &head_.bundle_id);
    if (name == "created") return Time("created", &head_.created);
    if (name == "complete") return Flag("complete", &head_.complete);
    if (name == "host") return Each("host", [this](std::string_view of) { Host(of); });
    if (name == "labels") return Labels();
    if (name == "roles") return Texts("roles", &head_.roles);
    if (name == "verdict") return Each("verdict", [this](std::string_view of) { Verdict(of); });
    if (name == "items") return Items();
  }

  void Tool(std::string_view name) {
    if (name == "version") Text("version", &head_.tool.version);
    if (name == "manifests_sha256") Text("manifests_sha256", &head_.tool.manifests_sha256);
  }

  void Host(std::string_view name) {
    HostRow& host = head_.host;
    if (name == "name") return Text("name", &host.name);
    if (name == "machine_id_hash") return Text("machine_id_hash", &host.machine_id_hash);
    if (name == "platform") return Text("platform", &host.platform);
    if (name == "os") return Text("os", &host.os);
    if (name == "kernel") return Text("kernel", &host.kernel);
    if (name == "machine") return Text("machine", &host.machine);
    if (name == "as_root") return Flag("as_root", &host.as_root);
  }

  void Verdict(std::string_view name) {
    if (name == "state") return Text("state", &head_.state);
    if (name == "since") return Time("since", &head_.since.emplace());
    if (name == "top_finding") return Text("top_finding", &head_.top_finding);
    if (name != "evidence") return;
    List("evidence", [this] {
      std::string fact;
      Each("evidence", [&](std::string_view of) {
        if (of == "fact") Text("fact", &fact);
      });
      if (!fact.empty() && head_.evidence.size() < kMostNames)
        head_.evidence.push_back(std::move(fact));
    });
  }

  void Items() {
    List("items", [this] {
      std::string id;
      std::string outcome;
      Each("items", [&](std::string_view of) {
        if (of == "id") Text("id", &id);
        if (of == "outcome") Text("outcome", &outcome);
      });
      if (head_.items.size() < kMostNames)
        head_.items.emplace_back(std::move(id), OutcomeOfName(outcome));
    });
  }

  void Labels() {
    Each("labels", [this](std::string_view of) {
      const std::string name(of.substr(0, kLongest));
      std::string value;
      Text("labels", &value);
      if (head_.labels.size() < kMostNames) head_.labels.emplace(name, std::move(value));
    });
  }

  void Text(const char* name, std::string* out) {
    const auto text = scan_.String();
    if (!text) return Wrong(name);
    *out = text->size() <= kLongest ? std::string(*text) : base::CutUtf8(*text, kLongest);
  }

  void Time(const char* name, base::Timestamp* out) {
    const auto text = scan_.String();
    const auto time = text ? base::ParseUtc(*text) : std::nullopt;
    if (!time) return Wrong(name);
    *out = *time;
  }

  void Flag(const char* name, bool* out) {
    const auto flag = scan_.Flag();
    if (!flag) return Wrong(name);
    *out = *flag;
  }

  void Texts(const char* name, std::vector<std::string>* out) {
    List(name, [&] {
      std::string text;
      Text(name, &text);
      if (out->size() < kMostNames) out->push_back(std::move(text));
    });
  }

  template <typename Member>
  void Each(const char* name, Member member) {
    if (scan_.Peek() != JsonScan::Kind::kObject) return Wrong(name);
    scan_.Object(member);
  }
  template <typename Element>
  void List(const char* name, Element element) {
    if (scan_.Peek() != JsonScan::Kind::kArray) return Wrong(name);
    scan_.Array(element);
  }

  void Wrong(const char* name) {
    if (wrong_.empty()) wrong_ = name;
  }

  JsonScan scan_;
  Head head_;
  std::string format_;
  std::string wrong_;
};

}  // namespace

base::Result<Head> ParseHead(std::string_view index_json) { return HeadParser(index_json).Parse(); }

}  // namespace casepack::bundle

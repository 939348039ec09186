// What a fleet reads of machines that nobody vouches for: index.json without a tree, digest
// lines, lists of hosts. The first byte says which. Any bytes give rows or a refusal, and a
// report of them can be made.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/base/utf8.h"
#include "collector/bundle/head.h"
#include "collector/bundle/index_parse.h"
#include "collector/fleet/digest.h"
#include "collector/fleet/host_list.h"
#include "collector/fleet/json.h"
#include "collector/fleet/report.h"

namespace {

using namespace casepack;

void Require(bool condition) {
  if (!condition) std::abort();
}

// Whatever the whole reader takes, the hasty one takes too, and tells the same of it.
void Head(std::string_view text) {
  const auto head = bundle::ParseHead(text);
  const auto index = bundle::ParseIndexJson(text);
  if (!head) Require(!head.error().message().key.empty());
  if (!index) return;
  Require(static_cast<bool>(head));
  Require(head->bundle_id == index->bundle_id && head->created == index->created);
  Require(head->host.name == index->host.name && head->items.size() == index->items.size());
}

template <typename Each>
void Lines(std::string_view text, const Each& each) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    each(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void Digests(std::string_view text) {
  fleet::DigestReader reader;
  Lines(text, [&](std::string_view line) { reader.Line(line); });
  fleet::Table table = reader.Finish();
  fleet::ReportOptions options;
  options.labels = fleet::ParseHostList(text);
  options.inventory = options.labels;
  const auto report = fleet::MakeReport(table, options);
  Require(static_cast<bool>(report));
  Require(
      base::IsUtf8(base::WriteJson(fleet::ReportJson(table, *report), base::JsonStyle::kOneLine)));
}

void HostList(std::string_view text) {
  fleet::HostNames names;
  const auto hosts = fleet::ParseHostList(text);
  for (size_t i = 0; i < hosts.size(); ++i) {
    Require(!hosts[i].name.empty());
    names.Add(hosts[i].name, i);
  }
  for (const auto& host : hosts)
    Require(names.Find(host.name) < hosts.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      Head(text);
      break;
    case 1:
      Digests(text);
      break;
    default:
      HostList(text);
  }
  return 0;
}

#include "collector/analysis/read_facts.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "collector/analysis/derive.h"
#include "collector/analysis/fact_collector.h"
#include "collector/analysis/lines.h"

namespace casepack::analysis {
namespace {

using bundle::ItemRow;
using bundle::MemberRow;
using bundle::Outcome;
using manifest::FactReader;
using From = manifest::FactReader::From;

constexpr size_t kMaxDocument = size_t{16} << 20U;
constexpr base::JsonLimits kRecordLimits = {.bytes = kMaxLine, .depth = 16, .values = 10'000};
constexpr base::JsonLimits kDocumentLimits = {
    .bytes = kMaxDocument, .depth = 32, .values = 500'000};

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Everything of the item is there, as far as its row tells.
bool CameWhole(const ItemRow& row) {
  if (row.outcome != Outcome::kOk) return false;
  return std::none_of(row.members.begin(), row.members.end(),
                      [](const MemberRow& member) { return member.cut_head || member.cut_tail; });
}

// All readers of one item.
class ItemReaders {
 public:
  ItemReaders(const std::vector<const FactReader*>& readers, const ItemRow& row)
      : row_(row), whole_(CameWhole(row)) {
    for (const FactReader* reader : readers)
      collectors_.emplace_back(*reader, row.id);
  }

  void Read(const Content& content, Facts* facts) {
    for (const MemberRow& member : row_.members)
      ReadMember(content, member);
    for (FactCollector& collector : collectors_) {
      const bool item = collector.reader().from == From::kItem;
      if (item) collector.Outcome(row_);
      collector.Finish(item || whole_, facts);
    }
  }

 private:
  [[nodiscard]] std::vector<FactCollector*> Wanting(const MemberRow& member, bool document) {
    std::vector<FactCollector*> wanting;
    for (FactCollector& collector : collectors_) {
      const FactReader& reader = collector.reader();
      if (reader.from == From::kItem || (reader.from == From::kJson) != document) continue;
      if (EndsWith(member.name, reader.member)) wanting.push_back(&collector);
    }
    return wanting;
  }

  void ReadMember(const Content& content, const MemberRow& member) {
    if (auto wanting = Wanting(member, false); !wanting.empty())
      ReadLines(content, member, wanting);
    if (auto wanting = Wanting(member, true); !wanting.empty())
      ReadDocument(content, member, wanting);
  }

  void ReadLines(const Content& content, const MemberRow& member,
                 const std::vector<FactCollector*>& wanting) {
    const bool records = std::any_of(
        wanting.begin(), wanting.end(),
        [](const FactCollector* collector) { return collector->reader().from == From::kRecords; });
    Lines lines([&](uint64_t number, std::string_view text) {
      base::Json record;
      if (records && text.substr(0, 1) == "{") {
        if (auto parsed = base::ParseJson(text, kRecordLimits)) record = std::move(*parsed);
      }
      for (FactCollector* collector : wanting) {
        if (collector->reader().from != From::kRecords) {
          collector->Line(member.name, number, text);
        } else if (record.object() != nullptr) {
          collector->Record(member.name, number, text, record);
        }
      }
    });
    const base::Status read = content.read(member, [&](std::string_view bytes) {
      lines.Feed(bytes);
      return true;
    });
    lines.Finish();
    whole_ = whole_ && read.ok();
  }

  void ReadDocument(const Content& content, const MemberRow& member,
                    const std::vector<FactCollector*>& wanting) {
    std::string text;
    const base::Status read = content.read(member, [&](std::string_view bytes) {
      text.append(bytes);
      return text.size() <= kMaxDocument;
    });
    const auto document = base::ParseJson(text, kDocumentLimits);
    whole_ = whole_ && read.ok() && document.has_value();
    if (!document) return;
    for (FactCollector* collector : wanting)
      collector->Record(member.name, 0, "", *document);
  }

  const ItemRow& row_;
  bool whole_;
  std::vector<FactCollector> collectors_;
};

}  // namespace

Facts ReadFacts(const Content& content, std::span<const manifest::Manifest> manifests) {
  std::map<std::string, std::vector<const FactReader*>, std::less<>> by_item;
  for (const manifest::Manifest& manifest : manifests) {
    for (const manifest::Item& item : manifest.items) {
      for (const FactReader& reader : item.facts)
        by_item[item.id].push_back(&reader);
    }
    for (const FactReader& reader : manifest.facts)
      by_item[reader.item].push_back(&reader);
  }
  Facts facts;
  for (const ItemRow& row : *content.items) {
    const auto readers = by_item.find(row.id);
    if (readers != by_item.end()) ItemReaders(readers->second, row).Read(content, &facts);
  }
  for (const manifest::Manifest& manifest : manifests) {
    for (const manifest::DerivedFact& derived : manifest.derived)
      Derive(derived, &facts);
  }
  return facts;
}

}  // namespace casepack::analysis

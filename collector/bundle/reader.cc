#include "collector/bundle/reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "collector/base/utf8.h"
#include "collector/bundle/archive_walk.h"
#include "collector/bundle/decoder.h"
#include "collector/bundle/digest.h"
#include "collector/bundle/index_parse.h"
#include "collector/bundle/input.h"

namespace casepack::bundle {

using base::Code;
using base::Status;

namespace {

constexpr std::string_view kIndexName = "index.json";

std::optional<Format> FormatOfFile(Input& input) {
  std::array<char, 4> first{};
  return FormatOfBytes({first.data(), input.ReadAt(0, first)});
}

}  // namespace

class Reader::Impl {
 public:
  using Sink = std::function<bool(std::string_view)>;

  Impl(std::unique_ptr<Input> input, Format format, const ReaderLimits& limits)
      : input_(std::move(input)), format_(format), limits_(limits) {}

  // An open archive: for a tar with the decoder below it, which has to live longer.
  struct Opened {
    std::unique_ptr<Decoder> decoder;
    std::unique_ptr<ArchiveWalk> walk;
  };

  [[nodiscard]] Opened OpenAt(uint64_t offset) const {
    Opened opened;
    if (format_ == Format::kZip) {
      opened.walk = std::make_unique<ArchiveWalk>(*input_, limits_);
      return opened;
    }
    const Codec codec = format_ == Format::kTarZst ? Codec::kZstd : Codec::kGzip;
    opened.decoder = std::make_unique<Decoder>(*input_, codec, offset,
                                               DecoderLimits{limits_.total_bytes, limits_.ratio});
    opened.walk = std::make_unique<ArchiveWalk>(*opened.decoder, limits_);
    return opened;
  }

  Status ReadIndex() {
    const Opened opened = OpenAt(0);
    ASSIGN_OR_RETURN(const auto first, opened.walk->Next());
    if (!first || first->name != kIndexName)
      return {Code::kInvalid, {"bundle.reader.not_a_bundle", {}}};
    if (first->bytes > limits_.index_bytes)
      return {Code::kInvalid, {"bundle.reader.index_bytes", {}}};
    std::string text;
    RETURN_IF_ERROR(opened.walk->Content([&](std::string_view bytes) {
      text.append(bytes);
      return true;
    }));
    base::JsonLimits json;
    json.bytes = limits_.index_bytes;
    json.values = limits_.index_values;
    auto index = ParseIndexJson(text, json);
    if (!index) return index.error();
    index_ = std::move(*index);
    for (const ItemRow& item : index_.items) {
      for (const MemberRow& member : item.members)
        rows_.emplace(member.name, &member);
    }
    if (opened.decoder) FindData(*opened.decoder);
    return {};
  }

  Status Read(std::string_view name, const Sink& sink) {
    const auto row = rows_.find(name);
    if (row != rows_.end() && data_start_ && row->second->place.length > 0) {
      bool found = false;
      Status status = ReadInPlace(*row->second, sink, &found);
      if (found) return status;
    }
    return ReadByScan(name, row == rows_.end() ? nullptr : row->second, sink);
  }

  Status ForEach(const Visitor& visitor) const {
    const Opened opened = OpenAt(0);
    for (;;) {
      ASSIGN_OR_RETURN(const auto member, opened.walk->Next());
      if (!member) return opened.walk->CheckEnd();
      if (visitor.begin) visitor.begin(*member);
      RETURN_IF_ERROR(opened.walk->Content([&](std::string_view bytes) {
        if (visitor.bytes) visitor.bytes(bytes);
        return true;
      }));
      if (visitor.end) visitor.end();
    }
  }

  [[nodiscard]] const Index& index() const { return index_; }
  [[nodiscard]] Format format() const { return format_; }

 private:
  // Places count from the end of the first link of the chain. If it is damaged behind the
  // index, or somebody packed the bundle anew, members are found by a scan.
  void FindData(Decoder& decoder) {
    uint64_t passed = 0;
    while (!decoder.first_end() && passed < limits_.index_bytes) {
      const auto bytes = decoder.Next();
      if (!bytes || bytes->empty()) break;
      passed += bytes->size();
    }
    data_start_ = decoder.first_end();
  }

  Status ReadInPlace(const MemberRow& row, const Sink& sink, bool* found) {
    if (row.place.offset >= input_->size() - std::min(*data_start_, input_->size())) return {};
    const Opened opened = OpenAt(*data_start_ + row.place.offset);
    const auto member = opened.walk->Next();
    if (!member || !*member || (*member)->name != row.name) return {};
    *found = true;
    return Checked(*opened.walk, &row, row.name, sink);
  }

  Status ReadByScan(std::string_view name, const MemberRow* row, const Sink& sink) {
    const Opened opened = OpenAt(0);
    for (;;) {
      ASSIGN_OR_RETURN(const auto member, opened.walk->Next());
      if (!member) {
        return {Code::kMissing, {"bundle.reader.no_member", {{"name", base::Visible(name)}}}};
      }
      if (member->name == name) return Checked(*opened.walk, row, name, sink);
    }
  }

  static Status Checked(ArchiveWalk& walk, const MemberRow* row, std::string_view name,
                        const Sink& sink) {
    Sha256 digest;
    bool stopped = false;
    RETURN_IF_ERROR(walk.Content([&](std::string_view bytes) {
      digest.Update(bytes);
      stopped = !sink(bytes);
      return !stopped;
    }));
    if (stopped || row == nullptr || digest.Hex() == row->sha256) return {};
    return {Code::kInvalid, {"bundle.reader.digest", {{"name", base::Visible(name)}}}};
  }

  const std::unique_ptr<Input> input_;
  const Format format_;
  const ReaderLimits limits_;
  Index index_;
  std::map<std::string_view, const MemberRow*> rows_;  // of index_
  std::optional<uint64_t> data_start_;
};

base::Result<std::unique_ptr<Reader>> Reader::Open(const std::string& path,
                                                   const ReaderLimits& limits) {
  ASSIGN_OR_RETURN(std::unique_ptr<Input> input, Input::Open(path));
  const std::optional<Format> format = FormatOfFile(*input);
  if (!format) return Status(Code::kInvalid, {"bundle.reader.not_a_bundle", {}});
  auto impl = std::make_unique<Impl>(std::move(input), *format, limits);
  RETURN_IF_ERROR(impl->ReadIndex());
  return std::unique_ptr<Reader>(new Reader(std::move(impl)));
}

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::~Reader() = default;

const Index& Reader::index() const { return impl_->index(); }
Format Reader::format() const { return impl_->format(); }
Status Reader::Read(std::string_view name, const std::function<bool(std::string_view)>& sink) {
  return impl_->Read(name, sink);
}
Status Reader::ForEach(const Visitor& visitor) { return impl_->ForEach(visitor); }

}  // namespace casepack::bundle

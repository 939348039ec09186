#include "collector/analysis/event_agent.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collector/analysis/event_text.h"
#include "collector/analysis/event_time.h"

namespace casepack::analysis {
namespace {

constexpr int kHeadLines = 4;  // in which the next label must come

EventColumn ColumnOf(const LabelledLine& line, const EventWords& words) {
  const EventColumnName* name = words.Find(line.label);
  return name == nullptr ? EventColumn::kOther : name->column;
}

bool IsHeadColumn(EventColumn column) {
  return column == EventColumn::kLevel || column == EventColumn::kId ||
         column == EventColumn::kTitle;
}

// What stands before the first block and is not its heading.
std::string_view WithoutHeading(std::string_view before) {
  before = TrimEventText(before);
  const size_t line = before.rfind('\n');
  const std::string_view last =
      TrimEventText(line == std::string_view::npos ? before : before.substr(line));
  constexpr std::string_view kWide = "：";
  const bool wide = last.size() >= kWide.size() && last.substr(last.size() - kWide.size()) == kWide;
  if (last.empty() || (last.back() != ':' && !wide)) return before;
  return TrimEventText(before.substr(0, before.size() - last.size()));
}

// One block: labels up to the description, then text.
class Block {
 public:
  Block(const EventContext& context, uint32_t line) : context_(context), row_(context, line) {
    row_.event().space = EventSpace::kAgent;
  }

  void Read(std::string_view line) {
    const auto labelled = in_text_ ? std::nullopt : SplitLabel(line);
    const EventColumnName* name = labelled ? context_.words.Find(labelled->label) : nullptr;
    if (name == nullptr) {
      AddText(line);
    } else if (name->column == EventColumn::kText) {
      in_text_ = true;
      AddText(labelled->value);
    } else {
      row_.SetColumn(name->column, name->key, labelled->value);
    }
  }

  EventRow& Finish() {
    row_.event().text = TrimEventText(text_);
    return row_;
  }

 private:
  void AddText(std::string_view line) {
    if (text_.empty() && TrimEventText(line).empty()) return;
    if (!text_.empty() && text_.size() < context_.limits.text_bytes) text_ += '\n';
    text_ += CutEventText(line, context_.limits.text_bytes - text_.size());
  }

  const EventContext& context_;
  EventRow row_;
  std::string text_;
  bool in_text_ = false;
};

// Calls `begin` with where a block begins, and `line` with each line of a block.
template <typename Begin, typename Line>
void WalkBlocks(std::string_view text, const EventWords& words, Begin begin, Line line) {
  EventLines lines(text);
  bool in_block = false;
  for (std::string_view rest = text; lines.Next(); rest = lines.rest()) {
    if (BeginsAgentBlock(rest, words)) {
      in_block = true;
      begin(static_cast<size_t>(rest.data() - text.data()), lines.number());
    }
    if (in_block) line(lines.line());
  }
}

// 「ID:165 エラー セキュリティアップデートの失敗」, behind a label of any words.
bool ReadQuotedEvent(std::string_view line, const EventContext& context, EventRow& row) {
  constexpr std::string_view kOpen = "「ID:";
  constexpr std::string_view kClose = "」";
  const size_t open = line.find(kOpen);
  if (open == std::string_view::npos || open > 64) return false;
  std::string_view head = line.substr(open + kOpen.size());
  const size_t close = head.find(kClose);
  if (close == std::string_view::npos) return false;
  // A sentence that quotes an event goes on behind it.
  if (!TrimEventText(head.substr(close + kClose.size())).empty()) return false;
  head = TrimEventText(head.substr(0, close));
  const size_t first = std::min(head.find(' '), head.size());
  row.event().id = ParseEventId(head.substr(0, first));
  if (!row.event().id) return false;
  head = TrimEventText(head.substr(first));
  const size_t second = std::min(head.find(' '), head.size());
  row.event().level = context.words.LevelOf(head.substr(0, second));
  if (row.event().level != EventLevel::kUnknown) head = TrimEventText(head.substr(second));
  row.event().title = CutEventText(head, kEventTitleBytes);
  row.event().space = EventSpace::kSystem;
  return true;
}

// Quoted events, each with the lines below it as its text (and blocks nested in that).
bool ReadQuotedEvents(std::string_view text, const EventContext& context, EventList& list) {
  EventLines lines(text);
  EventRow row(context, 0);
  std::string below;
  bool found = false;
  const auto finish = [&] {
    if (!found) return;
    row.event().text = CutEventText(TrimEventText(below), context.limits.text_bytes);
    list.Add(row, context);
  };
  while (lines.Next() && !list.full()) {
    EventRow next(context, lines.number());
    if (!ReadQuotedEvent(lines.line(), context, next)) {
      if (found) below.append(lines.line()).append("\n");
      continue;
    }
    finish();
    found = true;
    below.clear();
    row.event() = next.Take();
  }
  finish();
  return found;
}

}  // namespace

bool BeginsAgentBlock(std::string_view text, const EventWords& words) {
  EventLines lines(text);
  if (!lines.Next()) return false;
  const auto first = SplitLabel(lines.line());
  if (!first || ColumnOf(*first, words) != EventColumn::kTime || first->value.empty()) return false;
  for (int i = 0; i < kHeadLines && lines.Next(); ++i) {
    if (TrimEventText(lines.line()).empty()) continue;
    const auto labelled = SplitLabel(lines.line());
    return labelled && IsHeadColumn(ColumnOf(*labelled, words));
  }
  return false;
}

bool IsQuotedEvent(std::string_view line, const EventWords& words) {
  const EventLimits limits;
  const EventContext context{words, limits};
  EventRow row(context, 0);
  return ReadQuotedEvent(line, context, row);
}

void SplitNestedEvents(Event& event, const EventContext& context) {
  std::vector<Block> blocks;
  size_t before = 0;
  bool too_many = false;
  WalkBlocks(
      event.text, context.words,
      [&](size_t at, uint32_t) {
        if (blocks.empty()) before = at;
        too_many = blocks.size() >= context.limits.nested;
        if (!too_many) blocks.emplace_back(context, event.line);
      },
      [&](std::string_view line) {
        if (!too_many) blocks.back().Read(line);
      });
  if (blocks.empty()) return;
  for (Block& block : blocks)
    event.nested.push_back(block.Finish().Take());
  event.text = std::string(WithoutHeading(std::string_view(event.text).substr(0, before)));
}

ParsedEvents ParseAgentBlocks(std::string_view text, const EventContext& context) {
  EventList list(EventForm::kAgentBlock, context.limits, KeepEvents::kFirst);
  if (ReadQuotedEvents(text, context, list)) return list.Take();
  std::vector<Block> block;  // the one that is being read
  WalkBlocks(
      text, context.words,
      [&](size_t, uint32_t line) {
        if (!block.empty()) list.Add(block.back().Finish(), context);
        block.clear();
        block.emplace_back(context, line);
      },
      [&](std::string_view line) { block.back().Read(line); });
  if (!block.empty()) list.Add(block.back().Finish(), context);
  return list.Take();
}

}  // namespace casepack::analysis

// Agent events as a manager prints them: blocks of labelled lines, in both languages,
// nested in the description of a system event or saved by themselves.
//
//   Agent/Appliance Event(s):            Agent/Applianceイベント:
//
//   Time: May 13, 2025 10:11:44          時刻: 2021-06-30 12:39:27
//   Level: Info                          レベル: エラー
//   Event ID: 9020                       イベントID: 5102
//   Event: Security Update: ...          イベント: 保護モジュールの配信失敗
//   Description: ...                     説明: Feature 「am」のインストールに失敗しました: ...
//
// A block begins with a line of time that is followed, before any other text, by a level,
// an id or a title; so "Time: 12" in a description begins none. From its description on
// everything up to the next block belongs to it, empty lines too. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_row.h"

namespace casepack::analysis {

// Moves the blocks in `event.text` to `event.nested`; what was said before them stays,
// without the heading. Without blocks nothing changes.
void SplitNestedEvents(Event& event, const EventContext& context);

// A text of such blocks, as someone saved it from the console: each is an event. Also in
// the form that the vendor's pages quote:
//   システムイベント:「ID:165 エラー セキュリティアップデートの失敗」
//   詳細: ...
// `text` is UTF-8.
ParsedEvents ParseAgentBlocks(std::string_view text, const EventContext& context);

// True when a block begins with the first line of `text`.
bool BeginsAgentBlock(std::string_view text, const EventWords& words);

// True for the first line of the second form.
bool IsQuotedEvent(std::string_view line, const EventWords& words);

}  // namespace casepack::analysis

// The time formats of logs, as data, and what finds the one of a text: for the window of a
// log, for events, for what people type. Pure functions, any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "collector/records/stamp.h"

namespace casepack::records {

struct TimeFormat {
  std::string_view name;    // "iso8601": stands in the index, stable for ever
  std::string_view layout;  // stamp.h
};

// The likelier and the stricter ones first. Static.
std::span<const TimeFormat> TimeFormats();
const TimeFormat* FindTimeFormat(std::string_view name);  // nullptr: there is none

struct Dated {
  Stamp stamp;
  const TimeFormat* format = nullptr;
};

// The stamp at the beginning of a line, in whatever format. For one line; for a file use
// FormatSet (format_set.h), which learns.
std::optional<Dated> DateOfLine(std::string_view line);
// A whole field ("May 13, 2025 10:11:48", "2021-06-30 12:39:27"): nothing may follow it.
std::optional<Dated> DateOfField(std::string_view field);

}  // namespace casepack::records

// What CEF and LEEF have in common: a line of syslog with a header between bars and then
// names with values. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/analysis/event_row.h"

namespace casepack::analysis {

struct SyslogLine {
  std::string_view before;  // what syslog put before it: a time, a host
  std::string_view body;    // from behind "CEF:" or "LEEF:"
};
// nullopt where `mark` ("CEF:") stands neither first nor behind a blank.
std::optional<SyslogLine> FindSyslogMark(std::string_view line, std::string_view mark);

// Parts between bars, at most `most`; "\|" and "\\" are characters of a part. `*rest` is
// what follows the bar behind the last of them.
std::vector<std::string> SplitSyslogHeader(std::string_view body, size_t most,
                                           std::string_view* rest);

// "\n", "\r", "\=", "\\" and "\|" as what they stand for.
std::string UnescapeSyslog(std::string_view value);

// "a=b c d=e" to the row. A name is letters, digits and _ . [ ] behind a blank. In the
// message, which may quote anything, only the names that these forms and the product are
// known to use begin a new value: "msg=... : Error message=5" is one message.
void ReadSyslogFields(std::string_view text, EventRow& row);

// The time that syslog itself put before a line, when its year is in it (RFC 5424).
void ReadSyslogTime(std::string_view before, EventRow& row);

// The agent's numbers are those of rules and modules, the manager's those of its events.
EventSpace SpaceOfProduct(std::string_view product);

}  // namespace casepack::analysis

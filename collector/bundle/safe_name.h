// Names of members that every archive tool can unpack anywhere, Windows desks included.
// Pure functions; NameSet belongs to one thread.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "redaction/stream.h"

namespace casepack::bundle {

// Any bytes to a safe relative name: UTF-8, `/` between components, none of them empty,
// `.` or `..`, at most 200 bytes a component and 900 in all. What cannot stay is written
// as %XX: bytes that are not UTF-8, control and text-reordering characters, backslashes,
// `: * ? " < > |`, a blank or dot at a component's end, and names that Windows keeps for
// devices. Longer ones are cut and get a part of their digest. Never empty.
std::string SafeName(std::string_view bytes);

// The same with secrets in it replaced, before anything is escaped.
std::string SafeRedactedName(const redaction::EnginePtr& engine, std::string_view bytes,
                             redaction::Counts* counts);

// Tells names apart: one that was there before, in any case of its letters, gets ~2.
class NameSet {
 public:
  std::string Unique(const std::string& name);

 private:
  std::set<std::string, std::less<>> taken_;
};

}  // namespace casepack::bundle

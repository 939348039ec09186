// What hosts are counted by, and under which keys that is found: facts, labels, what the
// index says, what a digest line says. A name that is no dimension is a label or a fact.
// Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casepack::fleet {

// In a table, a digest's value of a dimension stands under this and the dimension's name.
inline constexpr std::string_view kDigestKey = "by.";

// Keys in the order in which they are asked; the first that a host tells is its value.
std::vector<std::string> KeysOf(const std::string& by);
// What is counted of such a value: of a version "20.0.1-7380" the "20.0.1".
std::string CountedAs(const std::string& by, const std::string& value);

// "version", "build", "os", "kernel", "relay", "manager", "role", "site".
const std::vector<std::string>& UsualDimensions();

}  // namespace casepack::fleet

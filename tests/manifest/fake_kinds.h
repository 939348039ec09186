// Kinds for the tests of manifest/, which knows none, and problems as lines to compare.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/manifest/parse.h"

namespace casepack::manifest {

using Lines = std::vector<std::string>;

inline constexpr Field kCommandFields[] = {
    {"argv", FieldType::kTextList, Presence::kRequired},
    {"environment", FieldType::kTextList},
    {"exit_ok", FieldType::kTextList, Presence::kOptional, "0"},
};
inline constexpr Field kFileFields[] = {
    {"paths", FieldType::kTextList, Presence::kRequired},
    {"from", FieldType::kChoice, Presence::kOptional, "tail", "head|tail"},
    {"max_each", FieldType::kSize, Presence::kOptional, "2M"},
};
inline constexpr Field kFileTreeFields[] = {
    {"path", FieldType::kText, Presence::kRequired},
    {"max_depth", FieldType::kInteger, Presence::kOptional, "16"},
    {"digests", FieldType::kFlag, Presence::kOptional, "false"},
};
inline constexpr Field kProbeFields[] = {
    {"targets", FieldType::kTextList, Presence::kRequired},
    {"find", FieldType::kTextList},
    {"if_any", FieldType::kTextList},
};
inline constexpr Field kProcessesFields[] = {
    {"interval", FieldType::kDuration, Presence::kOptional, "500ms"},
};

inline std::span<const KindFields> FakeKinds() {
  static const KindFields kinds[] = {
      {"command", kCommandFields, {std::chrono::seconds(20), 4U << 20U, 2}},
      {"file", kFileFields, {}},
      {"file_tree", kFileTreeFields, {}},
      {"host_facts", {}, {}},
      {"probe", kProbeFields, {}},
      {"processes", kProcessesFields, {}},
  };
  return kinds;
}

// "3:5 manifest.member.unknown found=x -> nearest", the arguments only when asked for.
enum class Args { kHide, kShow };
inline std::string LineOf(const Problem& problem, Args args = Args::kHide) {
  std::string line = std::to_string(problem.place.line) + ":" +
                     std::to_string(problem.place.column) + " " + problem.message.key;
  if (args == Args::kShow) {
    for (const auto& [name, value] : problem.message.args)
      line += " " + name + "=" + value;
  }
  if (!problem.nearest.empty()) line += " -> " + problem.nearest;
  return line;
}

inline Lines LinesOf(const std::vector<Problem>& problems, Args args = Args::kHide) {
  Lines lines;
  for (const Problem& problem : problems)
    lines.push_back(LineOf(problem, args));
  return lines;
}

// A manifest with that one item on its second line, from column 1.
inline std::string FileWithItem(std::string_view item) {
  return R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": "X"}, "items": [)"
         "\n" +
         std::string(item) + "]}";
}

}  // namespace casepack::manifest

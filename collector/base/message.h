// A Message is something to tell the user, not yet in any language: a key into the
// catalogue (collector/report/words/*.json) and the values that go into its places.
// Layers below report/ speak in Messages only, so that every text exists once for
// each language and an index can be read in either.
//
// A plain value: copy it, move it between threads.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace casepack::base {

struct Message {
  std::string key;  // "os.file.denied"; empty means nothing to say
  std::vector<std::pair<std::string, std::string>> args;  // {"path", "/etc/shadow"}

  bool operator==(const Message&) const = default;
};

}  // namespace casepack::base

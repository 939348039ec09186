// Reads typed members of a JSON object that somebody else wrote. A member that is missing
// keeps the target's default; the first one of a wrong type is remembered by name.
#pragma once

#include <cstdint>
#include <string>

#include "collector/base/json.h"
#include "collector/base/time.h"

namespace casepack::bundle {

class Fields {
 public:
  // `wrong` gets the first bad member's name; shared by all Fields of a text.
  Fields(const base::Json& object, std::string* wrong) : object_(object), wrong_(wrong) {
    if (object.object() == nullptr) Wrong("{}");
  }

  void Read(const char* name, std::string* out);
  void Read(const char* name, uint64_t* out);
  void Read(const char* name, int* out);
  void Read(const char* name, bool* out);
  void Read(const char* name, base::Timestamp* out);
  void ReadMilliseconds(const char* name, base::Duration* out);

  // Calls `each(value)` for the elements of an array, `each(name, value)` for the members
  // of an object.
  template <typename Each>
  void ReadArray(const char* name, Each each) {
    const base::Json* value = object_.Find(name);
    if (value == nullptr) return;
    if (value->array() == nullptr) return Wrong(name);
    for (const base::Json& element : *value->array())
      each(element);
  }
  template <typename Each>
  void ReadObject(const char* name, Each each) {
    const base::Json* value = object_.Find(name);
    if (value == nullptr) return;
    if (value->object() == nullptr) return Wrong(name);
    for (const base::Json::Member& member : *value->object())
      each(member.name, member.value);
  }
  [[nodiscard]] const base::Json* Find(const char* name) const { return object_.Find(name); }

  void Wrong(const char* name) {
    if (wrong_->empty()) *wrong_ = name;
  }

 private:
  const base::Json& object_;
  std::string* wrong_;
};

}  // namespace casepack::bundle

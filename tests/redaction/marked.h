// A text with every identifier in it marked, `{10.1.2.3}`: asked at the places where the
// scanner would ask.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/identifiers.h"
#include "redaction/look_back.h"

namespace casepack::redaction::testing {

inline bool IsWordStart(const View& view, size_t at) {
  if (view.At(at) == ':') return view.At(at + 1) == ':';
  if (!IsAlnum(view.At(at))) return false;
  const char before = Before(view, at);
  if (!IsAlnum(before)) return true;
  char c = '\0';
  size_t from = at;
  StepBack(view, at, &c, &from);
  if (from + 1 < at) return true;  // an escape
  size_t esc = at - 1;
  while (before == 'm' && esc > view.floor &&
         (IsDigit(view.text[esc - 1]) || view.text[esc - 1] == ';'))
    --esc;
  return before == 'm' && Before(view, esc) == '[' && Before(view, esc - 1) == '\x1b';
}

struct Found {
  Identifier kind;
  std::string text;
};

inline std::string Marked(std::string_view text, std::vector<Found>* found = nullptr) {
  View view;
  view.text = text;
  view.end = true;
  std::string out;
  for (size_t at = 0; at < text.size();) {
    FoundIdentifier span;
    if (text[at] == '@' || StartsAtAnyCase(view, at, "%40")) span = MatchEmail(view, at);
    if (!span && IsWordStart(view, at)) span = MatchNumber(view, at);
    if (!span) {
      out += text[at++];
      continue;
    }
    out.resize(out.size() - (at - span->begin));
    const std::string value(text.substr(span->begin, span->end - span->begin));
    out += '{' + value + '}';
    if (found != nullptr) found->push_back({span->kind, value});
    view.floor = at = span->end;
  }
  return out;
}

// Each text has the identifiers in it marked already.
inline void CheckMarked(std::initializer_list<std::string> texts) {
  for (const std::string& wanted : texts) {
    std::string text = wanted;
    text.erase(
        std::remove_if(text.begin(), text.end(), [](char c) { return c == '{' || c == '}'; }),
        text.end());
    EXPECT_EQ(Marked(text), wanted);
  }
}

}  // namespace casepack::redaction::testing

// Names of secrets and separators as Japanese texts write them, in UTF-8 and in CP932 as
// the decoder (encoding.h) hands it on. Pure, any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "redaction/view.h"

namespace casepack::redaction {

// The last bytes of all that MayEndJapaneseName() knows: each is a class of bytes by itself
// to the mask scanner (trigger_masks.h).
inline constexpr std::string_view kJapaneseTails =
    "\x80\x86\x88\x89\x93\xa0\xae\xb3\xb5\xb7\xba\xbc\xc0\xd9\xdb\xe7\xe8\xf4";

struct JapaneseName {
  size_t begin = 0;
  std::string_view name;  // what it means, as ClassifyName knows it; empty: it is none
};

// The name that ends at `end`: パスワード, 暗証番号, 秘密鍵, ...
JapaneseName JapaneseNameBefore(const View& view, size_t end);

// A first look at the same: at the two bytes before `end`, which may be those of a wide
// blank between a name and its separator, too.
bool MayEndJapaneseName(const char* end);

// The width of a full-width colon or equals sign whose last byte is at `at`; 0 when there
// is none.
size_t WideSeparatorEndingAt(const View& view, size_t at);

}  // namespace casepack::redaction
